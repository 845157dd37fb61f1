import { describe, expect, it } from "vitest";
import type { UnitCode } from "../../kernel/index.ts";
import { plusMs } from "../../kernel/index.ts";
import type { CallResult } from "../case/index.ts";
import type { RingLine } from "../directory/index.ts";
import type { FileCommand } from "./index.ts";
import {
  alarms,
  aTimedDesk,
  clockOf,
  DISPATCH,
  fire,
  HOUR,
  orderOf,
  registered,
  WORKS,
} from "./timed-desk.test-data.ts";
import { LAMP_VERDICT, linkageOf, put, sealed, settle, tell, tick } from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";

const CITY = "x150100-city" as UnitCode;
const LINES: readonly RingLine[] = [
  { unit: WORKS, line: "dutyPhone", phone: "000-1" },
  { unit: WORKS, line: "step-1", phone: "000-2" },
  { unit: CITY, line: "step-2", phone: "000-3" },
];

/** An order that its unit has not taken up in the time that the limit leaves it. */
function silent(lines: readonly RingLine[] = LINES): Desk {
  const desk = aTimedDesk();
  desk.context = { ...desk.context, ringOrder: () => lines };
  registered(desk);
  tell(desk, { type: "accept" });
  tell(desk, DISPATCH);
  const clock = clockOf(desk, "acknowledge");
  fire(desk, clock, plusMs(clock.startedAt, 2 * HOUR));
  return desk;
}

/** What came of ringing the number that the mark named at this level. */
function rung(desk: Desk, level: number, result: CallResult): string {
  const subject = clockOf(desk, "acknowledge").id;
  const made = { type: "recordCall", dial: null, subject, about: ["notTakenUp"], result, said: null } as const;
  return tell(desk, { ...made, level });
}

/** The mark of a silent unit as the last step raised it: number, level and whose it is. */
const shown = (desk: Desk) =>
  (desk.log.at(-1)?.alarms ?? [])
    .flatMap((a) =>
      a.act === "raise" && a.kind === "notTakenUp"
        ? [[a.dial, a.level, a.audience, clockOf(desk, "acknowledge").rung.at(-1)?.unit]]
        : [],
    )
    .at(-1);

describe("a unit that does not take up its order is rung (yn:3.3, yn:4.1.2, REQ-34)", () => {
  it("each call that reaches nobody puts the next number of the order on the mark; the last one stays with the supervisor", () => {
    const desk = silent();
    expect(shown(desk)).toEqual(["000-1", 1, "desk", WORKS]);
    expect(rung(desk, 1, "noAnswer")).toBe("ok");
    expect(shown(desk)).toEqual(["000-2", 2, "desk", WORKS]);
    expect(rung(desk, 2, "busy")).toBe("ok");
    expect(shown(desk)).toEqual(["000-3", 3, "supervisor", CITY]);
    expect(rung(desk, 3, "notReached")).toBe("ok");
    expect(shown(desk)).toBeUndefined();
  });

  it("the only number of a unit goes to the supervisor, as it is, once nobody answers there", () => {
    const desk = silent(LINES.slice(0, 1));
    expect(shown(desk)).toEqual(["000-1", 1, "desk", WORKS]);
    rung(desk, 1, "noAnswer");
    expect(shown(desk)).toEqual([null, 2, "supervisor", WORKS]);
  });

  it("the order is asked for as it is now: who came on duty meanwhile is rung before who is next", () => {
    const desk = silent();
    const night: RingLine = { unit: WORKS, line: "night-1", phone: "000-8" };
    desk.context = { ...desk.context, ringOrder: () => [night, ...LINES.slice(1)] };
    rung(desk, 1, "noAnswer");
    expect(shown(desk)).toEqual(["000-8", 2, "desk", WORKS]);
    rung(desk, 2, "noAnswer");
    expect(shown(desk)).toEqual(["000-2", 3, "desk", WORKS]);
  });

  it("who was reached is told: nothing is rung on, and the mark keeps its number until the order is taken up", () => {
    const desk = silent();
    for (const result of ["reached", "handedOverByVoice"] as const) {
      rung(desk, 1, result);
      expect([desk.log.at(-1)?.clockEvents, alarms(desk)]).toEqual([[], []]);
    }
  });

  it("two who rang the same number lead one number on, not two", () => {
    const desk = silent();
    rung(desk, 1, "noAnswer");
    expect(rung(desk, 1, "noAnswer")).toBe("ok");
    // The mark stands as it is; it is said again so that the late answer does not end it.
    expect(shown(desk)).toEqual([null, 2, "desk", WORKS]);
    expect(desk.log.at(-1)?.clockEvents).toEqual([]);
  });

  it("a mark from before numbers were named gets the first one with the first call that reaches nobody", () => {
    const desk = silent([]);
    expect(shown(desk)).toEqual([null, 1, "desk", undefined]);
    rung(desk, 1, "noAnswer");
    expect(shown(desk)).toBeUndefined();
    desk.context = { ...desk.context, ringOrder: () => LINES };
    rung(desk, 1, "noAnswer");
    expect(shown(desk)).toEqual(["000-1", 2, "desk", WORKS]);
  });

  it("what the supervisor holds stays his when a new shift brings numbers that were not rung", () => {
    const desk = silent();
    for (const level of [1, 2]) rung(desk, level, "noAnswer");
    const level = shown(desk)?.[1];
    expect(shown(desk)?.[2]).toBe("supervisor");
    const fresh: RingLine = { unit: WORKS, line: "tomorrow-night-1", phone: "000-7" };
    const another: RingLine = { unit: WORKS, line: "tomorrow-night-2", phone: "000-8" };
    desk.context = { ...desk.context, ringOrder: () => [...LINES, fresh, another] };
    expect(rung(desk, Number(level), "noAnswer")).toBe("ok");
    expect(shown(desk)).toEqual(["000-7", Number(level) + 1, "supervisor", WORKS]);
  });

  it("the event says which number by codes alone", () => {
    const desk = silent();
    rung(desk, 1, "noAnswer");
    const events = desk.log.at(-1)?.clockEvents.flatMap(({ events: all }) => all);
    expect(events).toMatchObject([{ type: "ClockRungOn", unit: WORKS, line: "step-1", level: 2, last: false }]);
    expect(JSON.stringify(events)).not.toContain("000-2");
  });

  it("a directory that breaks holds up neither the mark nor the record of the call", () => {
    const desk = silent();
    desk.context = {
      ...desk.context,
      ringOrder: () => {
        throw new Error("no roster");
      },
    };
    expect(rung(desk, 1, "noAnswer")).toBe("ok");
    expect(desk.log.at(-1)?.caseEvents.map(({ type }) => type)).toEqual(["CallMade"]);
  });

  it("a call about another mark of the same clock rings nobody on", () => {
    const desk = silent();
    const subject = clockOf(desk, "acknowledge").id;
    tell(desk, { type: "recordCall", dial: "110", subject, about: ["noPeer"], result: "busy", said: null });
    expect(alarms(desk)).toEqual([]);
  });
});

