import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import type { Clock } from "../core/clock/index.ts";
import { openCalendar } from "../core/clock/index.ts";
import type { RingLine } from "../core/directory/index.ts";
import type { CaseId, CommandId, UnitCode, UserId } from "../kernel/index.ts";
import { answerAlarm } from "./answer-alarm.ts";
import type { Rules } from "./deps.ts";
import { aCall, aDesk, anActor, codeOf, freshId, give, given, onRequest, WORKS } from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import { fireTimer } from "./fire-timer.ts";

/** A push with the number to dial at hand: nobody could be told of it. */
async function toDial() {
  const desk = aDesk({ stores: createMemoryStores, keys: openPassingKeys() });
  const { caseId } = await given(give(desk, "register", aCall({}, { danger: true })));
  const subject = freshId();
  await raise(desk, "noSeatOnDuty", subject, caseId, "110");
  return { desk, caseId, subject };
}

async function raise(desk: Desk, kind: string, subject: string, caseId: CaseId | null, dial: string | null) {
  const nothing = {
    streams: [],
    index: null,
    caseKey: null,
    vault: [],
    outbox: [],
    timers: [],
    notices: [],
    reads: [],
  };
  const alarm = { raise: kind, subject, caseId, level: 1, dial, audience: "desk", at: desk.deps.clock.now() } as const;
  await desk.deps.store.commit({ ...nothing, home: desk.deps.node.home, alarms: [alarm], inbox: null, command: null });
}

const newId = () => freshId() as CommandId;
const say = (desk: Desk, subject: string, outcome: string | null, id = newId(), actor = anActor()) =>
  answerAlarm(desk.deps, { actor, id, digest: `${subject} ${outcome}`, kind: "noSeatOnDuty", subject, outcome });
const marks = (desk: Desk, subject: string) =>
  desk.deps.queries.alarms(["desk"]).then((rows) => rows.filter((row) => row.subject === subject));
const calls = (desk: Desk) =>
  desk.commits
    .flatMap(({ streams }) => streams.flatMap(({ events }) => events))
    .filter(({ type }) => type === "CallMade");

test("a call and the marks it answers are written in one commit, under the key it was given with (nmg:2.2.1)", async () => {
  const { desk, caseId, subject } = await toDial();
  await raise(desk, "linkSilent", subject, caseId, "110");
  const before = desk.commits.length;
  const id = newId();
  expect(await codeOf(say(desk, subject, "reached: 值班长已知", id))).toBe("ok");
  expect(desk.commits).toHaveLength(before + 1);
  expect(desk.commits.at(-1)?.command).toMatchObject({ id, user: "user-1" });
  expect(calls(desk).map(({ body }) => body)).toMatchObject([
    { about: ["noSeatOnDuty", "linkSilent"], result: "reached" },
  ]);
  expect(await marks(desk, subject)).toMatchObject([{ outcome: "reached" }, { outcome: "reached" }]);
  expect(desk.wakes.slice(-2)).toContain("alarms");
});

test("the same key again gets the first answer: one call is on record, however often its answer was lost (nmg:2.2.1)", async () => {
  const { desk, subject } = await toDial();
  for (const outcome of ["noAnswer", "reached"]) {
    const id = newId();
    expect(await codeOf(say(desk, subject, outcome, id))).toBe("ok");
    const written = desk.commits.length;
    desk.passMs(60_000);
    expect(await codeOf(say(desk, subject, outcome, id))).toBe("ok");
    expect(desk.commits).toHaveLength(written);
  }
  expect(calls(desk)).toHaveLength(2);
});

test("a key that was used for something else, or by somebody else, is refused", async () => {
  const { desk, subject } = await toDial();
  const id = newId();
  await say(desk, subject, "noAnswer", id);
  expect(await codeOf(say(desk, subject, "busy", id))).toBe("IDEMPOTENCY_KEY_REUSED");
  const other = anActor({ id: "user-2" as UserId });
  expect(await codeOf(say(desk, subject, "noAnswer", id, other))).toBe("IDEMPOTENCY_KEY_REUSED");
  expect(calls(desk)).toHaveLength(1);
});

test("when the request was changed meanwhile the call is decided anew, and still one commit holds all of it", async () => {
  const { desk, caseId, subject } = await toDial();
  const found = await desk.deps.store.loadFile(caseId);
  if (found === null) throw new Error("no request");
  const target = { kind: "request", no: found.case.requestNo } as const;
  desk.meanwhile(async () => {
    desk.meanwhile(async () => undefined);
    await given(give(desk, "danger", { note: "又有人受伤" }, { target }));
  });
  expect(await codeOf(say(desk, subject, "reached"))).toBe("ok");
  expect(calls(desk)).toHaveLength(1);
  expect(await marks(desk, subject)).toMatchObject([{ outcome: "reached" }]);
});

