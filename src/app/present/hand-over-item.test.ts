import { expect, test } from "vitest";
import { createMemoryStores } from "../../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../../test/setup/passing-keys.ts";
import { aCall, aDesk, anActor, carry, give, given, onRequest, sentBy, THEFT } from "../desk.test-data.ts";
import { readRequest } from "../read-requests.ts";

test.each([
  ["an item", { item: THEFT }, THEFT],
  ["no item", {}, null],
])("both desks see that a matter was handed over with %s (nmg:2.2.1)", async (_, chosen, item) => {
  const [hotline, police] = (["hotline", "police"] as const).map((side) =>
    aDesk({ stores: createMemoryStores, keys: openPassingKeys(), side }),
  );
  if (hotline === undefined || police === undefined) throw new Error("two desks");
  const known = await given(give(hotline, "register", aCall({}, chosen)));
  await given(give(hotline, "handOver", {}, { target: onRequest(known) }));
  const [offer] = sentBy(hotline);
  if (offer === undefined) throw new Error("no offer");
  await carry(hotline, police, offer);
  for (const desk of [hotline, police]) {
    const read = await readRequest(desk.deps, anActor(), known.requestNo);
    const { catalogueVersion } = hotline.deps.rules();
    expect(read.ok && read.value.linkages[0]).toMatchObject({ kind: "clear", item, catalogueVersion });
  }
});
