import { randomUUID } from "node:crypto";
import type { Configuration } from "./configuration.ts";
import { call } from "./carrier.ts";
import { command, fire, type Self, type Step } from "./desk.ts";
import { answerCatalogueRequest, capabilityOf, catalogueRequest, readCatalogue, takeApproval } from "./documents.ts";
import { Greeting } from "./greeting.ts";
import { faultOfBatch, type Pinned, PROTOCOLS, type Refusal, takeEntries } from "./inbox.ts";
import { type JsonObject, objectIn, parseJson, parseObject, textIn } from "./json.ts";
import { type Matter, Store } from "./memory.ts";
import { Sender } from "./outbox.ts";
import { requestNumber } from "./request-number.ts";
import { commandsIn } from "./rows.ts";
import { isSignedDocument, keyIdOf, type Keys, loadKeys, signDocument } from "./signature.ts";
import { dueTimers } from "./timers.ts";

const FIVE_MINUTES_MS = 5 * 60_000;

/** One police desk with its memory, its keys and the one peer it is linked with. */
export class StrangerNode {
  readonly #configuration: Configuration;
  readonly #keys: Keys;
  readonly #store: Store;
  readonly #pinned: Pinned | null;
  readonly #self: Self;
  readonly #greeting: Greeting | undefined;
  readonly #senders: readonly Sender[];

  constructor(configuration: Configuration) {
    const { peer, nodeCode, dutyPhone, catalogueVersion } = configuration;
    this.#configuration = configuration;
    this.#keys = loadKeys(configuration.keys);
    this.#store = new Store(configuration.memory);
    this.#pinned = peer === null ? null : { ...peer, keyId: keyIdOf(peer.publicKey) };
    this.#self = { nodeCode, peerCode: peer?.nodeCode ?? "", dutyPhone, catalogueVersion };
    this.#greeting = this.#pinned === null || peer === null ? undefined : new Greeting(peer.url, this.#pinned);
    this.#senders = this.#makeSenders();
  }

  #makeSenders(): readonly Sender[] {
    if (this.#pinned === null || this.#greeting === undefined) return [];
    const sending = {
      store: this.#store,
      self: this.#self,
      keys: this.#keys,
      configuration: this.#configuration,
      pinned: this.#pinned,
      greeting: this.#greeting,
    };
    return [new Sender(sending, "urgent"), new Sender(sending, "ordinary")];
  }

