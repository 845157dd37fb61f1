import { describe, expect, it } from "vitest";
import type { ItemCode } from "../../kernel/index.ts";
import { msBetween, plusMs } from "../../kernel/index.ts";
import {
  aDesk,
  HOTLINE,
  LAMP_VERDICT,
  linkageOf,
  registration,
  sealed,
  settle,
  tell,
  tick,
} from "./two-desks.test-data.ts";
import {
  HOUR,
  WORKS,
  limits,
  aTimedDesk,
  registered,
  DISPATCH,
  dispatched,
  orderOf,
  clockOf,
  running,
  outcomes,
  alarms,
  fire,
} from "./timed-desk.test-data.ts";

describe("clocks follow the request (nmg:2.2.5)", () => {
  it("registration starts the time to dispatch, acceptance that of the whole, an order ends the first", () => {
    const desk = registered();
    expect(running(desk)).toEqual(["dispatch"]);
    expect(clockOf(desk, "dispatch")).toMatchObject({ owner: HOTLINE, subject: desk.file.case?.id, parent: null });
    tell(desk, { type: "accept" });
    expect(running(desk)).toEqual(["dispatch", "conclude"]);
    tell(desk, DISPATCH);
    expect(running(desk)).toEqual(["conclude", "acknowledge", "firstContact", "reply"]);
    expect(outcomes(desk)).toEqual({ dispatch: "done" });
  });

  it("conclusion starts the time to call back, and the call-back that reaches somebody ends it", () => {
    const desk = registered();
    tell(desk, { type: "accept" });
    tell(desk, { type: "conclude", resolution: "solved", result: sealed("result.1") });
    expect(running(desk)).toEqual(["callback"]);
    const call = { type: "callBack", satisfaction: null, solved: null, note: null } as const;
    tell(desk, { ...call, outcome: "notReached" });
    expect(running(desk)).toEqual(["callback"]);
    tell(desk, { ...call, outcome: "refused" });
    expect(running(desk)).toEqual([]);
    expect(outcomes(desk)).toEqual({ dispatch: "done", conclude: "done", callback: "done" });
  });

  it("what is handled anew has its whole limit again, by the rule it was frozen with", () => {
    const desk = registered();
    tell(desk, { type: "accept" });
    tell(desk, { type: "conclude", resolution: "solved", result: sealed("result.1") });
    const before = clockOf(desk, "conclude");
    tick(500 * HOUR);
    expect(tell(desk, { type: "reopen", reason: "badCallback", note: null })).toBe("ok");
    const again = clockOf(desk, "conclude");
    expect([again.id, again.status, again.policy]).toEqual([before.id, "running", before.policy]);
    expect(again.due?.at).toBe(plusMs(desk.file.case?.changedAt ?? before.startedAt, 360 * HOUR));
    expect(outcomes(desk)).toEqual({ callback: "cancelled" });
  });

  it("a matter that is handed over is measured here no more, and one that comes back goes on with what was left", () => {
    const [hotline, police] = [aTimedDesk(), aTimedDesk("police")];
    registered(hotline);
    tell(hotline, { type: "accept" });
    tell(hotline, { type: "recordInitialResponse", entry: sealed("initialResponse.1"), manner: "byPhone" });
    const began = clockOf(hotline, "conclude").startedAt;
    expect(tell(hotline, { type: "handOver", to: null })).toBe("ok");
    expect(running(hotline)).toEqual(["dispatch", "conclude"]);
    settle(hotline, police);
    const linkageId = linkageOf(police, "afterInitialResponse");
    expect(tell(police, { type: "acceptOffer", linkageId })).toBe("ok");
    settle(hotline, police);
    expect(hotline.file.case?.status).toBe("handedOver");
    expect(running(hotline)).toEqual([]);
    expect(outcomes(hotline)).toEqual({ dispatch: "done", conclude: "cancelled" });
    tick(100 * HOUR);
    tell(police, { type: "recordInitialResponse", entry: sealed("initialResponse.2"), manner: "onSite" });
    expect(tell(police, { type: "handOver", to: null })).toBe("ok");
    settle(hotline, police);
    const back = hotline.file.linkages.find((l) => l.role === "R");
    expect(tell(hotline, { type: "acceptOffer", linkageId: back?.id ?? linkageId })).toBe("ok");
    settle(hotline, police);
    expect(hotline.file.case?.status).toBe("accepted");
    expect(running(hotline)).toEqual(["dispatch", "conclude"]);
    const due = clockOf(hotline, "conclude").due?.at ?? began;
    expect(Math.floor(msBetween(began, due) / HOUR)).toBe(460);
  });

  it("110 measures its own work by its own rules: no limit is agreed for it, so it has no clock", () => {
    const police = registered(aTimedDesk("police"));
    tell(police, { type: "accept" });
    expect(police.file.clocks).toEqual([]);
  });

  it("where no limit fits there is no clock, and nothing is refused for it", () => {
    const desk = registered(aDesk("hotline"));
    expect(tell(desk, DISPATCH)).toBe("ok");
    expect(tell(desk, { type: "acknowledgeOrder", orderId: orderOf(desk) })).toBe("ok");
    expect(desk.file.clocks).toEqual([]);
  });

  it("danger is asked for by the urgent limits, never by the longer one of its item", () => {
    const { clock, asked } = limits();
    const desk = aDesk("hotline", { clock });
    tell(desk, registration({ verdict: LAMP_VERDICT, danger: true }));
    expect(asked.map(({ stage, urgency, orderKind }) => [stage, urgency, orderKind])).toEqual([
      ["conclude", "urgent", null],
      ["acknowledge", "urgent", "work"],
      ["firstContact", "urgent", "work"],
      ["arrive", "urgent", "work"],
      ["reply", "urgent", "work"],
    ]);
  });

  const OTHER_ITEM = { type: "judge", verdict: { ...LAMP_VERDICT, item: "A01-01" as ItemCode } } as const;

  it("an edit of the sheet leaves the rule of a clock that runs as it was frozen, also when its item is judged anew", () => {
    const desk = registered();
    const { policy, due } = clockOf(desk, "dispatch");
    desk.context = { ...desk.context, clock: limits({ amount: 1, limit: "dispatch-general" }).clock };
    tell(desk, OTHER_ITEM);
    expect(clockOf(desk, "dispatch")).toMatchObject({ policy, due });
    desk.context = { ...desk.context, clock: limits({ amount: 1, limit: "newer" }).clock };
    tell(desk, { type: "accept" });
    expect(clockOf(desk, "dispatch")).toMatchObject({ policy, due });
    expect(clockOf(desk, "conclude").policy.limit).toBe("newer");
  });

  it("another judgement of the item brings the limit of the item, where that ends earlier, and the history says so", () => {
    const desk = registered();
    const { policy, due } = clockOf(desk, "dispatch");
    desk.context = { ...desk.context, clock: limits({ amount: 48, limit: "longer" }).clock };
    tell(desk, OTHER_ITEM);
    expect(clockOf(desk, "dispatch")).toMatchObject({ policy, due });
    desk.context = { ...desk.context, clock: limits({ amount: 1, limit: "shorter" }).clock };
    tell(desk, { type: "judge", verdict: LAMP_VERDICT });
    expect(clockOf(desk, "dispatch")).toMatchObject({ policy: { limit: "shorter" }, owner: HOTLINE });
    expect(desk.log.at(-1)?.clockEvents.flatMap(({ events }) => events.map(({ type }) => type))).toEqual([
      "ClockTightened",
    ]);
  });

  it("danger found later tightens every clock that runs, and what stood still runs on", () => {
    const desk = dispatched();
    tell(desk, { type: "accept" });
    const conclude = clockOf(desk, "conclude");
    const pause = { subject: conclude.subject, reason: "awaitsOther", note: null } as const;
    expect(tell(desk, { type: "pauseClock", ...pause })).toBe("ok");
    desk.context = { ...desk.context, clock: limits({ amount: 1, limit: "urgent", pausable: false }).clock };
    tell(desk, { type: "danger", machineSuspected: false, sealed: [sealed("note.1")] });
    const open = desk.file.clocks.filter((c) => c.status !== "stopped");
    expect(open.map((c) => [c.policy.limit, c.status])).toEqual(open.map(() => ["urgent", "running"]));
    expect(open.length).toBeGreaterThan(2);
  });

  it("a matter judged as one that must not wait while its clock stands still runs on, and the clock says why", () => {
    const desk = registered();
    tell(desk, { type: "accept" });
    const pause = { subject: clockOf(desk, "conclude").subject, reason: "awaitsOther", note: null } as const;
    expect(tell(desk, { type: "pauseClock", ...pause })).toBe("ok");
    desk.context = { ...desk.context, clock: limits({ amount: 1, limit: "urgent", pausable: false }).clock };
    tell(desk, OTHER_ITEM);
    expect(clockOf(desk, "conclude")).toMatchObject({ status: "running", policy: { limit: "urgent" } });
    const told = desk.log.at(-1)?.clockEvents.flatMap(({ events }) => [...events]) ?? [];
    expect(told.map((event) => ("why" in event ? event.why : event.type))).toContain("judgedAnew");
  });

  it("and so it does where nearly all of the old limit was used, which then stays (nmg:2.2.1)", () => {
    const desk = registered();
    tell(desk, { type: "accept" });
    tick(355 * HOUR);
    const pause = { subject: clockOf(desk, "conclude").subject, reason: "awaitsOther", note: null } as const;
    expect(tell(desk, { type: "pauseClock", ...pause })).toBe("ok");
    desk.context = { ...desk.context, clock: limits({ amount: 24, limit: "urgent", pausable: false }).clock };
    tell(desk, OTHER_ITEM);
    expect(clockOf(desk, "conclude")).toMatchObject({ status: "running", policy: { limit: "conclude-general" } });
  });

  it("what is handled anew after another judgement has the limit of what it is now", () => {
    const desk = registered();
    tell(desk, { type: "accept" });
    tell(desk, { type: "conclude", resolution: "solved", result: sealed("result.1") });
    desk.context = { ...desk.context, clock: limits({ amount: 3, limit: "shorter" }).clock };
    expect(tell(desk, { type: "reopen", reason: "badCallback", note: null })).toBe("ok");
    const { policy, total, status } = clockOf(desk, "conclude");
    expect([policy.limit, total, status]).toEqual(["shorter", 3, "running"]);
  });
});

