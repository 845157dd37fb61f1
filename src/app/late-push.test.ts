import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import { aCall, aDesk, anActor, carry, give, given, onRequest, sentBy } from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import { foldReceipt } from "./fold-receipt.ts";
import type { CommandDone } from "./give-command.ts";
import { readRequest } from "./read-requests.ts";

const keys = openPassingKeys();
const MINUTE = 60_000;

async function timesAt(desk: Desk, known: CommandDone) {
  const read = await readRequest(desk.deps, anActor(), known.requestNo);
  if (!read.ok) throw new Error(read.error.code);
  const [linkage] = read.value.linkages;
  return { pressedAt: linkage?.pressedAt, cameAt: linkage?.cameAt };
}

test("both desks know when the key of the last push was pressed and when it came, also when the link held it up (nmg:2.2.1)", async () => {
  const here = aDesk({ stores: createMemoryStores, keys });
  const there = aDesk({ stores: createMemoryStores, keys, side: "police" });
  const pass = (ms: number) => [here, there].forEach((desk) => desk.passMs(ms));
  const pressedAt = here.deps.clock.now();
  const known = await given(give(here, "register", aCall({}, { danger: true })));
  expect(await timesAt(here, known)).toEqual({ pressedAt, cameAt: null });
  pass(7 * MINUTE);
  const [push] = sentBy(here);
  if (push === undefined) throw new Error("nothing was pushed");
  await carry(here, there, push);
  await foldReceipt(here.deps, push, null);
  const cameAt = there.deps.clock.now();
  expect(await timesAt(there, known)).toEqual({ pressedAt, cameAt });
  expect(await timesAt(here, known)).toEqual({ pressedAt, cameAt });
  // What is added is a push of its own: its times count from then on, at the sender without an arrival until there is one.
  pass(MINUTE);
  const again = here.deps.clock.now();
  await given(give(here, "amend", { fields: {}, note: "对方持刀" }, { target: onRequest(known) }));
  expect(await timesAt(here, known)).toEqual({ pressedAt: again, cameAt: null });
  const next = sentBy(here).at(-1);
  if (next === undefined) throw new Error("nothing was added");
  await carry(here, there, next);
  expect(await timesAt(there, known)).toEqual({ pressedAt: again, cameAt: again });
  // The receipt of the first push, come again, is no arrival of the second.
  await foldReceipt(here.deps, push, null);
  expect((await timesAt(here, known)).cameAt).toBeNull();
});

test("a word of the other desk that is receipted is no arrival of a push: a hand-over has no such times (nmg:2.2.1)", async () => {
  const here = aDesk({ stores: createMemoryStores, keys, side: "police" });
  const known = await given(give(here, "register", aCall()));
  await given(give(here, "handOver", { to: "hotline-150100" }, { target: onRequest(known) }));
  const [offer] = sentBy(here);
  if (offer === undefined) throw new Error("nothing was offered");
  await foldReceipt(here.deps, offer, null);
  expect(await timesAt(here, known)).toEqual({ pressedAt: null, cameAt: null });
});