test("a call that was made is on record also when somebody else answered its mark meanwhile, whose answer stands", async () => {
  const { desk, subject } = await toDial();
  desk.meanwhile(async () => {
    desk.meanwhile(async () => undefined);
    await say(desk, subject, "handedOverByVoice: 值班长", newId(), anActor({ id: "user-2" as UserId }));
  });
  expect(await codeOf(say(desk, subject, "reached"))).toBe("ok");
  expect(calls(desk)).toHaveLength(2);
  expect(await marks(desk, subject)).toMatchObject([{ outcome: "handedOverByVoice", acknowledgedBy: "user-2" }]);
});

test("a mark without a request, or without a number, is answered under its key as well, and once", async () => {
  const { desk, subject } = await toDial();
  await raise(desk, "noSeatOnDuty", "s-1", null, "0471-1");
  const id = newId();
  for (const _ of [1, 2]) expect(await codeOf(say(desk, "s-1", "handedOverByVoice: 甲", id))).toBe("ok");
  expect(await marks(desk, "s-1")).toMatchObject([{ outcome: "handedOverByVoice: 甲", acknowledgedBy: "user-1" }]);
  expect(await codeOf(say(desk, "s-1", "reached"))).toBe("ALARM_UNKNOWN");
  expect(await codeOf(say(desk, subject, null))).toBe("ALARM_OUTCOME_NEEDED");
  expect(await codeOf(say(desk, subject, "reached", newId(), anActor({ roles: [] })))).toBe("FORBIDDEN");
  expect(calls(desk)).toHaveLength(0);
});

test("of two who answer the same mark without a call only the first one does", async () => {
  const { desk, subject } = await toDial();
  await raise(desk, "stoodDown", subject, null, null);
  const answer = (id: string) =>
    answerAlarm(desk.deps, {
      actor: anActor({ id: id as UserId }),
      id: newId(),
      digest: id,
      kind: "stoodDown",
      subject,
      outcome: null,
    });
  desk.meanwhile(async () => {
    desk.meanwhile(async () => undefined);
    expect(await codeOf(answer("user-2"))).toBe("ok");
  });
  expect(await codeOf(answer("user-1"))).toBe("ALARM_UNKNOWN");
});

test("a mark beyond those that a list of very many names is answered by its key (nmg:2.2.1)", async () => {
  const { desk, subject } = await toDial();
  // The list has room for the others only, as when hundreds of requests are late.
  const deps = { ...desk.deps, queries: { ...desk.deps.queries, alarms: async () => [] } };
  const given = { actor: anActor(), id: newId(), digest: "x", kind: "noSeatOnDuty", subject, outcome: "reached" };
  expect(await codeOf(answerAlarm(deps, given))).toBe("ok");
});

/** An order that was to be taken up within an hour. */
const AN_HOUR: Rules["clock"] = {
  calendar: openCalendar({ version: "cn@1", years: [], days: [], shifts: [] }),
  policyFor: ({ stage }) =>
    stage !== "acknowledge"
      ? null
      : {
          limit: "acknowledge-test",
          catalogueVersion: "test@1",
          stage,
          amount: 4,
          unit: "naturalHours",
          hours: "always@1",
          pausable: false,
          extensionMax: 0,
          giveBackMinutes: 60,
          source: "nmg:2.2.5",
          basis: "default",
          marks: [],
        },
};

const LINES: readonly RingLine[] = [
  { unit: WORKS, line: "dutyPhone", phone: "000-1" },
  { unit: WORKS, line: "step-1", phone: "000-2" },
  { unit: "x150100-city" as UnitCode, line: "step-2", phone: "000-3" },
];

/** A unit that has not taken up its order: the mark of its clock names its first number. */
async function silentUnit() {
  const desk = aDesk({ stores: createMemoryStores, keys: openPassingKeys(), limits: AN_HOUR });
  const { rules } = desk.deps;
  const here: Desk = { ...desk, deps: { ...desk.deps, rules: () => ({ ...rules(), ringOrder: () => LINES }) } };
  const done = await given(give(here, "register", aCall()));
  const dispatch = { kind: "work", unit: WORKS, role: "lead" } as const;
  await given(give(here, "dispatch", dispatch, { target: onRequest(done), actor: anActor({ roles: ["supervisor"] }) }));
  here.passMs(3_600_000);
  const clock = (await here.deps.store.loadFile(done.caseId))?.clocks[0];
  if (clock === undefined) throw new Error("no clock");
  await fireTimer(here.deps, {
    owner: "clock",
    ownerId: clock.id,
    caseId: done.caseId,
    kind: "mark",
    dueAt: here.deps.clock.now(),
  });
  return { desk: here, ...done, clock };
}

