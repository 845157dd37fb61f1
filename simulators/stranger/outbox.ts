import { randomUUID } from "node:crypto";
import { sinceOf } from "./bodies.ts";
import { call } from "./carrier.ts";
import type { Configuration } from "./configuration.ts";
import { fire, type Self } from "./desk.ts";
import type { Greeting } from "./greeting.ts";
import { type Pinned, PROTOCOLS } from "./inbox.ts";
import { type JsonObject, listIn, parseObject, textIn } from "./json.ts";
import type { Queued, Store } from "./memory.ts";
import type { Lane } from "./message.ts";
import { isSignedDocument, type Keys, sign } from "./signature.ts";

/** Waits before the next try: first, and at most; milliseconds (linkage-exchange 8.6, 13.2). */
const TEMPO = {
  urgent: { first: 100, most: 2_000, answer: 3_000, size: 1 },
  ordinary: { first: 250, most: 30_000, answer: 15_000, size: 256 },
};

/** Codes in a line of a receipt that blame the message: it is a dead letter (errors.md). */
const BLAMES_MESSAGE = ["EXCHANGE_SCHEMA_INVALID", "EXCHANGE_ENTRY_UNREADABLE", "EXCHANGE_SENDER_MISMATCH"];
const TRIES_ALONE = 5;

export type Sending = {
  readonly store: Store;
  readonly self: Self;
  readonly keys: Keys;
  readonly configuration: Configuration;
  readonly pinned: Pinned;
  readonly greeting: Greeting;
};

/** Sends what lies in one lane until the other side has signed that it holds it. One batch in flight a lane. */
export class Sender {
  readonly #sending: Sending;
  readonly #lane: Lane;
  #failures = 0;
  #size: number;
  #alone = new Map<string, number>();
  #notBefore = 0;
  #busy = false;

  constructor(sending: Sending, lane: Lane) {
    this.#sending = sending;
    this.#lane = lane;
    this.#size = TEMPO[lane].size;
  }

  /** One try, when there is something to send and its time has come. */
  async turn(): Promise<void> {
    if (this.#busy || Date.now() < this.#notBefore) return;
    this.#busy = true;
    try {
      await this.#sendNext();
    } catch {
      this.#failed();
    } finally {
      this.#busy = false;
    }
  }

  async #sendNext(): Promise<void> {
    const { store, configuration, keys, pinned, greeting } = this.#sending;
    const waiting = store.now.outbox.filter(({ message, dead }) => dead === null && message.lane === this.#lane);
    if (waiting.length === 0) return;
    if (greeting.range === undefined) {
      // An urgent batch goes in our oldest version, without waiting for a greeting (linkage-exchange 11.1, 11.3).
      const asked = greeting.ask();
      if (this.#lane === "urgent") asked.catch(() => undefined);
      else await asked;
    }
    const range = greeting.range ?? { min: PROTOCOLS.min, max: PROTOCOLS.min };
    const protocol = Math.min(PROTOCOLS.max, range.max);
    if (protocol < Math.max(PROTOCOLS.min, range.min) || (this.#lane === "ordinary" && greeting.range === undefined))
      return this.#failed();
    const batch = waiting
      .filter(({ message }) => sinceOf(textIn(message.body, "type") ?? "") <= protocol)
      .slice(0, this.#size);
    if (batch.length === 0) return;
    const digests = batch.map(({ digest }) => digest);
    const sentAt = new Date().toISOString();
    const sender = configuration.nodeCode;
    const receiver = pinned.nodeCode;
    const signed = { protocol, sender, receiver, batchId: randomUUID(), sentAt, digests };
    const head = { ...signed, lane: this.#lane, keyId: keys.keyId, signature: sign(signed, keys) };
    const entries = batch.map(({ message, enclosure }) => ({ message, enclosure }));
    const url = `${configuration.peer?.url}/exchange/v1/batches`;
    const answer = await call(url, "POST", { ...head, entries }, TEMPO[this.#lane].answer);
    const receipt = parseObject(answer.body) ?? {};
    if (answer.status === 200 && this.#isReceiptOf(receipt, head)) this.#settle(head, receipt, batch);
    else this.#refused(receipt, batch);
  }

  /** Only a receipt by the pinned key, for this batch and exactly these digests (linkage-exchange 9.4). */
  #isReceiptOf(receipt: JsonObject, head: { batchId: string; digests: readonly string[] }): boolean {
    const { pinned, configuration } = this.#sending;
    const quoted = (listIn(receipt, "results") ?? []).map((line) => textIn(parseObject(line), "digest"));
    return (
      textIn(receipt, "batchId") === head.batchId &&
      textIn(receipt, "sender") === pinned.nodeCode &&
      textIn(receipt, "receiver") === configuration.nodeCode &&
      textIn(receipt, "keyId") === pinned.keyId &&
      JSON.stringify(quoted) === JSON.stringify(head.digests) &&
      isSignedDocument(receipt, pinned.publicKey)
    );
  }

  #settle(head: JsonObject, receipt: JsonObject, batch: readonly Queued[]): void {
    const { store, self } = this.#sending;
    const lines = (listIn(receipt, "results") ?? []).map((line) => parseObject(line) ?? {});
    store.change((memory) => {
      memory.evidence.push({ batch: head, receipt });
      for (const [at, { digest, message }] of batch.entries()) {
        const line = lines[at] ?? {};
        const status = textIn(line, "status");
        const code = textIn(line, "code") ?? "";
        const mine = memory.outbox.find((one) => one.digest === digest);
        if (mine === undefined) continue;
        if (status === "kept" || (status === "refused" && BLAMES_MESSAGE.includes(code))) mine.dead = code;
        else if (status !== "refused") {
          memory.outbox = memory.outbox.filter((one) => one.digest !== digest);
          const linkage = memory.linkages[message.conversation];
          const more = memory.outbox.some((one) => one.message.conversation === message.conversation);
          if (linkage !== undefined && !more) fire(memory, self, linkage, "receipt", new Date());
        }
      }
    });
    this.#size = TEMPO[this.#lane].size;
    const again = lines.some((line) => textIn(line, "status") === "refused");
    if (again) this.#failed();
    else this.#failures = 0;
  }

  /** A batch refused for one of its messages is halved until that one stands alone (linkage-exchange 9.5). */
  #refused(refusal: JsonObject, batch: readonly Queued[]): void {
    const code = textIn(refusal, "code") ?? "";
    const forEntry = code === "EXCHANGE_SCHEMA_INVALID" && (textIn(refusal, "path") ?? "").startsWith("/entries/");
    const only = batch[0];
    if ((forEntry || code === "EXCHANGE_BATCH_TOO_LARGE") && only !== undefined) {
      this.#size = Math.max(1, Math.floor(batch.length / 2));
      const tries = (this.#alone.get(only.digest) ?? 0) + 1;
      if (batch.length === 1) this.#alone.set(only.digest, tries);
      if (batch.length === 1 && tries >= TRIES_ALONE) {
        this.#sending.store.change((memory) => {
          const mine = memory.outbox.find((one) => one.digest === only.digest);
          if (mine !== undefined) mine.dead = code;
        });
      }
    }
    this.#failed();
    const wait = refusal["retryAfterMs"];
    if (typeof wait === "number") this.#notBefore = Math.max(this.#notBefore, Date.now() + wait);
  }

  #failed(): void {
    const { first, most } = TEMPO[this.#lane];
    const wait = Math.min(most, first * 2 ** this.#failures);
    this.#failures += 1;
    this.#notBefore = Date.now() + wait / 2 + (Math.random() * wait) / 2;
  }
}
