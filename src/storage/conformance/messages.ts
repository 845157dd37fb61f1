import { describe, expect, it } from "vitest";
import type { LinkageMessage } from "../../core/linkage/index.ts";
import type { NodeCode } from "../../kernel/index.ts";
import {
  aCase,
  aMessage,
  caseIdOf,
  emptyCommit,
  indexOf,
  messageIdOf,
  PEER,
  registration,
  SELF,
} from "../sample-commits.ts";
import type { Harness } from "./harness.ts";

/** Each test has a peer of its own, so that claims of one do not meet messages of another. */
const peerOf = (n: number): NodeCode => `police-1501${String(n).padStart(2, "0")}` as NodeCode;

async function send(harness: Harness, caseNo: number, messages: readonly LinkageMessage[]): Promise<void> {
  const { cases } = harness;
  if ((await cases.loadFile(caseIdOf(caseNo))) === null) await cases.commit(registration(caseNo));
  expect(await cases.commit({ ...emptyCommit(), index: indexOf(aCase(caseNo), 1), outbox: messages })).toBe("done");
}

const ids = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map(({ id }) => id);

function leasing(at: () => Harness): void {
  it("hands a lane out in order, once, and again when the lease has run out", async () => {
    const { outbox } = at();
    const receiver = peerOf(1);
    await send(
      at(),
      201,
      [1, 2, 3].map((seq) => aMessage(2_010 + seq, 201, seq, { receiver })),
    );
    const first = await outbox.claim(receiver, "ordinary", 10, 40);
    expect(ids(first)).toEqual([1, 2, 3].map((seq) => messageIdOf(2_010 + seq)));
    expect(first.map(({ attempts }) => attempts)).toEqual([0, 0, 0]);
    expect(await outbox.claim(receiver, "ordinary", 10, 40)).toEqual([]);
    await at().elapse(60);
    const again = await outbox.claim(receiver, "ordinary", 10, 60_000);
    expect(again.map(({ attempts }) => attempts)).toEqual([1, 1, 1]);
    await outbox.receipted(again.map(({ id }) => ({ id, status: "applied", code: null })));
    await at().elapse(60);
    expect(await outbox.claim(receiver, "ordinary", 10, 40)).toEqual([]);
  });

  it("holds a later message back while an earlier one of its conversation is leased or waits for its next try", async () => {
    const { outbox } = at();
    const receiver = peerOf(2);
    await send(
      at(),
      202,
      [1, 2, 3].map((seq) => aMessage(2_020 + seq, 202, seq, { receiver })),
    );
    const [head] = await outbox.claim(receiver, "ordinary", 1, 60_000);
    expect(head?.id).toBe(messageIdOf(2_021));
    expect(await outbox.claim(receiver, "ordinary", 10, 60_000)).toEqual([]);
    await outbox.release([messageIdOf(2_021)], at().inMs(80), "UNREACHABLE");
    expect(await outbox.claim(receiver, "ordinary", 10, 60_000)).toEqual([]);
    await at().elapse(120);
    expect(ids(await outbox.claim(receiver, "ordinary", 2, 60_000))).toEqual([messageIdOf(2_021), messageIdOf(2_022)]);
    await outbox.receipted([{ id: messageIdOf(2_021), status: "noted", code: "STALE" }]);
    expect(await outbox.claim(receiver, "ordinary", 10, 60_000)).toEqual([]);
    await outbox.receipted([{ id: messageIdOf(2_022), status: "applied", code: null }]);
    expect(ids(await outbox.claim(receiver, "ordinary", 10, 60_000))).toEqual([messageIdOf(2_023)]);
  });

  it("lets other conversations and the urgent lane go on while one conversation waits", async () => {
    const { outbox } = at();
    const receiver = peerOf(3);
    await send(at(), 203, [
      aMessage(2_031, 2_031, 1, { receiver }),
      aMessage(2_032, 2_032, 1, { receiver }),
      aMessage(2_033, 2_033, 1, { receiver, lane: "urgent" }),
    ]);
    await outbox.claim(receiver, "ordinary", 1, 60_000);
    expect(ids(await outbox.claim(receiver, "ordinary", 10, 60_000))).toEqual([messageIdOf(2_032)]);
    expect(ids(await outbox.claim(receiver, "urgent", 10, 60_000))).toEqual([messageIdOf(2_033)]);
  });

  it("buries what the peer refuses, lets its followers pass, counts it, and gives it another life on request", async () => {
    const { outbox, queries, deadLetterDesk } = at();
    const receiver = peerOf(4);
    await send(
      at(),
      204,
      [1, 2].map((seq) => aMessage(2_040 + seq, 204, seq, { receiver, caseId: caseIdOf(204) })),
    );
    await outbox.claim(receiver, "ordinary", 1, 60_000);
    await outbox.bury(messageIdOf(2_041), "WRONG_PEER");
    expect(ids(await outbox.claim(receiver, "ordinary", 10, 60_000))).toEqual([messageIdOf(2_042)]);
    const lane = (await outbox.backlog()).find(({ peer }) => peer === receiver);
    expect([lane?.waiting, lane?.dead]).toEqual([1, 1]);
    const letter = (await queries.deadLetters()).find(({ messageId }) => messageId === messageIdOf(2_041));
    expect(letter).toMatchObject({
      direction: "out",
      peer: receiver,
      error: "WRONG_PEER",
      caseId: caseIdOf(204),
      attempts: 1,
    });
    expect(await deadLetterDesk.retry(messageIdOf(2_041), "out", at().inMs(0))).toBe(true);
    expect(await deadLetterDesk.retry(messageIdOf(2_041), "out", at().inMs(0))).toBe(false);
    expect(ids(await outbox.claim(receiver, "ordinary", 10, 60_000))).toEqual([messageIdOf(2_041)]);
  });
}

