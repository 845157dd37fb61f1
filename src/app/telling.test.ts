import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import type { LinkageId } from "../kernel/index.ts";
import {
  aCall,
  aDesk,
  anActor,
  carry,
  codeOf,
  give,
  given,
  onLinkage,
  onRequest,
  SAID,
  sentBy,
} from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import { readRequest } from "./read-requests.ts";

const hotlineKeys = openPassingKeys();
const policeKeys = openPassingKeys();
const NOTICE = "今晚八点起该路段封闭，请告知来电人";
const NEED = { what: "需要两名民警", where: "路口东侧", when: "八点前" } as const;
const dispatcher = anActor({ roles: ["dispatcher"] });

async function registered() {
  const hotline = aDesk({ stores: createMemoryStores, keys: hotlineKeys });
  const police = aDesk({ stores: createMemoryStores, keys: policeKeys, side: "police" });
  const known = await given(give(hotline, "register", aCall()));
  return { hotline, police, known, target: onRequest(known), no: known.requestNo };
}

async function sent(from: Desk, to: Desk, type: string): Promise<LinkageId> {
  const message = sentBy(from).find((m) => m.body.type === type);
  if (message === undefined) throw new Error(`no ${type}`);
  expect(await carry(from, to, message)).toMatchObject({ status: "applied" });
  return message.conversation;
}

async function seen(desk: Desk, no: string) {
  const read = await readRequest(desk.deps, dispatcher, no as Parameters<typeof readRequest>[2]);
  if (!read.ok) throw new Error(read.error.code);
  return read.value;
}

const stored = ({ commits }: Desk): string =>
  JSON.stringify(commits.map(({ streams, outbox }) => ({ streams, outbox })));

test("a notice is sealed here and there, brings what was said and not who said it, and is read once (yn:3.3, nmg:2.3.2, REQ-32)", async () => {
  const { hotline, police, target, no } = await registered();
  await given(give(hotline, "notify", { text: NOTICE }, { target }));
  const id = await sent(hotline, police, "notice");
  for (const desk of [hotline, police]) expect(stored(desk)).not.toContain(NOTICE);
  const there = await seen(police, no);
  expect(there.linkages[0]).toMatchObject({ kind: "notice", part: "none", words: { text: { value: NOTICE } } });
  expect([there.responsible, there.holder, there.fields["text"]?.value]).toEqual([false, hotline.deps.node.self, SAID]);
  expect(Object.keys(there.fields).filter((field) => field.startsWith("requester."))).toEqual([]);
  expect(there.linkages[0]?.allowed).toEqual(["readNotice"]);
  await given(give(police, "readNotice", {}, { target: onLinkage(id) }));
  expect(await codeOf(give(police, "readNotice", {}, { target: onLinkage(id) }))).toBe("NOT_IN_STATE");
  await sent(police, hotline, "noticeRead");
  expect((await seen(hotline, no)).linkages[0]).toMatchObject({ state: "read" });
});

test("support is asked for by a desk that acts, answered by who commands, and nothing of it stands in clear (nmg:2.2.3, REQ-33)", async () => {
  const { hotline, police, target, no } = await registered();
  await given(give(hotline, "askSupport", NEED, { target }));
  const id = await sent(hotline, police, "support");
  const there = await seen(police, no);
  expect(there.linkages[0]?.words).toMatchObject({ what: { value: NEED.what }, when: { value: NEED.when } });
  expect(there.allowed).toContain("notify");
  expect(there.allowed).not.toContain("askSupport");
  const taker = anActor({ roles: ["callTaker"] });
  expect(await codeOf(give(police, "grantSupport", {}, { target: onLinkage(id), actor: taker }))).toBe("FORBIDDEN");
  await given(give(police, "grantSupport", { note: "已派两人" }, { target: onLinkage(id), actor: dispatcher }));
  await sent(police, hotline, "granted");
  const here = await seen(hotline, no);
  expect(here.linkages[0]).toMatchObject({ state: "granted", words: { answer: { value: "已派两人" } } });
  expect(here.responsible).toBe(true);
  expect(await codeOf(give(hotline, "endSupport", { result: " " }, { target: onLinkage(id) }))).toBe(
    "SUPPORT_RESULT_MISSING",
  );
  await given(give(hotline, "endSupport", { result: "秩序已恢复" }, { target: onLinkage(id) }));
  await sent(hotline, police, "supportEnded");
  expect((await seen(police, no)).status).toBe("closed");
  for (const desk of [hotline, police])
    for (const word of [...Object.values(NEED), "已派两人", "秩序已恢复"]) expect(stored(desk)).not.toContain(word);
});

test.each([
  [["clear", "afterInitialResponse", "urgent"], "PEER_TOO_OLD"],
  [null, "PEER_NOT_HEARD"],
] as const)(
  "what the peer's program does not take (%j) is refused with its number, and nothing leaves (REQ-53)",
  async (kinds, code) => {
    const { hotline, target } = await registered();
    const peers = hotline.deps.peers().map((peer) => ({ ...peer, kinds }));
    const old = { ...hotline, deps: { ...hotline.deps, peers: () => peers } };
    expect(await give(old, "notify", { text: NOTICE }, { target })).toMatchObject({
      error: { code, dial: peers[0]?.dutyPhone },
    });
    expect(await codeOf(give(old, "askSupport", NEED, { target }))).toBe(code);
    expect(sentBy(hotline)).toEqual([]);
  },
);