describe("the mark of a silent unit ends (yn:4.1.2, REQ-34)", () => {
  const order = (desk: Desk) => orderOf(desk);
  const endings: readonly (readonly [string, (desk: Desk) => FileCommand])[] = [
    ["when the order is acknowledged", (desk) => ({ type: "acknowledgeOrder", orderId: order(desk) })],
    ["when somebody arrives", (desk) => ({ type: "arrive", orderId: order(desk) })],
    ["when the order is recalled", (desk) => ({ type: "recall", orderId: order(desk), reason: "wrongUnit" })],
    [
      "when the order is answered without an acknowledgement",
      (desk) => ({ type: "reply", orderId: order(desk), resolution: "solved", reply: sealed("reply.1") }),
    ],
  ];

  it.each(endings)("%s, and a call that was on its way then changes nothing", (_name, ending) => {
    const desk = silent();
    rung(desk, 1, "noAnswer");
    expect(tell(desk, ending(desk))).toBe("ok");
    expect(alarms(desk)).toEqual([["clear", "notTakenUp"]]);
    expect(rung(desk, 2, "noAnswer")).toBe("ok");
    expect([desk.log.at(-1)?.clockEvents, alarms(desk)]).toEqual([[], []]);
  });

  it("when the request is closed while an order that came with its danger is still open", () => {
    const [desk, police] = [registered(), aTimedDesk("police")];
    desk.context = { ...desk.context, ringOrder: () => LINES };
    tell(desk, { type: "accept" });
    tell(desk, { type: "recordInitialResponse", entry: sealed("initialResponse.1"), manner: "byPhone" });
    expect(tell(desk, { type: "handOver", to: null })).toBe("ok");
    settle(desk, police);
    expect(tell(police, { type: "acceptOffer", linkageId: linkageOf(police, "afterInitialResponse") })).toBe("ok");
    settle(desk, police);
    expect(tell(desk, { type: "danger", machineSuspected: false, sealed: [] })).toBe("ok");
    settle(desk, police);
    const clock = clockOf(desk, "acknowledge");
    fire(desk, clock, plusMs(clock.startedAt, 2 * HOUR));
    expect(shown(desk)).toEqual(["000-1", 1, "desk", WORKS]);
    const danger = { linkageId: linkageOf(police, "urgent") };
    tell(police, { type: "shown", ...danger });
    tell(police, { type: "sign", ...danger, onScreen: true });
    tell(police, { type: "endDanger", ...danger, outcome: "handled", result: null });
    settle(desk, police);
    tell(police, { type: "judge", verdict: LAMP_VERDICT });
    expect(tell(police, { type: "conclude", resolution: "solved", result: sealed("result.1") })).toBe("ok");
    settle(desk, police);
    const call = { outcome: "refused", satisfaction: null, solved: null, note: null } as const;
    expect(tell(police, { type: "callBack", ...call })).toBe("ok");
    expect(tell(police, { type: "close" })).toBe("ok");
    settle(desk, police);
    expect(desk.file.case?.status).toBe("closed");
    const cleared = desk.log.flatMap((one) => one.alarms).filter((a) => a.act === "clear" && a.kind === "notTakenUp");
    expect(cleared).toHaveLength(1);
    expect(clockOf(desk, "acknowledge")).toMatchObject({ status: "stopped", outcome: "cancelled" });
  });
});

it("a danger of the same request raises what it raised before, and the mark of the silent unit goes on beside it (nmg:2.2.1)", () => {
  const [ringing, plain] = [silent(), silent([])];
  for (const desk of [ringing, plain]) {
    tick(HOUR);
    tell(desk, { type: "danger", machineSuspected: false, sealed: [] });
  }
  expect(alarms(ringing)).toEqual(alarms(plain));
  rung(ringing, 1, "noAnswer");
  expect(shown(ringing)).toEqual(["000-2", 2, "desk", WORKS]);
  put(ringing, { via: "clocks", at: plusMs(clockOf(ringing, "acknowledge").startedAt, 9 * HOUR) });
  expect(shown(ringing)).toBeUndefined();
});
