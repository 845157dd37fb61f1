import { describe, expect, it } from "vitest";
import type { AlarmChange, TimerChange } from "../../app/ports/store.ts";
import type { AlarmRow } from "../../app/ports/queries.ts";
import { msBetween, plusMs } from "../../kernel/index.ts";
import type { Instant, UserId } from "../../kernel/index.ts";
import {
  aCase,
  aClock,
  amendment,
  caseIdOf,
  clockIdOf,
  clockTimer,
  clockWrite,
  commandIdOf,
  emptyCommit,
  indexOf,
  linkageIdOf,
  registration,
  requestNoOf,
  second,
} from "../sample-commits.ts";
import type { Harness } from "./harness.ts";

/** Far from the timers of every other test of the suite. */
const T0 = plusMs(second(0), -1_000_000_000);

function timerTests(at: () => Harness): void {
  const owner = { owner: "linkage", ownerId: linkageIdOf(301), caseId: caseIdOf(301) } as const;
  const timers = (...changes: readonly TimerChange[]): Promise<unknown> =>
    at().cases.commit({ ...emptyCommit(), timers: changes });

  it("hands a due timer out under a lease, and again when the lease has run out", async () => {
    const store = at().timers;
    await timers({ set: "answer", ...owner, dueAt: T0 }, { set: "confirm", ...owner, dueAt: plusMs(T0, 5_000) });
    expect(await store.claimDue(plusMs(T0, -1), 10, 1_000)).toEqual([]);
    expect(await store.claimDue(T0, 10, 1_000)).toEqual([{ ...owner, kind: "answer", dueAt: T0 }]);
    expect(await store.claimDue(plusMs(T0, 999), 10, 1_000)).toEqual([]);
    expect(await store.nextDueAt()).toBe(plusMs(T0, 1_000));
    expect(await store.claimDue(plusMs(T0, 1_000), 10, 1_000)).toHaveLength(1);
  });

  it("comes back at once when the clock was set back behind its lease (nmg:2.2.1)", async () => {
    const store = at().timers;
    const set = (kind: string): TimerChange => ({ cancel: kind, owner: "linkage", ownerId: owner.ownerId });
    await timers(set("confirm"), { set: "answer", ...owner, dueAt: T0 });
    expect(await store.claimDue(plusMs(T0, 3_600_000), 10, 15_000)).toHaveLength(1);
    expect(await store.claimDue(plusMs(T0, 60_000), 10, 15_000)).toHaveLength(1);
    expect(await store.claimDue(plusMs(T0, 61_000), 10, 15_000)).toEqual([]);
    await timers(set("answer"));
  });

  it("hands out a push's timers by themselves, however many others are due before them (nmg:2.2.1)", async () => {
    const store = at().timers;
    const due = plusMs(T0, 3_000);
    const kinds = async (lane: "urgent" | "ordinary"): Promise<readonly string[]> =>
      (await store.claimDue(due, 1, 1, lane)).map(({ kind }) => kind);
    await timers({ set: "answer", ...owner, dueAt: T0 }, { set: "urgentSeat", ...owner, dueAt: due });
    expect(await kinds("urgent")).toEqual(["urgentSeat"]);
    expect(await kinds("ordinary")).toEqual(["answer"]);
    const cancel = (kind: string): TimerChange => ({ cancel: kind, owner: "linkage", ownerId: owner.ownerId });
    await timers(cancel("answer"), cancel("urgentSeat"));
  });

  it("of a clock comes after every other, in the ordinary lane alone, and goes as its clock says (nmg:2.2.1)", async () => {
    const store = at().timers;
    await at().cases.commit(registration(302));
    const clock = (n: number, change = {}) => aClock(n, caseIdOf(302), change);
    const born = [clockWrite(clock(321), 302, 0), clockWrite(clock(322), 302, 0)];
    const index = indexOf(aCase(302), 1);
    const rings = [clockTimer(321, 302, T0), clockTimer(322, 302, plusMs(T0, 9))];
    const other = { set: "answer", ...owner, dueAt: plusMs(T0, 5) } as const;
    await at().cases.commit({ ...emptyCommit(), streams: born, index, timers: [...rings, other] });
    const now = plusMs(T0, 10);
    const due = async (limit: number, lane?: "urgent" | "ordinary"): Promise<readonly string[]> =>
      (await store.claimDue(now, limit, 1_000, lane)).map(({ owner: of, ownerId, kind }) => `${of} ${ownerId} ${kind}`);
    const [first, second_] = [`clock ${clockIdOf(321)} mark`, `clock ${clockIdOf(322)} mark`];
    expect(await due(10, "urgent")).toEqual([]);
    expect(await due(2, "ordinary")).toEqual([`linkage ${owner.ownerId} answer`, first]);
    expect(await due(10)).toEqual([second_]);
    expect(await due(10)).toEqual([]);
    expect(await store.nextDueAt()).toBe(plusMs(now, 1_000));
    const stopped = clock(321, { status: "stopped", due: null });
    const gone = { cancel: "mark", owner: "clock", ownerId: clockIdOf(321), caseId: caseIdOf(302) } as const;
    const stop = { ...emptyCommit(), streams: [clockWrite(stopped, 302, 1)], index, timers: [gone] };
    expect(await at().cases.commit(stop)).toBe("done");
    await timers(clockTimer(322, 302, T0), { cancel: "answer", owner: "linkage", ownerId: owner.ownerId });
    expect(await due(10)).toEqual([second_]);
    await timers({ ...gone, ownerId: clockIdOf(322) });
    expect([await store.claimDue(plusMs(now, 9_000), 10, 1), await store.nextDueAt()]).toEqual([[], null]);
  });

  it("is freed by setting it again and gone when cancelled; the last change of one commit counts", async () => {
    const store = at().timers;
    await timers({ set: "answer", ...owner, dueAt: plusMs(T0, 10) });
    expect(await store.claimDue(plusMs(T0, 10), 10, 1_000)).toEqual([
      { ...owner, kind: "answer", dueAt: plusMs(T0, 10) },
    ]);
    const cancel = (kind: string): TimerChange => ({ cancel: kind, owner: "linkage", ownerId: owner.ownerId });
    await timers(cancel("answer"), cancel("confirm"), { set: "confirm", ...owner, dueAt: plusMs(T0, 7_000) });
    expect(await store.nextDueAt()).toBe(plusMs(T0, 7_000));
    await timers({ set: "confirm", ...owner, dueAt: T0 }, cancel("confirm"));
    expect(await store.claimDue(plusMs(T0, 60_000), 10, 1_000)).toEqual([]);
  });
}

