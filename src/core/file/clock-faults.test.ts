import { describe, expect, it } from "vitest";
import type { UnitCode } from "../../kernel/index.ts";
import { openCalendar } from "../clock/index.ts";
import type { ClockPolicy } from "../clock/index.ts";
import type { ClockFault } from "./file-alarm.ts";
import type { FileContext } from "./file.ts";
import {
  aDesk,
  LAMP_VERDICT,
  linkageOf,
  put,
  registration,
  sealed,
  settle,
  tell,
  tick,
} from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";

const NO_DAYS = openCalendar({ version: "cn@1", years: [], days: [], shifts: [] });

function policy(change: Partial<ClockPolicy>): ClockPolicy {
  return {
    limit: "any",
    catalogueVersion: "small@1",
    stage: "reply",
    amount: 4,
    unit: "naturalHours",
    hours: "always@1",
    pausable: false,
    extensionMax: 0,
    giveBackMinutes: null,
    marks: [{ mark: "due", minutes: 0, audience: "desk" }],
    source: "nmg:2.2.5",
    basis: "default",
    ...change,
  };
}

const broken = (): never => {
  throw new Error("out of order");
};

/** What can be wrong with limits and calendars. `told` = the mark by which the operator hears why. */
const FAULTS: readonly (readonly [what: string, clock: FileContext["clock"], told: ClockFault["code"] | null])[] = [
  ["no limit at all", { calendar: NO_DAYS, policyFor: () => null }, null],
  [
    "a limit whose hours the calendar does not know",
    { calendar: NO_DAYS, policyFor: ({ stage }) => policy({ stage, unit: "workingHours" }) },
    null,
  ],
  ["a look-up that breaks", { calendar: NO_DAYS, policyFor: broken }, "limitUnreadable"],
  [
    "a limit without a number",
    { calendar: NO_DAYS, policyFor: ({ stage }) => policy({ stage, amount: Number.NaN }) },
    "limitNotCounted",
  ],
  [
    "a limit that leads out of the calendar",
    { calendar: NO_DAYS, policyFor: ({ stage }) => policy({ stage, amount: 200_000_000 }) },
    "limitOutOfCalendar",
  ],
  [
    "a calendar that breaks",
    { calendar: { ...NO_DAYS, hours: broken }, policyFor: ({ stage }) => policy({ stage, unit: "workingHours" }) },
    "limitNotCounted",
  ],
];

const alarms = (desk: Desk): readonly string[] =>
  (desk.log.at(-1)?.alarms ?? []).map((a) => ("audience" in a ? `${a.kind} ${a.audience}` : `clear ${a.kind}`));

