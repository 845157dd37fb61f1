import type { ReactNode } from "react";
import { FoldText } from "../../shared/design/fold-text.tsx";
import { Glyph } from "../../shared/design/glyph.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { formatTime } from "../../shared/time.ts";
import { ByVoiceLine } from "../alarm/by-voice.tsx";
import type { LinkageView, TimelineEntry } from "./contract-types.ts";
import { Pressed } from "./pressed.tsx";
import { pushTimes } from "./push-times.ts";
import { seenPushes } from "./seen-pushes.ts";

const PUSHED: ReadonlySet<string> = new Set(["urgent", "joint"]);

/** Whether it was pushed: each step is a receipt, and nobody can return it. */
export function isPushed({ kind }: Pick<LinkageView, "kind">): boolean {
  return PUSHED.has(kind);
}

/** How far a push is, and what came of it. */
export function Pushed(props: {
  readonly linkage: LinkageView;
  readonly timeline: readonly TimelineEntry[];
}): ReactNode {
  const { linkage } = props;
  return (
    <>
      <ByVoiceLine said={linkage.byVoice ?? null} />
      <PushSteps {...props} />
      <Pressed linkage={linkage} />
      <PushTimes {...props} />
      <EndResult linkage={linkage} />
    </>
  );
}

/** The steps of an urgent or a joint push as both desks see them: each one is a receipt that is here, or not yet. */
function PushSteps({
  linkage,
  timeline,
}: {
  readonly linkage: LinkageView;
  readonly timeline: readonly TimelineEntry[];
}): ReactNode {
  const { t, code } = useText();
  const ended = linkage.state === "ended" || linkage.state === "endReported";
  const outcome = ended ? (linkage.outcome ?? null) : null;
  const seen = seenPushes(linkage);
  const steps = [
    [
      seen.last > 1 ? t("linkage.stepPushedNo", { n: seen.last }) : t("linkage.stepPushed"),
      pushTimes(linkage, timeline)[0]?.pushedAt ?? linkage.openedAt,
      null,
    ],
    [
      seen.older ? t("linkage.stepShownNo", { k: seen.shown }) : t("linkage.stepShown"),
      linkage.deliveredAt,
      seen.older ? t("linkage.stepNewest", { n: seen.last }) : null,
    ],
    [t("linkage.stepSigned"), linkage.signedAt, null],
    [
      outcome === null
        ? t("linkage.stepEnded")
        : t("linkage.stepEndedAs", { as: code(linkage.kind === "joint" ? "endJoint" : "endDanger", outcome.as) }),
      ended ? (linkage.endedAt ?? "") : null,
      null,
    ],
  ] as const;
  return (
    <ol className="steps">
      {steps.map(([word, at, owed]) => (
        <li key={word} className={at === null ? "step" : owed === null ? "step done" : "step done owed"}>
          <Glyph name={at === null ? "ring" : owed === null ? "check" : "half"} />
          <span>{word}</span>
          <span className="aside">{at === null ? t("linkage.stepWaiting") : at === "" ? "" : formatTime(at)}</span>
          {owed === null ? null : (
            <b className="aside">
              <Glyph name="ring" size={10} /> {owed}
            </b>
          )}
        </li>
      ))}
    </ol>
  );
}

/** In which words it was ended. */
function EndResult({ linkage }: { readonly linkage: LinkageView }): ReactNode {
  const words = linkage.outcome?.result?.value ?? null;
  return words === null ? null : <FoldText text={words} />;
}

/** When each push left and was on the other screen, once there is more than one. */
function PushTimes({
  linkage,
  timeline,
}: {
  readonly linkage: LinkageView;
  readonly timeline: readonly TimelineEntry[];
}): ReactNode {
  const { t } = useText();
  const times = pushTimes(linkage, timeline);
  if (times.length === 0) return null;
  return (
    <ol className="push-times" aria-label={t("push.times")}>
      {times.map(({ no, pushedAt, shownAt }) => (
        <li key={no}>
          <Glyph name={shownAt === null ? "ring" : "check"} size={12} />{" "}
          {t("push.time", { n: no, time: pushedAt === null ? "" : formatTime(pushedAt) })} ·{" "}
          {shownAt === null ? <b>{t("push.notShown")}</b> : t("push.shownAt", { time: formatTime(shownAt) })}
        </li>
      ))}
    </ol>
  );
}
