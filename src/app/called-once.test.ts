import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import type { CommandId } from "../kernel/index.ts";
import { answerAlarm } from "./answer-alarm.ts";
import { aCall, aDesk, anActor, carry, codeOf, freshId, give, given, onLinkage, sentBy } from "./desk.test-data.ts";
import { fireTimer } from "./fire-timer.ts";

const keys = openPassingKeys();

test("who was dialled and told that a push is unsigned is not to be dialled again every minute (nmg:2.2.1)", async () => {
  const here = aDesk({ stores: createMemoryStores, keys });
  const there = aDesk({ stores: createMemoryStores, keys, side: "police" });
  const done = await given(give(here, "register", aCall({}, { danger: true })));
  let [left, back] = [0, 0];
  const exchange = async () => {
    for (let i = 0; i < 4; i += 1) {
      for (const message of sentBy(here).slice(left)) await carry(here, there, message);
      left = sentBy(here).length;
      for (const message of sentBy(there).slice(back)) await carry(there, here, message);
      back = sentBy(there).length;
    }
  };
  const linkageOf = async () => {
    const found = (await here.deps.store.loadFile(done.caseId))?.linkages[0];
    if (found === undefined) throw new Error("nothing was pushed");
    return found;
  };
  await exchange();
  const id = (await linkageOf()).id;
  await given(give(there, "shown", { pushNo: 1 }, { target: onLinkage(id), onDuty: true }));
  await exchange();
  expect((await linkageOf()).state).toBe("delivered");
  const fire = async () => {
    here.passMs(60_000);
    await fireTimer(here.deps, {
      owner: "linkage",
      ownerId: id,
      caseId: done.caseId,
      kind: "urgentSign",
      dueAt: here.deps.clock.now(),
    });
  };
  const mark = async () =>
    (await here.deps.queries.alarms(["desk", "supervisor"])).find(({ kind }) => kind === "peerUnsigned");
  await fire();
  expect(await mark()).toMatchObject({ level: 1, acknowledgedAt: null });
  const told = {
    actor: anActor(),
    id: freshId() as CommandId,
    digest: "1",
    kind: "peerUnsigned",
    subject: id,
    outcome: "reached",
  };
  expect(await codeOf(answerAlarm(here.deps, told))).toBe("ok");
  await fire();
  await fire();
  expect((await mark())?.acknowledgedAt ?? null).not.toBeNull();
});