describe("danger and what people do outrank deadlines (nmg:2.2.1)", () => {
  it.each(FAULTS)("with %s a danger is pushed and ordered out just as without clocks", (_what, clock, told) => {
    const [plain, timed] = [aDesk("hotline"), aDesk("hotline", { clock })];
    for (const desk of [plain, timed])
      expect(tell(desk, registration({ verdict: LAMP_VERDICT, danger: true }))).toBe("ok");
    const left = (desk: Desk) => ({
      events: desk.log.at(-1)?.caseEvents.map(({ type }) => type),
      sent: desk.log.at(-1)?.linkages.map(({ send }) => send.map(({ type }) => type)),
      orders: desk.file.orders.map(({ unit }) => unit),
    });
    expect(left(timed)).toEqual(left(plain));
    expect(alarms(timed)).toEqual(told === null ? alarms(plain) : [...alarms(plain), `${told} operator`]);
    expect(timed.file.clocks).toEqual([]);
    expect(timed.log.at(-1)?.faults.map(({ code }) => code)).toEqual(told === null ? [] : [told]);
  });

  it.each(FAULTS)("with %s a matter that is in danger later, its push and its end go their way", (_what, clock) => {
    const [hotline, police] = [aDesk("hotline", { clock }), aDesk("police", { clock })];
    expect(tell(hotline, registration({ verdict: LAMP_VERDICT }))).toBe("ok");
    expect(tell(hotline, { type: "danger", machineSuspected: false, sealed: [sealed("note.1")] })).toBe("ok");
    settle(hotline, police);
    const linkageId = linkageOf(police, "urgent");
    expect(tell(police, { type: "shown", linkageId })).toBe("ok");
    expect(tell(police, { type: "endDanger", linkageId, outcome: "handled", result: null })).toBe("ok");
    settle(hotline, police);
    expect(tell(hotline, { type: "danger", machineSuspected: false, sealed: [sealed("note.2")] })).toBe("ok");
  });

  it("clocks that ran before their calendar broke stay as they were, and the step is carried out", () => {
    const calendar = openCalendar({ version: "cn@1", years: [], days: [], shifts: [] });
    const desk = aDesk("hotline", { clock: { calendar, policyFor: ({ stage }) => policy({ stage }) } });
    tell(desk, registration({ verdict: LAMP_VERDICT }));
    const before = desk.file.clocks;
    expect(before.length).toBeGreaterThan(0);
    desk.context = { ...desk.context, clock: { ...desk.context.clock, calendar: { ...calendar, hours: broken } } };
    expect(tell(desk, { type: "danger", machineSuspected: false, sealed: [] })).toBe("ok");
    expect([desk.file.clocks, desk.log.at(-1)?.clockEvents]).toEqual([before, []]);
    expect(desk.file.linkages.map(({ kind }) => kind)).toEqual(["urgent"]);
    expect(alarms(desk)).toContain("limitNotCounted operator");
  });

  it("a clock that breaks when its time has come stops nothing: it stays as it was and the operator hears why", () => {
    const desk = aDesk("hotline", { clock: { calendar: NO_DAYS, policyFor: ({ stage }) => policy({ stage }) } });
    tell(desk, registration({ verdict: LAMP_VERDICT }));
    const marks = [{ mark: "reminder", minutes: Number.NaN, audience: "desk" }] as const;
    const clocks = desk.file.clocks.map((clock) => ({ ...clock, policy: { ...clock.policy, marks } }));
    const [first] = clocks;
    if (first === undefined) throw new Error("no clock");
    desk.file = { ...desk.file, clocks };
    expect(put(desk, { via: "clockTimer", at: tick(1), clockId: first.id })).toBe("ok");
    expect([desk.file.clocks, alarms(desk)]).toEqual([clocks, ["limitNotCounted operator"]]);
    expect(desk.log.at(-1)?.faults).toMatchObject([{ detail: expect.stringMatching(/^RangeError: /) }]);
  });

  it("what the log says of a fault is short, whatever broke", () => {
    const long = (): never => {
      throw new Error("x".repeat(5_000));
    };
    const desk = aDesk("hotline", { clock: { calendar: NO_DAYS, policyFor: long } });
    tell(desk, registration({ verdict: LAMP_VERDICT }));
    expect(desk.log.at(-1)?.faults.map(({ code, detail }) => [code, detail.length])).toEqual([
      ["limitUnreadable", 200],
    ]);
  });

  it("a request that wants more clocks than one step may make gets the rest with the next steps, and nothing breaks", () => {
    const desk = aDesk("hotline");
    tell(desk, registration({ verdict: LAMP_VERDICT }));
    for (let n = 0; n < 9; n++)
      tell(desk, { type: "dispatch", kind: "work", unit: `u${n}` as UnitCode, role: "assisting", instruction: null });
    desk.context = { ...desk.context, clock: { calendar: NO_DAYS, policyFor: ({ stage }) => policy({ stage }) } };
    const steps = [1, 2, 3, 4].map((n) => {
      expect(tell(desk, { type: "danger", machineSuspected: false, sealed: [sealed(`note.${n}`)] })).toBe("ok");
      expect(desk.log.at(-1)?.faults).toEqual([]);
      return desk.file.clocks.length;
    });
    expect(steps[0]).toBeLessThan(12);
    expect(steps[3]).toBe(new Set(desk.file.clocks.map((c) => `${c.subject}/${c.policy.stage}`)).size);
    expect(steps[3]).toBeGreaterThan(30);
  });
});
