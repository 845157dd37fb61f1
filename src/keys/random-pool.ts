import { randomFillSync } from "node:crypto";

/** Each question to the system's generator costs some 15 µs here, whatever its length: a registration asks for twenty values. */
const POOL_BYTES = 4_096;

const pool = Buffer.alloc(POOL_BYTES);
let used = POOL_BYTES;

/**
 * Random bytes of the system's generator, fetched in advance. What was handed out is wiped from the pool, so that no key, salt or
 * IV stands in memory twice and none is ever given twice.
 */
export function randomPooled(length: number): Buffer {
  if (length > POOL_BYTES) return randomFillSync(Buffer.alloc(length));
  if (used + length > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  // Memory of its own: small buffers made in the usual way lie next to each other in one that all share.
  const given = Buffer.alloc(length);
  pool.copy(given, 0, used, used + length);
  pool.fill(0, used, used + length);
  used += length;
  return given;
}
