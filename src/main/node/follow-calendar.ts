import type { Catalogue, CatalogueProblem } from "../../core/catalogue/index.ts";
import { hoursProblems } from "../../core/clock/index.ts";
import type { Calendar } from "../../core/clock/index.ts";
import { err } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";
import { calendarOfProgram } from "../catalogue/calendar-check.ts";
import { SeedError } from "./seed-error.ts";

type Ports = {
  readonly log: (line: string) => void;
  /** The calendar as it is on disk now; left out = that of the program. */
  readonly read?: () => Promise<Result<Calendar, readonly CatalogueProblem[]>>;
};

/** The calendar a node counts by. */
export type FollowedCalendar = {
  /** Nothing while none can be used: a node then works without time limits, for a danger must not wait for one. */
  readonly known: () => { readonly calendar?: Calendar };
  /**
   * Reads it again. What has changed counts when two looks in a row find the same: files that are being copied do not. true = another
   * version is counted by from now on, which has all hours the limits need. `use` takes it over; when that fails the calendar stays as it
   * was and the next look tries again.
   */
  readonly renew: (limits: Pick<Catalogue, "limits">, use: (calendar: Calendar) => Promise<void>) => Promise<boolean>;
};

/** Reads the calendar and goes on looking for a newer one. What is wrong with it is told once, not at every look. @source nmg:2.2.1 @source nmg:2.2.5 */
export async function followCalendar({ log, read = calendarOfProgram }: Ports): Promise<FollowedCalendar> {
  const first = await read();
  let calendar = first.ok ? first.value : null;
  let told = first.ok ? "" : `${new SeedError("calendar", first.error).message}; no time limit is counted`;
  if (told !== "") log(told);
  let seen = JSON.stringify(first);
  const refuse = (why: string): false => {
    if (why !== told) log(why);
    told = why;
    return false;
  };
  return {
    known: () => (calendar === null ? {} : { calendar }),
    renew: async ({ limits }, use) => {
      const found = await read();
      const settled = JSON.stringify(found) === seen;
      seen = JSON.stringify(found);
      if (!settled) return false;
      const problems = found.ok ? hoursProblems(limits, found.value) : found.error;
      const next = found.ok && problems.length === 0 ? found : err(problems);
      if (!next.ok) return refuse(`${new SeedError("calendar", next.error).message}; counted as before`);
      if (calendar !== null && next.value.version === calendar.version)
        return JSON.stringify(next.value) === JSON.stringify(calendar)
          ? false
          : refuse(
              `the calendar changed and is still called ${calendar.version}: give it a new version; counted as before`,
            );
      await use(next.value);
      calendar = next.value;
      told = "";
      log(`calendar ${calendar.version} is counted by from now on`);
      return true;
    },
  };
}
