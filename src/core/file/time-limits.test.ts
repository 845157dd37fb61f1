import { describe, expect, it } from "vitest";
import type { CommandId, Instant } from "../../kernel/index.ts";
import { msBetween, plusMs } from "../../kernel/index.ts";
import { openCalendar } from "../clock/index.ts";
import type { ClockFileCommand, FileCommand } from "./index.ts";
import { allowedClockFileCommands, TIME_LIMIT_TABLE } from "./index.ts";
import {
  aTimedDesk,
  alarms,
  clockOf,
  dispatched,
  fire,
  HOUR,
  limits,
  orderOf,
  registered,
} from "./timed-desk.test-data.ts";
import { freshId, linkageOf, outgoing, put, sealed, tell, tick } from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";

const DAY = 24 * HOUR;
const note = sealed("reason.1");

const pause = (subject: string) => ({ type: "pauseClock", subject, reason: "awaitsOther", note: null }) as const;
const resume = (subject: string) => ({ type: "resumeClock", subject, note: null }) as const;
const wait = (subject: string, days = 3) => ({ type: "awaitRequester", subject, days, note }) as const;
const ask = (subject: string, amount = 24) =>
  ({ type: "askExtension", subject, amount, reason: "complex", note }) as const;
const approve = (subject: string, change: Partial<ClockFileCommand & { type: "approveExtension" }> = {}) =>
  ({ type: "approveExtension", subject, amount: null, passOn: false, note: null, ...change }) as const;
const withdraw = (subject: string) => ({ type: "withdrawExtension", subject, note: null }) as const;
const refuse = (subject: string) => ({ type: "refuseExtension", subject, reason: "notJustified", note }) as const;

/** The same as `tell`, by another person. */
function tellAs(desk: Desk, id: string, command: FileCommand): string {
  const by = { kind: "user", id, node: desk.context.self } as const;
  return put(desk, { via: "command", id: freshId() as CommandId, at: tick(1_000), by, command });
}

const caseId = (desk: Desk): string => desk.file.case?.id ?? "";
const dueOf = (desk: Desk, stage: string): Instant | null => clockOf(desk, stage).due?.at ?? null;
const last = (desk: Desk) => desk.log.at(-1)?.clockEvents.flatMap(({ events }) => events) ?? [];

describe("pause and resume (nmg:2.2.5)", () => {
  it("a pause says who and why, and what was left goes on with the resume (REQ-70)", () => {
    const desk = dispatched();
    const before = dueOf(desk, "reply") ?? "";
    expect(tell(desk, pause(orderOf(desk)))).toBe("ok");
    expect(last(desk)).toEqual([
      expect.objectContaining({
        type: "ClockPaused",
        reason: "awaitsOther",
        by: expect.objectContaining({ id: "u1" }),
      }),
    ]);
    expect(clockOf(desk, "reply")).toMatchObject({ status: "paused", due: null, pauseReason: "awaitsOther" });
    tick(10 * HOUR);
    expect(tell(desk, resume(orderOf(desk)))).toBe("ok");
    const moved = msBetween(before as Instant, dueOf(desk, "reply") ?? (before as Instant));
    expect(moved).toBe(10 * HOUR + 1_000);
    expect(clockOf(desk, "reply")).toMatchObject({ status: "running", pauseReason: null });
  });

  it("only the time to handle it stands still: acknowledging and the whole request go on", () => {
    const desk = dispatched();
    tell(desk, pause(orderOf(desk)));
    expect(["acknowledge", "firstContact", "conclude"].map((stage) => clockOf(desk, stage).status)).toEqual(
      Array.from({ length: 3 }, () => "running"),
    );
  });

  it("pausing the request pauses the time of the whole, which is its unit's share", () => {
    const desk = dispatched();
    expect(tell(desk, pause(caseId(desk)))).toBe("ok");
    expect(clockOf(desk, "conclude").status).toBe("paused");
    expect(clockOf(desk, "reply").status).toBe("running");
  });

  it("what does not fit is refused by its code, and nothing is written", () => {
    const desk = dispatched();
    expect(tell(desk, resume(orderOf(desk)))).toBe("CLOCK_NOT_IN_STATE");
    expect(tell(desk, pause(freshId()))).toBe("CLOCK_NONE");
    tell(desk, pause(orderOf(desk)));
    expect(tell(desk, pause(orderOf(desk)))).toBe("CLOCK_NOT_IN_STATE");
    tell(desk, { type: "reply", orderId: orderOf(desk), resolution: "resolved", reply: note });
    expect(tell(desk, resume(orderOf(desk)))).toBe("CLOCK_NONE");
    expect(clockOf(desk, "reply")).toMatchObject({ status: "stopped", outcome: "done", pauseReason: null });
  });

  it("110 has no time limits to pause (nmg:2.2.5)", () => {
    const desk = registered(aTimedDesk("police"));
    expect(tell(desk, pause(caseId(desk)))).toBe("CLOCK_NONE");
  });
});

