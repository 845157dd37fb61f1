import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import type { CaseId } from "../kernel/index.ts";
import { aCall, aDesk, freshId, give, given } from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import { fireTimer } from "./fire-timer.ts";

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
    for (const timer of await desk.timers.claimDue(desk.deps.clock.now(), 10, MINUTE))
      await fireTimer(desk.deps, timer);
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
