import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { AlarmView } from "../../../src/http/contract/index.ts";
import { Glyph } from "../../shared/design/glyph.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { STEP_OF } from "../request/completion.tsx";
import { Which } from "./which.tsx";

/** Marks that ask this desk for a step on the request, not for a call. */
const STEPS: ReadonlySet<string> = new Set(["completionOwed", "doubtfulValue"]);

/** What this desk owes a request and nobody has answered yet. */
export function owedSteps(alarms: readonly AlarmView[]): readonly AlarmView[] {
  return alarms.filter(
    (one) => STEPS.has(one.kind) && one.audience === "desk" && one.requestNo !== null && one.acknowledgedAt === null,
  );
}

/** A step that is owed, on every screen, with the way to it: the missing half of a double dispatch, or values to compare. */
export function OwedItem({ alarm }: { readonly alarm: AlarmView }): ReactNode {
  const { t, code } = useText();
  const { kind, missing, requestNo: no } = alarm;
  if (no === null) return null;
  const words =
    kind === "doubtfulValue" ? t("owed.doubtful") : missing === undefined ? code("alarm", kind) : t(`owed.${missing}`);
  const search = kind === "completionOwed" && missing !== undefined ? STEP_OF[missing] : {};
  return (
    <section className="strip owed" aria-label={words}>
      <Glyph name="half" size={16} />
      <Which no={no} at={alarm.raisedAt} />
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