describe("waiting for the requester (nmg:2.2.5)", () => {
  it("must say what is asked, ends by itself, and the end is the timer that is set", () => {
    const desk = dispatched();
    expect(tell(desk, { ...wait(orderOf(desk)), note: null })).toBe("CLOCK_WORDS_MISSING");
    expect(tell(desk, wait(orderOf(desk), 3))).toBe("ok");
    const reply = clockOf(desk, "reply");
    expect(reply).toMatchObject({ status: "awaitingRequester", due: null, pauseNote: note });
    const until = reply.awaitUntil ?? ("" as Instant);
    expect(msBetween(reply.spans.at(-1)?.to ?? until, until)).toBe(3 * DAY);
    fire(desk, reply, plusMs(until, -1));
    expect(clockOf(desk, "reply").status).toBe("awaitingRequester");
    fire(desk, reply, until);
    expect(last(desk)).toEqual([expect.objectContaining({ type: "ClockResumed", why: "awaitOver" })]);
    expect(clockOf(desk, "reply")).toMatchObject({ status: "running", awaitUntil: null, pauseNote: null });
  });

  it("nobody waits longer than ten days at once", () => {
    const desk = dispatched();
    expect(tell(desk, wait(orderOf(desk), 11))).toBe("CLOCK_AWAIT_TOO_LONG");
    expect(tell(desk, wait(orderOf(desk), 10))).toBe("ok");
    const { awaitUntil, spans } = clockOf(desk, "reply");
    expect(msBetween(spans.at(-1)?.to ?? ("" as Instant), awaitUntil ?? ("" as Instant))).toBe(10 * DAY);
  });

  it("ends when the requester answers: what is added to the request is the answer", () => {
    const desk = dispatched();
    tell(desk, wait(orderOf(desk)));
    tell(desk, { type: "amend", facts: {}, sealed: [sealed("note.9")] });
    expect(last(desk)).toEqual([expect.objectContaining({ type: "ClockResumed", why: "answered" })]);
    expect(clockOf(desk, "reply").status).toBe("running");
  });

  it("a pause for another reason does not end with it", () => {
    const desk = dispatched();
    tell(desk, pause(orderOf(desk)));
    tell(desk, { type: "amend", facts: {}, sealed: [sealed("note.9")] });
    expect(clockOf(desk, "reply").status).toBe("paused");
  });
});

