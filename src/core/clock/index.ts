/**
 * Clocks of requests and orders (限时办理): which limit holds, when it is due in natural or working time, what pauses, extends,
 * hands over and ends it, what is called out before and after, and who kept it. Decides due times and marks. Refuses to know
 * orders, responsibility and who is told: a mark says so much, others act on it. Nothing about danger waits for a clock.
 * Serves nmg:2.2.5 and yn:4.3.3. Neither plan prints a number: every shipped limit is a `default`, 待会商.
 */
export type { Calendar, CalendarDay, CalendarYear, Shift } from "./calendar.ts";
export { CALENDAR_COLUMNS, CALENDAR_FILES, CALENDAR_HEAD, hoursProblems, parseCalendar } from "./calendar-sheets.ts";
export type { CalendarFile } from "./calendar-sheets.ts";
export type { ClockMark, RungLine } from "./clock-mark.ts";
export { evolveClock, UNCOUNTED } from "./clock.ts";
export type { Clock, ClockEvent, ClockId, ClockStatus, ResumeReason } from "./clock.ts";
export type { AskedExtension, ClockResponse, Due } from "./clock-parts.ts";
export { allowedClockCommands, CLOCK_TABLE } from "./command.ts";
export type { ClockCommand, ClockCommandType, ClockHead, ClockRefusal } from "./command.ts";
export { ceilingOf, decideClock, mayAwait, pauseEnd, startClock } from "./decide.ts";
export { passedUnits, sharesOf } from "./due.ts";
export type { OwnerShare } from "./due.ts";
export { findLimit, indexLimits, policyFor } from "./limit.ts";
export type { ClockPolicy, LimitIndex, LimitSubject, PolicyMark } from "./limit.ts";
export { nextMark, pendingMarks, planClockTimer } from "./marks.ts";
export type { ClockTimerChange, PendingMark } from "./marks.ts";
export { recountedEvent } from "./recount.ts";
export { holderAtDue, mainClock, nextDue, scoreClocks, standingDue } from "./score.ts";
export type { ClockScore, StandingDue } from "./score.ts";
export type { ClockOwner, ClockSpan } from "./spans.ts";
export { STANDSTILL } from "./standstill.ts";
export type { Standstill } from "./standstill.ts";
export { dayKindsOf, openCalendar } from "./work-calendar.ts";
export type { WorkCalendar } from "./work-calendar.ts";
export { addLimit, addWorkedMs, workedMsBetween } from "./work-time.ts";
export type { LimitLength } from "./work-time.ts";
