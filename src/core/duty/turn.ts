import { err, ok } from "../../kernel/index.ts";
import type { Result, UnitCode } from "../../kernel/index.ts";
import { noteDuplicates, readSheet } from "../catalogue/index.ts";
import type { CatalogueProblem, RowReader, Sheet } from "../catalogue/index.ts";

/**
 * Hours somebody is on duty. `days` says on which, as the calendar of working days does: 1 to 5 = Monday to Friday when they are
 * working days, 6 and 7 = Saturday and Sunday when they are not, H = holidays.
 */
export type DutyShift = {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly days: string;
  /** Minutes after the day's midnight; `to` beyond 1440 when it ends the next morning. */
  readonly from: number;
  readonly to: number;
  readonly validFrom: string;
  readonly validTo: string | null;
};

/** A function of a unit in a shift, with the number that reaches it: never the name of a person. @source yn:4.1.2 @req REQ-34 */
export type DutyTurn = {
  readonly shift: DutyShift;
  readonly functionZh: string;
  readonly functionEn: string;
  readonly phone: string;
  /** Whom to ring first, from 1. */
  readonly order: number;
};

/** Columns of the two sheets. */
export const DUTY_SHIFT_COLUMNS = [
  "code",
  "name_zh",
  "name_en",
  "days",
  "from",
  "to",
  "valid_from",
  "valid_to",
] as const;
export const ROSTER_COLUMNS = ["unit", "shift", "function_zh", "function_en", "phone", "order"] as const;

/** A telephone number as a sheet may hold it. */
export const PHONE: RegExp = /^[0-9+ -]+$/;

/** Reads the hours of duty. Errors: those of the sheet, PERIOD_REVERSED. */
export function parseDutyShifts(sheet: Sheet): Result<readonly DutyShift[], readonly CatalogueProblem[]> {
  const problems: CatalogueProblem[] = [];
  noteDuplicates(sheet, "code", problems);
  const shifts = readSheet(sheet, DUTY_SHIFT_COLUMNS, problems, shiftOf);
  return problems.length > 0 ? err(problems) : ok(shifts);
}

function shiftOf(row: RowReader): DutyShift {
  const [from, to] = [minutesOf(row.shaped("from", CLOCK_TIME)), minutesOf(row.shaped("to", END_TIME))];
  const [validFrom, validTo] = [row.day("valid_from"), row.optionalDay("valid_to")];
  if (validTo !== null && validTo < validFrom) row.problem("PERIOD_REVERSED", `${validFrom} ${validTo}`);
  return {
    code: row.shaped("code", /^[a-z][A-Za-z0-9-]*$/),
    nameZh: row.text("name_zh"),
    nameEn: row.text("name_en"),
    days: row.shaped("days", /^(?=.)1?2?3?4?5?6?7?H?$/),
    from,
    to: to > from ? to : to + 1_440,
    validFrom,
    validTo,
  };
}

const CLOCK_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const END_TIME = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** Reads who is on duty in which shift, by unit. Errors: those of the sheet, UNIT_UNKNOWN, SHIFT_UNKNOWN. */
export function parseRosters(
  sheet: Sheet,
  shifts: readonly DutyShift[],
  units: ReadonlySet<string>,
): Result<ReadonlyMap<UnitCode, readonly DutyTurn[]>, readonly CatalogueProblem[]> {
  const problems: CatalogueProblem[] = [];
  const known = new Map(shifts.map((shift) => [shift.code, shift]));
  const byUnit = new Map<UnitCode, DutyTurn[]>();
  readSheet(sheet, ROSTER_COLUMNS, problems, (row) => {
    const unit = row.text("unit");
    const shift = known.get(row.text("shift"));
    if (!units.has(unit)) row.problem("UNIT_UNKNOWN", unit);
    const turn = {
      functionZh: row.text("function_zh"),
      functionEn: row.text("function_en"),
      phone: row.shaped("phone", PHONE),
      order: Number(row.shaped("order", /^[1-9]\d?$/)),
    };
    if (shift === undefined) row.problem("SHIFT_UNKNOWN", row.text("shift"));
    else byUnit.set(unit as UnitCode, [...(byUnit.get(unit as UnitCode) ?? []), { shift, ...turn }]);
  });
  return problems.length > 0 ? err(problems) : ok(byUnit);
}
