/** Which faults are switched on, and whether those that strike by chance strike now. The same seed gives the same strikes. */
export class Faults {
  readonly #known: readonly string[];
  readonly #chance: number;
  #on: ReadonlySet<string> = new Set();
  #state: number;

  /** `chance` from 0 (never) to 1 (always). Throws for a fault that is not known. */
  constructor(known: readonly string[], on: readonly string[], chance: number, seed: number) {
    this.#known = known;
    this.#chance = chance;
    this.#state = seed >>> 0;
    this.set(on);
  }

  get names(): readonly string[] {
    return [...this.#on].sort();
  }

  set(names: readonly string[]): void {
    const strange = names.find((name) => !this.#known.includes(name));
    if (strange !== undefined) throw new Error(`no such fault: ${strange}; there are ${this.#known.join(", ")}`);
    this.#on = new Set(names);
  }

  has(name: string): boolean {
    return this.#on.has(name);
  }

  /** Draws only when it is on, so that another switch does not change the order of chances. */
  strikes(name: string): boolean {
    return this.has(name) && this.#draw() < this.#chance;
  }

  /** Mulberry32: 0 <= result < 1. */
  #draw(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