function clockSetBack(at: () => Harness): void {
  it("takes a pause longer than the relay ever asks for as a clock that was set back: a danger goes out (nmg:2.2.1)", async () => {
    const { outbox } = at();
    const receiver = peerOf(9);
    await send(at(), 209, [aMessage(2_091, 209, 1, { receiver, lane: "urgent" })]);
    const claimed = await outbox.claim(receiver, "urgent", 1, 10_000);
    await outbox.release(
      claimed.map(({ id }) => id),
      at().inMs(3_600_000),
      "UNREACHABLE",
    );
    expect(ids(await outbox.claim(receiver, "urgent", 1, 10_000))).toEqual([messageIdOf(2_091)]);
  });
}

function receiving(at: () => Harness): void {
  it("keeps a message that came before its turn until the commit that consumes it", async () => {
    const { inbox, cases } = at();
    const message = aMessage(2_051, 205, 2, { sender: PEER, receiver: SELF, caseId: caseIdOf(205) });
    await inbox.keep({
      message,
      enclosure: [{ field: "text" }],
      receivedAt: message.issuedAt,
      status: "waiting",
      error: null,
    });
    expect(await inbox.find(message.id)).toEqual({ status: "waiting" });
    expect(await inbox.nextWaiting(message.conversation, PEER, 1)).toBeNull();
    expect(await inbox.nextWaiting(message.conversation, PEER, 2)).toEqual({ message, enclosure: [{ field: "text" }] });
    const mark = {
      messageId: message.id,
      conversation: message.conversation,
      seq: 2,
      sender: PEER,
      receivedAt: message.issuedAt,
    };
    expect(await cases.commit({ ...registration(205), inbox: { ...mark, noted: "STALE", message } })).toBe("done");
    expect(await inbox.find(message.id)).toEqual({ status: "applied" });
    expect(await inbox.nextWaiting(message.conversation, PEER, 2)).toBeNull();
    await inbox.keep({ message, enclosure: null, receivedAt: message.issuedAt, status: "failed", error: "late" });
    expect(await inbox.find(message.id)).toEqual({ status: "applied" });
  });

  it("hands out a message that waits as soon as the one before it is consumed, so that a crash between the two loses nothing", async () => {
    const { inbox, cases } = at();
    const [first, second] = [1, 2].map((seq) =>
      aMessage(2_070 + seq, 207, seq, { sender: PEER, receiver: SELF, caseId: caseIdOf(207) }),
    );
    if (first === undefined || second === undefined) throw new Error("two messages");
    const kept = { enclosure: null, receivedAt: second.issuedAt, status: "waiting", error: null } as const;
    await inbox.keep({ message: second, ...kept });
    expect(await inbox.claimFailed(10, 40)).toEqual([]);
    const mark = { conversation: first.conversation, sender: PEER, receivedAt: first.issuedAt, noted: null };
    const consumed = { ...mark, messageId: first.id, seq: 1, message: first };
    expect(await cases.commit({ ...registration(207), inbox: consumed })).toBe("done");
    expect(await inbox.claimFailed(10, 60_000)).toEqual([{ message: second, enclosure: null, attempts: 1 }]);
    expect(await inbox.claimFailed(10, 60_000)).toEqual([]);
  });

  it("tries a failed message again under a lease, then gives it to a person", async () => {
    const { inbox, queries, deadLetterDesk } = at();
    const message = aMessage(2_061, 206, 1, { sender: PEER, receiver: SELF, caseId: caseIdOf(206) });
    await inbox.keep({ message, enclosure: null, receivedAt: message.issuedAt, status: "failed", error: "X" });
    expect(await inbox.claimFailed(10, 40)).toEqual([{ message, enclosure: null, attempts: 1 }]);
    expect(await inbox.claimFailed(10, 40)).toEqual([]);
    await at().elapse(60);
    expect(await inbox.claimFailed(10, 60_000)).toEqual([{ message, enclosure: null, attempts: 2 }]);
    await inbox.markFailed(message.id, "Y", at().inMs(60_000));
    expect(await inbox.claimFailed(10, 40)).toEqual([]);
    await inbox.markFailed(message.id, "Z", null);
    expect(await inbox.find(message.id)).toEqual({ status: "dead" });
    const letter = (await queries.deadLetters()).find(({ messageId }) => messageId === message.id);
    expect(letter).toMatchObject({ direction: "in", peer: PEER, type: "confirmed", error: "Z", attempts: 2 });
    expect(await deadLetterDesk.retry(message.id, "in", at().inMs(0))).toBe(true);
    expect(await inbox.claimFailed(10, 40)).toHaveLength(1);
  });
}

