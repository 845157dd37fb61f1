import { expect, it } from "vitest";
import type { Instant } from "../../kernel/index.ts";
import { plusMs } from "../../kernel/index.ts";
import { nextMark, STANDSTILL } from "../clock/index.ts";
import { allowedClockFileCommands } from "./index.ts";
import { alarms, clockOf, dispatched, fire, HOUR, orderOf } from "./timed-desk.test-data.ts";
import { put, sealed, tell } from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";

const DAY = 24 * HOUR;
const caseId = (desk: Desk): string => desk.file.case?.id ?? "";
const whole = (desk: Desk) => clockOf(desk, "conclude");
const pause = (desk: Desk) =>
  ({ type: "pauseClock", subject: caseId(desk), reason: "awaitsOther", note: null }) as const;

/** Lets the timer of the request's clock fire when its next mark is due. */
function ring(desk: Desk): Instant {
  const at = nextMark(whole(desk))?.at;
  if (at === undefined) throw new Error("nothing to ring for");
  fire(desk, whole(desk), at);
  return at;
}

it("a pause is called out before its end, and then ends by itself with a line in the history (nmg:2.2.5)", () => {
  const desk = dispatched();
  expect(tell(desk, pause(desk))).toBe("ok");
  const end = whole(desk).awaitUntil ?? ("" as Instant);
  const began = desk.log
    .at(-1)
    ?.clockEvents.flatMap(({ events }) => events)
    .find((e) => e.type === "ClockPaused")?.at;
  expect(end).toBe(plusMs(began ?? end, STANDSTILL.pauseDays * DAY));
  expect(ring(desk)).toBe(plusMs(end, -STANDSTILL.remindDays * DAY));
  expect([alarms(desk), whole(desk).status]).toEqual([[["pauseEnds", "desk", 1]], "paused"]);
  expect(ring(desk)).toBe(end);
  const told = desk.log.at(-1)?.clockEvents.flatMap(({ events }) => events);
  expect(told).toContainEqual(expect.objectContaining({ type: "ClockResumed", why: "pauseOver", at: end }));
  expect(alarms(desk)).toContainEqual(["clear", "pauseEnds"]);
  expect([whole(desk).status, whole(desk).awaitUntil]).toEqual(["running", null]);
});

it("a second pause has its reminder and its end again", () => {
  const desk = dispatched();
  tell(desk, pause(desk));
  ring(desk);
  tell(desk, { type: "resumeClock", subject: caseId(desk), note: null });
  expect(alarms(desk)).toContainEqual(["clear", "pauseEnds"]);
  tell(desk, pause(desk));
  expect(nextMark(whole(desk))?.mark).toBe("pauseEnds");
});

it("the requester is waited for so often and then no more: more time is asked for, and somebody else grants it (nmg:2.2.5)", () => {
  const desk = dispatched();
  const wait = { type: "awaitRequester", subject: orderOf(desk), days: 1, note: sealed("reason.1") } as const;
  for (let n = 0; n < STANDSTILL.awaitTimes; n++) {
    expect(tell(desk, wait)).toBe("ok");
    const clock = clockOf(desk, "reply");
    put(desk, { via: "clockTimer", at: clock.awaitUntil ?? ("" as Instant), clockId: clock.id });
    expect(clockOf(desk, "reply").status).toBe("running");
  }
  expect(tell(desk, wait)).toBe("CLOCK_AWAITED_ENOUGH");
  const allowed = allowedClockFileCommands(desk.file, orderOf(desk));
  expect([allowed.includes("awaitRequester"), allowed.includes("pauseClock")]).toEqual([false, true]);
});

it("a clock that was paused before pauses had an end stays paused and breaks nothing", () => {
  const desk = dispatched();
  tell(desk, pause(desk));
  desk.file = { ...desk.file, clocks: desk.file.clocks.map((clock) => ({ ...clock, awaitUntil: null })) };
  expect(nextMark(whole(desk))).toBeNull();
  expect(tell(desk, { type: "resumeClock", subject: caseId(desk), note: null })).toBe("ok");
});

it("a pause from before pauses had an end gets one when the node looks through its open requests (nmg:2.2.5)", () => {
  const desk = dispatched();
  tell(desk, pause(desk));
  const reason = whole(desk).pauseReason;
  desk.file = { ...desk.file, clocks: desk.file.clocks.map((clock) => ({ ...clock, awaitUntil: null })) };
  const at = plusMs(whole(desk).startedAt, 90 * DAY);
  put(desk, { via: "clocks", at });
  expect(whole(desk)).toMatchObject({ status: "paused", pauseReason: reason });
  expect(whole(desk).awaitUntil).toBe(plusMs(at, STANDSTILL.pauseDays * DAY));
  expect(nextMark(whole(desk))?.mark).toBe("pauseEnds");
  const version = whole(desk).version;
  put(desk, { via: "clocks", at: plusMs(at, DAY) });
  expect(whole(desk).version).toBe(version);
});
