import type { Brand, Result } from "../../kernel/index.ts";

/** Name of a stored content: SM3 over its bytes, 64 lower-case hex digits. */
export type BlobDigest = Brand<"BlobDigest">;

export function isBlobDigest(value: unknown): value is BlobDigest {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

/** BLOB_TOO_LARGE: more than `limit` bytes, nothing is kept. */
export type BlobPutRefusal = { readonly code: "BLOB_TOO_LARGE"; readonly limit: number };

/** BLOB_UNKNOWN: nothing of that name. BLOB_DAMAGED: the bytes are not those it was named by; restore it from a backup. */
export type BlobOpenRefusal = { readonly code: "BLOB_UNKNOWN" | "BLOB_DAMAGED" };

/** A stored content that was checked whole; `read` may be called again and streams from the beginning. */
export type OpenBlob = { readonly bytes: number; readonly read: () => AsyncIterable<Uint8Array> };

/**
 * Recordings, attachments, exports: large contents that belong to no row, named by what they hold. Written once, never
 * changed; the row that names a digest says whose it is and who may read it. @source nmg:2.3.2
 */
export type Blob = {
  /** Keeps a content; it is on disk when this resolves. Putting the same content again gives the same name. */
  readonly put: (content: Uint8Array | AsyncIterable<Uint8Array>) => Promise<Result<BlobDigest, BlobPutRefusal>>;
  readonly open: (digest: BlobDigest) => Promise<Result<OpenBlob, BlobOpenRefusal>>;
  /** Whether something of that name is kept; only `open` says whether it is whole. */
  readonly has: (digest: BlobDigest) => Promise<boolean>;
  /** Every name, in ascending order; what is put meanwhile may or may not appear. */
  readonly list: () => AsyncIterable<BlobDigest>;
};
