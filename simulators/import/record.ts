import { createHash } from "node:crypto";
import { parseObject, parseText, textOf } from "../client/json.ts";

/** One message of a member of the public, as it will be registered. */
export type SourceRecord = { readonly id: string; readonly text: string; readonly user: string | null };

export type RejectCode =
  | "NOT_JSON"
  | "ID_MISSING"
  | "ID_TOO_LONG"
  | "TEXT_MISSING"
  | "TEXT_TOO_LONG"
  | "DUPLICATE_ID"
  /** The desk has another text under this id, or another account imported it. */
  | "CHANGED_SINCE_IMPORT"
  | `REFUSED_${string}`;

export type Parsed =
  | { readonly ok: true; readonly record: SourceRecord }
  | { readonly ok: false; readonly code: RejectCode; readonly id: string | null };

/** Longest text of one request, in characters. */
export const TEXT_AT_MOST = 20_000;
const ID_AT_MOST = 200;
const CONTACT_AT_MOST = 200;

/** Checks one line. Title and text become one text; the mark that spreadsheets leave for a line break is taken out. */
export function parseLine(line: string): Parsed {
  const row = parseText(line);
  if (typeof row !== "object" || row === null || Array.isArray(row)) return { ok: false, code: "NOT_JSON", id: null };
  const fields = parseObject(row);
  const rawId = fields["id"];
  const id = typeof rawId === "number" ? String(rawId) : (textOf(rawId)?.trim() ?? "");
  if (id === "") return { ok: false, code: "ID_MISSING", id: null };
  if (id.length > ID_AT_MOST) return { ok: false, code: "ID_TOO_LONG", id: id.slice(0, ID_AT_MOST) };
  const said = cleanText(textOf(fields["text"]) ?? "");
  if (said === "") return { ok: false, code: "TEXT_MISSING", id };
  const title = cleanText(textOf(fields["title"]) ?? "");
  const text = title === "" || said.startsWith(title) ? said : `${title}\n${said}`;
  if (lengthOf(text) > TEXT_AT_MOST) return { ok: false, code: "TEXT_TOO_LONG", id };
  const user = cleanText(textOf(fields["user"]) ?? "");
  return { ok: true, record: { id, text, user: user === "" || lengthOf(user) > CONTACT_AT_MOST ? null : user } };
}

function cleanText(text: string): string {
  return text.replaceAll("_x000D_", "").replaceAll("\u0000", "").trim();
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}

/** Body of the registration. The same record always gives the same body, or a second run would be no repeat. */
export function bodyOf(record: SourceRecord): object {
  return {
    fields: {
      channel: "web",
      text: record.text,
      ...(record.user === null ? {} : { requesterContact: record.user }),
    },
  };
}

/** The key under which a record is registered at a node: a UUID (version 8) out of both names, the same in every run. */
export function keyOf(node: string, id: string): string {
  const hash = createHash("sha256").update(`liandong import\n${node}\n${id}`).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x80, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}
