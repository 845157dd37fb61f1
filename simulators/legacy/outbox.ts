import type { Body } from "./body.ts";
import type { Faults } from "./faults.ts";

export type Outgoing = {
  readonly kind: string;
  /** What a newer message replaces an older one by. */
  readonly key: string;
  readonly message: Body;
};
export type Waiting = Outgoing & { readonly id: number; readonly tries: number; readonly dueAt: number };
export type Lost = Outgoing & { readonly why: "replaced" | "tries" | "restart" };
export type Kept = { readonly waiting: readonly Waiting[]; readonly lost: readonly Lost[]; readonly next: number };

/** Whether the other side has it. */
export type Carry = (one: Outgoing) => Promise<boolean>;

const MOST_RETRIES = 5;

/**
 * What waits to be sent, as such systems keep it: a failed message waits for its next try while later ones overtake it. Without a
 * fault nothing is ever lost.
 */
export class Outbox {
  readonly #faults: Faults;
  readonly #retryMs: number;
  readonly #lateMs: number;
  #kept: Kept = { waiting: [], lost: [], next: 1 };

  constructor(faults: Faults, times: { readonly retryMs: number; readonly lateMs: number }) {
    this.#faults = faults;
    this.#retryMs = times.retryMs;
    this.#lateMs = times.lateMs;
  }

  get kept(): Kept {
    return this.#kept;
  }

  restore(kept: Kept): void {
    this.#kept = kept;
  }

  /** `replacing`: what waits under the same key goes. */
  add(one: Outgoing, now: number, replacing: boolean): void {
    const { waiting, lost, next } = this.#kept;
    const gone = replacing ? waiting.filter((other) => other.key === one.key) : [];
    const dueAt = this.#faults.strikes("late") ? now + this.#lateMs : now;
    this.#kept = {
      waiting: [...waiting.filter((other) => !gone.includes(other)), { ...one, id: next, tries: 0, dueAt }],
      lost: [...lost, ...gone.map((other) => lostOf(other, "replaced"))],
      next: next + 1,
    };
  }

  /** Tries what is due, once each. `now` is asked again after each try, as a try takes time. */
  async turn(now: () => number, carry: Carry): Promise<void> {
    const started = now();
    for (const one of this.#kept.waiting.filter(({ dueAt }) => dueAt <= started)) {
      const { kind, key, message } = one;
      const arrived = await carry({ kind, key, message });
      if (arrived && this.#faults.strikes("doubled")) await carry({ kind, key, message });
      this.#settle(one, arrived, now());
    }
  }

  /** All that waits is gone: it stood in memory only. */
  forget(): void {
    const { waiting, lost, next } = this.#kept;
    this.#kept = { waiting: [], lost: [...lost, ...waiting.map((one) => lostOf(one, "restart"))], next };
  }

  #settle(one: Waiting, arrived: boolean, now: number): void {
    const { waiting, lost, next } = this.#kept;
    // Replaced or forgotten while it was under way: settled already.
    if (!waiting.some(({ id }) => id === one.id)) return;
    const others = waiting.filter(({ id }) => id !== one.id);
    if (arrived) {
      this.#kept = { waiting: others, lost, next };
    } else if (this.#faults.has("limited") && one.tries >= MOST_RETRIES) {
      this.#kept = { waiting: others, lost: [...lost, lostOf(one, "tries")], next };
    } else {
      const again = { ...one, tries: one.tries + 1, dueAt: now + this.#retryMs };
      this.#kept = { waiting: [...others, again], lost, next };
    }
  }
}

function lostOf({ kind, key, message }: Outgoing, why: Lost["why"]): Lost {
  return { kind, key, message, why };
}
