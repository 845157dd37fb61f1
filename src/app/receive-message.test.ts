import { describe, expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import type { LinkageMessage } from "../core/linkage/index.ts";
import { consumeUnread } from "./consume-unread.ts";
import {
  aCall,
  aDesk,
  anActor,
  carry,
  give,
  given,
  HOTLINE,
  LAMP,
  onRequest,
  SAID,
  sentBy,
  THEFT,
} from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import { enclose } from "./enclose.ts";
import { readRequest } from "./read-requests.ts";
import { receiveKept, receiveMessage } from "./receive-message.ts";

const keys = openPassingKeys();
const otherKeys = openPassingKeys();

type Link = { readonly from: Desk; readonly to: Desk; readonly messages: readonly LinkageMessage[] };

/** 12345 has offered a theft to 110 and added what the caller said afterwards: three messages, none delivered yet. */
async function offered(): Promise<Link> {
  const from = aDesk({ stores: createMemoryStores, keys });
  const to = aDesk({ stores: createMemoryStores, keys: otherKeys, side: "police" });
  const known = await given(give(from, "register", aCall({}, { item: THEFT })));
  const target = onRequest(known);
  await given(give(from, "handOver", {}, { target }));
  await given(give(from, "amend", { fields: {}, note: "车牌号记起来了" }, { target }));
  await given(give(from, "amend", { fields: {}, note: "人往东走了" }, { target }));
  const messages = sentBy(from);
  expect(messages.map((m) => [m.body.type, m.seq])).toEqual([
    ["offer", 1],
    ["addition", 2],
    ["addition", 3],
  ]);
  return { from, to, messages };
}

function at(messages: readonly LinkageMessage[], seq: number): LinkageMessage {
  const found = messages.find((m) => m.seq === seq);
  if (found === undefined) throw new Error(`no message ${seq}`);
  return found;
}

async function textsAt(desk: Desk, message: LinkageMessage): Promise<readonly (string | null)[]> {
  const shown = await readRequest(desk.deps, anActor(), message.requestNo);
  if (!shown.ok) throw new Error(shown.error.code);
  return Object.values(shown.value.fields).map((field) => field.value);
}

describe("messages of another node (nmg:2.3.1)", () => {
  test("of a node that is no party of the linkage change nothing here, whatever they say (P2)", async () => {
    const { from, to, messages } = await offered();
    for (const message of messages) await receiveMessage(to.deps, message, await enclose(from.deps, message));
    const [offer] = messages;
    if (offer === undefined) throw new Error("no offer");
    const forged: LinkageMessage = {
      ...offer,
      id: "00000000-0000-7000-8000-0000000000f1" as LinkageMessage["id"],
      sender: "fire-150100" as LinkageMessage["sender"],
      receiver: HOTLINE,
      seq: 1,
      body: { type: "accepted", by: "person", acceptedAt: offer.issuedAt, into: null },
    };
    const before = await from.deps.store.loadFile(offer.caseId);
    expect((await receiveMessage(from.deps, forged, [])).status).toBe("kept");
    expect((await from.deps.store.loadFile(offer.caseId))?.linkages).toEqual(before?.linkages);
  });

  test("are folded in order, and what was said is read here in the very words (P4)", async () => {
    const { from, to, messages } = await offered();
    for (const message of messages) expect(await carry(from, to, message)).toEqual({ status: "applied", code: null });
    expect(await textsAt(to, at(messages, 1))).toEqual(
      expect.arrayContaining([SAID, "某路1号", "车牌号记起来了", "人往东走了"]),
    );
    const [here, there] = await Promise.all([from, to].map((d) => d.deps.store.loadFile(at(messages, 1).caseId)));
    expect(there?.case.sealed["text"]?.commitment).toBe(here?.case.sealed["text"]?.commitment);
    expect(there?.case).toMatchObject({ status: "offered", origin: "linkage", requestNo: here?.case.requestNo });
    expect(there?.phoneIndex).toMatch(/^[0-9a-f]{64}$/);
    expect(there?.phoneIndex).not.toBe(here?.phoneIndex);
  });

  test("a push that brings our own words back is folded: a danger may never stick on what is here already (nmg:a4, P3)", async () => {
    const police = aDesk({ stores: createMemoryStores, keys: otherKeys, side: "police" });
    const hotline = aDesk({ stores: createMemoryStores, keys });
    const known = await given(give(police, "register", aCall({}, { item: LAMP })));
    const target = onRequest(known);
    await given(give(police, "accept", {}, { target }));
    await given(give(police, "recordInitialResponse", { manner: "onSite", entry: "已设警示桩" }, { target }));
    await given(give(police, "handOver", {}, { target }));
    const [offer] = sentBy(police);
    if (offer === undefined) throw new Error("no offer");
    expect(await carry(police, hotline, offer)).toEqual({ status: "applied", code: null });
    await given(give(hotline, "danger", { note: "有人触电" }, { target }));
    const push = sentBy(hotline).find((m) => m.body.type === "push");
    if (push === undefined) throw new Error("no push");
    expect(await carry(hotline, police, push)).toEqual({ status: "applied", code: null });
    expect(await textsAt(police, push)).toEqual(expect.arrayContaining(["有人触电", "已设警示桩"]));
  });

  test("wait when they come too early and are folded as soon as the missing one is here", async () => {
    const { from, to, messages } = await offered();
    expect(await carry(from, to, at(messages, 3))).toEqual({ status: "waiting", code: null });
    expect(await carry(from, to, at(messages, 2))).toEqual({ status: "waiting", code: null });
    expect(to.commits).toEqual([]);
    expect(await carry(from, to, at(messages, 1))).toEqual({ status: "applied", code: null });
    expect((await to.deps.store.loadFile(at(messages, 1).caseId))?.linkages[0]?.seqIn).toBe(3);
    expect(await textsAt(to, at(messages, 1))).toContain("人往东走了");
    expect(await to.deps.inbox.nextWaiting(at(messages, 1).conversation, HOTLINE, 2)).toBeNull();
  });

  test("while they wait their values lie locked: no kept row shows what was said (nmg:2.3.2)", async () => {
    const { from, to, messages } = await offered();
    const early = at(messages, 2);
    await carry(from, to, early);
    const kept = await to.deps.inbox.nextWaiting(early.conversation, HOTLINE, 2);
    expect(kept?.enclosure).toMatch(/^[0-9a-f]+$/);
    for (const text of [JSON.stringify(kept), Buffer.from(String(kept?.enclosure), "hex").toString()])
      expect(text).not.toContain("车牌号");
  });

  test("that come again change nothing (P1)", async () => {
    const { from, to, messages } = await offered();
    const first = at(messages, 1);
    await carry(from, to, first);
    const before = await to.deps.store.loadFile(first.caseId);
    expect(await carry(from, to, first)).toEqual({ status: "duplicate", code: null });
    expect(to.commits).toHaveLength(1);
    expect(await to.deps.store.loadFile(first.caseId)).toEqual(before);
  });

  test("that come twice at once are folded once (P1)", async () => {
    const { from, to, messages } = await offered();
    const both = await Promise.all([1, 2].map(() => carry(from, to, at(messages, 1))));
    expect(both.map((r) => r.status).sort()).toEqual(["applied", "duplicate"]);
    expect(to.commits).toHaveLength(1);
  });

  test("keep their place when a value does not fit its commitment: it alone is left out, the rest is here", async () => {
    const { from, to, messages } = await offered();
    const first = at(messages, 1);
    const values = await enclose(from.deps, first);
    const forged = values.map((v) => (v.field === "text" ? { ...v, value: "另一番话" } : v));
    expect(await receiveMessage(to.deps, first, forged)).toEqual({ status: "applied", code: null });
    const shown = await readRequest(to.deps, anActor(), first.requestNo);
    expect(shown).toMatchObject({
      value: {
        fields: { text: { showing: "erased", value: null }, address: { showing: "clear", value: "某路1号" } },
      },
    });
  });

  test("are kept with their values when folding fails, and folded by the next try", async () => {
    const { from, to, messages } = await offered();
    const first = at(messages, 1);
    to.meanwhile(() => Promise.reject(new Error("disk full")));
    expect(await carry(from, to, first)).toEqual({ status: "kept", code: "FOLD_FAILED" });
    expect(await to.deps.store.loadFile(first.caseId)).toBeNull();
    const [failed] = await to.deps.inbox.claimFailed(10, 1_000);
    expect(JSON.stringify(failed)).not.toContain("路灯");
    expect(await receiveKept(to.deps, first, failed?.enclosure)).toEqual({ status: "applied", code: null });
    expect(await textsAt(to, first)).toContain(SAID);
    to.passMs(2_000);
    expect(await to.deps.inbox.claimFailed(10, 1_000)).toEqual([]);
  });

  test("that come at once are all folded, whichever looks first (linkage 2.2)", async () => {
    const { from, to, messages } = await offered();
    const second = at(messages, 2);
    const { inbox } = to.deps;
    // The second looks before the first is consumed, and is kept only after the first has looked for followers.
    const keep: typeof inbox.keep = async (row) => {
      if (row.message.id === second.id) await carry(from, to, at(messages, 1));
      await inbox.keep(row);
    };
    const racing = { ...to.deps, inbox: { ...inbox, keep } };
    expect(await receiveMessage(racing, second, await enclose(from.deps, second))).toMatchObject({ status: "applied" });
    expect((await to.deps.store.loadFile(second.caseId))?.linkages[0]?.seqIn).toBe(2);
    expect(await inbox.nextWaiting(second.conversation, HOTLINE, 2)).toBeNull();
  });

  test("of a later one nothing is held up by a failed one: it waits its turn behind it", async () => {
    const { from, to, messages } = await offered();
    to.meanwhile(() => Promise.reject(new Error("disk full")));
    await carry(from, to, at(messages, 1));
    expect((await carry(from, to, at(messages, 2))).status).toBe("waiting");
    const [failed] = await to.deps.inbox.claimFailed(10, 1_000);
    await receiveKept(to.deps, at(messages, 1), failed?.enclosure);
    expect((await to.deps.store.loadFile(at(messages, 1).caseId))?.linkages[0]?.seqIn).toBe(2);
  });
});

describe("a message this program does not understand", () => {
  const unread = (message: LinkageMessage, seq: number) => ({
    envelope: { ...message, id: message.cause as LinkageMessage["id"], seq, body: { type: "hologram" } },
    code: "UNKNOWN_TYPE" as const,
  });

  test("takes its place as evidence, and what comes after it goes on", async () => {
    const { from, to, messages } = await offered();
    await carry(from, to, at(messages, 1));
    expect(await consumeUnread(to.deps, unread(at(messages, 1), 2))).toEqual({ status: "noted", code: "UNKNOWN_TYPE" });
    expect(await consumeUnread(to.deps, unread(at(messages, 1), 2))).toEqual({ status: "duplicate", code: null });
    expect((await carry(from, to, at(messages, 3))).status).toBe("applied");
    expect(to.commits.at(1)?.inbox).toMatchObject({ noted: "UNKNOWN_TYPE", message: { body: { type: "hologram" } } });
  });

  test("before its turn stays with its sender, who sends it again", async () => {
    const { to, messages } = await offered();
    await expect(consumeUnread(to.deps, unread(at(messages, 1), 2))).rejects.toThrow("before its turn");
    expect(to.commits).toEqual([]);
  });
});
