/**
 * Who handles where: units with their kind, region and duty phone. Decides which units are
 * nearest to a place. Refuses to know orders, persons and who is on duty now. Serves nmg:2.2.2, nmg:2.3.2, nmg:a3, yn:4.1.2.
 */
export { governmentDutyDesk, unitsFor } from "./nearest.ts";
export { GOVERNMENT_DUTY_DESK, parseUnits, UNIT_COLUMNS } from "./unit.ts";
export type { Unit } from "./unit.ts";