describe("extension with approval (nmg:2.2.5)", () => {
  it("asking moves nothing, says what time is wanted, and is a mark for the supervisor until it is answered", () => {
    const desk = dispatched();
    const before = dueOf(desk, "reply") ?? ("" as Instant);
    expect(tell(desk, ask(orderOf(desk), 24))).toBe("ok");
    expect(dueOf(desk, "reply")).toBe(before);
    expect(clockOf(desk, "reply").asked).toMatchObject({ amount: 24, reason: "complex", note, by: { id: "u1" } });
    expect(clockOf(desk, "reply").asked?.wanted?.at).toBe(plusMs(before, 24 * HOUR));
    expect(alarms(desk)).toEqual([["extensionAsked", "supervisor", 1]]);
    expect(tellAs(desk, "u2", approve(orderOf(desk)))).toBe("ok");
    expect(dueOf(desk, "reply")).toBe(plusMs(before, 24 * HOUR));
    expect(alarms(desk)).toContainEqual(["clear", "extensionAsked"]);
  });

  it("nobody grants their own, and a refusal needs its words", () => {
    const desk = dispatched();
    tell(desk, ask(orderOf(desk)));
    expect(tell(desk, approve(orderOf(desk)))).toBe("EXTENSION_BY_SAME");
    expect(tellAs(desk, "u2", { ...refuse(orderOf(desk)), note: null })).toBe("CLOCK_WORDS_MISSING");
    const before = dueOf(desk, "reply");
    expect(tellAs(desk, "u2", refuse(orderOf(desk)))).toBe("ok");
    expect([clockOf(desk, "reply").asked, dueOf(desk, "reply")]).toEqual([null, before]);
    expect(alarms(desk)).toContainEqual(["clear", "extensionAsked"]);
  });

  it("what nobody asked for is not granted, and less may be given than was asked", () => {
    const desk = dispatched();
    expect(tellAs(desk, "u2", approve(orderOf(desk)))).toBe("EXTENSION_NOT_ASKED");
    expect(tell(desk, ask(orderOf(desk), 49))).toBe("EXTENSION_TOO_LONG");
    tell(desk, ask(orderOf(desk), 48));
    expect(tellAs(desk, "u2", approve(orderOf(desk), { amount: 8 }))).toBe("ok");
    expect(clockOf(desk, "reply").extended).toBe(8);
  });

  it("a question goes with its clock: the answered order asks nobody any more", () => {
    const desk = dispatched();
    tell(desk, ask(orderOf(desk)));
    tell(desk, { type: "reply", orderId: orderOf(desk), resolution: "resolved", reply: note });
    expect(alarms(desk)).toContainEqual(["clear", "extensionAsked"]);
  });

  it("an order gets no time that its request does not have; the request's is passed on only when that is said", () => {
    const desk = registered(aTimedDesk());
    const { clock } = limits({ amount: 100 });
    desk.context = { ...desk.context, clock };
    tell(desk, { type: "accept" });
    tick(HOUR);
    tell(desk, { type: "dispatch", kind: "work", unit: "x150100-works" as never, role: "lead", instruction: null });
    const capped = dueOf(desk, "reply");
    expect(capped).toBe(dueOf(desk, "conclude"));
    expect(tell(desk, ask(orderOf(desk), 24))).toBe("EXTENSION_MOVES_NOTHING");
    tell(desk, ask(caseId(desk), 24));
    tellAs(desk, "u2", approve(caseId(desk)));
    expect(dueOf(desk, "reply")).toBe(capped);
    tell(desk, ask(caseId(desk), 24));
    tellAs(desk, "u2", approve(caseId(desk), { passOn: true }));
    expect(msBetween(capped ?? ("" as Instant), dueOf(desk, "reply") ?? ("" as Instant))).toBeGreaterThan(0);
  });

  it("one that leads out of the calendar is refused and not stored (nmg:2.2.1)", () => {
    const desk = dispatched();
    const reply = clockOf(desk, "reply");
    const far = { ...reply, policy: { ...reply.policy, extensionMax: 999_999_999 } };
    desk.file = {
      ...desk.file,
      clocks: desk.file.clocks.map((c) => (c.id === reply.id ? { ...far, parent: null, ceiling: null } : c)),
    };
    expect(tell(desk, ask(orderOf(desk), 999_999_999))).toBe("CLOCK_NOT_COUNTED");
  });
});

