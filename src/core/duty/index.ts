/**
 * Who can be reached when: hours of duty, functions and their numbers, the order to ring on. Decides who is on duty at a
 * moment and when nobody will be. Refuses to know persons, working-time arithmetic (it is handed what a day is worked as) and
 * what anybody is rung for. Serves nmg:2.1, nmg:4.3, yn:3.3, yn:4.1.2.
 */
export { coverGaps, dutyDays, onDuty, shiftDay } from "./cover.ts";
export type { DayKind, DutyDays, Gap } from "./cover.ts";
export { ESCALATION_COLUMNS, parseEscalations } from "./escalation.ts";
export type { EscalationStep } from "./escalation.ts";
export { DUTY_SHIFT_COLUMNS, parseDutyShifts, parseRosters, PHONE, ROSTER_COLUMNS } from "./turn.ts";
export type { DutyShift, DutyTurn } from "./turn.ts";
