import { err, ok } from "../../kernel/index.ts";
import type { Result, UnitCode } from "../../kernel/index.ts";
import { noteDuplicates, readSheet } from "../catalogue/index.ts";
import type { CatalogueProblem, Sheet } from "../catalogue/index.ts";
import { DUTY_SHIFT_COLUMNS, ESCALATION_COLUMNS, ROSTER_COLUMNS, parseDutyShifts } from "../duty/index.ts";
import { parseEscalations, parseRosters, PHONE } from "../duty/index.ts";
import { parseCreditCode } from "./credit-code.ts";
import { leadsOfOtherSide, saidTwice, servedTwice, sharedCodes, stepsToItself, verifiedLater } from "./cross-check.ts";
import { NO_DETAILS } from "./entry.ts";
import type { DirectoryEntry, UnitDetails } from "./entry.ts";
import { parsePoliceUnitCode } from "./police-code.ts";
import { parseRetired, RETIRED_COLUMNS } from "./retirement.ts";
import type { Retirement } from "./retirement.ts";
import { parsePrecincts, parseServed, PRECINCT_COLUMNS, SERVED_COLUMNS } from "./served.ts";
import type { KnownCodes } from "./served.ts";
import { parseUnits, UNIT_COLUMNS } from "./unit.ts";
import type { Unit } from "./unit.ts";

const UNIT_CODE_COLUMNS = ["unit", "credit_code", "police_code"] as const;
const DUTY_PHONE_COLUMNS = ["unit", "phone", "verified_on"] as const;

