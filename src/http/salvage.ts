import { pathOf } from "./problems/index.ts";
import type { SchemaFinding } from "./problems/index.ts";

/** The longest text the form takes. */
const FORM_TEXT = 20_000;
/** The longest text kept whole on the way of a danger, in characters: what one value may hold on the wire, with some room. */
const WHOLE_TEXT = 60_000;
/** Of a longer one this much of the beginning stays; the threat stands at the end, so the end gets the rest. */
const HEAD_TEXT = 20_000;

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
  if (text !== "") fields["text"] = keepBothEnds(text);
  return { body: top, corrected: [...corrected].sort() };
}

/** Makes the body of a danger command fit: only its note counts, and the desk it names. */
export function salvageNote(body: unknown): Salvaged {
  const sent = parseBody(body);
  const note = sent["note"];
  const text = typeof note === "string" ? note.trim() : wordsOf("note", note).join("");
  const to = typeof sent["to"] === "string" && sent["to"] !== "" ? { to: sent["to"].slice(0, 200) } : {};
  const fits = (name: string): boolean =>
    name === "to" ? to.to === sent["to"] : name === "note" && note === text && text.length <= FORM_TEXT;
  const corrected = Object.keys(sent).filter((name) => !fits(name));
  return { body: { ...(text === "" ? {} : { note: keepBothEnds(text) }), ...to }, corrected: corrected.sort() };
}

/** The same body with a text that the form takes: for checking all the rest of it. */
export function inForm(body: Body): Body {
  const { text, ...fields } = parseBody(body["fields"]);
  const shown = typeof text === "string" ? { text: [...text].slice(0, FORM_TEXT).join("") } : {};
  return { ...body, fields: { ...fields, ...shown } };
}

/** A JSON text that nobody could read and that says danger: all of it becomes what was said. */
export function unreadableRegistration(text: string): Body | null {
  return /"danger"\s*:\s*true/.test(text) ? { danger: true, body: text } : null;
}

/** Whole as long as it can be stored whole; else the beginning and the end, and what is missing between them is said. */
function keepBothEnds(text: string): string {
  const characters = [...text];
  const left = characters.length - WHOLE_TEXT;
  if (left <= 0) return text;
  const gap = `\n……〔此处略去 ${left} 字 / ${left} characters left out here〕……\n`;
  return characters.slice(0, HEAD_TEXT).join("") + gap + characters.slice(HEAD_TEXT + left).join("");
}

function wordsOf(name: string, value: unknown): readonly string[] {
  if (value === undefined || value === null || value === "") return [];
  return [`[${name}] ${typeof value === "string" ? value : JSON.stringify(value)}`];
}

function parseBody(value: unknown): Body {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Body) : {};
}
