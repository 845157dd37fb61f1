import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import type { LinkageId } from "../kernel/index.ts";
import { aCall, aDesk, anActor, carry, give, given, onLinkage, onRequest, sentBy, THEFT } from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import { readRequest } from "./read-requests.ts";

const hotlineKeys = openPassingKeys();
const policeKeys = openPassingKeys();
const DECISION = "双方科室会商：由110受理，参加人见会议记录";
const boss = anActor({ roles: ["supervisor"] });

/** 12345 offered a theft to 110 and asked to talk about it. */
async function disputed(dutyArbiter: "hotline" | "police" | null = null) {
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
  const desk: Desk = { ...hotline, deps: { ...hotline.deps, rules: () => ({ ...hotline.deps.rules(), dutyArbiter }) } };
  return { hotline: desk, police, target, requestNo: known.requestNo };
}

async function sent(from: Desk, to: Desk, type: string): Promise<void> {
  const message = sentBy(from).find((m) => m.body.type === type);
  if (message === undefined) throw new Error(`no ${type}`);
  expect(await carry(from, to, message)).toMatchObject({ status: "applied" });
}

test("a ruling binds the other desk, which reads what was decided and by what right (nmg:2.2.4)", async () => {
  const { hotline, police, target, requestNo } = await disputed();
  const ruled = { to: police.deps.node.self, ground: "consultation", decision: DECISION } as const;
  await given(give(hotline, "rule", ruled, { target, actor: boss }));
  expect(JSON.stringify(hotline.commits.map(({ streams, outbox }) => ({ streams, outbox })))).not.toContain(DECISION);
  await sent(hotline, police, "bound");
  const read = await readRequest(police.deps, anActor(), requestNo);
  if (!read.ok) throw new Error(read.error.code);
  const { linkages, fields, status } = read.value;
  expect(status).toBe("accepted");
  expect(linkages[0]?.ruling).toMatchObject({ to: police.deps.node.self, basis: "consultation" });
  expect(Object.values(fields).map((field) => field.value)).toContain(DECISION);
});

test("who answers for the desk enters a ruling, nobody else (nmg:2.2.4)", async () => {
  const { hotline, police, target } = await disputed();
  const ruled = { to: police.deps.node.self, ground: "consultation", decision: DECISION } as const;
  expect(await give(hotline, "rule", ruled, { target })).toMatchObject({ error: { code: "FORBIDDEN" } });
});

test.each([
  ["nobody is agreed on", null, "NO_ARBITER"],
  ["the other side's decides", "police", "NO_ARBITER"],
] as const)("the duty lead rules only where an agreement names this desk's: %s", async (_, arbiter, code) => {
  const { hotline, target } = await disputed(arbiter);
  const ruled = { to: hotline.deps.node.self, ground: "arbiter", decision: DECISION } as const;
  expect(await give(hotline, "rule", ruled, { target, actor: boss })).toMatchObject({ error: { code } });
});

test("the duty lead rules where an agreement names this desk's (nmg:2.2.4)", async () => {
  const { hotline, target } = await disputed("hotline");
  const ruled = { to: hotline.deps.node.self, ground: "arbiter", decision: DECISION } as const;
  expect(await give(hotline, "rule", ruled, { target, actor: boss })).toMatchObject({ ok: true });
});

test("a ruling names a desk that can be reached (nmg:2.2.4)", async () => {
  const { hotline, target } = await disputed();
  const ruled = { to: "police-999999", ground: "consultation", decision: DECISION } as const;
  const answer = await give(hotline, "rule", ruled, { target, actor: boss });
  expect(answer).toMatchObject({ error: { code: "PEER_UNKNOWN", nodeCode: "police-999999" } });
});
