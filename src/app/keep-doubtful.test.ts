import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import type { LinkageMessage } from "../core/linkage/index.ts";
import { consumeUnread } from "./consume-unread.ts";
import { aCall, aDesk, anActor, give, given, onRequest, SAID, sentBy, THEFT } from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import { enclose } from "./enclose.ts";
import { readRequest, revealField } from "./read-requests.ts";
import { receiveKept, receiveMessage } from "./receive-message.ts";

const keys = openPassingKeys();
const otherKeys = openPassingKeys();
const CHANGED = "路灯早就亮了";

async function offered(): Promise<{ readonly from: Desk; readonly to: Desk; readonly offer: LinkageMessage }> {
  const from = aDesk({ stores: createMemoryStores, keys });
  const to = aDesk({ stores: createMemoryStores, keys: otherKeys, side: "police" });
  const known = await given(give(from, "register", aCall({}, { item: THEFT })));
  await given(give(from, "handOver", {}, { target: onRequest(known) }));
  const [offer] = sentBy(from);
  if (offer === undefined) throw new Error("no offer");
  return { from, to, offer };
}

/** Kept values of a request in clear, as a person who asks for them reads them. */
async function revealed(desk: Desk, { requestNo }: LinkageMessage): Promise<readonly (string | null)[]> {
  const actor = anActor({ roles: ["supervisor", "dispatcher", "callTaker"] });
  const read = await readRequest(desk.deps, actor, requestNo);
  if (!read.ok) throw new Error(read.error.code);
  const names = Object.keys(read.value.fields).filter((name) => name.startsWith("doubtful."));
  expect(names.every((name) => read.value.fields[name]?.showing === "masked")).toBe(true);
  const shown = await Promise.all(names.map((n) => revealField(desk.deps, actor, requestNo, n, "与对方核对")));
  return shown.map((r) => (r.ok ? r.value.value.value : r.error.code));
}

const raised = (desk: Desk) => desk.commits.flatMap((c) => c.alarms).filter((a) => "raise" in a);

test("a value that does not fit its commitment is kept apart, marked and alarmed, and nothing is taken for it (P4)", async () => {
  const { from, to, offer } = await offered();
  const values = (await enclose(from.deps, offer)).map((v) => (v.field === "text" ? { ...v, value: CHANGED } : v));
  expect(await receiveMessage(to.deps, offer, values)).toEqual({ status: "applied", code: null });
  expect(await revealed(to, offer)).toEqual([CHANGED]);
  expect(raised(to)).toContainEqual(expect.objectContaining({ raise: "doubtfulValue", audience: "desk" }));
  const event = to.commits
    .flatMap((c) => c.streams)
    .flatMap((s) => s.events)
    .find((e) => e.type === "CaseDoubtful");
  expect(event?.body).toMatchObject({ from: offer.sender, fields: ["text"], codes: ["EXCHANGE_ENCLOSURE_MISMATCH"] });
  const read = await readRequest(to.deps, anActor(), offer.requestNo);
  expect(read.ok && read.value.fields["text"]).toMatchObject({ showing: "erased" });
  expect(JSON.stringify(to.commits)).not.toContain(CHANGED);
});

test("a value nobody referred to, and one the carrier doubts, are kept too; whole ones raise no mark", async () => {
  const { from, to, offer } = await offered();
  const values = await enclose(from.deps, offer);
  const [first] = values;
  if (first === undefined) throw new Error("nothing enclosed");
  await receiveMessage(to.deps, offer, [
    ...values,
    { ...first, field: "note.9", value: "另有一人受伤" },
    { ...first, value: "半句", code: "EXCHANGE_ENCLOSURE_UNREADABLE" },
  ]);
  expect(await revealed(to, offer)).toEqual(["另有一人受伤", "半句"]);
  const clean = await offered();
  await receiveMessage(clean.to.deps, clean.offer, await enclose(clean.from.deps, clean.offer));
  expect(raised(clean.to)).toEqual([]);
});

test("what waited for its turn is kept in the same way when it is folded at last", async () => {
  const { from, to, offer } = await offered();
  const values = (await enclose(from.deps, offer)).map((v) => ({
    ...v,
    value: v.field === "text" ? CHANGED : v.value,
  }));
  to.meanwhile(async () => Promise.reject(new Error("the disk is full")));
  expect((await receiveMessage(to.deps, offer, values)).status).toBe("kept");
  const [failed] = await to.deps.inbox.claimFailed(1, 1_000);
  expect((await receiveKept(to.deps, offer, failed?.enclosure)).status).toBe("applied");
  expect(await revealed(to, offer)).toEqual([CHANGED]);
});

test("what came beside a message nobody understands is kept with the request (P4)", async () => {
  const { from, to, offer } = await offered();
  await receiveMessage(to.deps, offer, await enclose(from.deps, offer));
  const envelope = { ...offer, id: offer.cause as LinkageMessage["id"], seq: 2, body: { type: "hologram" } };
  const enclosure = [{ field: "hologram.1", version: 1, value: SAID, salt: "00" }, "?"];
  expect((await consumeUnread(to.deps, { envelope, code: "UNKNOWN_TYPE", enclosure })).status).toBe("noted");
  expect(await revealed(to, offer)).toEqual([SAID, "?"]);
});

test.each([
  ["a bare text", ["有人持刀"], ["有人持刀"]],
  ["an object that is no list", { text: "有人持刀" }, ['{"text":"有人持刀"}']],
  [
    "a value of another type",
    [null, 5, { field: "text", value: { said: 1 } }, ["a"]],
    ["5", '{"field":"text","value":{"said":1}}', '["a"]'],
  ],
  ["nothing", null, []],
])("whatever came beside such a message is sealed, also %s (P4)", async (_name, enclosure, kept) => {
  const { from, to, offer } = await offered();
  await receiveMessage(to.deps, offer, await enclose(from.deps, offer));
  const envelope = { ...offer, id: offer.cause as LinkageMessage["id"], seq: 2, body: { type: "hologram" } };
  expect((await consumeUnread(to.deps, { envelope, code: "UNKNOWN_TYPE", enclosure })).status).toBe("noted");
  expect(await revealed(to, offer)).toEqual(kept);
});

test("a field's name that is none stands nowhere in clear: it may be what should be sealed (nmg:2.3.2)", async () => {
  const { from, to, offer } = await offered();
  const values = await enclose(from.deps, offer);
  const [first] = values;
  if (first === undefined) throw new Error("nothing enclosed");
  const names = ["王某 13800001111", "note.13800001111", "text"];
  await receiveMessage(to.deps, offer, [...values, ...names.map((field) => ({ ...first, field, value: "半句" }))]);
  const events = to.commits.flatMap((c) => c.streams).flatMap((s) => s.events);
  expect(events.find((e) => e.type === "CaseDoubtful")?.body).toMatchObject({ fields: ["unknown", "unknown", "text"] });
  expect(JSON.stringify(to.commits)).not.toContain("13800001111");
});
