import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import type { CaseId, CommandId, UserId } from "../kernel/index.ts";
import { answerAlarm } from "./answer-alarm.ts";
import { aCall, aDesk, anActor, codeOf, freshId, give, given } from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";

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
