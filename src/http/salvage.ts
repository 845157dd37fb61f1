import { RegisterBody, RequestFields } from "./contract/commands.ts";
import { pathOf } from "./problems/index.ts";
import type { SchemaFinding } from "./problems/index.ts";

/** The longest text the form takes. */
const FORM_TEXT = 20_000;
/** The longest name of a desk the form takes. */
const DESK_TEXT = 200;
/** The longest text kept whole on the way of a danger, in characters: what one value may hold on the wire, with some room. */
const WHOLE_TEXT = 60_000;
/** Of a longer one this much of the beginning stays; the threat stands at the end, so the end gets the rest. */
const HEAD_TEXT = 20_000;

type Body = Readonly<Record<string, unknown>>;

/** A body made good and the names of what could not be stored as it was sent. */
export type Salvaged = { readonly body: Body; readonly corrected: readonly string[] };

/**
 * Makes a registration that says danger fit to be stored, whatever was wrong with it: what does not fit, and what nobody knows,
 * is taken out and its words go into the text, so that nothing said is lost (P4) and nothing refuses the push (P3).
 */
export function salvageRegistration(body: unknown, findings: readonly SchemaFinding[]): Salvaged {
  const sent = parseBody(body);
  const fields: Record<string, unknown> = { ...parseBody(sent["fields"]) };
  const { fields: _, danger, ...top }: Record<string, unknown> = { ...sent };
  const words: string[] = [];
  const corrected = new Set<string>(danger === true ? [] : ["danger"]);
  const takeOut = (place: Record<string, unknown>, name: string): void => {
    if (!Object.hasOwn(place, name)) return;
    corrected.add(name);
    if (place === fields && name === "text") return;
    words.push(...wordsOf(name, place[name]));
    delete place[name];
  };
  if (Object.hasOwn(sent, "fields") && !isBody(sent["fields"])) {
    corrected.add("fields");
    words.push(...wordsOf("fields", sent["fields"]));
  }
  for (const name of Object.keys(top)) if (!Object.hasOwn(RegisterBody.properties, name)) takeOut(top, name);
  for (const name of Object.keys(fields)) if (!Object.hasOwn(RequestFields.properties, name)) takeOut(fields, name);
  for (const finding of findings) {
    const [, first = "", second] = pathOf(finding).split("/");
    if (first === "fields") takeOut(fields, second ?? "");
    else takeOut(top, first);
  }
  const { text: said, ...rest } = fields;
  const text = [typeof said === "string" ? said : wordsOf("text", said).join(""), ...words].join("\n").trim();
  const kept = { ...rest, ...(text === "" ? {} : { text: keepBothEnds(text) }) };
  return { body: { ...top, fields: kept, danger: true }, corrected: [...corrected].sort() };
}

/** A registration of which nothing could be mended: all of it is what was said. */
export function salvageWhole(body: unknown): Salvaged {
  const text = keepBothEnds(wordsOf("body", body).join(""));
  return { body: { fields: text === "" ? {} : { text }, danger: true }, corrected: ["body"] };
}

/** Makes the body of a danger command fit: its note, the desk it names, and all other words of it behind the note. */
export function salvageNote(body: unknown): Salvaged {
  if (!isBody(body))
    return { body: noteOf([typeof body === "string" ? body : wordsOf("body", body).join("")]), corrected: ["body"] };
  const { note, to, ...others } = body;
  const desk = typeof to === "string" && to !== "" && to.length <= DESK_TEXT ? { to } : {};
  const unfit = { ...("to" in desk ? {} : { to }), ...others };
  const said = typeof note === "string" ? [note] : wordsOf("note", note);
  const fits = note === undefined || (typeof note === "string" && note === note.trim() && note.length <= FORM_TEXT);
  const corrected = Object.keys(unfit).filter((name) => Object.hasOwn(body, name));
  return {
    body: { ...noteOf([...said, ...Object.entries(unfit).flatMap(([name, value]) => wordsOf(name, value))]), ...desk },
    corrected: [...corrected, ...(fits ? [] : ["note"])].sort(),
  };
}

function noteOf(words: readonly string[]): Body {
  const text = words.join("\n").trim();
  return text === "" ? {} : { note: keepBothEnds(text) };
}

/** The same body with a text that the form takes: for checking all the rest of it. */
export function inForm(body: Body): Body {
  const { text, ...fields } = parseBody(body["fields"]);
  const shown = typeof text === "string" ? { text: [...text].slice(0, FORM_TEXT).join("") } : {};
  return { ...body, fields: { ...fields, ...shown } };
}

/** A text that nobody could read and that says danger, in whatever spelling: all of it becomes what was said. */
export function unreadableRegistration(text: string): Body | null {
  return SAYS_DANGER.test(text) ? { danger: true, body: text } : null;
}

const SAYS_DANGER =
  /danger\\?["']?\s*[:=]\s*(?:\\?["']\s*)?(?!(?:false|f|no|n|off|0|null|none|undefined|否|无|没有)(?![\p{L}\p{N}_]))[\p{L}\p{N}]/iu;

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

function isBody(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseBody(value: unknown): Body {
  return isBody(value) ? value : {};
}