describe("clocks follow the order (nmg:2.2.2)", () => {
  it("acknowledging ends its own clock and writes nothing to the others; arriving is the first contact; a reply ends the rest", () => {
    const desk = dispatched();
    const orderId = orderOf(desk);
    tell(desk, { type: "acknowledgeOrder", orderId });
    expect(running(desk)).toEqual(["conclude", "firstContact", "reply"]);
    expect(desk.log.at(-1)?.clockEvents.map(({ events }) => events.map(({ type }) => type))).toEqual([
      ["ClockStopped"],
    ]);
    tell(desk, { type: "arrive", orderId });
    expect(running(desk)).toEqual(["conclude", "reply"]);
    tell(desk, { type: "reply", orderId, resolution: "solved", reply: sealed("reply.1") });
    expect(running(desk)).toEqual(["conclude"]);
    const done = { dispatch: "done", acknowledge: "done", firstContact: "done", reply: "done" };
    expect(outcomes(desk)).toEqual(done);
  });

  it("an order that is recalled cancels its clocks: they count for nobody", () => {
    const desk = dispatched();
    tell(desk, { type: "recall", orderId: orderOf(desk), reason: "wrongUnit" });
    expect(running(desk)).toEqual(["conclude"]);
    const gone = { acknowledge: "cancelled", firstContact: "cancelled", reply: "cancelled" };
    expect(outcomes(desk)).toEqual({ dispatch: "done", ...gone });
  });

  it("an order of officers has no clock: no limit is agreed for it", () => {
    const desk = registered();
    tell(desk, { ...DISPATCH, kind: "police" });
    expect(running(desk)).toEqual(["conclude"]);
  });

  it("the time of the whole is the unit's while its order is open, and each keeps its own share", () => {
    const desk = registered();
    tell(desk, { type: "accept" });
    tick(2 * HOUR);
    tell(desk, DISPATCH);
    expect(clockOf(desk, "conclude")).toMatchObject({ owner: WORKS, previousOwner: HOTLINE });
    tick(5 * HOUR);
    tell(desk, { type: "reply", orderId: orderOf(desk), resolution: "solved", reply: sealed("reply.1") });
    const { owner, spans } = clockOf(desk, "conclude");
    expect(owner).toBe(HOTLINE);
    const hours = spans.map((s) => [s.owner, s.to === null ? null : Math.floor(msBetween(s.from, s.to) / HOUR)]);
    expect(hours).toEqual([
      [HOTLINE, 2],
      [WORKS, 5],
      [HOTLINE, null],
    ]);
  });

  it("the order's clocks run inside the limit of the whole, and follow it when it moves", () => {
    const desk = registered();
    tell(desk, { type: "accept" });
    tick(300 * HOUR);
    tell(desk, DISPATCH);
    const whole = clockOf(desk, "conclude");
    expect(clockOf(desk, "reply")).toMatchObject({ parent: whole.id, due: { at: whole.due?.at } });
    expect(clockOf(desk, "acknowledge").due?.at).not.toBe(whole.due?.at);
  });
});