function raise(level: number, n: number, change: Partial<Extract<AlarmChange, { raise: string }>> = {}): AlarmChange {
  return {
    raise: "urgentReceipt",
    subject: "s310",
    caseId: caseIdOf(310),
    level,
    dial: null,
    audience: "desk",
    at: second(n),
    ...change,
  };
}

function alarmNumberTests(at: () => Harness): void {
  const change = (...alarms: readonly AlarmChange[]): Promise<unknown> =>
    at().cases.commit({ ...emptyCommit(), alarms });
  const mark = async (): Promise<AlarmRow | undefined> =>
    (await at().queries.alarms(["desk"])).find((row) => row.subject === "s315");
  const answer = (n: number, outcome: string) =>
    change({ answer: "urgentReceipt", subject: "s315", seen: null, by: "u1" as UserId, at: second(n), outcome });

  it("rings again at the same level when another number is to be dialled: the call before was another's (nmg:2.2.1)", async () => {
    await change(raise(1, 20, { subject: "s315", dial: "000-1" }));
    await answer(21, "reached");
    await change(raise(1, 22, { subject: "s315", dial: "000-1" }));
    expect(await mark()).toMatchObject({ acknowledgedAt: second(21), outcome: "reached" });
    await change(raise(1, 23, { subject: "s315", dial: "000-2" }));
    expect(await mark()).toMatchObject({
      dial: "000-2",
      acknowledgedAt: null,
      outcome: null,
      raisedAt: second(23),
    });
    await change({ clear: "urgentReceipt", subject: "s315", at: second(24) });
  });
}

