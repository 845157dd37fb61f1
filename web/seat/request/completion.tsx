import type { ReactNode } from "react";
import type { CommandName, RequestView } from "../../../src/http/contract/index.ts";
import { Glyph } from "../../shared/design/glyph.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import type { FieldAt } from "./actions/use-actions.ts";

/** The step that fills in a missing half, and the field of its form that is asked for. */
export const STEP_OF = {
  place: { act: "amend", at: "place" },
  unit: { act: "dispatch" },
} as const satisfies Record<"place" | "unit", { readonly act: CommandName; readonly at?: FieldAt }>;

/** Which half of a double dispatch is missing, and the step that sends it. @source nmg:a3 */
export function Completion({
  request,
  busy,
  ask,
}: {
  readonly request: RequestView;
  readonly busy: boolean;
  readonly ask: (name: CommandName, subject: string, at?: FieldAt) => void;
}): ReactNode {
  const { t } = useText();
  const owed = request.completion ?? null;
  if (owed === null) return null;
  const step = STEP_OF[owed.missing];
  return (
    <p className="notice wrong-box">
      <Glyph name="half" />
      <span>{t(`completion.${owed.missing}`)}</span>
      {owed.no < 2 ? null : <span className="aside">{t("completion.again", { n: owed.no })}</span>}
      {request.allowed.includes(step.act) ? (
        <button
          type="button"
          className="button small"
          disabled={busy}
          onClick={() => ask(step.act, request.requestNo, "at" in step ? step.at : undefined)}
        >
          {t(`completion.step.${owed.missing}`)}
        </button>
      ) : null}
    </p>
  );
}
