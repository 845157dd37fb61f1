import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import type { LinkageMessage } from "../core/linkage/index.ts";
import { aCall, aDesk, give, given, onRequest, POLICE, SAID, sentBy, THEFT } from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import { enclose } from "./enclose.ts";

const keys = openPassingKeys();

async function first(desk: Desk): Promise<LinkageMessage> {
  const [message] = sentBy(desk);
  if (message === undefined) throw new Error("nothing was sent");
  return message;
}

async function offerOf(
  call = aCall({}, { item: THEFT }),
): Promise<{ readonly here: Desk; readonly offer: LinkageMessage }> {
  const here = aDesk({ stores: createMemoryStores, keys });
  const known = await given(give(here, "register", call));
  await given(give(here, "handOver", {}, { target: onRequest(known) }));
  return { here, offer: await first(here) };
}

test("exactly the values that a message refers to travel with it, each once (nmg:2.3.2)", async () => {
  const { here, offer } = await offerOf();
  const values = await enclose(here.deps, offer);
  expect(Object.fromEntries(values.map((v) => [v.field, v.value]))).toEqual({
    "requester.name": "诉求人甲",
    "requester.phone": "138 0000 1111",
    address: "某路1号",
    text: SAID,
  });
  expect(values).toHaveLength(4);
  const stored = await here.deps.store.loadFile(offer.caseId);
  for (const { field, value, salt } of values)
    expect(keys.commit(Buffer.from(salt, "hex"), value)).toBe(stored?.case.sealed[field]?.commitment);
});

test("handing values to a peer is a reading and stands in the read log before they leave (nmg:2.3.2)", async () => {
  const { here, offer } = await offerOf();
  await enclose(here.deps, offer);
  expect(here.reads).toEqual([
    {
      at: here.deps.clock.now(),
      reader: { kind: "peer", id: POLICE },
      purpose: "message offer",
      caseIds: [offer.caseId],
      fields: ["address", "requester.name", "requester.phone", "text"],
    },
  ]);
  const closed = { ...here.deps, readLog: { write: () => Promise.reject(new Error("log full")) } };
  await expect(enclose(closed, offer)).rejects.toThrow("log full");
});

test("a message without references encloses nothing and reads nothing", async () => {
  const { here, offer } = await offerOf();
  expect(await enclose(here.deps, { ...offer, body: { type: "confirmed" } })).toEqual([]);
  expect(here.reads).toEqual([]);
});

test("a tip-off is handed over without who gave it (nmg:2.1)", async () => {
  const { here, offer } = await offerOf(aCall({ requestKind: "tipOff" }, { item: THEFT }));
  expect((await enclose(here.deps, offer)).map((v) => v.field)).toEqual(["address", "text"]);
});

test("a danger push always holds the caller's number and place, also of a tip-off (nmg:a3)", async () => {
  const here = aDesk({ stores: createMemoryStores, keys });
  await given(give(here, "register", aCall({ requestKind: "tipOff" }, { danger: true })));
  const push = await first(here);
  expect(push.body.type).toBe("push");
  const fields = (await enclose(here.deps, push)).map((v) => v.field);
  expect(fields).toEqual(expect.arrayContaining(["requester.phone", "address", "text"]));
});

test("what was erased is missing, and the message still goes", async () => {
  const { here, offer } = await offerOf();
  const erased = { ...here.deps, store: { ...here.deps.store, loadVault: async () => [] } };
  expect(await enclose(erased, offer)).toEqual([]);
});
