import type { ReactNode } from "react";
import type { DueView } from "../../../src/http/contract/index.ts";
import { useText } from "../i18n/text.tsx";
import { formatTime, useNow } from "../time.ts";
import { Badge } from "./glyph.tsx";

const LOOK_MS = 30_000;

/** The time limit that is due first: until when, or that it has passed; in words and shape, and red for nobody. */
export function DueMark({ due }: { readonly due: DueView | null | undefined }): ReactNode {
  const { t } = useText();
  const now = useNow(LOOK_MS);
  if (due === null || due === undefined) return null;
  const stage = t(`due.stage.${due.stage}`);
  const exact = formatTime(due.dueAt, now);
  const time = exact.length === "hh:mm:ss".length ? exact.slice(0, "hh:mm".length) : exact;
  const late = Date.parse(due.dueAt) <= now;
  const words = due.provisional ? `${time}${t("due.provisional")}` : time;
  return (
    <Badge tone={late ? "warn" : "plain"} glyph="clock">
      {t(late ? "due.late" : "due.until", { stage, time: words })}
    </Badge>
  );
}
