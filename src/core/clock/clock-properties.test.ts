import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { epochMs, instantOf, msBetween, plusMs } from "../../kernel/index.ts";
import type { Instant, UnitCode } from "../../kernel/index.ts";
import { decideClock, evolveClock, passedUnits, pendingMarks, sharesOf, startClock } from "./index.ts";
import type { Clock, ClockCommand, ClockId, ClockPolicy } from "./index.ts";
import { aCalendar, aPolicy, shanghai, someone, WORKS } from "./small-calendar.test-data.ts";

const calendar = aCalendar();
const MINUTE = 60_000;
const START = epochMs(shanghai("2025-01-02 00:00"));

const starts = fc.integer({ min: 0, max: 700 * 24 * 60 }).map((n) => instantOf(START + n * MINUTE));
const policies = fc
  .record({
    amount: fc.integer({ min: 1, max: 20 }),
    unit: fc.constantFrom("naturalHours", "naturalDays", "workingMinutes", "workingHours", "workingDays"),
    hours: fc.constantFrom("office@1", "always@1", "night@1", "season@1"),
    giveBackMinutes: fc.constantFrom(null, 30),
  } as const)
  .map((change): ClockPolicy => aPolicy(change));

/** Any command, sensible or not, and the minutes before it. */
const commands: fc.Arbitrary<readonly [number, ClockCommand]> = fc.tuple(
  fc.integer({ min: 0, max: 3 * 24 * 60 }),
  fc.oneof(
    fc.constantFrom<ClockCommand>(
      { type: "pause", reason: "x" },
      { type: "awaitRequester" },
      { type: "resume" },
      { type: "resume" },
      { type: "askExtension", amount: 2, reason: "x" },
      { type: "approveExtension", amount: null },
      { type: "act" },
      { type: "stop", outcome: "done" },
      { type: "reopen", owner: WORKS, amount: null },
      { type: "reopen", owner: WORKS, amount: 3 },
    ),
    policies.map((policy): ClockCommand => ({ type: "judgedAnew", policy: { ...policy, limit: "reply-anew" } })),
    fc
      .integer({ min: 0, max: 3 })
      .map((n): ClockCommand => ({ type: "changeOwner", owner: `unit-${n}` as UnitCode, policy: null })),
    fc
      .constantFrom("reminder", "supervision", "due", "overdue", "giveBack")
      .map((mark): ClockCommand => ({ type: "mark", mark }) as ClockCommand),
  ),
);

function born(at: Instant, policy: ClockPolicy, parent: Clock | null = null): Clock {
  const started = startClock(
    { id: (parent === null ? "reply" : "child") as ClockId, subject: "order-1", policy, owner: WORKS, parent },
    { at, by: someone(), cause: "start" },
    calendar,
  );
  if (!started.ok) throw new Error(started.error.code);
  const clock = started.value.reduce<Clock | null>(evolveClock, null);
  if (clock === null) throw new Error("no clock");
  return clock;
}

function give(clock: Clock, at: Instant, command: ClockCommand): Clock {
  const by = someone(command.type === "approveExtension" ? "boss" : "clerk");
  const decided = decideClock(clock, command, { at, by, cause: "x" }, calendar);
  return decided.ok ? decided.value.reduce(evolveClock, clock) : clock;
}

describe("clocks under any sequence of commands", () => {
  test("a pause ended at once changes nothing, whatever the unit and the moment", () => {
    fc.assert(
      fc.property(starts, policies, fc.integer({ min: 0, max: 30 * 24 * 60 }), (start, policy, minutes) => {
        const clock = born(start, policy);
        const at = plusMs(start, minutes * MINUTE);
        const again = give(give(clock, at, { type: "awaitRequester" }), at, { type: "resume" });
        expect(again.due).toEqual(clock.due);
      }),
    );
  });

  test("a pause never makes the due time earlier, and no clock passes units while it is paused", () => {
    fc.assert(
      fc.property(
        starts,
        policies,
        fc.integer({ min: 0, max: 9 * 24 * 60 }),
        fc.integer({ min: 0, max: 9 * 24 * 60 }),
        (start, policy, first, second) => {
          const clock = born(start, policy);
          const [from, to] = [plusMs(start, first * MINUTE), plusMs(start, (first + second) * MINUTE)];
          const paused = give(clock, from, { type: "pause", reason: "x" });
          expect(passedUnits(paused, calendar, to)).toBe(passedUnits(paused, calendar, from));
          const resumed = give(paused, to, { type: "resume" });
          expect((resumed.due?.at ?? "") >= (clock.due?.at ?? "")).toBe(true);
        },
      ),
    );
  });

  test("the shares of the owners add up, a stopped clock waits for nothing, replay keeps every field sound", () => {
    fc.assert(
      fc.property(starts, policies, fc.array(commands, { maxLength: 14 }), (start, policy, list) => {
        let clock = born(start, policy);
        let at = start;
        for (const [minutes, command] of list) {
          at = plusMs(at, minutes * MINUTE);
          clock = give(clock, at, command);
          const total = sharesOf(clock, calendar, at).reduce((sum, share) => sum + share.runningMs, 0);
          const ran = clock.spans.reduce((sum, s) => sum + msBetween(s.from, s.to ?? at), 0);
          expect(total).toBe(ran);
          expect(clock.spans.filter((span) => span.to === null)).toHaveLength(clock.status === "running" ? 1 : 0);
          expect(clock.extended).toBeLessThanOrEqual(clock.policy.extensionMax);
          if (clock.status === "stopped") expect(pendingMarks(clock)).toEqual([]);
          if (clock.status === "running") expect(clock.due).not.toBeNull();
        }
      }),
    );
  });

  test("a child is never due after its parent, whatever happens to both", () => {
    fc.assert(
      fc.property(
        starts,
        policies,
        policies,
        fc.array(fc.tuple(fc.boolean(), commands), { maxLength: 12 }),
        (start, above, below, list) => {
          let parent = born(start, above);
          let child = born(start, below, parent);
          let at = start;
          for (const [isParent, [minutes, command]] of list) {
            at = plusMs(at, minutes * MINUTE);
            if (isParent) parent = give(parent, at, command);
            else child = give(child, at, command);
            child = give(child, at, { type: "passOn", parent, amount: 1 });
            child = give(child, at, { type: "followParent", parent });
            if (child.due !== null && parent.due !== null && child.status !== "stopped")
              expect(child.due.at <= parent.due.at).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test("a mark is said at most once for one due time, save overdue, and never before its moment", () => {
    fc.assert(
      fc.property(starts, policies, fc.array(commands, { maxLength: 14 }), (start, policy, list) => {
        let clock = born(start, policy);
        let at = start;
        for (const [minutes, command] of list) {
          at = plusMs(at, minutes * MINUTE);
          const decided = decideClock(clock, command, { at, by: someone("boss"), cause: "x" }, calendar);
          if (!decided.ok) continue;
          for (const event of decided.value) {
            if (event.type !== "ClockMarked") continue;
            expect(event.setFor <= at).toBe(true);
            if (event.mark !== "overdue") expect(clock.marked[event.mark] ?? 0).toBe(0);
            else expect(event.times).toBeGreaterThan(clock.marked.overdue ?? 0);
          }
          clock = decided.value.reduce(evolveClock, clock);
        }
      }),
    );
  });
});