describe("what a clock calls out (nmg:2.2.5)", () => {
  it("the owner unit is reminded at its duty phone; supervision and the passed time are marks, each louder than the one before", () => {
    const desk = dispatched();
    const { due } = clockOf(desk, "reply");
    const at = due?.at ?? tick(0);
    fire(desk, clockOf(desk, "reply"), plusMs(at, -HOUR));
    expect(desk.log.at(-1)?.notices).toEqual([{ to: "unitDutyPhone", unit: WORKS, template: "deadlineNear" }]);
    expect(alarms(desk)).toEqual([]);
    fire(desk, clockOf(desk, "reply"), plusMs(at, -HOUR / 2));
    expect(alarms(desk)).toEqual([["deadlineNear", "supervisor", 2]]);
    fire(desk, clockOf(desk, "reply"), at);
    expect(alarms(desk)).toEqual([
      ["clear", "deadlineNear"],
      ["deadlinePassed", "desk", 1],
    ]);
    fire(desk, clockOf(desk, "reply"), plusMs(at, HOUR));
    expect(alarms(desk)).toEqual([["deadlinePassed", "supervisor", 2]]);
    expect(tell(desk, { type: "reply", orderId: orderOf(desk), resolution: "solved", reply: sealed("reply.1") })).toBe(
      "ok",
    );
    expect(alarms(desk)).toEqual([["clear", "deadlinePassed"]]);
  });

  it("this desk is reminded by a mark of its own; a stopped clock that fires late says nothing", () => {
    const desk = registered();
    const clock = clockOf(desk, "dispatch");
    fire(desk, clock, plusMs(clock.due?.at ?? tick(0), -HOUR));
    expect([desk.log.at(-1)?.notices, alarms(desk)]).toEqual([[], [["deadlineNear", "desk", 1]]]);
    tell(desk, DISPATCH);
    expect(alarms(desk)).toEqual([["clear", "deadlineNear"]]);
    fire(desk, clock, plusMs(clock.due?.at ?? tick(0), HOUR));
    expect([desk.log.at(-1)?.clockEvents, alarms(desk)]).toEqual([[], []]);
  });

  it("a unit that does nothing with its order is marked at the desk until it acknowledges", () => {
    const desk = dispatched();
    const clock = clockOf(desk, "acknowledge");
    fire(desk, clock, plusMs(clock.startedAt, 2 * HOUR));
    expect(alarms(desk)).toEqual([["notTakenUp", "desk", 1]]);
    tell(desk, { type: "acknowledgeOrder", orderId: orderOf(desk) });
    expect(alarms(desk)).toEqual([["clear", "notTakenUp"]]);
  });

  it("after a long silence all is called out at once and the unit is told one thing: the time has passed", () => {
    const desk = dispatched();
    const clock = clockOf(desk, "reply");
    fire(desk, clock, plusMs(clock.due?.at ?? tick(0), 10 * HOUR));
    expect(desk.log.at(-1)?.notices).toEqual([{ to: "unitDutyPhone", unit: WORKS, template: "deadlinePassed" }]);
    expect(clockOf(desk, "reply").marked).toEqual({ reminder: 1, supervision: 1, due: 1, overdue: 10 });
    expect(alarms(desk)?.at(-1)).toEqual(["deadlinePassed", "supervisor", 11]);
  });
});