describe("nothing stops a danger's clock (nmg:2.2.1)", () => {
  const dangerous = (): Desk => {
    const desk = dispatched();
    tell(desk, { type: "danger", machineSuspected: false, sealed: [] });
    return desk;
  };

  it("while a danger is open there is no pause, no waiting and no extension, however the limit was frozen", () => {
    const desk = dangerous();
    for (const subject of [caseId(desk), ...desk.file.orders.map(({ id }) => id)]) {
      for (const command of [pause(subject), wait(subject), ask(subject)])
        expect(tell(desk, command)).toBe("CLOCK_DANGER_OPEN");
      expect(allowedClockFileCommands(desk.file, subject)).toEqual([]);
    }
  });

  it("a danger ends every pause of its request", () => {
    const desk = dispatched();
    tell(desk, pause(orderOf(desk)));
    tell(desk, wait(caseId(desk)));
    tell(desk, { type: "danger", machineSuspected: false, sealed: [] });
    expect(["reply", "conclude"].map((stage) => clockOf(desk, stage).status)).toEqual(["running", "running"]);
    expect(last(desk).filter((e) => e.type === "ClockResumed")).toHaveLength(2);
  });

  it("an extension that was asked for before waits until the danger is over", () => {
    const desk = dispatched();
    const order = orderOf(desk);
    tell(desk, ask(order));
    tell(desk, { type: "danger", machineSuspected: false, sealed: [] });
    expect(tellAs(desk, "u2", approve(order))).toBe("CLOCK_DANGER_OPEN");
    expect(tellAs(desk, "u2", refuse(order))).toBe("ok");
  });

  it("the timers of a push are the linkage's: no command of a time limit reaches them", () => {
    const desk = dangerous();
    const push = linkageOf(desk, "urgent");
    expect(outgoing(desk).some(({ conversation }) => conversation === push)).toBe(true);
    const commands = [pause, wait, resume, ask, approve, refuse, withdraw].map((make) => make(push));
    expect(commands.map(({ type }) => type)).toEqual(TIME_LIMIT_TABLE.map(({ command }) => command));
    for (const command of commands) expect(tell(desk, command)).toBe("CLOCK_NONE");
    expect(desk.file.linkages.find(({ id }) => id === push)?.state).toBe("pushed");
  });
});

describe("a calendar published later (nmg:2.2.5)", () => {
  const shift = { code: "all", hours: "always@1", nameZh: "全天", nameEn: "all day", from: 0, to: 1_440 } as const;
  const shifts = [
    {
      ...shift,
      days: "12345",
      season: null,
      validFrom: "2020-01-01",
      validTo: null,
      source: "yn:4.3.3",
      basis: "default" as const,
    },
  ];
  const days = (list: readonly string[]) =>
    list.map((day) => ({ day, kind: "holiday" as const, nameZh: "示例", nameEn: "Example" }));
  const year = (status: "published" | "provisional") =>
    [2026, 2027].map((y) => ({ year: y, status, sourceZh: "示例" }));
  const at = (version: string, status: "published" | "provisional", holidays: readonly string[]) =>
    openCalendar({ version, years: year(status), days: days(holidays), shifts });

  it("moves the due times of open clocks with the next look at them, parents first, and says so; without one nothing is written", () => {
    const { clock } = limits({ unit: "workingDays", amount: 5 });
    const desk = aTimedDesk();
    desk.context = { ...desk.context, clock: { ...clock, calendar: at("cn@1", "provisional", []) } };
    registered(desk);
    tell(desk, { type: "dispatch", kind: "work", unit: "x150100-works" as never, role: "lead", instruction: null });
    const before = dueOf(desk, "reply");
    expect(clockOf(desk, "reply").due?.provisional).toBe(true);
    put(desk, { via: "clocks", at: tick(1_000) });
    expect(last(desk)).toEqual([]);
    const today = clockOf(desk, "reply").startedAt.slice(0, 8);
    const holidays = ["24", "25", "26"].map((d) => `${today}${d}`);
    desk.context = { ...desk.context, clock: { ...clock, calendar: at("cn@2", "published", holidays) } };
    put(desk, { via: "clocks", at: tick(1_000) });
    expect(new Set(last(desk).map(({ type }) => type))).toContain("ClockRecalculated");
    expect(clockOf(desk, "reply").due?.provisional).toBe(false);
    expect(msBetween(before ?? ("" as Instant), dueOf(desk, "reply") ?? ("" as Instant))).toBeGreaterThanOrEqual(
      3 * DAY,
    );
    expect(clockOf(desk, "reply").due?.at).toBe(clockOf(desk, "conclude").due?.at);
    put(desk, { via: "clocks", at: tick(1_000) });
    expect(last(desk)).toEqual([]);
  });
});
