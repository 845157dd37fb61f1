import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import { isResponsible } from "../core/responsibility/index.ts";
import { linkageView } from "../core/file/index.ts";
import type { LinkageMessage } from "../core/linkage/index.ts";
import {
  aCall,
  aDesk,
  carry,
  give,
  given,
  onLinkage,
  onRequest,
  overtake,
  sentBy,
  THEFT,
  THREAT,
} from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import { fireTimer } from "./fire-timer.ts";
import { foldReceipt } from "./fold-receipt.ts";
import type { DueTimer } from "./ports/store.ts";

const keys = openPassingKeys();
const HOUR = 3_600_000;

async function offered(): Promise<{ readonly here: Desk; readonly offer: LinkageMessage }> {
  const here = aDesk({ stores: createMemoryStores, keys });
  const known = await given(give(here, "register", aCall({}, { item: THEFT })));
  await given(give(here, "handOver", {}, { target: onRequest(known) }));
  const [offer] = sentBy(here);
  if (offer === undefined) throw new Error("nothing was offered");
  return { here, offer };
}

async function responsible(desk: Desk, message: LinkageMessage): Promise<boolean> {
  const file = await desk.deps.store.loadFile(message.caseId);
  if (file === null) throw new Error("no file");
  return isResponsible(linkageView(file.case, file.linkages), "ordinary");
}

async function due(desk: Desk): Promise<readonly DueTimer[]> {
  return desk.timers.claimDue(desk.deps.clock.now(), 50, 1_000);
}

test("a receipt that is folded twice changes nothing the second time (linkage table 9)", async () => {
  const { here, offer } = await offered();
  await foldReceipt(here.deps, offer, null);
  const once = await here.deps.store.loadFile(offer.caseId);
  expect(once?.linkages[0]?.receipted).toBe(1);
  const written = here.commits.length;
  await foldReceipt(here.deps, offer, null);
  expect(here.commits).toHaveLength(written);
  expect(await here.deps.store.loadFile(offer.caseId)).toEqual(once);
});

test("a receipt moves no responsibility: until the acceptance is in our log the matter is ours (P2)", async () => {
  const { here, offer } = await offered();
  await foldReceipt(here.deps, offer, null);
  expect(await responsible(here, offer)).toBe(true);
});

test("a receipt is folded on what somebody else wrote meanwhile", async () => {
  const { here, offer } = await offered();
  const target = { kind: "request", no: offer.requestNo } as const;
  overtake(here, 1, () => given(give(here, "amend", { fields: {}, note: "又来电" }, { target })));
  await foldReceipt(here.deps, offer, null);
  expect((await here.deps.store.loadFile(offer.caseId))?.linkages[0]?.receipted).toBe(1);
});

test("receipts of messages nobody waits for, and of conversations that are not here, are left alone", async () => {
  const { here, offer } = await offered();
  const written = here.commits.length;
  await foldReceipt(here.deps, { ...offer, body: { type: "confirmed" } }, null);
  await foldReceipt(
    here.deps,
    { ...offer, caseId: "00000000-0000-7000-8000-ffffffffffff" as typeof offer.caseId },
    null,
  );
  expect(here.commits).toHaveLength(written);
});

test("an offer that nobody answers becomes a dispute when its time is over, and the matter stays ours (P2, nmg:2.2.1)", async () => {
  const { here, offer } = await offered();
  await foldReceipt(here.deps, offer, null);
  here.passMs(HOUR);
  const timers = await due(here);
  expect(timers.map((t) => t.kind)).toContain("answerAtSender");
  for (const timer of timers) await fireTimer(here.deps, timer);
  const file = await here.deps.store.loadFile(offer.caseId);
  expect(file?.linkages[0]?.state).toBe("negotiating");
  expect((await due(here)).map((t) => t.kind)).not.toContain("answerAtSender");
  expect(await responsible(here, offer)).toBe(true);
});

test("a timer fired twice, or after what it waited for has come, moves nothing", async () => {
  const { here, offer } = await offered();
  const police = aDesk({ stores: createMemoryStores, keys, side: "police" });
  await foldReceipt(here.deps, offer, null);
  await carry(here, police, offer);
  here.passMs(HOUR);
  const timers = await due(here);
  for (const timer of timers) await fireTimer(here.deps, timer);
  const state = (await here.deps.store.loadFile(offer.caseId))?.linkages[0]?.state;
  for (const timer of timers) await fireTimer(here.deps, timer);
  expect((await here.deps.store.loadFile(offer.caseId))?.linkages[0]?.state).toBe(state);
  await given(give(police, "acceptOffer", {}, { target: onLinkage(offer.conversation) }));
  for (const message of sentBy(police)) await carry(police, here, message);
  expect(await responsible(here, offer)).toBe(false);
  for (const timer of timers) await fireTimer(here.deps, timer);
  expect(await responsible(here, offer)).toBe(false);
  expect(await responsible(police, offer)).toBe(true);
});

test("a timer of a request that is gone from here ends with a mark", async () => {
  const { here, offer } = await offered();
  here.passMs(HOUR);
  const [timer] = await due(here);
  if (timer === undefined) throw new Error("no timer");
  const written = here.commits.length;
  await fireTimer(here.deps, { ...timer, caseId: "00000000-0000-7000-8000-ffffffffffff" as typeof offer.caseId });
  await fireTimer(here.deps, { ...timer, owner: "order" });
  const left = here.commits.slice(written);
  expect(left.map((c) => [c.streams, c.outbox])).toEqual([
    [[], []],
    [[], []],
  ]);
  expect(left.flatMap((c) => c.timers)).toEqual([
    { cancel: timer.kind, owner: "linkage", ownerId: timer.ownerId },
    { cancel: timer.kind, owner: "order", ownerId: timer.ownerId },
  ]);
  expect(left.flatMap((c) => c.alarms)).toMatchObject([{ raise: "integrity" }, { raise: "integrity" }]);
});

test("an unsigned push rings again and louder until somebody signs (nmg:a3)", async () => {
  const here = aDesk({ stores: createMemoryStores, keys });
  await given(give(here, "register", aCall({}, { item: THREAT })));
  here.passMs(HOUR);
  for (const timer of await due(here)) await fireTimer(here.deps, timer);
  const alarms = await here.deps.queries.alarms(["desk", "supervisor", "operator"]);
  expect(alarms.filter((a) => a.dial === "110").length).toBeGreaterThan(0);
  expect(here.rung.map((task) => task.number)).toContain("110");
});