/** The sheets of a directory and their columns. Only `units` must be there; `frontline` holds more units in the same columns. */
export const DIRECTORY_SHEETS = {
  units: UNIT_COLUMNS,
  frontline: UNIT_COLUMNS,
  "unit-codes": UNIT_CODE_COLUMNS,
  served: SERVED_COLUMNS,
  precincts: PRECINCT_COLUMNS,
  "duty-shifts": DUTY_SHIFT_COLUMNS,
  rosters: ROSTER_COLUMNS,
  "duty-phones": DUTY_PHONE_COLUMNS,
  escalations: ESCALATION_COLUMNS,
  retired: RETIRED_COLUMNS,
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type DirectorySheet = keyof typeof DIRECTORY_SHEETS;

/** Sheets of a directory as read, nothing checked. */
export type DirectorySheets = { readonly units: Sheet } & Readonly<Partial<Record<DirectorySheet, Sheet>>>;

/**
 * Decides whether the sheets are a directory, and puts together what they say of each unit. Every problem of every sheet is
 * reported in one pass, with file, row and rule. `frontline` may name a parent of `units`.
 * Errors: those of the single sheets; CHECK_CHARACTER for a wrong unified social credit code; PHONE_DIFFERS where a number was
 * verified that is not the unit's; those of cross-check.ts for rows that contradict each other. @source nmg:2.3.2 @req REQ-52
 */
export function parseDirectory(
  sheets: DirectorySheets,
  known: Omit<KnownCodes, "units">,
): Result<readonly DirectoryEntry[], readonly CatalogueProblem[]> {
  const problems: CatalogueProblem[] = [];
  const take = <T>(read: Result<T, readonly CatalogueProblem[]> | null, otherwise: T): T => {
    if (read === null) return otherwise;
    if (read.ok) return read.value;
    problems.push(...read.error);
    return otherwise;
  };
  const more = sheets.frontline === undefined ? [] : [sheets.frontline];
  const units = take(parseUnits(sheets.units, known.catalogue.lists.unitKinds, more, known), []);
  // Rows of other sheets are held against the codes as written: one wrong unit is reported once, not with every row that names it.
  const written = [sheets.units, ...more].flatMap((sheet) => sheet.rows).map(({ cells }) => cells);
  const codes = new Set(written.map((cells) => cells["code"] ?? ""));
  const all: KnownCodes = { ...known, units: codes };
  const phones = new Map<UnitCode, string>(units.map((unit) => [unit.code, unit.dutyPhone]));
  const optional = <T>(
    name: DirectorySheet,
    parse: (sheet: Sheet) => Result<T, readonly CatalogueProblem[]>,
    none: T,
  ): T => {
    const sheet = sheets[name];
    return take(sheet === undefined ? null : parse(sheet), none);
  };
  const shifts = optional("duty-shifts", parseDutyShifts, []);
  const served = optional("served", (sheet) => parseServed(sheet, all), new Map());
  const precincts = optional("precincts", (sheet) => parsePrecincts(sheet, all), new Map());
  const turns = optional("rosters", (sheet) => parseRosters(sheet, shifts, codes), new Map());
  const steps = optional("escalations", (sheet) => parseEscalations(sheet, codes), new Map());
  const unitCodes = optional("unit-codes", (sheet) => parseUnitCodes(sheet, all), new Map<UnitCode, UnitCodes>());
  const verified = optional("duty-phones", (sheet) => parseVerified(sheet, all, phones), new Map<UnitCode, string>());
  const retired = optional("retired", (sheet) => parseRetired(sheet, written), new Map<UnitCode, Retirement>());
  problems.push(...crossChecked(sheets, units, known));
  if (problems.length > 0) return err(problems);
  return ok(
    units.map((unit) => ({
      ...unit,
      ...retiredOf(retired.get(unit.code)),
      details: {
        ...(unitCodes.get(unit.code) ?? { creditCode: NO_DETAILS.creditCode, policeCode: NO_DETAILS.policeCode }),
        served: served.get(unit.code) ?? [],
        precinct: precincts.get(unit.code) ?? [],
        turns: turns.get(unit.code) ?? [],
        escalation: steps.get(unit.code) ?? [],
        verifiedOn: verified.get(unit.code) ?? null,
      },
    })),
  );
}

/** What no row shows by itself: rows against each other, against the day and against the catalogue. */
function crossChecked(
  sheets: DirectorySheets,
  units: readonly Unit[],
  { catalogue, today }: Omit<KnownCodes, "units">,
): readonly CatalogueProblem[] {
  const tiers = new Map<string, string>(units.map(({ code, tier }) => [code, tier]));
  const sides = new Map<string, string>(units.map(({ code, side }) => [code, side]));
  const { served, rosters, escalations, precincts, "unit-codes": unitCodes, "duty-phones": phones } = sheets;
  return [
    ...(unitCodes === undefined ? [] : sharedCodes(unitCodes, tiers)),
    ...(served === undefined ? [] : [...servedTwice(served), ...leadsOfOtherSide(served, sides, catalogue.items)]),
    ...[rosters, precincts].flatMap((sheet) => (sheet === undefined ? [] : saidTwice(sheet))),
    ...(escalations === undefined ? [] : stepsToItself(escalations)),
    ...(phones === undefined || today === undefined ? [] : verifiedLater(phones, today)),
  ];
}

function retiredOf(retired: Retirement | undefined): { readonly retired?: Retirement } {
  return retired === undefined ? {} : { retired };
}

type UnitCodes = Pick<UnitDetails, "creditCode" | "policeCode">;

function parseUnitCodes(
  sheet: Sheet,
  known: KnownCodes,
): Result<ReadonlyMap<UnitCode, UnitCodes>, readonly CatalogueProblem[]> {
  const problems: CatalogueProblem[] = [];
  noteDuplicates(sheet, "unit", problems);
  const rows = readSheet(sheet, UNIT_CODE_COLUMNS, problems, (row): readonly [UnitCode, UnitCodes] => {
    const unit = row.text("unit");
    if (!known.units.has(unit)) row.problem("UNIT_UNKNOWN", unit);
    const [credit, police] = [row.optional("credit_code"), row.optional("police_code")];
    const creditCode = credit === null ? null : parseCreditCode(credit);
    const policeCode = police === null ? null : parsePoliceUnitCode(police, known.regions);
    if (creditCode !== null && !creditCode.ok)
      row.problem(
        creditCode.error.code === "CREDIT_CODE_CHECK" ? "CHECK_CHARACTER" : "CODE_SHAPE",
        `credit_code: ${credit}`,
      );
    if (policeCode !== null && !policeCode.ok)
      row.problem(
        policeCode.error.code === "POLICE_CODE_REGION" ? "REGION_UNKNOWN" : "CODE_SHAPE",
        `police_code: ${police}`,
      );
    return [
      unit as UnitCode,
      {
        creditCode: creditCode?.ok === true ? creditCode.value.code : null,
        policeCode: policeCode?.ok === true ? policeCode.value.code : null,
      },
    ];
  });
  return problems.length > 0 ? err(problems) : ok(new Map(rows));
}

function parseVerified(
  sheet: Sheet,
  known: KnownCodes,
  phones: ReadonlyMap<UnitCode, string>,
): Result<ReadonlyMap<UnitCode, string>, readonly CatalogueProblem[]> {
  const problems: CatalogueProblem[] = [];
  noteDuplicates(sheet, "unit", problems);
  const rows = readSheet(sheet, DUTY_PHONE_COLUMNS, problems, (row): readonly [UnitCode, string] => {
    const unit = row.text("unit") as UnitCode;
    const phone = row.shaped("phone", PHONE);
    const own = phones.get(unit);
    if (!known.units.has(unit)) row.problem("UNIT_UNKNOWN", unit);
    else if (own !== undefined && own !== phone) row.problem("PHONE_DIFFERS", `${unit}: ${phone}, ${own}`);
    return [unit, row.day("verified_on")];
  });
  return problems.length > 0 ? err(problems) : ok(new Map(rows));
}
