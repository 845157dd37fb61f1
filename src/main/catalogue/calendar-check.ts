import type { Catalogue, CatalogueProblem } from "../../core/catalogue/index.ts";
import { dayKindsOf, hoursProblems, openCalendar } from "../../core/clock/index.ts";
import type { Calendar } from "../../core/clock/index.ts";
import type { DayKind } from "../../core/duty/index.ts";
import { err, weekdayOf } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";
import { readCalendar } from "../../storage/catalogue-files/index.ts";
import { programPath } from "../node/program-path.ts";

/** Calendars are the program's: every catalogue is counted by the same days. */
const CALENDAR = "catalogue/calendar";

/** The calendar as the program brings it. */
export async function calendarOfProgram(): Promise<Result<Calendar, readonly CatalogueProblem[]>> {
  return readCalendar(programPath(CALENDAR));
}

/** What days are worked as by the program's calendar; one that cannot be read leaves weekdays. */
export async function dayKindsOfProgram(): Promise<DayKind> {
  const read = await calendarOfProgram();
  return read.ok ? dayKindsOf(openCalendar(read.value)) : weekdayOf;
}

/**
 * The calendar the limits of a catalogue are counted by. Errors: HOURS_UNKNOWN for a limit whose hours it does not have, and
 * everything that is wrong with the calendar itself. @source nmg:2.2.5 @req REQ-70
 */
export async function calendarFor(
  catalogue: Pick<Catalogue, "limits">,
): Promise<Result<Calendar, readonly CatalogueProblem[]>> {
  const read = await calendarOfProgram();
  if (!read.ok) return read;
  const problems = hoursProblems(catalogue.limits, read.value);
  return problems.length === 0 ? read : err(problems);
}
