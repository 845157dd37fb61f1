import { expect, test } from "vitest";
import type { CatalogueProblem } from "../../core/catalogue/index.ts";
import type { Calendar } from "../../core/clock/index.ts";
import { err, ok } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";
import { calendarOfProgram } from "../catalogue/calendar-check.ts";
import { followCalendar } from "./follow-calendar.ts";

const LIMITS = { limits: [] };
const WRONG: CatalogueProblem = { file: "days.csv", row: 3, code: "VALUE_UNKNOWN", detail: "x" };

async function following(first: Result<Calendar, readonly CatalogueProblem[]>) {
  let now = first;
  const said: string[] = [];
  const calendars = await followCalendar({ log: (line) => void said.push(line), read: async () => now });
  return {
    said,
    version: () => calendars.known().calendar?.version ?? null,
    look: async (found: typeof now) => {
      now = found;
      return calendars.renew(LIMITS, async () => undefined);
    },
  };
}

async function shipped(): Promise<Calendar> {
  const read = await calendarOfProgram();
  if (!read.ok) throw new Error("the shipped calendar is refused");
  return read.value;
}

test("a calendar that was published while the node runs is counted by from the next look on (nmg:2.2.5)", async () => {
  const calendar = await shipped();
  const node = await following(ok(calendar));
  expect(await node.look(ok(calendar))).toBe(false);
  const published = ok({ ...calendar, version: "cn@99" });
  expect(await node.look(published)).toBe(false);
  expect(await node.look(published)).toBe(true);
  expect([node.version(), node.said]).toEqual(["cn@99", ["calendar cn@99 is counted by from now on"]]);
});

test("one that is broken, or changed without a new version, changes nothing and is told of once (nmg:2.2.1)", async () => {
  const calendar = await shipped();
  const node = await following(ok(calendar));
  for (let n = 0; n < 3; n++) expect(await node.look(err([WRONG]))).toBe(false);
  for (let n = 0; n < 3; n++) expect(await node.look(ok({ ...calendar, days: [] }))).toBe(false);
  expect(node.version()).toBe(calendar.version);
  expect(node.said.map((line) => line.endsWith("counted as before"))).toEqual([true, true]);
});

test("a node that started without one has its time limits as soon as there is one", async () => {
  const node = await following(err([WRONG]));
  expect(node.version()).toBeNull();
  expect(await node.look(ok(await shipped()))).toBe(false);
  expect(await node.look(ok(await shipped()))).toBe(true);
  expect(node.version()).not.toBeNull();
});

test("one that could not be taken over is tried again at the next look (nmg:2.2.5)", async () => {
  const calendar = await shipped();
  const found = ok({ ...calendar, version: "cn@99" });
  let now: Result<Calendar, readonly CatalogueProblem[]> = ok(calendar);
  const calendars = await followCalendar({ log: () => undefined, read: async () => now });
  now = found;
  expect(await calendars.renew(LIMITS, async () => undefined)).toBe(false);
  await expect(calendars.renew(LIMITS, () => Promise.reject(new Error("no database")))).rejects.toThrow("no database");
  expect(calendars.known().calendar?.version).toBe(calendar.version);
  expect(await calendars.renew(LIMITS, async () => undefined)).toBe(true);
});

test("one that is being copied, whichever file comes first, is counted by when it is whole and not before (nmg:2.2.5)", async () => {
  const calendar = await shipped();
  const whole = { ...calendar, version: "cn@99" };
  const headFirst = [
    { ...whole, days: calendar.days.slice(0, 9) },
    { ...whole, days: calendar.days.slice(0, -5) },
    whole,
  ];
  const headLast = [{ ...calendar, days: calendar.days.slice(0, 9) }, whole];
  const rowCutShort: Result<Calendar, readonly CatalogueProblem[]> = err([WRONG]);
  for (const copied of [headFirst.map(ok), headLast.map(ok), [rowCutShort, ok(whole)]]) {
    const node = await following(ok(calendar));
    for (const part of copied) expect(await node.look(part)).toBe(false);
    expect([node.version(), node.said]).toEqual([calendar.version, []]);
    expect(await node.look(ok(whole))).toBe(true);
    expect(await node.look(ok(whole))).toBe(false);
    expect([node.version(), node.said]).toEqual(["cn@99", ["calendar cn@99 is counted by from now on"]]);
  }
});
