import { join } from "node:path";
import { parse } from "yaml";
import type { CatalogueProblem, Sheet } from "../../core/catalogue/index.ts";
import { CALENDAR_FILES, CALENDAR_HEAD, parseCalendar } from "../../core/clock/index.ts";
import type { Calendar, CalendarFile } from "../../core/clock/index.ts";
import { err } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";
import { readSheetFile, readTextFile } from "./read-sheet-file.ts";

/**
 * Reads a calendar folder such as `catalogue/calendar`.
 * Errors: everything core/clock refuses, FILE_MISSING, FILE_UNREADABLE.
 */
export async function readCalendar(folder: string): Promise<Result<Calendar, readonly CatalogueProblem[]>> {
  const head = await readTextFile(join(folder, CALENDAR_HEAD), CALENDAR_HEAD);
  const unreadable: CatalogueProblem[] = head.ok ? [] : [...head.error];
  const sheets: Partial<Record<CalendarFile, Sheet>> = {};
  for (const file of CALENDAR_FILES) {
    const sheet = await readSheetFile(join(folder, file), file);
    if (sheet.ok) sheets[file] = sheet.value;
    else unreadable.push(...sheet.error);
  }
  const { "years.csv": years, "days.csv": days, "shifts.csv": shifts } = sheets;
  if (!head.ok || years === undefined || days === undefined || shifts === undefined) return err(unreadable);
  try {
    return parseCalendar(parse(head.value), { "years.csv": years, "days.csv": days, "shifts.csv": shifts });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return err([{ file: CALENDAR_HEAD, row: null, code: "FILE_UNREADABLE", detail }]);
  }
}
