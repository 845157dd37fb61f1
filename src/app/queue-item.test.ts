import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import { aCall, aDesk, anActor, carry, give, given, onLinkage, onRequest, sentBy, THEFT } from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import type { QueueFilter } from "./ports/queries.ts";
import { readQueue } from "./read-requests.ts";

const keys = openPassingKeys();
const ALL: QueueFilter = {
  view: "all",
  status: null,
  item: null,
  place: null,
  unit: null,
  phoneIndex: null,
  regions: null,
  cursor: null,
  limit: 9,
};

async function itemsAt(desk: Desk) {
  const queue = await readQueue(desk.deps, anActor(), ALL);
  if (!queue.ok) throw new Error(queue.error.code);
  return queue.value.rows.map(({ item, itemName, itemNameEn }) => ({ item, itemName, itemNameEn }));
}

type Pair = { readonly hotline: Desk; readonly police: Desk };

/** Everything said so far is taken in by the other desk; what was taken in before changes nothing. */
async function exchange({ hotline, police }: Pair): Promise<void> {
  for (const message of sentBy(hotline)) await carry(hotline, police, message);
  for (const message of sentBy(police)) await carry(police, hotline, message);
  for (const message of sentBy(hotline)) await carry(hotline, police, message);
}

const named = (item: string | null) => [{ item, itemName: "事项", itemNameEn: "item" }];

/** Handed over by 12345 with this item or none, and accepted by 110. */
async function handedOver(item?: typeof THEFT): Promise<Pair & { readonly target: ReturnType<typeof onRequest> }> {
  const hotline = aDesk({ stores: createMemoryStores, keys });
  const police = aDesk({ stores: createMemoryStores, keys, side: "police" });
  const known = await given(give(hotline, "register", aCall({}, item === undefined ? {} : { item })));
  await given(give(hotline, "handOver", {}, { target: onRequest(known) }));
  await exchange({ hotline, police });
  const [offer] = sentBy(hotline);
  if (offer === undefined) throw new Error("nothing was offered");
  await given(give(police, "acceptOffer", {}, { target: onLinkage(offer.conversation) }));
  await exchange({ hotline, police });
  return { hotline, police, target: onRequest(known) };
}

test("the item a request was judged under stands in its row at both desks after the hand-over (nmg:2.2.1)", async () => {
  const { hotline, police } = await handedOver(THEFT);
  expect(await itemsAt(hotline)).toEqual(named(THEFT));
  expect(await itemsAt(police)).toEqual(named(THEFT));
});

test("what the desk that took it over judges it as stands in the row of the desk that handed it over (nmg:2.2.1)", async () => {
  const { hotline, police, target } = await handedOver();
  await given(give(police, "judge", { item: THEFT }, { target }));
  await exchange({ hotline, police });
  expect(await itemsAt(police)).toEqual(named(THEFT));
  expect(await itemsAt(hotline)).toEqual(named(null));
});
