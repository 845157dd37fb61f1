import { call } from "./carrier.ts";
import { readCapability } from "./documents.ts";
import type { Pinned } from "./inbox.ts";

const ANSWER_MS = 15_000;

/** What the peer says of itself: asked for before the first ordinary batch, never waited for by a push (linkage-exchange 11). */
export class Greeting {
  readonly #url: string;
  readonly #pinned: Pinned;
  #range: { readonly min: number; readonly max: number } | undefined;
  #asking: Promise<void> | undefined;

  constructor(url: string, pinned: Pinned) {
    this.#url = url;
    this.#pinned = pinned;
  }

  /** The peer's range of protocol versions; undefined while it has said none since this process started. */
  get range(): { readonly min: number; readonly max: number } | undefined {
    return this.#range;
  }

  /** Asks, once at a time. Rejects when nobody answers; a document that is not to be believed changes nothing. */
  ask(): Promise<void> {
    this.#asking ??= this.#fetch().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #fetch(): Promise<void> {
    const { body } = await call(`${this.#url}/exchange/v1/capability`, "GET", undefined, ANSWER_MS);
    this.#range = readCapability(body, this.#pinned) ?? this.#range;
  }
}