function alarmTests(at: () => Harness): void {
  const change = (...alarms: readonly AlarmChange[]): Promise<unknown> =>
    at().cases.commit({ ...emptyCommit(), alarms });
  const mark = async (subject = "s310"): Promise<AlarmRow | undefined> =>
    (await at().queries.alarms(["desk", "supervisor"])).find((row) => row.subject === subject);
  const acknowledge = (subject: string, n: number, outcome: string | null, seen: Instant | null = null) =>
    change({ answer: "urgentReceipt", subject, seen, by: "u1" as UserId, at: second(n), outcome });

  it("raises a mark once, shows it to its audience with the number of its request, and lifts its level", async () => {
    await at().cases.commit(registration(310));
    await change(raise(1, 1));
    await change(raise(1, 2));
    expect(await mark()).toMatchObject({
      level: 1,
      raisedAt: second(1),
      requestNo: requestNoOf(310),
      acknowledgedAt: null,
    });
    expect(await at().queries.alarms(["operator"])).toEqual([]);
    // Nobody has answered it since it was raised first: so long has it waited, however often it was lifted.
    await change(raise(2, 3, { audience: "supervisor" }));
    expect(await mark()).toMatchObject({ level: 2, raisedAt: second(1), audience: "supervisor" });
    await change(raise(1, 4));
    expect(await mark()).toMatchObject({ level: 2, raisedAt: second(1), audience: "supervisor" });
  });

  it("stays answered while it repeats, and rings again when its level rises", async () => {
    expect(await acknowledge("s310", 5, null)).toBe("done");
    expect(await acknowledge("s310", 6, null)).toBe("conflict");
    await change(raise(2, 7));
    expect(await mark()).toMatchObject({ acknowledgedAt: second(5), acknowledgedBy: "u1" });
    await change(raise(3, 8));
    expect(await mark()).toMatchObject({ level: 3, acknowledgedAt: null, acknowledgedBy: null, raisedAt: second(8) });
  });

  it("is gone when cleared; clearing what does not stand does nothing", async () => {
    await change({ clear: "urgentReceipt", subject: "s310", at: second(9) });
    await change({ clear: "urgentReceipt", subject: "s310", at: second(9) });
    expect(await mark()).toBeUndefined();
    expect(await acknowledge("s310", 10, null)).toBe("conflict");
  });

  it("is answered with everything else of its commit, or nothing of it is written (nmg:2.2.1)", async () => {
    const answer = { answer: "urgentReceipt", subject: "s314", seen: null, by: "u1" as UserId, outcome: null } as const;
    const write = (at0: number, command: number) =>
      at().cases.commit({
        ...amendment(310, 1),
        alarms: [{ ...answer, at: second(at0) }],
        command: { id: commandIdOf(command), user: null, digest: "d", answer: null, at: second(at0) },
      });
    expect(await write(30, 3140)).toBe("conflict");
    expect(await at().cases.findCommand(commandIdOf(3140))).toBeNull();
    expect((await at().cases.loadFile(caseIdOf(310)))?.case.version).toBe(1);
    await change(raise(1, 30, { subject: "s314" }));
    expect(await write(31, 3140)).toBe("done");
    expect(await mark("s314")).toMatchObject({ acknowledgedAt: second(31), acknowledgedBy: "u1" });
    expect(await write(32, 3140)).toBe("duplicate");
    await change({ clear: "urgentReceipt", subject: "s314", at: second(33) });
  });

  it("of a clock stands below every other mark, whatever its level: danger comes first (nmg:2.2.1)", async () => {
    await change(raise(9, 20, { raise: "deadlinePassed", subject: "s313" }), raise(1, 1, { subject: "s312" }));
    const kinds = (await at().queries.alarms(["desk"])).map(({ kind, subject }) => `${kind} ${subject}`);
    expect(kinds.indexOf("deadlinePassed s313")).toBeGreaterThan(kinds.indexOf("urgentReceipt s312"));
    const gone = { clear: "deadlinePassed", subject: "s313", at: second(21) } as const;
    await change(gone, { clear: "urgentReceipt", subject: "s312", at: second(21) });
  });

  it("with a number to call is answered only with what came of the call", async () => {
    await change(raise(1, 1, { subject: "s311", caseId: null, dial: "0471-1" }));
    expect(await acknowledge("s311", 2, null)).toBe("conflict");
    expect(await acknowledge("s311", 2, "reached")).toBe("done");
    expect(await mark("s311")).toMatchObject({ acknowledgedAt: second(2), dial: "0471-1", requestNo: null });
  });

  it("is answered once more only by who has seen the answer before", async () => {
    await change(raise(1, 1, { subject: "s312", caseId: null, dial: "0471-1" }));
    expect(await acknowledge("s312", 2, "noAnswer")).toBe("done");
    expect(await mark("s312")).toMatchObject({ acknowledgedAt: second(2), outcome: "noAnswer" });
    expect(await acknowledge("s312", 3, "reached")).toBe("conflict");
    expect(await acknowledge("s312", 3, "reached", second(2))).toBe("done");
    expect(await mark("s312")).toMatchObject({ acknowledgedAt: second(3), outcome: "reached" });
  });
}

