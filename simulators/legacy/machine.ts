import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { type Body, Refused } from "./body.ts";
import { Faults } from "./faults.ts";
import { Clock, localTime } from "./local-time.ts";
import type { Options } from "./options.ts";
import { type Kept, Outbox } from "./outbox.ts";
import type { Routes } from "./server.ts";

/** The books of one system, as JSON: what it would find after a restart. */
export type Books<Kind> = { now: Kind };

/** What the two systems have in common: a clock, faults, an outbox, books that may be kept in a file. */
export class Machine<Kind> {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly outbox: Outbox;
  readonly books: Books<Kind>;
  readonly #options: Options;
  readonly #empty: () => Kind;

  constructor(options: Options, known: readonly string[], empty: () => Kind, machine: () => number = Date.now) {
    this.#options = options;
    this.#empty = empty;
    this.clock = new Clock(machine, options.startAt);
    this.faults = new Faults(known, options.bugs, options.chance, options.seed);
    this.outbox = new Outbox(this.faults, options);
    this.books = { now: empty() };
    this.#open();
  }

  get time(): string {
    return localTime(this.clock.now());
  }

  /** Writes the books to their file, where they have one. */
  keep(): void {
    const { stateFile } = this.#options;
    if (stateFile === null) return;
    const { waiting, lost, next } = this.outbox.kept;
    const outbox: Kept = this.faults.has("forgetful") ? { waiting: [], lost, next } : { waiting, lost, next };
    writeFileSync(`${stateFile}.new`, JSON.stringify({ books: this.books.now, outbox }));
    renameSync(`${stateFile}.new`, stateFile);
  }

  /** What every control interface has; docs/legacy.md, 2.6 and 3.3. */
  controls(): Routes {
    return {
      "POST /control/bugs": ({ bugs }) => {
        if (!Array.isArray(bugs)) throw new Refused(400, "bugs must be a list");
        try {
          this.faults.set(bugs.map(String));
        } catch (fault) {
          throw new Refused(400, fault instanceof Error ? fault.message : String(fault));
        }
        return { bugs: this.faults.names };
      },
      "POST /control/advance": ({ seconds }) => {
        if (typeof seconds !== "number" || seconds < 0) throw new Refused(400, "seconds must be a number from 0");
        this.clock.advance(seconds * 1000);
        return { now: this.time };
      },
      "POST /control/restart": () => {
        this.#restart();
        return { now: this.time };
      },
    };
  }

  /** What stands in every view. */
  view(): Body {
    const { waiting, lost } = this.outbox.kept;
    const outbox = waiting.map(({ id, dueAt, ...one }) => ({ number: id, ...one, dueAt: localTime(dueAt) }));
    return { now: this.time, bugs: this.faults.names, outbox, lost };
  }

  #restart(): void {
    // Without a file a real restart would empty the books too; here they stay, so that a test can look at what is left of the rest.
    if (this.faults.has("forgetful")) this.outbox.forget();
    this.keep();
  }

  #open(): void {
    const { stateFile } = this.#options;
    if (stateFile === null || !existsSync(stateFile)) return;
    const kept = JSON.parse(readFileSync(stateFile, "utf8"));
    this.books.now = { ...this.#empty(), ...kept.books };
    this.outbox.restore(kept.outbox);
  }
}
