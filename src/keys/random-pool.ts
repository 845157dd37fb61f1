import { randomFillSync } from "node:crypto";

/** Each question to the system's generator costs some 15 µs here, whatever its length: a registration asks for twenty values. */
const POOL_BYTES = 4_096;

/** Random values out of bytes that were fetched in advance. */
export interface RandomPool {
  readonly bytes: (length: number) => Buffer;
  /** Lower-case hex digits, two for each byte. */
  readonly hex: (length: number) => string;
}

/**
 * A pool filled by `fill` (the system's generator). What was handed out is wiped from it, so that no key, salt or IV stands in
 * memory twice and none is ever given twice.
 */
export function createRandomPool(fill: (bytes: Buffer) => Buffer): RandomPool {
  const pool = Buffer.alloc(POOL_BYTES);
  let used = POOL_BYTES;

  /** Where the next `length` bytes of the pool begin, which nobody was given yet. */
  const reserve = (length: number): number => {
    if (used + length > POOL_BYTES) {
      fill(pool);
      used = 0;
    }
    used += length;
    return used - length;
  };

  const bytes = (length: number): Buffer => {
    if (length > POOL_BYTES) return fill(Buffer.alloc(length));
    const from = reserve(length);
    // Memory of its own: small buffers made in the usual way lie next to each other in one that all share.
    const given = Buffer.alloc(length);
    // Byte by byte: for the few that are asked for, a call into the library for copying and one for wiping cost ten times as much.
    for (let at = 0; at < length; at++) {
      given[at] = pool[from + at] ?? 0;
      pool[from + at] = 0;
    }
    return given;
  };

  const hex = (length: number): string => {
    if (length > POOL_BYTES) return bytes(length).toString("hex");
    const from = reserve(length);
    const digits = pool.toString("hex", from, from + length);
    pool.fill(0, from, from + length);
    return digits;
  };

  return { bytes, hex };
}

const pool = createRandomPool((bytes) => randomFillSync(bytes));

/** Random bytes of the system's generator, in memory of their own. */
export const randomPooled = pool.bytes;

/** The same as lower-case hex digits, two for each byte. */
export const randomPooledHex = pool.hex;