  get keys(): { readonly publicKey: string; readonly keyId: string } {
    return { publicKey: this.#keys.publicKey, keyId: this.#keys.keyId };
  }

  capability(): JsonObject {
    return capabilityOf(this.#configuration, this.#keys, new Date());
  }

  /** Takes a batch in: a signed receipt after everything is on the disk, or a refusal (linkage-exchange 6, 9). */
  takeBatch(raw: unknown): JsonObject | Refusal {
    const batch = parseObject(raw) ?? {};
    const now = new Date();
    const fault = faultOfBatch(batch, this.#self, this.#pinned, this.#store.now);
    if (fault !== undefined) return fault;
    return this.#store.change((memory) => {
      const { entries: _, ...head } = batch;
      const far = Math.abs(now.getTime() - Date.parse(textIn(batch, "sentAt") ?? "")) > FIVE_MINUTES_MS;
      const receipt = signDocument(
        {
          protocol: typeof batch["protocol"] === "number" ? batch["protocol"] : PROTOCOLS.max,
          sender: this.#self.nodeCode,
          receiver: textIn(batch, "sender") ?? "",
          batchId: textIn(batch, "batchId") ?? "",
          receivedAt: now.toISOString(),
          results: takeEntries(batch, memory, this.#self, now),
          ...(far ? { warnings: ["EXCHANGE_CLOCK_FAR"] } : {}),
          keyId: this.#keys.keyId,
        },
        this.#keys,
      );
      memory.evidence.push({ batch: head, receipt });
      return receipt;
    });
  }

  takeCatalogueRequest(raw: unknown): JsonObject | Refusal {
    return answerCatalogueRequest(raw, this.#configuration, this.#pinned, this.#store.now, this.#keys);
  }

  takeApproval(raw: unknown): JsonObject | Refusal {
    return this.#store.change((memory) =>
      takeApproval(raw, this.#configuration, this.#pinned, memory, this.#keys, new Date()),
    );
  }

  /** Fetches a version of the catalogue from the peer; what it says instead, when it does not give it. */
  async fetchCatalogue(version: string): Promise<JsonObject> {
    const { peer } = this.#configuration;
    if (this.#pinned === null || peer === null) return { fetched: false, code: "NO_PEER" };
    const question = catalogueRequest(version, this.#configuration, this.#pinned, this.#keys);
    const { status, body } = await call(`${peer.url}/exchange/v1/catalogue-requests`, "POST", question, 15_000);
    if (status !== 200) return { fetched: false, status, code: textIn(parseObject(body), "code") ?? "" };
    const content = readCatalogue(body, version, this.#pinned, this.#store.now);
    if (content !== undefined) this.#store.change((memory) => (memory.catalogues[version] = content));
    // Its base has to be fetched first; without it the digest cannot be made again (linkage-exchange 12.1.4).
    const base = textIn(parseObject(parseJson(textIn(parseObject(body), "content") ?? "")), "base");
    const signed = isSignedDocument(parseObject(body) ?? {}, this.#pinned.publicKey);
    return { fetched: content !== undefined, signed, base: base ?? null };
  }

  /** Registers a matter of this desk's own; its number. */
  register(input: JsonObject): string {
    return this.#store.change((memory) => {
      memory.registered += 1;
      const now = new Date();
      const requestNo = requestNumber(this.#configuration.regions[0] ?? "000000", now, memory.registered);
      const words = Object.entries(objectIn(input, "words") ?? {});
      const matter: Matter = {
        requestNo,
        caseId: randomUUID(),
        registeredAt: now.toISOString(),
        facts: objectIn(input, "facts") ?? {},
        words: Object.fromEntries(words.map(([field, text]) => [field, String(text)])),
        initialResponse: textIn(input, "initialResponse") ?? null,
      };
      memory.matters[requestNo] = matter;
      return requestNo;
    });
  }

  /** Does what a person of this desk asks. What would need a newer peer is refused to that person (linkage-exchange 11.2). */
  command(name: string, input: JsonObject): Step {
    const range = this.#greeting?.range;
    if (["notify", "askSupport"].includes(name) && (range === undefined || range.max < 6))
      return { kind: "refused", code: range === undefined ? "PEER_NOT_HEARD" : "PEER_TOO_OLD" };
    return this.#store.change((memory) => command(memory, this.#self, name, input, new Date()));
  }

  setDuty(on: boolean): void {
    this.#store.change((memory) => (memory.onDuty = on));
  }

  /** Everything this desk knows, for its own people. */
  view(): JsonObject {
    const { linkages, outbox, ...rest } = this.#store.now;
    const shown = Object.values(linkages).map((one) => ({
      ...one,
      commands: commandsIn(one.table, one.role, one.state),
    }));
    const queue = outbox.map(({ message, dead }) => ({ type: message.body["type"], message, dead }));
    return { linkages: shown, outbox: queue, peerRange: this.#greeting?.range ?? null, ...rest };
  }

  /** What is to be done by itself: timers that are due, then sending. Called several times a second. */
  async turn(): Promise<void> {
    const due = dueTimers(this.#store.now, new Date());
    if (due.length > 0) {
      this.#store.change((memory) => {
        for (const { conversation, timer } of due) {
          const linkage = memory.linkages[conversation];
          if (linkage === undefined) continue;
          linkage.fired.push(timer);
          fire(memory, this.#self, linkage, `timer:${timer}`, new Date());
        }
      });
    }
    if (this.#greeting !== undefined && this.#greeting.range === undefined)
      await this.#greeting.ask().catch(() => undefined);
    await Promise.all(this.#senders.map((sender) => sender.turn()));
  }
}
