import { err, ok } from "../../kernel/index.ts";
import type { Result, UnitCode } from "../../kernel/index.ts";
import { readSheet } from "../catalogue/index.ts";
import type { CatalogueProblem, Sheet } from "../catalogue/index.ts";
import { PHONE } from "./turn.ts";

/** Whom to ring when a unit does not answer. @source yn:4.1.2 @req REQ-34 */
export type EscalationStep = {
  readonly step: number;
  /** Unit that is rung; null = a function of the same unit. */
  readonly to: UnitCode | null;
  readonly functionZh: string;
  readonly phone: string;
  /** Minutes without an answer at the step before. */
  readonly afterMinutes: number;
};

/** Columns of the sheet. */
export const ESCALATION_COLUMNS = ["unit", "step", "to_unit", "function_zh", "phone", "after_minutes"] as const;

/** Reads the order in which to ring on, by unit. Errors: those of the sheet; UNIT_UNKNOWN; CODE_DUPLICATE for a step given twice. */
export function parseEscalations(
  sheet: Sheet,
  units: ReadonlySet<string>,
): Result<ReadonlyMap<UnitCode, readonly EscalationStep[]>, readonly CatalogueProblem[]> {
  const problems: CatalogueProblem[] = [];
  const byUnit = new Map<UnitCode, EscalationStep[]>();
  readSheet(sheet, ESCALATION_COLUMNS, problems, (row) => {
    const unit = row.text("unit") as UnitCode;
    const to = row.optional("to_unit") as UnitCode | null;
    for (const code of [unit, to]) if (code !== null && !units.has(code)) row.problem("UNIT_UNKNOWN", code);
    const step = {
      step: Number(row.shaped("step", /^[1-9]$/)),
      to,
      functionZh: row.text("function_zh"),
      phone: row.shaped("phone", PHONE),
      afterMinutes: Number(row.shaped("after_minutes", /^\d{1,4}$/)),
    };
    const before = byUnit.get(unit) ?? [];
    if (before.some((other) => other.step === step.step)) row.problem("CODE_DUPLICATE", `${unit} ${step.step}`);
    byUnit.set(
      unit,
      [...before, step].toSorted((a, b) => a.step - b.step),
    );
  });
  return problems.length > 0 ? err(problems) : ok(byUnit);
}
