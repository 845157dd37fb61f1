/** What is carried: one JSON object. */
export type Body = { readonly [member: string]: unknown };

/** Why a call is refused: the `code` that an answer carries, and its words. */
export class Refused extends Error {
  readonly code: 400 | 404 | 409;

  constructor(code: 400 | 404 | 409, words: string) {
    super(words);
    this.code = code;
  }
}

/** An object, or a refusal. */
export function parseBody(text: string): Body {
  const value = readJson(text);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Refused(400, "参数错误: no JSON object");
  return value as Body;
}

function readJson(text: string): unknown {
  try {
    return text.trim() === "" ? {} : JSON.parse(text);
  } catch {
    throw new Refused(400, "参数错误: no JSON");
  }
}

/** A member as a text: numbers are written out, what is absent or nested is empty. */
export function textIn(body: Body, member: string): string {
  const value = body[member];
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

/** The texts of these members, those that are there. */
export function textsIn(body: Body, members: readonly string[]): { [member: string]: string } {
  const there = members.filter((member) => body[member] !== undefined && body[member] !== null);
  return Object.fromEntries(there.map((member) => [member, textIn(body, member)]));
}

/** Refuses a body in which one of these is empty. */
export function requireTexts(body: Body, members: readonly string[]): void {
  const missing = members.find((member) => textIn(body, member) === "");
  if (missing !== undefined) throw new Refused(400, `参数错误: ${missing}不能为空`);
}
