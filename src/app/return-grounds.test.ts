import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import { upcast } from "../core/evidence/index.ts";
import type { LinkageMessage } from "../core/linkage/index.ts";
import type { LinkageId } from "../kernel/index.ts";
import { aCall, aDesk, anActor, carry, give, given, onLinkage, onRequest, sentBy, THEFT } from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import { readRequest, readTimeline } from "./read-requests.ts";
import { receiveMessage } from "./receive-message.ts";

const keys = openPassingKeys();
const otherKeys = openPassingKeys();
const BASIS = "案发地属邻市管辖，见双方2021年约定第三条";
const OWNER = "邻市公安局王某某";

/** 12345 offered a theft to 110, which has returned it with its grounds. */
async function returned(): Promise<{
  readonly hotline: Desk;
  readonly police: Desk;
  readonly message: LinkageMessage;
}> {
  const hotline = aDesk({ stores: createMemoryStores, keys });
  const police = aDesk({ stores: createMemoryStores, keys: otherKeys, side: "police" });
  const known = await given(give(hotline, "register", aCall({}, { item: THEFT })));
  await given(give(hotline, "handOver", {}, { target: onRequest(known) }));
  const [offer] = sentBy(hotline);
  if (offer === undefined) throw new Error("no offer");
  await carry(hotline, police, offer);
  const target = onLinkage(offer.conversation as LinkageId);
  await given(give(police, "return", { reason: "outOfScope", basis: BASIS, proposedOwner: OWNER }, { target }));
  const message = sentBy(police).find((m) => m.body.type === "returned");
  if (message === undefined) throw new Error("nothing was returned");
  return { hotline, police, message };
}

/** Everything a node stores but the locked vault. */
function stored(desk: Desk): string {
  return JSON.stringify(desk.commits.map(({ streams, outbox, alarms }) => ({ streams, outbox, alarms })));
}

async function shown(desk: Desk, { requestNo }: LinkageMessage): Promise<unknown> {
  const read = await readRequest(desk.deps, anActor(), requestNo);
  if (!read.ok) throw new Error(read.error.code);
  return read.value.linkages[0]?.returned;
}

const IN_WORDS = { reason: "outOfScope", basis: { value: BASIS }, proposedOwner: { value: OWNER } };

test("the grounds of a return stand in no event and no message in clear, and both desks read them (nmg:2.3.2)", async () => {
  const { hotline, police, message } = await returned();
  expect(await carry(police, hotline, message)).toEqual({ status: "applied", code: null });
  for (const desk of [hotline, police]) {
    expect(stored(desk)).not.toContain(BASIS);
    expect(stored(desk)).not.toContain(OWNER);
    expect(await shown(desk, message)).toMatchObject(IN_WORDS);
  }
});

test("grounds that a peer of version 1 tells in clear are sealed before they are folded (nmg:2.3.2, REQ-53)", async () => {
  const { hotline, message } = await returned();
  const { type, reason, note } = message.body as Extract<LinkageMessage["body"], { type: "returned" }>;
  const old = { ...message, body: { type, reason, note, basis: BASIS, proposedOwner: OWNER } };
  expect(await receiveMessage(hotline.deps, old, [])).toEqual({ status: "applied", code: null });
  expect(stored(hotline)).not.toContain(BASIS);
  expect(await shown(hotline, message)).toMatchObject(IN_WORDS);
});

test("a stored return of version 1 is read with its grounds beside the facts, and the event itself stays as it was", () => {
  const facts = { returnReason: "other", returnBasis: BASIS, proposedOwner: OWNER };
  const event = { stream: "linkage", type: "command.return", typeVersion: 1, body: { facts } } as const;
  expect(upcast(event)).toEqual({
    facts: { returnReason: "other", returnBasis: null, proposedOwner: null },
    legacyGrounds: { basis: BASIS, proposedOwner: OWNER },
  });
  expect(facts.returnBasis).toBe(BASIS);
});

test("the history of a hand-over taken back says for which reason, as a code, at both desks (P6)", async () => {
  const { hotline, police, message } = await returned();
  await carry(police, hotline, message);
  await given(give(hotline, "withdraw", { reason: "takeBack" }, { target: onLinkage(message.conversation) }));
  const told = sentBy(hotline).find((m) => m.body.type === "withdrawn");
  if (told === undefined) throw new Error("nothing was taken back");
  await carry(hotline, police, told);
  for (const [desk, type] of [
    [hotline, "command.withdraw"],
    [police, "message.withdrawn"],
  ] as const) {
    const timeline = await readTimeline(desk.deps, anActor(), message.requestNo, ({ id }) => id);
    const line = timeline.ok ? timeline.value.rows.find((row) => row.type === type) : undefined;
    expect(line?.details).toMatchObject({ withdrawn: "takeBack" });
  }
});
