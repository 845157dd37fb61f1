import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import type { CaseId } from "../kernel/index.ts";
import { openCalendar } from "../core/clock/index.ts";
import type { Rules } from "./deps.ts";
import { aCall, aDesk, anActor, freshId, give, given } from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import { fireTimer } from "./fire-timer.ts";
import { plusMs } from "../kernel/index.ts";
import { readRequest } from "./read-requests.ts";

const MINUTE = 60_000;

async function setOrphan(desk: Desk, caseId: CaseId): Promise<string> {
  const ownerId = freshId();
  const timers = [{ set: "answerOwed", owner: "linkage", ownerId, caseId, dueAt: desk.deps.clock.now() }] as const;
  const nothing = {
    streams: [],
    index: null,
    caseKey: null,
    vault: [],
    outbox: [],
    alarms: [],
    notices: [],
    reads: [],
  };
  await desk.deps.store.commit({ ...nothing, home: desk.deps.node.home, timers, inbox: null, command: null });
  return ownerId;
}

test.each(["request", "linkage"])(
  "a timer whose %s is not here ends once, with a mark for the operator",
  async (missing) => {
    const desk = aDesk({ stores: createMemoryStores, keys: openPassingKeys() });
    const known = await given(give(desk, "register", aCall()));
    const ownerId = await setOrphan(desk, missing === "linkage" ? known.caseId : (freshId() as CaseId));
    const woken = desk.wakes.length;
    const said: unknown[] = [];
    for (const timer of await desk.timers.claimDue(desk.deps.clock.now(), 10, MINUTE))
      await fireTimer({ ...desk.deps, onFault: (_where, fault) => said.push(fault) }, timer);
    expect(said).toEqual([expect.stringContaining(`linkage ${ownerId}, answerOwed`)]);
    expect(desk.wakes.slice(woken)).toEqual(["alarms"]);
    desk.passMs(10 * MINUTE);
    expect(await desk.timers.claimDue(desk.deps.clock.now(), 10, MINUTE)).toEqual([]);
    const alarms = await desk.deps.queries.alarms(["operator"]);
    expect(alarms).toMatchObject([{ kind: "integrity", subject: ownerId }]);
  },
);

test("a missing half of a double dispatch calls again by its own timer and says which half it is (nmg:a3, REQ-02)", async () => {
  const desk = aDesk({ stores: createMemoryStores, keys: openPassingKeys(), governmentDesk: () => null });
  await given(give(desk, "register", aCall({}, { danger: true })));
  const mark = async () => (await desk.deps.queries.alarms(["desk"])).find((a) => a.kind === "completionOwed");
  expect(await mark()).toMatchObject({ level: 1, missing: "unit" });
  for (const level of [2, 3]) {
    desk.passMs(20 * MINUTE);
    const woken = desk.wakes.length;
    for (const timer of await desk.timers.claimDue(desk.deps.clock.now(), 10, MINUTE))
      await fireTimer(desk.deps, timer);
    expect(await mark()).toMatchObject({ level, missing: "unit" });
    expect(desk.wakes.slice(woken)).toContain("alarms");
  }
});

const HOUR = 60 * MINUTE;

const DAY_AND_NIGHT = {
  code: "all",
  hours: "always@1",
  nameZh: "全天",
  nameEn: "all day",
  days: "1234567H",
  from: 0,
  to: 1_440,
  season: null,
  validFrom: "2020-01-01",
  validTo: null,
  source: "yn:4.3.3",
  basis: "default" as const,
};

/** An hour to dispatch; half of it before, the desk is reminded. */
const AN_HOUR: Rules["clock"] = {
  calendar: openCalendar({ version: "cn@1", years: [], days: [], shifts: [DAY_AND_NIGHT] }),
  policyFor: ({ stage }) =>
    stage !== "dispatch"
      ? null
      : {
          limit: "dispatch-test",
          catalogueVersion: "test@1",
          stage,
          amount: 1,
          unit: "naturalHours",
          hours: "always@1",
          pausable: false,
          extensionMax: 0,
          giveBackMinutes: null,
          source: "nmg:2.2.5",
          basis: "default",
          marks: [
            { mark: "reminder", minutes: 30, audience: "owner" },
            { mark: "due", minutes: 0, audience: "desk" },
          ],
        },
};

