import { beforeEach, describe, expect, test } from "vitest";
import type { EnclosedValue, Lane } from "../../app/ports/outbox.ts";
import type { LinkageMessage } from "../../core/linkage/index.ts";
import { err, type Instant, instantOf, type NodeCode, ok, type Result } from "../../kernel/index.ts";
import type { Carrier, CarrierFailure } from "../carrier.ts";
import { type BatchEntry, blameOf, messageDigest, type Receipt, type ReceiptResult } from "../contract/index.ts";
import { HOTLINE, POLICE, SPECIMEN_ENCLOSURE, specimenBody, specimenMessage } from "../contract/specimen.test-data.ts";
import type { ExchangePeer } from "../peer.ts";
import { createMemoryOutbox, type MemoryOutbox } from "./memory-outbox.ts";
import type { RelayPorts } from "./ports.ts";
import { createRelay, type Relay } from "./relay.ts";

const PEER: ExchangePeer = { nodeCode: POLICE, url: "", publicKey: "" };
const START = Date.UTC(2026, 0, 5);

type Timer = { readonly at: number; readonly act: () => void };

/** Time that moves only when the test says so, and lets everything that is due happen. */
class HandClock {
  private ms = START;
  private readonly timers = new Set<Timer>();
  readonly now = (): Instant => instantOf(this.ms);
  readonly setTimer = (ms: number, act: () => void): (() => void) => {
    const timer = { at: this.ms + ms, act };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  };
  async settle(): Promise<void> {
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
  }
  async advance(ms: number): Promise<void> {
    const end = this.ms + ms;
    await this.settle();
    for (;;) {
      const due = [...this.timers].filter((timer) => timer.at <= end).toSorted((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.timers.delete(due);
      this.ms = Math.max(this.ms, due.at);
      due.act();
      await this.settle();
    }
    this.ms = end;
  }
}

type Sent = { readonly lane: Lane; readonly entries: readonly BatchEntry[]; readonly at: Instant };
type Answer = Result<Receipt, CarrierFailure>;

const failing = (code: string, change: Partial<CarrierFailure> = {}): Answer =>
  err({ code, blame: blameOf(code), answered: false, retryAfterMs: null, detail: "", ...change });
const down = (): Answer => failing("EXCHANGE_LINK_DOWN");

function receiptFor(
  entries: readonly BatchEntry[],
  resultOf: (message: LinkageMessage) => Partial<ReceiptResult>,
): Answer {
  const results = entries.map(({ message }): ReceiptResult => {
    const told = resultOf(message);
    return { messageId: message.id, digest: messageDigest(message), status: "applied", ...told };
  });
  const head = { protocol: 1, sender: POLICE, receiver: HOTLINE, batchId: "b", receivedAt: instantOf(START) };
  return ok({ ...head, results, keyId: "", signature: "" });
}
const allApplied = (entries: readonly BatchEntry[]): Answer => receiptFor(entries, () => ({}));

let clock: HandClock;
let outbox: MemoryOutbox;
let sent: Sent[];
let faults: string[];
let peers: readonly ExchangePeer[];
let answer: (batch: Sent) => Answer | Promise<Answer>;
let present: (message: LinkageMessage) => Promise<readonly EnclosedValue[]>;
let relay: Relay;
let ports: RelayPorts;
let wake: () => void;

beforeEach(() => {
  clock = new HandClock();
  outbox = createMemoryOutbox(clock);
  sent = [];
  faults = [];
  peers = [PEER];
  answer = ({ entries }) => allApplied(entries);
  present = async () => [];
  const carrier: Carrier = {
    send: async (_peer, lane, entries) => {
      const batch = { lane, entries, at: clock.now() };
      sent.push(batch);
      return answer(batch);
    },
  };
  ports = {
    outbox,
    carrier,
    presentEnclosure: (message) => present(message),
    peers: () => peers,
    clock,
    random: () => 0.5,
    onWake: (listener) => {
      wake = listener;
      return () => undefined;
    },
    onFault: (where) => faults.push(where),
  };
  relay = createRelay(ports);
  relay.start();
});

const ordinary = (count: number, from = 1): readonly LinkageMessage[] =>
  Array.from({ length: count }, (_, i) =>
    specimenMessage(from + i, specimenBody("progress"), { conversation: 1, seq: from + i }),
  );
const push = (n: number): LinkageMessage => specimenMessage(n, specimenBody("push"), { conversation: n });
const idsSent = (lane: Lane): readonly (readonly string[])[] =>
  sent.filter((batch) => batch.lane === lane).map(({ entries }) => entries.map(({ message }) => message.id));
const msSent = (lane: Lane): readonly number[] =>
  sent.filter((batch) => batch.lane === lane).map(({ at }) => Date.parse(at) - START);

describe("lanes", () => {
  test("ordinary messages go in batches of at most 256, one at a time, in the order they were committed", async () => {
    let open = 0;
    let most = 0;
    answer = async ({ entries }) => {
      most = Math.max(most, ++open);
      wake();
      await new Promise((resolve) => setImmediate(resolve));
      open--;
      return allApplied(entries);
    };
    const messages = ordinary(600);
    outbox.commit(messages);
    wake();
    await clock.advance(100);
    expect(most).toBe(1);
    expect(idsSent("ordinary").map((ids) => ids.length)).toEqual([256, 256, 88]);
    expect(idsSent("ordinary").flat()).toEqual(messages.map(({ id }) => id));
    expect(outbox.receipts()).toHaveLength(600);
  });

  test("urgent messages go alone, four at a time", async () => {
    const gates: (() => void)[] = [];
    answer = ({ entries }) => new Promise((resolve) => gates.push(() => resolve(allApplied(entries))));
    outbox.commit([1, 2, 3, 4, 5, 6].map(push));
    wake();
    await clock.advance(10);
    expect(idsSent("urgent").map((ids) => ids.length)).toEqual([1, 1, 1, 1]);
    gates[2]?.();
    await clock.settle();
    expect(idsSent("urgent")).toHaveLength(5);
    for (let i = 0; i < 6; i++) {
      gates[i]?.();
      await clock.settle();
    }
    expect(outbox.receipts()).toHaveLength(6);
  });

  test("an ordinary batch that never comes back does not hold up a danger (nmg:2.2.1)", async () => {
    answer = ({ lane, entries }) => (lane === "ordinary" ? new Promise(() => undefined) : allApplied(entries));
    outbox.commit(ordinary(5000));
    wake();
    await clock.advance(10);
    outbox.commit([push(9001)]);
    wake();
    await clock.settle();
    expect(outbox.receipts().map(({ id }) => id)).toEqual([push(9001).id]);
  });

  test("a wake that was lost costs an urgent message at most 250 ms, an ordinary one a second", async () => {
    await clock.advance(1);
    outbox.commit([push(1), ...ordinary(1, 2)]);
    await clock.advance(1_000);
    expect(msSent("urgent")).toEqual([250]);
    expect(msSent("ordinary")).toEqual([1_000]);
  });
});

describe("link trouble", () => {
  test("is waited out with growing pauses and never gives a message up", async () => {
    answer = down;
    outbox.commit([push(1), ...ordinary(3, 2)]);
    wake();
    await clock.advance(3_600_000);
    expect(outbox.deadLetters()).toEqual([]);
    expect(msSent("urgent").slice(0, 7)).toEqual([0, 75, 225, 525, 1_125, 2_325, 3_825]);
    expect(msSent("ordinary").slice(0, 4)).toEqual([0, 188, 563, 1_313]);
    const [last, before] = msSent("ordinary").toReversed();
    expect((last ?? 0) - (before ?? 0)).toBe(22_500);

    answer = ({ entries }) => allApplied(entries);
    await clock.advance(30_000);
    expect(outbox.receipts()).toHaveLength(4);
    expect(idsSent("ordinary").at(-1)).toEqual(ordinary(3, 2).map(({ id }) => id));
  });

  test("shows on the link with its time, and so does its end", async () => {
    expect(await relay.links()).toMatchObject([{ peer: POLICE, state: "unknown", since: null, lastReceiptAt: null }]);
    answer = down;
    outbox.commit([push(1), ...ordinary(2, 2)]);
    wake();
    await clock.advance(60_000);
    expect(await relay.links()).toMatchObject([
      {
        state: "down",
        since: instantOf(START),
        lastFailure: { code: "EXCHANGE_LINK_DOWN" },
        waiting: { urgent: 1, ordinary: 2 },
        oldestAt: { urgent: push(1).issuedAt },
        dead: 0,
      },
    ]);
    answer = ({ entries }) => allApplied(entries);
    await clock.advance(60_000);
    const [link] = await relay.links();
    expect(link).toMatchObject({ state: "up", waiting: { urgent: 0, ordinary: 0 } });
    expect(link?.since).not.toBe(instantOf(START));
    expect(link?.lastReceiptAt).not.toBeNull();
  });

  test("a busy peer is up and is given the time it asks for", async () => {
    answer = () => failing("EXCHANGE_BUSY", { answered: true, retryAfterMs: 5_000 });
    outbox.commit(ordinary(1));
    wake();
    await clock.advance(4_999);
    expect(msSent("ordinary")).toEqual([0]);
    expect(await relay.links()).toMatchObject([{ state: "up", lastFailure: { code: "EXCHANGE_BUSY" } }]);
    await clock.advance(1);
    expect(msSent("ordinary")).toEqual([0, 5_000]);
  });

  test("one urgent message its receiver cannot store does not hold up the next (nmg:2.2.1)", async () => {
    const poison = push(1);
    answer = ({ entries }) =>
      entries[0]?.message.id === poison.id
        ? failing("EXCHANGE_RECEIVER_FAULT", { answered: true })
        : allApplied(entries);
    outbox.commit([poison]);
    wake();
    await clock.advance(60_000);
    outbox.commit([push(2)]);
    wake();
    await clock.advance(200);
    expect(outbox.receipts().map(({ id }) => id)).toEqual([push(2).id]);
    expect(outbox.deadLetters()).toEqual([]);
  });

  test("a wrong receipt settles nothing: the messages go again", async () => {
    answer = () => failing("EXCHANGE_RECEIPT_MISMATCH", { answered: true });
    outbox.commit(ordinary(2));
    wake();
    await clock.advance(10_000);
    expect(outbox.receipts()).toEqual([]);
    expect(await relay.links()).toMatchObject([{ state: "down", lastFailure: { code: "EXCHANGE_RECEIPT_MISMATCH" } }]);
    answer = ({ entries }) => allApplied(entries);
    await clock.advance(30_000);
    expect(outbox.receipts()).toHaveLength(2);
  });
});

describe("refusals of one message", () => {
  test("refused for itself it is a dead letter at once, the others of its batch are receipted", async () => {
    const [, bad] = ordinary(3);
    answer = ({ entries }) =>
      receiptFor(entries, ({ id }) => (id === bad?.id ? { status: "refused", code: "EXCHANGE_ENTRY_UNREADABLE" } : {}));
    outbox.commit(ordinary(3));
    wake();
    await clock.advance(60_000);
    expect(outbox.deadLetters()).toEqual([{ id: bad?.id, code: "EXCHANGE_ENTRY_UNREADABLE" }]);
    expect(outbox.receipts()).toHaveLength(2);
    expect(sent).toHaveLength(1);
    expect(await relay.links()).toMatchObject([{ state: "up", dead: 1, waiting: { ordinary: 0 } }]);
  });

  test("a dead letter a person revives is sent again", async () => {
    answer = ({ entries }) => receiptFor(entries, () => ({ status: "kept", code: "EXCHANGE_SCHEMA_INVALID" }));
    outbox.commit(ordinary(1));
    wake();
    await clock.advance(1_000);
    const [dead] = outbox.deadLetters();
    expect(dead?.code).toBe("EXCHANGE_SCHEMA_INVALID");
    answer = ({ entries }) => receiptFor(entries, () => ({ status: "duplicate" }));
    if (dead !== undefined) outbox.revive(dead.id);
    await clock.advance(1_000);
    expect(outbox.receipts()).toMatchObject([{ status: "duplicate" }]);
  });

  test("refused for the receiver's trouble it is tried again by itself", async () => {
    const [first] = ordinary(2);
    let tries = 0;
    answer = ({ entries }) =>
      receiptFor(entries, ({ id }) =>
        id === first?.id && tries++ < 6 ? { status: "refused", code: "EXCHANGE_RECEIVER_FAULT" } : {},
      );
    outbox.commit(ordinary(2));
    wake();
    await clock.advance(60_000);
    expect(outbox.receipts()).toHaveLength(2);
    expect(outbox.deadLetters()).toEqual([]);
  });

  test("a batch refused whole for its content is halved until the one at fault stands alone and is buried", async () => {
    const messages = ordinary(100);
    const bad = messages[61]?.id;
    answer = ({ entries }) =>
      entries.some(({ message }) => message.id === bad)
        ? failing("EXCHANGE_SCHEMA_INVALID", { answered: true })
        : allApplied(entries);
    outbox.commit(messages);
    wake();
    await clock.advance(10 * 60_000);
    expect(outbox.deadLetters()).toEqual([{ id: bad, code: "EXCHANGE_SCHEMA_INVALID" }]);
    expect(outbox.receipts()).toHaveLength(99);
    expect(idsSent("ordinary").filter((ids) => ids.length === 1 && ids[0] === bad).length).toBeLessThanOrEqual(5);
  });
});

describe("enclosures", () => {
  test("each message leaves with what the door lets its receiver see", async () => {
    present = async ({ id }) => (id === push(1).id ? SPECIMEN_ENCLOSURE : []);
    outbox.commit([push(1), push(2)]);
    wake();
    await clock.advance(10);
    expect(sent.map(({ entries }) => entries[0]?.enclosure)).toEqual([SPECIMEN_ENCLOSURE, []]);
  });

  test("a danger leaves without its values when they cannot be read, an ordinary message waits for them (P3)", async () => {
    let broken = true;
    present = async () => {
      if (broken) throw new Error("vault");
      return SPECIMEN_ENCLOSURE;
    };
    outbox.commit([push(1), ...ordinary(1, 2)]);
    wake();
    await clock.advance(5_000);
    expect(outbox.receipts().map(({ id }) => id)).toEqual([push(1).id]);
    expect(faults).toContain("present");
    broken = false;
    await clock.advance(60_000);
    expect(outbox.receipts()).toHaveLength(2);
    expect(sent.at(-1)?.entries[0]?.enclosure).toEqual(SPECIMEN_ENCLOSURE);
  });
});

describe("faults of our own", () => {
  test("a carrier that throws loses nothing", async () => {
    let broken = true;
    answer = ({ entries }) => {
      if (broken) throw new Error("keys");
      return allApplied(entries);
    };
    outbox.commit([push(1), ...ordinary(1, 2)]);
    wake();
    await clock.advance(5_000);
    expect(faults).toContain("send");
    broken = false;
    // Sooner than the lease of a claim would bring it back.
    await clock.advance(2_000);
    expect(outbox.receipts().map(({ id }) => id)).toContain(push(1).id);
    await clock.advance(30_000);
    expect(outbox.receipts()).toHaveLength(2);
  });

  test("a peer that is registered later is served without a restart", async () => {
    const later = "police-159998" as NodeCode;
    outbox.commit([{ ...push(1), receiver: later }]);
    wake();
    await clock.advance(10);
    expect(await relay.links()).toMatchObject([{ peer: later, waiting: { urgent: 1 } }, { peer: POLICE }]);
    peers = [PEER, { ...PEER, nodeCode: later }];
    await clock.advance(5_000);
    expect(outbox.receipts()).toHaveLength(1);
  });

  test("ordinary messages wait until the peer has said what it reads, urgent ones never do (nmg:2.2.1, REQ-53)", async () => {
    await relay.stop();
    let asked = 0;
    let reachable = false;
    const greet = async (): Promise<void> => {
      asked += 1;
      if (!reachable) throw new Error("link down");
      peers = [{ ...PEER, protocols: { min: 1, max: 2 } }];
    };
    relay = createRelay({ ...ports, greet });
    relay.start();
    outbox.commit([...ordinary(2), push(9)]);
    wake();
    await clock.advance(10_000);
    expect([idsSent("ordinary"), idsSent("urgent").length]).toEqual([[], 1]);
    expect(asked).toBeGreaterThan(2);
    expect(faults).toContain("greet");
    reachable = true;
    await clock.advance(2_000);
    expect(idsSent("ordinary").flat()).toHaveLength(2);
    const before = asked;
    await clock.advance(20_000);
    expect(asked).toBe(before);
  });

  test("stopping in the middle of a claim waits for what was claimed", async () => {
    outbox.commit(ordinary(1));
    wake();
    await relay.stop();
    expect(outbox.receipts()).toHaveLength(1);
    await clock.advance(60_000);
    expect(sent).toHaveLength(1);
  });

  test("stopping waits for what is in flight and sends nothing more", async () => {
    const gates: (() => void)[] = [];
    answer = ({ entries }) => new Promise((resolve) => gates.push(() => resolve(allApplied(entries))));
    outbox.commit(ordinary(300));
    wake();
    await clock.settle();
    const stopped = relay.stop();
    for (const open of gates) open();
    await stopped;
    await clock.advance(60_000);
    expect(outbox.receipts()).toHaveLength(256);
    expect(sent).toHaveLength(1);
  });
});