const chief = anActor({ id: "chief" as UserId, roles: ["supervisor"] });
const ring = (desk: Desk, { id: subject }: Clock, outcome: string, actor = chief, id = newId()) =>
  answerAlarm(desk.deps, { actor, id, digest: `${subject} ${outcome}`, kind: "notTakenUp", subject, outcome });
const standing = async ({ deps }: Desk) =>
  (await deps.queries.alarms(["desk", "supervisor"])).map(({ kind, dial, level, audience, rings, acknowledgedAt }) => [
    `${kind} ${dial}`,
    level,
    audience,
    rings,
    acknowledgedAt !== null,
  ]);

test("a unit's number that nobody answers comes back at once as the next one of its order, in the commit of the call; the last is the supervisor's (yn:3.3, yn:4.1.2, REQ-34)", async () => {
  const { desk, clock, caseId } = await silentUnit();
  expect(await standing(desk)).toEqual([["notTakenUp 000-1", 1, "desk", WORKS, false]]);
  const before = desk.commits.length;
  expect(await codeOf(ring(desk, clock, "noAnswer"))).toBe("ok");
  expect(desk.commits).toHaveLength(before + 1);
  expect(calls(desk).at(-1)?.body).toMatchObject({ dial: "000-1", about: ["notTakenUp"], result: "noAnswer" });
  expect(await standing(desk)).toEqual([["notTakenUp 000-2", 2, "desk", WORKS, false]]);
  expect(await codeOf(ring(desk, clock, "busy"))).toBe("ok");
  expect(await standing(desk)).toEqual([["notTakenUp 000-3", 3, "supervisor", "x150100-city", false]]);
  expect(await codeOf(ring(desk, clock, "noAnswer", anActor()))).toBe("ALARM_UNKNOWN");
  expect(await codeOf(ring(desk, clock, "noAnswer"))).toBe("ok");
  expect(await standing(desk)).toEqual([["notTakenUp 000-3", 3, "supervisor", "x150100-city", true]]);
  expect((await desk.deps.store.loadFile(caseId))?.clocks[0]?.rung).toHaveLength(3);
});

test("who was reached ends it, and the same key again rings nobody further (REQ-34)", async () => {
  const { desk, clock } = await silentUnit();
  const id = newId();
  expect(await codeOf(ring(desk, clock, "noAnswer", chief, id))).toBe("ok");
  expect(await codeOf(ring(desk, clock, "noAnswer", chief, id))).toBe("ok");
  expect(await standing(desk)).toEqual([["notTakenUp 000-2", 2, "desk", WORKS, false]]);
  expect(await codeOf(ring(desk, clock, "reached"))).toBe("ok");
  expect(await standing(desk)).toEqual([["notTakenUp 000-2", 2, "desk", WORKS, true]]);
});

test("two who rang the same number at the same time lead one number on, and both calls are on record (REQ-34)", async () => {
  const { desk, clock } = await silentUnit();
  desk.meanwhile(() => ring(desk, clock, "noAnswer"));
  expect(await codeOf(ring(desk, clock, "noAnswer", anActor()))).toBe("ok");
  expect(calls(desk)).toHaveLength(2);
  expect(await standing(desk)).toEqual([["notTakenUp 000-2", 2, "desk", WORKS, false]]);
});

test("a call that reached nobody rings nobody on when another has reached the unit meanwhile (REQ-34)", async () => {
  const { desk, clock } = await silentUnit();
  desk.meanwhile(() => ring(desk, clock, "reached"));
  expect(await codeOf(ring(desk, clock, "noAnswer", anActor()))).toBe("ok");
  expect(calls(desk)).toHaveLength(2);
  expect(await standing(desk)).toEqual([["notTakenUp 000-1", 1, "desk", WORKS, true]]);
});

test("a number of a silent unit is put away by what came of ringing it alone (REQ-34)", async () => {
  const { desk, clock } = await silentUnit();
  const said = { actor: chief, id: newId(), digest: "x", kind: "notTakenUp", subject: clock.id, outcome: null };
  expect(await codeOf(answerAlarm(desk.deps, said))).toBe("ALARM_OUTCOME_NEEDED");
});
