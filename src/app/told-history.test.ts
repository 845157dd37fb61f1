import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import type { RequestNo } from "../kernel/index.ts";
import { aCall, aDesk, anActor, carry, give, given, HOTLINE, POLICE, sentBy } from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import { readTimeline } from "./read-requests.ts";

const keys = openPassingKeys();

async function historyOf(desk: Desk, no: RequestNo) {
  const read = await readTimeline(desk.deps, anActor(), no, () => null);
  if (!read.ok) throw new Error(read.error.code);
  return read.value.rows;
}

test("what a message brought about names the desk that wrote it, and when by its clock, also when the link was down (nmg:2.3.1)", async () => {
  const here = aDesk({ stores: createMemoryStores, keys });
  const there = aDesk({ stores: createMemoryStores, keys, side: "police" });
  const pressedAt = here.deps.clock.now();
  const { requestNo } = await given(give(here, "register", aCall({}, { danger: true })));
  there.passMs(300_000);
  for (const message of sentBy(here)) await carry(here, there, message);
  const came = (await historyOf(there, requestNo)).find(({ type }) => type === "message.push");
  expect(came).toMatchObject({ at: there.deps.clock.now(), saidAt: pressedAt, by: { kind: "node", node: HOTLINE } });
  const own = (await historyOf(here, requestNo)).find(({ type }) => type === "command.push");
  expect(own).toMatchObject({ at: pressedAt, saidAt: null });
  for (const message of sentBy(there)) await carry(there, here, message);
  const answers = (await historyOf(here, requestNo)).filter(({ type }) => type.startsWith("message."));
  expect(answers.filter(({ by }) => by.node !== POLICE)).toEqual([]);
});
