import { pathOf } from "./problems/index.ts";
import type { SchemaFinding } from "./problems/index.ts";

const MAX_TEXT = 20_000;

type Body = Readonly<Record<string, unknown>>;

/** A body made good and the names of what could not be stored as it was sent. */
export type Salvaged = { readonly body: Body; readonly corrected: readonly string[] };

/**
 * Makes a registration that says danger fit to be stored, whatever was wrong with it: a field that does not fit is taken out
 * and its words go into the text, so that nothing said is lost (P4) and nothing refuses the push (P3).
 */
export function salvageRegistration(body: unknown, findings: readonly SchemaFinding[]): Salvaged {
  const sent = parseBody(body);
  const fields: Record<string, unknown> = { ...parseBody(sent["fields"]) };
  const top: Record<string, unknown> = { ...sent, fields, danger: true };
  const words: string[] = [];
  const corrected = new Set<string>();
  for (const finding of findings) {
    const [, first = "", second] = pathOf(finding).split("/");
    const place = first === "fields" && second !== undefined ? fields : top;
    const name = place === fields ? (second ?? "") : first;
    if (!Object.hasOwn(place, name) || name === "fields" || name === "danger") continue;
    corrected.add(name);
    if (place === fields && name === "text") continue;
    words.push(...wordsOf(name, place[name]));
    delete place[name];
  }
  const said = fields["text"];
  const text = [typeof said === "string" ? said : wordsOf("text", said).join(""), ...words].join("\n").trim();
  delete fields["text"];
  if (text !== "") fields["text"] = cut(text);
  return { body: top, corrected: [...corrected].sort() };
}

/** Makes the body of a danger command fit: only its note counts. */
export function salvageNote(body: unknown): Salvaged {
  const sent = parseBody(body);
  const note = sent["note"];
  const text = typeof note === "string" ? note.trim() : wordsOf("note", note).join("");
  const corrected = Object.keys(sent).filter((name) => name !== "note" || note !== text || text.length > MAX_TEXT);
  return { body: text === "" ? {} : { note: cut(text) }, corrected: corrected.sort() };
}

function cut(text: string): string {
  return [...text].slice(0, MAX_TEXT).join("");
}

function wordsOf(name: string, value: unknown): readonly string[] {
  if (value === undefined || value === null || value === "") return [];
  return [`[${name}] ${typeof value === "string" ? value : JSON.stringify(value)}`];
}

function parseBody(value: unknown): Body {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Body) : {};
}
