/** Deeper values than this are refused: no message of ours is deeper than 6, and a hostile one must not fill the stack. */
const DEPTH_MAX = 32;

/** What a peer sent cannot be written canonically: too deep, or text that is not well-formed Unicode. */
export class CanonicalFault extends Error {}

function textOf(value: string): string {
  // With the u flag a pair is one character, so only a lone surrogate is of class Cs.
  if (/\p{Cs}/u.test(value)) throw new CanonicalFault("text is not well-formed Unicode");
  return JSON.stringify(value);
}

function write(value: unknown, depth: number): string {
  if (depth > DEPTH_MAX) throw new CanonicalFault(`deeper than ${DEPTH_MAX}`);
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return textOf(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new CanonicalFault("a number is not finite");
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => write(item, depth + 1)).join(",")}]`;
  if (typeof value !== "object") throw new TypeError(`${typeof value} has no JSON form`);
  // Sorting by UTF-16 code units is the default order and the one RFC 8785 asks for.
  const members = Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${textOf(key)}:${write(member, depth + 1)}`);
  return `{${members.join(",")}}`;
}

/**
 * The one way to write a JSON value (RFC 8785): members sorted by name, no white space, no `undefined`, UTF-8 when encoded.
 * Throws `CanonicalFault` for what a peer can cause, TypeError for values that are not JSON.
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}
