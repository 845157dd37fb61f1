/**
 * Who handles where: units in tiers with their codes, what they serve, their precincts and duty. Decides which units are
 * nearest to a place, who leads and who helps with a matter there, and whether sheets are a directory. Refuses to know orders,
 * persons and files. Serves nmg:2.2.2, nmg:2.3.2, nmg:a3, yn:4.1.2, yn:4.2.1.
 */
export { gapsOf, openDirectory } from "./book.ts";
export type { DirectoryBook, Handlers, HandlersHere, UncoveredUnit } from "./book.ts";
export { creditCheckCharacter, parseCreditCode } from "./credit-code.ts";
export type { CreditCode, CreditCodeParts, CreditCodeProblem } from "./credit-code.ts";
export { dutyCards } from "./duty-card.ts";
export type { DutyCard, DutyCards, DutyQuestion } from "./duty-card.ts";
export { NO_DETAILS } from "./entry.ts";
export type { DirectoryEntry, UnitDetails } from "./entry.ts";
export { governmentDutyDesk, nearestUnits } from "./nearest.ts";
export type { NearestUnits } from "./nearest.ts";
export { parsePoliceUnitCode } from "./police-code.ts";
export type { PoliceUnitCode, PoliceUnitCodeProblem } from "./police-code.ts";
export { checkSuccessor, isRetired, successorOn } from "./retirement.ts";
export type { Retirement } from "./retirement.ts";
export { ringOrder } from "./ring-order.ts";
export type { RingLine } from "./ring-order.ts";
export type { Served } from "./served.ts";
export { DIRECTORY_SHEETS, parseDirectory } from "./sheets.ts";
export type { DirectorySheet, DirectorySheets } from "./sheets.ts";
export { sheetsOf } from "./to-sheets.ts";
export type { SheetRows } from "./to-sheets.ts";
export { GOVERNMENT_DUTY_DESK, parseUnits, UNIT_COLUMNS } from "./unit.ts";
export type { Unit } from "./unit.ts";
