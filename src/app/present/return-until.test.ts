import { expect, test } from "vitest";
import { createMemoryStores } from "../../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../../test/setup/passing-keys.ts";
import { plusMs } from "../../kernel/index.ts";
import { aCall, aDesk, anActor, carry, give, given, onLinkage, onRequest, sentBy, THEFT } from "../desk.test-data.ts";
import type { Desk } from "../desk.test-data.ts";
import { foldReceipt } from "../fold-receipt.ts";
import type { CommandDone } from "../give-command.ts";
import { readRequest } from "../read-requests.ts";

const keys = openPassingKeys();
const MINUTE = 60_000;

async function untilAt(desk: Desk, known: CommandDone): Promise<string | null | undefined> {
  const read = await readRequest(desk.deps, anActor(), known.requestNo);
  if (!read.ok) throw new Error(read.error.code);
  return read.value.linkages[0]?.returnUntil;
}

test("who handed over sees until when it can come back, from the delivery on and as long as it can, by the agreed time (nmg:2.2.1)", async () => {
  const here = aDesk({ stores: createMemoryStores, keys });
  const there = aDesk({ stores: createMemoryStores, keys, side: "police" });
  const known = await given(give(here, "register", aCall({}, { item: THEFT })));
  await given(give(here, "handOver", {}, { target: onRequest(known) }));
  const [offer] = sentBy(here);
  if (offer === undefined) throw new Error("nothing was offered");
  expect(await untilAt(here, known)).toBeNull();
  for (const desk of [here, there]) desk.passMs(2 * MINUTE);
  await carry(here, there, offer);
  await foldReceipt(here.deps, offer, null);
  const until = plusMs(there.deps.clock.now(), 30 * MINUTE);
  expect([await untilAt(here, known), await untilAt(there, known)]).toEqual([until, until]);
  const target = onLinkage(offer.conversation);
  await given(give(there, "acceptOffer", {}, { target }));
  for (const message of sentBy(there)) await carry(there, here, message);
  expect([await untilAt(here, known), await untilAt(there, known)]).toEqual([null, null]);
});

test("an agreement on another time counts at the sender as well (nmg:2.2.1)", async () => {
  const here = aDesk({ stores: createMemoryStores, keys });
  const rules = { ...here.deps.rules(), handOverTimes: { answer: 20 * MINUTE } };
  const agreed: Desk = { ...here, deps: { ...here.deps, rules: () => rules } };
  const known = await given(give(agreed, "register", aCall({}, { item: THEFT })));
  await given(give(agreed, "handOver", {}, { target: onRequest(known) }));
  const [offer] = sentBy(agreed);
  if (offer === undefined) throw new Error("nothing was offered");
  await foldReceipt(agreed.deps, offer, null);
  const until = plusMs(agreed.deps.clock.now(), 20 * MINUTE);
  expect(await untilAt(agreed, known)).toBe(until);
  // Another version comes: what was delivered keeps the date it was given, and is explained by the version that gave it (REQ-08).
  const later = { ...here.deps.rules(), catalogueVersion: "test@2" };
  const renewed: Desk = { ...here, deps: { ...here.deps, rules: () => later } };
  expect(await untilAt(renewed, known)).toBe(until);
  const read = await readRequest(renewed.deps, anActor(), known.requestNo);
  expect(read.ok && read.value.linkages[0]?.returnUntilBy).toBe(here.deps.rules().catalogueVersion);
});