test("the one timer of a clock calls out its marks one after the other and ends with them (nmg:2.2.5, REQ-70)", async () => {
  const desk = aDesk({ stores: createMemoryStores, keys: openPassingKeys(), limits: AN_HOUR });
  const known = await given(give(desk, "register", aCall()));
  const fireDue = async () => {
    const due = await desk.timers.claimDue(desk.deps.clock.now(), 10, MINUTE);
    for (const timer of due) await fireTimer(desk.deps, timer);
    return due.map(({ owner, kind }) => `${owner} ${kind}`);
  };
  const marks = async () =>
    (await desk.deps.queries.alarms(["desk"])).map(({ kind, caseId }) => [kind, caseId === known.caseId]);
  expect(await fireDue()).toEqual([]);
  const shown = await readRequest(desk.deps, anActor(), known.requestNo);
  expect(shown.ok && shown.value.due).toEqual({
    stage: "dispatch",
    dueAt: plusMs(desk.deps.clock.now(), HOUR),
    provisional: false,
    status: "running",
    limit: {
      catalogueVersion: "test@1",
      code: "dispatch-test",
      amount: 1,
      unit: "naturalHours",
      source: "nmg:2.2.5",
      basis: "default",
    },
  });
  desk.passMs(31 * MINUTE);
  expect([await fireDue(), await marks()]).toEqual([["clock mark"], [["deadlineNear", true]]]);
  expect(await fireDue()).toEqual([]);
  desk.passMs(HOUR);
  expect([await fireDue(), await marks()]).toEqual([["clock mark"], [["deadlinePassed", true]]]);
  desk.passMs(100 * HOUR);
  expect(await fireDue()).toEqual([]);
});

test("a clock that breaks when it rings names its reason to the operator, in mark and log, and rings again later, not at once (nmg:2.2.1)", async () => {
  const whole = aDesk({ stores: createMemoryStores, keys: openPassingKeys(), limits: AN_HOUR });
  const said: string[] = [];
  const known = await given(give(whole, "register", aCall()));
  const { store } = whole.deps;
  const marks = [{ mark: "reminder", minutes: Number.NaN, audience: "desk" }] as const;
  const damaged = async (id: CaseId) => {
    const found = await store.loadFile(id);
    const clocks = (found?.clocks ?? []).map((clock) => ({ ...clock, policy: { ...clock.policy, marks } }));
    return found === null ? null : { ...found, clocks };
  };
  const deps = {
    ...whole.deps,
    store: { ...store, loadFile: damaged },
    onFault: (...told: unknown[]) => void said.push(told.join(": ")),
  };
  const ring = async () => {
    const due = await whole.timers.claimDue(whole.deps.clock.now(), 10, MINUTE);
    for (const timer of due) await fireTimer(deps, timer);
    return due.length;
  };
  whole.passMs(31 * MINUTE);
  expect([await ring(), await ring()]).toEqual([1, 0]);
  expect(await whole.deps.queries.alarms(["operator"])).toMatchObject([
    { kind: "limitNotCounted", subject: known.caseId, caseId: known.caseId },
  ]);
  expect(said).toEqual([
    expect.stringMatching(new RegExp(`^clocks: limitNotCounted, request ${known.caseId}: RangeError: `)),
  ]);
  whole.passMs(11 * MINUTE);
  expect(await ring()).toBe(1);
});

test("a limit that cannot be looked up is told with its code, its request and what broke; what was asked is done (nmg:2.2.1)", async () => {
  const policyFor = (): never => {
    throw new Error("no such table");
  };
  const desk = aDesk({ stores: createMemoryStores, keys: openPassingKeys(), limits: { ...AN_HOUR, policyFor } });
  const said: string[] = [];
  const deps = { ...desk.deps, onFault: (...told: unknown[]) => void said.push(told.join(": ")) };
  const known = await given(give({ ...desk, deps }, "register", aCall()));
  expect(await desk.deps.queries.alarms(["operator"])).toMatchObject([{ kind: "limitUnreadable" }]);
  expect(said).toEqual([`clocks: limitUnreadable, request ${known.caseId}: stage dispatch, Error: no such table`]);
});
