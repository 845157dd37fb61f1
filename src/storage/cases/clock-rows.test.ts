import { expect, it } from "vitest";
import type { Upcaster } from "../../core/evidence/index.ts";
import { aClock, caseIdOf, clockWrite } from "../sample-commits.ts";
import { clockChanges, readClocks } from "./clock-rows.ts";

const clock = aClock(1, caseIdOf(1));
const started = clockWrite(clock, 1, 0).events[0]?.body;

it("a clock that nothing happened to has an empty row, and is read as it began", () => {
  const { events, state } = clockWrite(clock, 1, 0);
  expect(clockChanges(state, events)).toEqual({});
  expect(readClocks([[1, {}, 1, started]])).toEqual([clock]);
});

it("a row keeps what can change and another rule only from the event that set it", () => {
  const stopped = { ...clock, status: "stopped", due: null, version: 2 } as const;
  const changes = clockChanges(stopped, [{ body: { type: "ClockStopped" } }]);
  expect(Object.keys(changes)).not.toContain("policy");
  expect(readClocks([[2, changes, 1, started]])).toEqual([stopped]);
  const policy = { ...clock.policy, amount: 9 };
  const moved = clockChanges({ ...stopped, policy }, [{ body: { type: "ClockOwnerChanged", policy } }]);
  expect(readClocks([[2, moved, 1, started]])).toEqual([{ ...stopped, policy }]);
});

it("a clock that an older program started is read by today's rules, through the same steps as every other event", () => {
  /** What version 1 of a planned change looked like: the rule stood under another name. */
  const { policy, ...rest } = { policy: null, ...Object(started) };
  const older = { ...rest, rule: policy };
  const renamed = (body: unknown) => {
    const { rule, ...kept } = { rule: null, ...Object(body) };
    return { ...kept, policy: rule };
  };
  const steps: readonly Upcaster[] = [{ stream: "clock", type: "ClockStarted", from: 1, up: renamed }];
  expect(readClocks([[1, {}, 1, older]], steps)).toEqual([clock]);
  expect(readClocks([[1, {}, 2, started]], steps)).toEqual([clock]);
  expect(readClocks([[1, {}, 3, started]], steps)).toEqual([]);
});

it("a step that breaks on what it reads leaves its clock out, and the request is read (nmg:2.2.1)", () => {
  const breaking = (): never => {
    throw new Error("not of this shape");
  };
  const steps: readonly Upcaster[] = [{ stream: "clock", type: "ClockStarted", from: 1, up: breaking }];
  expect(
    readClocks(
      [
        [1, {}, 1, started],
        [1, {}, 2, started],
      ],
      steps,
    ),
  ).toEqual([clock]);
});

it.each([
  ["without the event that started it", [1, {}, null, null]],
  ["whose first event is another", [1, {}, 1, { type: "ClockStopped" }]],
  ["of a newer program", [1, {}, 2, started]],
  ["whose changes are no record", [1, [], 1, started]],
  ["whose rule is gone", [1, { policy: null }, 1, started]],
  ["whose spans are gone", [1, { spans: null }, 1, started]],
  ["without a version", [null, {}, 1, started]],
  ["of no shape at all", "clock"],
])(
  "a clock %s is left out and its request is read: nothing that is said waits for a clock (nmg:2.2.1)",
  (_what, row) => {
    expect(readClocks([row, [1, {}, 1, started]])).toEqual([clock]);
  },
);
