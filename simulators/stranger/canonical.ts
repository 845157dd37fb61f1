import { sm3 } from "sm-crypto-v2";
import { parseObject } from "./json.ts";

const DEEPEST = 32;

/**
 * Canonical JSON (RFC 8785; linkage-exchange 2.3). Throws RangeError for what has no canonical form: a value deeper than 32
 * levels, text with a lone surrogate, a number that is none.
 */
export function canonical(value: unknown, depth = 1): string {
  if (depth > DEEPEST) throw new RangeError("deeper than 32 levels");
  if (value === null || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value === "string") {
    if (/\p{Surrogate}/u.test(value)) throw new RangeError("a lone surrogate");
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one, depth + 1)).join(",")}]`;
  const object = parseObject(value);
  if (object === undefined) throw new RangeError(`no JSON: ${typeof value}`);
  // Plain comparison of texts is by UTF-16 code units, as the RFC wants it.
  const names = Object.keys(object)
    .filter((name) => object[name] !== undefined)
    .sort();
  return `{${names.map((name) => `${canonical(name, depth)}:${canonical(object[name], depth + 1)}`).join(",")}}`;
}

/** SM3 over bytes, 64 lower-case hex digits (linkage-exchange 2.2). */
export function sm3Of(bytes: Uint8Array): string {
  return sm3(Uint8Array.from(bytes));
}

/** The digest of a message: SM3 over its canonical JSON as it was sent (linkage-exchange 4.3). */
export function digestOf(value: unknown): string {
  return sm3Of(Buffer.from(canonical(value), "utf8"));
}