function noticeTests(at: () => Harness): void {
  it("are claimed under a lease, sent once, tried again, and shown when given up", async () => {
    const { cases, notices } = at();
    const notice = {
      caseId: caseIdOf(320),
      to: "requester",
      unit: null,
      template: "registered",
      params: { no: "1" },
    } as const;
    const both = [
      { id: "n1", ...notice },
      { id: "n2", ...notice },
    ];
    await cases.commit({ ...emptyCommit(), notices: both });
    await cases.commit({ ...emptyCommit(), notices: both });
    expect(await notices.claim(10, 40)).toEqual(both.map((row) => ({ notice: row, attempts: 0 })));
    expect(await notices.claim(10, 40)).toEqual([]);
    await at().elapse(60);
    expect((await notices.claim(10, 60_000)).map(({ attempts }) => attempts)).toEqual([1, 1]);
    await notices.sent("n1", at().inMs(0));
    await notices.failed("n2", "BUSY", at().inMs(50));
    expect(await notices.claim(10, 60_000)).toEqual([]);
    await at().elapse(80);
    expect((await notices.claim(10, 60_000)).map(({ notice: { id } }) => id)).toEqual(["n2"]);
    // Farther ahead than any pause of ours: the clock was set back since.
    await notices.failed("n2", "BUSY", at().inMs(3_600_000));
    expect((await notices.claim(10, 60_000)).map(({ notice: { id } }) => id)).toEqual(["n2"]);
    await notices.failed("n2", "NO_SUCH_NUMBER", null);
    await notices.failed("n1", "too late", null);
    const [failure] = await notices.failures(10);
    expect(failure).toMatchObject({ notice: { id: "n2" }, error: "NO_SUCH_NUMBER", attempts: 4 });
    expect(await notices.failures(10)).toHaveLength(1);
    expect(msBetween(failure?.since ?? T0, at().inMs(0))).toBeGreaterThanOrEqual(0);
  });
}

export function conformOfLedger(at: () => Harness): void {
  describe("a timer", () => {
    timerTests(at);
  });
  describe("an alarm", () => {
    alarmTests(at);
    alarmNumberTests(at);
  });
  describe("notices", () => {
    noticeTests(at);
  });
}