function inboxSetBack(at: () => Harness): void {
  it("tries a kept message again at once when its next try lies farther ahead than any pause: the clock was set back (nmg:2.2.1)", async () => {
    const { inbox } = at();
    const message = aMessage(2_111, 2_111, 1, { sender: PEER, receiver: SELF, lane: "urgent", caseId: caseIdOf(211) });
    await inbox.keep({ message, enclosure: null, receivedAt: message.issuedAt, status: "failed", error: "X" });
    const mine = async (): Promise<number> =>
      (await inbox.claimFailed(10, 15_000)).filter((row) => row.message.id === message.id).length;
    expect(await mine()).toBe(1);
    await inbox.markFailed(message.id, "Y", at().inMs(60_000));
    expect(await mine()).toBe(0);
    await inbox.markFailed(message.id, "Y", at().inMs(3_600_000));
    expect(await mine()).toBe(1);
  });
}

function lanes(at: () => Harness): void {
  it("hands out a danger that did not fold by itself, whatever else failed before it (nmg:2.2.1)", async () => {
    const { inbox } = at();
    const kept = { enclosure: null, status: "failed", error: "X" } as const;
    const [other, danger] = (["ordinary", "urgent"] as const).map((lane, i) =>
      aMessage(2_121 + i, 2_121 + i, 1, { sender: PEER, receiver: SELF, lane, caseId: caseIdOf(212) }),
    );
    if (danger === undefined || other === undefined) throw new Error("two messages");
    for (const message of [other, danger]) await inbox.keep({ message, receivedAt: message.issuedAt, ...kept });
    const mine = async (lane: "urgent" | "ordinary"): Promise<readonly string[]> =>
      (await inbox.claimFailed(50, 60_000, lane)).map(({ message }) => message.id);
    const urgent = await mine("urgent");
    expect(urgent).toContain(danger.id);
    expect(urgent).not.toContain(other.id);
    expect(await mine("ordinary")).toContain(other.id);
  });
}

function troubles(at: () => Harness): void {
  it("names an urgent message that does not fold after its first try, an ordinary one after its last (nmg:2.2.1)", async () => {
    const { inbox, queries, deadLetterDesk } = at();
    const kept = { enclosure: null, status: "failed", error: "X" } as const;
    const [danger, other] = (["urgent", "ordinary"] as const).map((lane, i) =>
      aMessage(2_101 + i, 2_101 + i, 1, { sender: PEER, receiver: SELF, lane, caseId: caseIdOf(210) }),
    );
    if (danger === undefined || other === undefined) throw new Error("two messages");
    for (const message of [danger, other]) await inbox.keep({ message, receivedAt: message.issuedAt, ...kept });
    const named = async (): Promise<readonly (readonly [string, string])[]> =>
      (await queries.deadLetters())
        .filter(({ caseId }) => caseId === caseIdOf(210))
        .map(({ messageId, lane }) => [messageId, lane]);
    expect(await named()).toEqual([]);
    expect(await inbox.claimFailed(10, 60_000)).toHaveLength(2);
    expect(await named()).toEqual([[danger.id, "urgent"]]);
    expect(await deadLetterDesk.retry(danger.id, "in", at().inMs(0))).toBe(true);
    expect(await named()).toEqual([]);
    await inbox.markFailed(other.id, "Y", null);
    expect(await named()).toEqual([[other.id, "ordinary"]]);
  });
}

export function conformOfMessages(at: () => Harness): void {
  describe("outbox", () => {
    leasing(at);
    clockSetBack(at);
  });
  describe("inbox", () => {
    receiving(at);
    inboxSetBack(at);
    troubles(at);
    lanes(at);
  });
}
