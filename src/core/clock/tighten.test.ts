import { expect, test } from "vitest";
import { aPolicy, HEATING, Run } from "./small-calendar.test-data.ts";

const URGENT = aPolicy({ limit: "reply-urgent", amount: 24, unit: "naturalHours", hours: "always@1", pausable: false });
const judged = (policy = URGENT) => ({ type: "judgedAnew", policy }) as const;

test("a matter judged anew runs by the row that fits it now, counted from then (nmg:2.2.5)", () => {
  const run = new Run({ at: "2025-03-03 09:00" }).does("2025-03-04 11:00", judged());
  expect([run.due, run.clock.policy.limit, run.clock.total]).toEqual(["2025-03-05 11:00", "reply-urgent", 24]);
  expect(run.events.at(-1)).toMatchObject({ type: "ClockTightened", policy: { limit: "reply-urgent" } });
});

test("no judgement gives a matter more time than it had", () => {
  const run = new Run({ at: "2025-03-03 09:00" });
  expect(run.tries("2025-03-10 09:00", judged())).toEqual({ ok: true, value: [] });
  run.does("2025-03-10 09:00", judged());
  expect([run.due, run.clock.policy.limit]).toEqual(["2025-03-10 18:00", "reply-general"]);
});

test("the same row with another number is an edit of the sheet, which never reaches a running clock", () => {
  const run = new Run({ at: "2025-03-03 09:00" });
  expect(run.tries("2025-03-03 10:00", judged(aPolicy({ amount: 1 })))).toEqual({ ok: true, value: [] });
});

test("what the old row was extended by, and what was asked for, ends with it", () => {
  const run = new Run({ at: "2025-03-03 09:00" })
    .does("2025-03-03 10:00", { type: "askExtension", amount: 5, reason: "x" }, "clerk")
    .does("2025-03-03 11:00", { type: "approveExtension", amount: null }, "boss")
    .does("2025-03-03 12:00", { type: "askExtension", amount: 5, reason: "x" }, "clerk")
    .does("2025-03-04 11:00", judged());
  expect([run.due, run.clock.extended, run.clock.asked]).toEqual(["2025-03-05 11:00", 0, null]);
});

test("what stands still keeps standing by its old limit, and has the new one whole when it runs on and that ends first", () => {
  const run = new Run({ at: "2025-03-03 09:00" })
    .does("2025-03-03 10:00", { type: "pause", reason: "siteClosed" })
    .does("2025-03-04 11:00", judged());
  expect([run.clock.status, run.due, run.clock.policy.limit]).toEqual(["paused", null, "reply-general"]);
  run.does("2025-03-04 15:00", { type: "resume" });
  expect([run.due, run.clock.policy.limit, run.clock.judged]).toEqual(["2025-03-05 15:00", "reply-urgent", null]);
});

/** Two working days left when the requester is awaited; judged as an inquiry meanwhile. */
const waited = (...anew: readonly ReturnType<typeof judged>[]): Run => {
  const run = new Run({ at: "2025-03-03 09:00" }).does("2025-03-06 19:00", { type: "awaitRequester" });
  for (const one of anew) run.does("2025-03-06 20:00", one);
  return run.does("2025-03-07 09:00", { type: "resume" });
};

test("no judgement while a clock stands still gives it more time, whatever both limits are counted in", () => {
  const inquiry = aPolicy({ limit: "reply-inquiry", amount: 2 });
  expect([waited().due, waited(judged(inquiry)).due]).toEqual(["2025-03-10 18:00", "2025-03-10 18:00"]);
  const hours = aPolicy({ limit: "reply-hours", amount: 16, unit: "workingHours" });
  const paused = (...anew: readonly ReturnType<typeof judged>[]): Run => {
    const run = new Run({ at: "2025-03-03 09:00" }).does("2025-03-06 08:00", { type: "pause", reason: "siteClosed" });
    for (const one of anew) run.does("2025-03-06 08:00", one);
    return run.does("2025-03-07 17:30", { type: "resume" });
  };
  expect(paused(judged(hours)).due).toBe(paused().due);
});

test("what was judged back before it ran on leaves the old limit as it was", () => {
  const inquiry = aPolicy({ limit: "reply-inquiry", amount: 1 });
  const run = waited(judged(inquiry), judged(aPolicy({})));
  expect([run.due, run.clock.policy.limit, run.clock.judged]).toEqual(["2025-03-10 18:00", "reply-general", null]);
});

test("the owner changes, the shares stay: what ran before the judgement is still that owner's", () => {
  const run = new Run({ at: "2025-03-03 09:00" })
    .does("2025-03-03 11:00", judged())
    .does("2025-03-03 12:00", { type: "changeOwner", owner: HEATING, policy: null })
    .does("2025-03-03 13:00", { type: "stop", outcome: "done" });
  expect(run.clock.response?.runningMinutes).toBe(240);
  expect(run.clock.spans).toHaveLength(3);
});

test("a limit whose hours no calendar knows is refused and changes nothing", () => {
  const run = new Run({ at: "2025-03-03 09:00" });
  const unknown = aPolicy({ limit: "other", hours: "nowhere@1", unit: "workingDays" });
  expect(run.tries("2025-03-03 10:00", judged(unknown))).toMatchObject({
    ok: false,
    error: { code: "CLOCK_HOURS_UNKNOWN" },
  });
});

test("a clock inside another keeps its parent's end as its own ceiling", () => {
  const parent = new Run({ at: "2025-03-03 09:00", policy: aPolicy({ stage: "conclude", amount: 2 }), id: "case-1" });
  const child = new Run({ at: "2025-03-03 09:00", parent: parent.clock }).does("2025-03-04 17:00", judged());
  expect(child.due).toBe("2025-03-05 17:00");
  const late = new Run({ at: "2025-03-03 09:00", parent: parent.clock });
  expect(late.clock.ceiling).toEqual(parent.clock.due);
  late.does("2025-03-04 17:00", judged(aPolicy({ limit: "other", amount: 4 })));
  expect([late.due, late.clock.policy.limit]).toEqual(["2025-03-05 18:00", "other"]);
});
