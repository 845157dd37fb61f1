import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import type { Actor } from "../core/access/index.ts";
import type { UserId } from "../kernel/index.ts";
import { aCall, aDesk, anActor, carry, give, given, onLinkage, onRequest, sentBy, WORKS } from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import { readOwnPushes } from "./read-own-pushes.ts";

const keys = openPassingKeys();
const COLLEAGUE = anActor({ id: "u-colleague" as UserId });

async function pushesOf(desk: Desk, actor: Actor): Promise<readonly string[]> {
  const read = await readOwnPushes(desk.deps, actor);
  if (!read.ok) throw new Error(read.error.code);
  return read.value.rows.map(({ requestNo }) => requestNo);
}

/** What left is taken in over there, and what is said back here. */
async function exchange(here: Desk, there: Desk): Promise<void> {
  for (const message of sentBy(here)) await carry(here, there, message);
  for (const message of sentBy(there)) await carry(there, here, message);
}

test("the pushes a person sent and nobody has signed are told to that person alone, newest first (nmg:2.2.1)", async () => {
  const here = aDesk({ stores: createMemoryStores, keys });
  const first = await given(give(here, "register", aCall({}, { danger: true })));
  here.passMs(1_000);
  const known = await given(give(here, "register", aCall()));
  here.passMs(1_000);
  await given(give(here, "danger", {}, { target: onRequest(known) }));
  await given(give(here, "register", aCall({}, { danger: true }), { actor: COLLEAGUE }));
  await given(give(here, "register", aCall()));
  expect(await pushesOf(here, anActor())).toEqual([known.requestNo, first.requestNo]);
  expect(await pushesOf(here, COLLEAGUE)).toHaveLength(1);
});

test("who adds to a danger waits for its signature too; it goes with the signature and with the end (nmg:2.2.1)", async () => {
  const here = aDesk({ stores: createMemoryStores, keys });
  const there = aDesk({ stores: createMemoryStores, keys, side: "police" });
  const signed = await given(give(here, "register", aCall({}, { danger: true })));
  const open = await given(give(here, "register", aCall({}, { danger: true })));
  await given(give(here, "amend", { fields: {}, note: "对方持刀" }, { target: onRequest(open), actor: COLLEAGUE }));
  await exchange(here, there);
  const push = sentBy(here).find((message) => message.requestNo === signed.requestNo && message.body.type === "push");
  if (push === undefined) throw new Error("nothing was pushed");
  await given(give(there, "sign", { pushNo: 1 }, { target: onLinkage(push.conversation), onDuty: true }));
  await exchange(here, there);
  expect(await pushesOf(here, anActor())).toEqual([open.requestNo]);
  expect(await pushesOf(here, COLLEAGUE)).toEqual([open.requestNo]);
});

test("a unit, which has no queue, is not told so here: its own orders say it", async () => {
  const here = aDesk({ stores: createMemoryStores, keys });
  expect(await readOwnPushes(here.deps, anActor({ roles: ["unitClerk"], unit: WORKS }))).toMatchObject({ ok: false });
});
