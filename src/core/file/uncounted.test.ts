import { expect, it } from "vitest";
import type { Instant } from "../../kernel/index.ts";
import { openCalendar, planClockTimer } from "../clock/index.ts";
import type { WorkCalendar } from "../clock/index.ts";
import { alarms, aTimedDesk, clockOf, DISPATCH, fire, limits, orderOf, registered } from "./timed-desk.test-data.ts";
import { put, sealed, tell, tick } from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";

const shifts = [
  {
    code: "all",
    hours: "always@1",
    nameZh: "全天",
    nameEn: "all day",
    from: 0,
    to: 1_440,
    days: "12345",
    season: null,
    validFrom: "2020-01-01",
    validTo: null,
    source: "yn:4.3.3",
    basis: "default" as const,
  },
];
const years = [2026, 2027].map((year) => ({ year, status: "published" as const, sourceZh: "示例" }));
const KNOWN = openCalendar({ version: "cn@1", years, days: [], shifts });
/** As a node has it that started while its calendar could not be read. */
const NONE = openCalendar({ version: "cn@0", years: [], days: [], shifts: [] });
const BROKEN: WorkCalendar = {
  ...KNOWN,
  version: "cn@2",
  hours: () => {
    throw new Error("out of order");
  },
};
/** The year of the matter is not in the calendar, so that what is counted leads out of it. */
const SHORT: WorkCalendar = openCalendar({
  version: "cn@3",
  years: [{ year: 1_980, status: "published", sourceZh: "示例" }],
  days: [],
  shifts,
});
const UNUSABLE = [
  ["does not know the hours", NONE],
  ["breaks", BROKEN],
  ["does not reach so far", SHORT],
] as const;

function counts(desk: Desk, calendar: WorkCalendar): void {
  desk.context = { ...desk.context, clock: { ...desk.context.clock, calendar } };
}

function waiting(): Desk {
  const desk = aTimedDesk();
  desk.context = { ...desk.context, clock: limits({ unit: "workingDays", amount: 5 }).clock };
  counts(desk, KNOWN);
  registered(desk);
  tell(desk, DISPATCH);
  const caseId = desk.file.case?.id ?? "";
  expect(tell(desk, { type: "awaitRequester", subject: orderOf(desk), days: 2, note: sealed("reason.1") })).toBe("ok");
  expect(tell(desk, { type: "pauseClock", subject: caseId, reason: "awaitsOther", note: null })).toBe("ok");
  return desk;
}

const standing = (desk: Desk) => ["conclude", "reply"].map((stage) => clockOf(desk, stage).status);

it.each(UNUSABLE)(
  "a danger ends a wait and a pause at once also where the calendar %s (nmg:2.2.1)",
  (_what, calendar) => {
    const desk = waiting();
    counts(desk, calendar);
    expect(standing(desk)).toEqual(["paused", "awaitingRequester"]);
    expect(tell(desk, { type: "danger", machineSuspected: false, sealed: [] })).toBe("ok");
    expect(standing(desk)).toEqual(["running", "running"]);
    expect(alarms(desk)).toContainEqual(["limitNotCounted", "operator", 1]);
  },
);

it.each(UNUSABLE)("a wait that is over ends and rings once where the calendar %s (nmg:2.2.5)", (_what, calendar) => {
  const desk = waiting();
  counts(desk, calendar);
  const before = clockOf(desk, "reply");
  const until = before.awaitUntil ?? ("" as Instant);
  fire(desk, before, until);
  expect([clockOf(desk, "reply").status, clockOf(desk, "reply").due]).toEqual(["running", null]);
  expect(planClockTimer(before, clockOf(desk, "reply"), true)).toBeNull();
  expect(alarms(desk)).toContainEqual(["limitNotCounted", "operator", 1]);
});

it.each(UNUSABLE)(
  "what ran on while the calendar %s has its due time again with the next usable one",
  (_what, calendar) => {
    const [desk, plain] = [waiting(), waiting()];
    counts(desk, calendar);
    for (const one of [desk, plain]) {
      tell(one, { type: "danger", machineSuspected: false, sealed: [] });
    }
    counts(desk, KNOWN);
    put(desk, { via: "clocks", at: tick(1_000) });
    expect(clockOf(desk, "reply").due).not.toBeNull();
    expect(clockOf(desk, "reply").due?.at.slice(0, 10)).toBe(clockOf(plain, "reply").due?.at.slice(0, 10));
    expect(alarms(desk) ?? []).not.toContainEqual(["limitNotCounted", "operator", 1]);
  },
);
