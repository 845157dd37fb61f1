import type { Instant } from "../kernel/index.ts";
import { isInstant } from "../kernel/index.ts";
import { isUuid } from "./cases/parse.ts";

/** Page and feed cursors are opaque to everybody else: base64url of a JSON list of texts. */
export function encodeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts), "utf8").toString("base64url");
}

/** The texts of a cursor of exactly `length` parts; null for anything that was not made by `encodeCursor`. */
export function decodeCursor(cursor: string, length: number): readonly string[] | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (!Array.isArray(value) || value.length !== length) return null;
    const parts: readonly unknown[] = value;
    return parts.every((part) => typeof part === "string") ? parts : null;
  } catch {
    return null;
  }
}

/** The last row of a page sorted by (instant, id); null for the first page and for a text nobody was given. */
export function decodePageCursor(cursor: string | null): readonly [Instant, string] | null {
  const [at, id] = (cursor === null ? null : decodeCursor(cursor, 2)) ?? [];
  return isInstant(at) && id !== undefined && isUuid(id) ? [at, id] : null;
}
