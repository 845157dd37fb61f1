import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { AlarmView } from "../../../src/http/contract/index.ts";
import { Glyph } from "../../shared/design/glyph.tsx";
import { queueQuery } from "../../shared/api/reads.ts";
import { useText } from "../../shared/i18n/text.tsx";
import { STEP_OF } from "../request/completion.tsx";
import { useArrivalWords } from "./danger-strip.tsx";
import type { Push } from "./danger-strip.tsx";
import { Which } from "./which.tsx";

/** Marks that ask this desk for a step on the request, not for a call. */
const STEPS: ReadonlySet<string> = new Set(["completionOwed", "doubtfulValue"]);

/** What this desk owes a request and nobody has answered yet. */
export function owedSteps(alarms: readonly AlarmView[]): readonly AlarmView[] {
  return alarms.filter(
    (one) => STEPS.has(one.kind) && one.audience === "desk" && one.requestNo !== null && one.acknowledgedAt === null,
  );
}

/** The danger whose missing half this is, pushed at this seat; it has no line beside it. null = it was not pushed here. */
export function pushOf(alarm: AlarmView, pushes: readonly Push[]): Push | null {
  const own = pushes.find(({ no, state }) => no !== null && no === alarm.requestNo && state === "sent");
  return alarm.kind === "completionOwed" ? (own ?? null) : null;
}

/** Whether the danger that a step is owed for is over: it stands no longer among the open ones, which every desk has read. */
export function useOver(): (alarm: AlarmView) => boolean {
  const { data, hasNextPage } = useInfiniteQuery(queueQuery("danger"));
  if (data === undefined || hasNextPage) return () => false;
  const open = new Set(data.pages.flatMap((page) => page.rows.map(({ requestNo }) => requestNo)));
  return ({ kind, requestNo }) => kind === "completionOwed" && requestNo !== null && !open.has(requestNo);
}

function Arrived({ push }: { readonly push: Push }): ReactNode {
  return <strong>{useArrivalWords(push)}</strong>;
}

/**
 * A step that is owed, on every screen, with the way to it: the missing half of a double dispatch, or values to compare. Of a danger
 * that was pushed here it says what became of the push as well: one danger, one line.
 */
export function OwedItem({
  alarm,
  push,
  over,
}: {
  readonly alarm: AlarmView;
  readonly push: Push | null;
  readonly over: boolean;
}): ReactNode {
  const { t, code } = useText();
  const { kind, missing, requestNo: no } = alarm;
  if (no === null) return null;
  const words =
    kind === "doubtfulValue" ? t("owed.doubtful") : missing === undefined ? code("alarm", kind) : t(`owed.${missing}`);
  const search = kind === "completionOwed" && missing !== undefined ? STEP_OF[missing] : {};
  return (
    <section className="strip owed" aria-label={words}>
      <Glyph name="half" size={16} />
      <Which no={no} at={push?.at ?? alarm.raisedAt} pressed={push !== null} />
      {push === null ? over ? <strong>{t("danger.ended")}</strong> : null : <Arrived push={push} />}
      <strong>{words}</strong>
      {alarm.level < 2 || kind !== "completionOwed" ? null : (
        <span className="aside">{t("completion.again", { n: alarm.level })}</span>
      )}
      <Link to="/requests/$no" params={{ no }} search={search} className="button small">
        {kind === "completionOwed" && missing !== undefined ? t(`completion.step.${missing}`) : t("owed.compare")}
      </Link>
    </section>
  );
}
