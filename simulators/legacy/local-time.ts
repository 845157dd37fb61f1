/** China has kept one time, eight hours ahead of UTC and without summer time, since 1992. */
const AHEAD_MS = 8 * 3_600_000;

/** `YYYY-MM-DD HH:mm:ss` in Asia/Shanghai, without a zone, as such systems write it; `at` in milliseconds since 1970 UTC. */
export function localTime(at: number): string {
  return new Date(at + AHEAD_MS).toISOString().slice(0, 19).replace("T", " ");
}

/** The reverse. Throws a RangeError for anything else. */
export function readLocalTime(text: string): number {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) throw new RangeError(`not YYYY-MM-DD HH:mm:ss: ${text}`);
  const at = Date.parse(`${text.replace(" ", "T")}+08:00`);
  if (Number.isNaN(at)) throw new RangeError(`no such time: ${text}`);
  return at;
}

/** `yymmddHHMMSS`, the beginning of many a number. */
export function timeDigits(at: number): string {
  return localTime(at).replace(/\D/g, "").slice(2);
}

/** A clock that runs with the machine's and can be put forward; times in milliseconds. */
export class Clock {
  readonly #machine: () => number;
  #offset: number;

  constructor(machine: () => number, start: number | null) {
    this.#machine = machine;
    this.#offset = start === null ? 0 : start - machine();
  }

  now(): number {
    return this.#machine() + this.#offset;
  }

  advance(milliseconds: number): void {
    this.#offset += milliseconds;
  }
}
