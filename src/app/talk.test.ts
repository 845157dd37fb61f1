import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import type { LinkageId } from "../kernel/index.ts";
import { aCall, aDesk, anActor, carry, give, given, onLinkage, onRequest, sentBy, THEFT } from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import type { Rules } from "./deps.ts";
import { readRequest } from "./read-requests.ts";

const hotlineKeys = openPassingKeys();
const policeKeys = openPassingKeys();

const SAID = {
  who: "12345话务席01",
  others: "市住建局值班员",
  note: "诉求人同意由公安机关先到场",
  callerPresent: true,
  callId: "call-77",
  ours: { owner: "them", ground: "item", ref: THEFT },
  theirs: { owner: "us", ground: "clause", ref: "nmg:2.2.1" },
  agreed: "them",
} as const;

/** 12345 offered a theft to 110 and asked to talk about it. */
async function disputed() {
  const hotline = aDesk({ stores: createMemoryStores, keys: hotlineKeys });
  const police = aDesk({ stores: createMemoryStores, keys: policeKeys, side: "police" });
  const known = await given(give(hotline, "register", aCall({}, { item: THEFT })));
  await given(give(hotline, "handOver", {}, { target: onRequest(known) }));
  const [offer] = sentBy(hotline);
  if (offer === undefined) throw new Error("no offer");
  await carry(hotline, police, offer);
  const target = onLinkage(offer.conversation as LinkageId);
  await given(give(hotline, "negotiate", {}, { target }));
  await sent(hotline, police, "negotiate");
  return { hotline: knowing(hotline), police: knowing(police), target, requestNo: known.requestNo };
}

/** A desk whose catalogue has one clause. */
function knowing(desk: Desk): Desk {
  const found = { kind: "clause" } as never;
  const explain: Rules["explain"] = (asked) => (asked.kind === "clause" && asked.clause === "nmg:2.2.1" ? found : null);
  return { ...desk, deps: { ...desk.deps, rules: () => ({ ...desk.deps.rules(), explain }) } };
}

async function sent(from: Desk, to: Desk, type: string): Promise<void> {
  const message = sentBy(from).find((m) => m.body.type === type);
  if (message === undefined) throw new Error(`no ${type}`);
  expect(await carry(from, to, message)).toMatchObject({ status: "applied" });
}

async function talkAt(desk: Desk, requestNo: Parameters<typeof readRequest>[2]) {
  const read = await readRequest(desk.deps, anActor(), requestNo);
  if (!read.ok) throw new Error(read.error.code);
  return { state: read.value.linkages[0]?.state, talk: read.value.linkages[0]?.talks[0] };
}

test("what was said is read at both desks in words, and nothing of it stands in clear in events or messages (nmg:2.2.1, REQ-15, REQ-56)", async () => {
  const { hotline, police, target, requestNo } = await disputed();
  await given(give(hotline, "recordTalk", SAID, { target }));
  await sent(hotline, police, "talked");
  const unsigned = await talkAt(police, requestNo);
  expect(unsigned).toMatchObject({
    state: "negotiating",
    talk: { who: { value: SAID.who }, others: { value: SAID.others }, note: { value: SAID.note }, signed: null },
  });
  await given(give(police, "signTalk", { no: 1, who: "110接警席02" }, { target }));
  await sent(police, hotline, "talkSigned");
  await sent(police, hotline, "accepted");
  for (const desk of [hotline, police])
    expect(await talkAt(desk, requestNo)).toMatchObject({
      talk: {
        to: police.deps.node.self,
        callId: "call-77",
        proposals: [
          { ground: "item", ref: THEFT },
          { ground: "clause", ref: "nmg:2.2.1", name: null },
        ],
        signed: { who: { value: "110接警席02" } },
      },
    });
  expect((await talkAt(hotline, requestNo)).state).toBe("accepted");
  const evidence = [hotline, police].flatMap(({ commits }) =>
    commits.map(({ streams, outbox }) => ({ streams, outbox })),
  );
  for (const words of [SAID.who, SAID.others, SAID.note, "110接警席02"])
    expect(JSON.stringify(evidence)).not.toContain(words);
});

test("a ground that the catalogue does not have is none (P6)", async () => {
  const { hotline, target } = await disputed();
  const item = { ...SAID, ours: { owner: "them", ground: "item", ref: "X99-99" } } as const;
  expect(await give(hotline, "recordTalk", item, { target })).toMatchObject({ error: { code: "ITEM_UNKNOWN" } });
  const clause = { ...SAID, theirs: { owner: "us", ground: "clause", ref: "nmg:9.9.9" } } as const;
  expect(await give(hotline, "recordTalk", clause, { target })).toMatchObject({ error: { code: "CLAUSE_UNKNOWN" } });
});

test("a unit's account neither writes down nor signs what desks agree on", async () => {
  const { hotline, target } = await disputed();
  const clerk = anActor({ roles: ["unitClerk"] });
  expect(await give(hotline, "recordTalk", SAID, { target, actor: clerk })).toMatchObject({
    error: { code: "FORBIDDEN" },
  });
});
