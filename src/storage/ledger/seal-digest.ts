import { hash } from "node:crypto";
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

/** A plain object. Any other kind (a Date, bytes) would lose what it holds without a word: it throws. */
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const kind: unknown = Object.getPrototypeOf(value);
  if (kind !== Object.prototype && kind !== null) throw new TypeError("only plain JSON has a canonical form");
  return true;
}

/** The same value with the keys of every object in code-unit order (and numbers first, as in every object). */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isObject(value)) return value;
  const ordered: Record<string, unknown> = {};
  for (const name of Object.keys(value).sort()) {
    if (name === "__proto__") Object.defineProperty(ordered, name, { value: inOrder(value[name]), enumerable: true });
    else ordered[name] = inOrder(value[name]);
  }
  return ordered;
}

/** JSON with the keys of every object in code-unit order: the database does not keep the order they were written in. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(inOrder(value));
}

/**
 * SM3 over the canonical JSON list [home, kind, stream, version, case, type, type version, at, body]. Not over `tx` and
 * `position`: those change when a backup is restored, and the log must still verify.
 */
export function eventDigest(e: SealedEvent): Buffer {
  const fields = [e.home, e.streamKind, e.streamId, e.version, e.caseId, e.type, e.typeVersion, e.at, e.body];
  return hash("sm3", canonicalJson(fields), "buffer");
}

/** The next link: SM3(previous link, digest). */
export function nextLink(previous: Uint8Array, digest: Uint8Array): Buffer {
  return hash("sm3", Buffer.concat([previous, digest]), "buffer");
}
