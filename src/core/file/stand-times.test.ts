import { describe, expect, it } from "vitest";
import { msBetween } from "../../kernel/index.ts";
import { nextMark, STANDSTILL } from "../clock/index.ts";
import { DEFAULT_LINKAGE_POLICY } from "../linkage/index.ts";
import { allowedClockFileCommands, handOverTimesOf, standstillOf } from "./index.ts";
import { aTimedDesk, clockOf, DISPATCH, fire, HOUR, orderOf, registered } from "./timed-desk.test-data.ts";
import { sealed, tell } from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";

const DAY = 24 * HOUR;
const policy = (value: number) => ({ value, source: "default" }) as const;
/** What two desks might agree on. */
const AGREED = standstillOf({
  pauseDays: policy(7),
  pauseRemindDays: policy(1),
  awaitDays: policy(2),
  awaitTimes: policy(1),
});

function dispatched(): Desk {
  const desk = aTimedDesk();
  desk.context = { ...desk.context, clock: { ...desk.context.clock, standstill: AGREED } };
  registered(desk);
  tell(desk, DISPATCH);
  return desk;
}

describe("how long a time limit may stand still says the catalogue in force (nmg:2.2.5)", () => {
  it("a version that is silent leaves what always held; of a hand-over it says nothing", () => {
    expect(standstillOf({})).toEqual(STANDSTILL);
    expect(standstillOf({ pauseDays: null })).toEqual(STANDSTILL);
    expect(handOverTimesOf({ negotiationMinutes: null })).toEqual({});
  });

  it("a pause ends and is called out by it, and a pause that stands keeps the dates it was given", () => {
    const desk = dispatched();
    const began = clockOf(desk, "reply");
    tell(desk, { type: "pauseClock", subject: orderOf(desk), reason: "awaitsOther", note: null });
    const { awaitUntil, spans } = clockOf(desk, "reply");
    const from = spans[0]?.to ?? began.startedAt;
    expect(msBetween(from, awaitUntil ?? from)).toBe(7 * DAY);
    desk.context = { ...desk.context, clock: { ...desk.context.clock, standstill: STANDSTILL } };
    const next = nextMark(clockOf(desk, "reply"));
    expect([next?.mark, msBetween(from, next?.at ?? from)]).toEqual(["pauseEnds", 6 * DAY]);
  });

  it("the requester is waited for no longer and no oftener than it says", () => {
    const desk = dispatched();
    const wait = (days: number) =>
      ({ type: "awaitRequester", subject: orderOf(desk), days, note: sealed("reason.1") }) as const;
    expect(tell(desk, wait(3))).toBe("CLOCK_AWAIT_TOO_LONG");
    expect(tell(desk, wait(2))).toBe("ok");
    const clock = clockOf(desk, "reply");
    fire(desk, clock, clock.awaitUntil ?? clock.startedAt);
    expect(tell(desk, wait(1))).toBe("CLOCK_AWAITED_ENOUGH");
    expect(allowedClockFileCommands(desk.file, orderOf(desk), AGREED)).not.toContain("awaitRequester");
  });
});

it("of the times of a hand-over a catalogue may set those of the ordinary part alone: no push waits for it (nmg:2.2.1)", () => {
  const names = [
    "handOverReceiptMinutes",
    "handOverAnswerMinutes",
    "handOverAnswerAtSenderMinutes",
    "returnDecideMinutes",
    "negotiationMinutes",
    "arbiterMinutes",
    "arbiterRepeatMinutes",
    "acceptConfirmMinutes",
    "answerOwedMinutes",
  ] as const;
  const times = handOverTimesOf(Object.fromEntries(names.map((name) => [name, policy(7)])));
  const urgent = Object.keys(DEFAULT_LINKAGE_POLICY).filter((name) => name.startsWith("urgent"));
  expect(Object.keys(times).toSorted()).toEqual(
    Object.keys(DEFAULT_LINKAGE_POLICY)
      .filter((name) => !urgent.includes(name))
      .toSorted(),
  );
  expect(new Set(Object.values(times))).toEqual(new Set([7 * 60_000]));
});
