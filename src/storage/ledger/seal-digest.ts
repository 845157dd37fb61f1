import { createHash } from "node:crypto";
import type { Instant } from "../../kernel/index.ts";

/** An event as the chain sees it. */
export type SealedEvent = {
  readonly home: string;
  readonly streamKind: string;
  readonly streamId: string;
  readonly version: number;
  readonly caseId: string;
  readonly type: string;
  readonly typeVersion: number;
  readonly at: Instant;
  readonly body: unknown;
};

/** The chain begins here: 32 zero bytes. */
export const CHAIN_START: Buffer = Buffer.alloc(32);

function sm3(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash("sm3");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** JSON with the keys of every object in code-unit order: the database does not keep the order they were written in. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : Number(a > b))));
  });
}

/**
 * SM3 over the canonical JSON list [home, kind, stream, version, case, type, type version, at, body]. Not over `tx` and
 * `position`: those change when a backup is restored, and the log must still verify.
 */
export function eventDigest(e: SealedEvent): Buffer {
  const fields = [e.home, e.streamKind, e.streamId, e.version, e.caseId, e.type, e.typeVersion, e.at, e.body];
  return sm3(Buffer.from(canonicalJson(fields), "utf8"));
}

/** The next link: SM3(previous link, digest). */
export function nextLink(previous: Uint8Array, digest: Uint8Array): Buffer {
  return sm3(previous, digest);
}
