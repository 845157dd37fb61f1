/**
 * Decides what one input does to a whole request at one node: the case, its orders, linkages and clocks together, so that they
 * are stored together. The parts decide for themselves (core/case, core/order, core/linkage, core/clock); this module only lets them follow
 * each other. Knows no storage, no time of its own, no keys. Serves nmg:2.2.1, nmg:2.2.2, nmg:a3, nmg:a4.
 */
export * from "./brief.ts";
export { CLOCK_ALARMS, DECISION_ALARMS } from "./clock-alarms.ts";
export { handOverTimesOf, standstillOf } from "./stand-times.ts";
export { EXTENSION_REASONS, PAUSE_REASONS, REFUSAL_REASONS } from "./clock-command.ts";
export type { ClockCommandName, ClockFileCommand, ClockFileRefusal } from "./clock-command.ts";
export * from "./decide.ts";
export { boundsOtherDesk } from "./draft.ts";
export * from "./file.ts";
export type { ClockFault, FileAlarm, FileAlarmKind } from "./file-alarm.ts";
export { openRouting, otherSide, peerRoute, placeByVoice } from "./peers.ts";
export type { PeerRoute, RoutingSheets } from "./peers.ts";
export * from "./view.ts";
export * from "./unread.ts";
export { handOverRefusal } from "./verbs/hand-over.ts";
export type { HandOverRefusal } from "./verbs/hand-over.ts";
export { isDangerous } from "./verbs/register.ts";
export { allowedClockFileCommands, TIME_LIMIT_TABLE } from "./verbs/time-limits.ts";
