import type { DutyShift } from "../duty/index.ts";
import type { DirectoryEntry } from "./entry.ts";
import { DIRECTORY_SHEETS } from "./sheets.ts";
import type { DirectorySheet } from "./sheets.ts";

/** One sheet to be written: cells in the order of `DIRECTORY_SHEETS`. */
export type SheetRows = readonly (readonly string[])[];

/**
 * The sheets that say what a directory holds: taken in again they change nothing, and written again they are the same. All units stand in
 * `units`, by code; a sheet without rows is left out. Hours of duty that go by one code and differ get codes of their own.
 * @source nmg:2.3.2
 */
export function sheetsOf(entries: readonly DirectoryEntry[]): ReadonlyMap<DirectorySheet, SheetRows> {
  const sorted = entries.toSorted((a, b) => (a.code < b.code ? -1 : 1));
  const shifts = namedShifts(sorted);
  const rows: Readonly<Record<DirectorySheet, SheetRows>> = {
    units: sorted.map((unit) => [
      unit.code,
      unit.nameZh,
      unit.nameEn,
      unit.side,
      unit.tier,
      unit.parent ?? "",
      unit.region,
      unit.unitKind,
      unit.dutyPhone,
      unit.invented ? "yes" : "no",
    ]),
    frontline: [],
    "unit-codes": sorted.flatMap(({ code, details: { creditCode, policeCode } }) =>
      creditCode === null && policeCode === null ? [] : [[code, creditCode ?? "", policeCode ?? ""]],
    ),
    served: sorted.flatMap(({ code, details }) =>
      details.served.map((one) => [code, one.matter, one.area, one.role, one.validFrom, one.validTo ?? ""]),
    ),
    precincts: sorted.flatMap(({ code, details }) => details.precinct.map((area) => [code, area])),
    "duty-shifts": [...shifts.values()].map((shift) => shiftCells(shift)),
    rosters: sorted.flatMap(({ code, details }) =>
      details.turns.map((turn) => {
        const shift = shifts.get(keyOf(turn.shift)) ?? turn.shift;
        return [code, shift.code, turn.functionZh, turn.functionEn, turn.phone, String(turn.order)];
      }),
    ),
    "duty-phones": sorted.flatMap(({ code, dutyPhone, details: { verifiedOn } }) =>
      verifiedOn === null ? [] : [[code, dutyPhone, verifiedOn]],
    ),
    escalations: sorted.flatMap(({ code, details }) =>
      details.escalation.map((step) => [
        code,
        String(step.step),
        step.to ?? "",
        step.functionZh,
        step.phone,
        String(step.afterMinutes),
      ]),
    ),
    retired: sorted.flatMap(({ code, retired }) =>
      retired === undefined ? [] : [[code, retired.from, retired.successor]],
    ),
  };
  const names = Object.keys(DIRECTORY_SHEETS).filter((name): name is DirectorySheet => name in DIRECTORY_SHEETS);
  return new Map(names.filter((name) => rows[name].length > 0).map((name) => [name, rows[name]]));
}

/** Every shift that is used, by what it says, in the order of first use; each under a code that no other has. */
function namedShifts(entries: readonly DirectoryEntry[]): ReadonlyMap<string, DutyShift> {
  const byContent = new Map<string, DutyShift>();
  const taken = new Set(entries.flatMap(({ details }) => details.turns.map(({ shift }) => shift.code)));
  const named = new Set<string>();
  for (const { details } of entries) {
    for (const { shift } of details.turns) {
      const key = keyOf(shift);
      if (byContent.has(key)) continue;
      let code = shift.code;
      for (let n = 2; named.has(code) || (code !== shift.code && taken.has(code)); n++) code = `${shift.code}-${n}`;
      named.add(code);
      byContent.set(key, { ...shift, code });
    }
  }
  return byContent;
}

function keyOf(shift: DutyShift): string {
  return JSON.stringify(shiftCells(shift));
}

function shiftCells(shift: DutyShift): readonly string[] {
  const { code, nameZh, nameEn, days, from, to, validFrom, validTo } = shift;
  return [code, nameZh, nameEn, days, timeOf(from), timeOf(to), validFrom, validTo ?? ""];
}

/** A shift from 20:00 to 08:00 ends the next morning; one to midnight ends at 24:00. */
function timeOf(minutes: number): string {
  const within = minutes > 1_440 ? minutes - 1_440 : minutes;
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${two(Math.floor(within / 60))}:${two(within % 60)}`;
}
