import type { EnclosedValue, Lane } from "../../app/ports/outbox.ts";
import type { LinkageMessage } from "../../core/linkage/index.ts";
import { err, type Instant, instantOf, ok, type Result } from "../../kernel/index.ts";
import type { CarrierFailure } from "../carrier.ts";
import { type BatchEntry, blameOf, messageDigest, type Receipt, type ReceiptResult } from "../contract/index.ts";
import { HOTLINE, POLICE, specimenBody, specimenMessage } from "../contract/specimen.test-data.ts";
import type { ExchangePeer } from "../peer.ts";
import { createMemoryOutbox, type MemoryOutbox } from "./memory-outbox.ts";
import type { RelayPorts } from "./ports.ts";
import { createRelay, type Relay } from "./relay.ts";

/** The desk at the other end. */
export const PEER: ExchangePeer = { nodeCode: POLICE, url: "", publicKey: "" };
/** When each line opens. */
export const START = Date.UTC(2026, 0, 5);

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

/** A batch that did not come through. */
export const failing = (code: string, change: Partial<CarrierFailure> = {}): Answer =>
  err({ code, blame: blameOf(code), answered: false, retryAfterMs: null, detail: "", ...change });
/** Nobody answers. */
export const down = (): Answer => failing("EXCHANGE_LINK_DOWN");

/** A receipt for all entries; `resultOf` says what is not simply applied. */
export function receiptFor(
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
/** Everything is taken. */
export const allApplied = (entries: readonly BatchEntry[]): Answer => receiptFor(entries, () => ({}));

/** Messages of one conversation, in order. */
export const ordinary = (count: number, from = 1): readonly LinkageMessage[] =>
  Array.from({ length: count }, (_, i) =>
    specimenMessage(from + i, specimenBody("progress"), { conversation: 1, seq: from + i }),
  );
/** A danger, each in a conversation of its own. */
export const push = (n: number): LinkageMessage => specimenMessage(n, specimenBody("push"), { conversation: n });

/** One relay over a line whose other end answers as the test says. */
export type Line = {
  readonly clock: HandClock;
  readonly outbox: MemoryOutbox;
  readonly sent: Sent[];
  readonly faults: string[];
  readonly ports: RelayPorts;
  readonly wake: () => void;
  readonly idsSent: (lane: Lane) => readonly (readonly string[])[];
  readonly msSent: (lane: Lane) => readonly number[];
  peers: readonly ExchangePeer[];
  answer: (batch: Sent) => Answer | Promise<Answer>;
  present: (message: LinkageMessage) => Promise<readonly EnclosedValue[]>;
  relay: Relay;
};

/** Opens a line over which everything is taken at once. */
export function openLine(): Line {
  const clock = new HandClock();
  const outbox = createMemoryOutbox(clock);
  const sent: Sent[] = [];
  const faults: string[] = [];
  let wake = (): void => undefined;
  const of = (lane: Lane): readonly Sent[] => sent.filter((batch) => batch.lane === lane);
  const ports: RelayPorts = {
    outbox,
    carrier: {
      send: async (_peer, lane, entries) => {
        const batch = { lane, entries, at: clock.now() };
        sent.push(batch);
        return line.answer(batch);
      },
    },
    presentEnclosure: (message) => line.present(message),
    peers: () => line.peers,
    clock,
    random: () => 0.5,
    onWake: (listener) => {
      wake = listener;
      return () => undefined;
    },
    onFault: (where) => faults.push(where),
  };
  const line: Line = {
    clock,
    outbox,
    sent,
    faults,
    ports,
    wake: () => wake(),
    idsSent: (lane) => of(lane).map(({ entries }) => entries.map(({ message }) => message.id)),
    msSent: (lane) => of(lane).map(({ at }) => Date.parse(at) - START),
    peers: [PEER],
    answer: ({ entries }) => allApplied(entries),
    present: async () => [],
    relay: createRelay(ports),
  };
  line.relay.start();
  return line;
}
