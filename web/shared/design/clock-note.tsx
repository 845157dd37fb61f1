import type { ReactNode } from "react";
import type { ClockView } from "../../../src/http/contract/index.ts";
import { useText } from "../i18n/text.tsx";
import { formatTime } from "../time.ts";
import { FoldText } from "./fold-text.tsx";
import { Badge } from "./glyph.tsx";

/** What people have done to a time limit: that it stands still and why, that more time is asked for and until when. */
export function ClockNote({ clock }: { readonly clock: ClockView | null | undefined }): ReactNode {
  const { t, code } = useText();
  if (clock === null || clock === undefined) return null;
  const { status, asked, extended } = clock;
  const unit = code("clockUnit", clock.unit);
  const words = [clock.note, asked?.note ?? null].flatMap((view) => view?.value ?? []);
  if (status === "running" && asked === null && extended === 0) return null;
  const pausedWords =
    clock.awaitUntil === null ? t("clock.paused") : t("clock.pausedUntil", { time: formatTime(clock.awaitUntil) });
  return (
    <>
      <p className="card-line clock-note">
        {status === "running" ? null : (
          <Badge tone="warn" glyph="clock">
            {status === "paused"
              ? pausedWords
              : t("clock.awaiting", { time: clock.awaitUntil === null ? "—" : formatTime(clock.awaitUntil) })}
          </Badge>
        )}
        {clock.pauseReason === null ? null : <span>{code("clockReason", clock.pauseReason)}</span>}
        {extended === 0 ? null : <span className="aside">{t("clock.extended", { amount: extended, unit })}</span>}
        {asked === null ? null : (
          <>
            <Badge tone="info" glyph="clock">
              {t("clock.asked", { amount: asked.amount, unit })}
            </Badge>
            <span>{code("clockReason", asked.reason)}</span>
            {asked.wantedAt === null ? null : <span>{t("clock.wanted", { time: formatTime(asked.wantedAt) })}</span>}
          </>
        )}
      </p>
      {words.map((text) => (
        <FoldText key={text} text={text} />
      ))}
    </>
  );
}
