import type { RequestView } from "../../../src/http/contract/index.ts";

type Judged = Pick<RequestView, "verdict" | "told" | "fields">;

/** What the matter is: as judged here, else as the other desk judged it (`by` = that desk); null = nobody has judged it. */
export function matterOf(
  request: Judged,
  language: "zh" | "en",
): { readonly name: string; readonly by: string | null } | null {
  const { verdict } = request;
  const own = language === "zh" ? verdict?.itemName : verdict?.itemNameEn;
  if (own !== undefined && own !== null) return { name: own, by: null };
  const told = request.told?.find(({ name, value }) => name === "item" && typeof value === "string");
  if (told === undefined) return null;
  return { name: (language === "zh" ? told.label : told.labelEn) ?? String(told.value), by: told.by };
}

/** What a handling unit said when it raised danger, the newest: which unit and where to ring it, then its own words. */
export function raisedByUnit(
  request: Pick<RequestView, "fields">,
): { readonly unit: string; readonly words: string } | null {
  const said = Object.entries(request.fields).findLast(([field]) => field.startsWith("note.raisedByUnit."));
  const value = said?.[1].value ?? null;
  if (value === null) return null;
  const [unit = "", ...words] = value.split("\n");
  return { unit, words: words.join("\n") };
}

/** Whether an entry says what the caller answered to the deciding questions. */
export function isAsked(field: string): boolean {
  return field.startsWith("note.asked.");
}

/** The newest answers to the deciding questions in a reader's language, a question with its answer in each; [] = none were asked. */
export function answeredLines(request: Pick<RequestView, "fields">, language: "zh" | "en"): readonly string[] {
  const newest = Object.entries(request.fields).findLast(([field, { value }]) => isAsked(field) && value !== null);
  return askedLines(newest?.[1].value ?? "", language);
}

/** Of one such entry the lines in a reader's language; all of it where it is not in two. */
export function askedLines(value: string, language: "zh" | "en"): readonly string[] {
  const [zh = "", en = zh] = value.split("\n\n");
  return (language === "zh" ? zh : en).split("\n").filter((line) => line !== "");
}

/** Of what was said, as much as a headline holds beside everything else, in code points. */
const HEADLINE = 14;

/** The first words of a text, with a mark when there are more. */
export function firstWords(text: string): string {
  const points = Array.from(text);
  return points.length > HEADLINE ? `${points.slice(0, HEADLINE).join("")}…` : text;
}

/**
 * What was said of a danger, most urgent speaker first: the unit that raised it, then the requester, then the first thing that was added
 * to a push which went out before a word was written; "" = nothing, or nothing that this reader may see.
 */
export function saidFirst(request: Pick<RequestView, "fields">): string {
  const { fields } = request;
  const added = Object.entries(fields).find(
    ([field, { value }]) =>
      field.startsWith("note.") && !field.startsWith("note.raisedByUnit.") && !isAsked(field) && value !== null,
  );
  return raisedByUnit(request)?.words || fields["text"]?.value || (added?.[1].value ?? "");
}

/** What a danger is called: its item, else the first words that were said; null = neither is known. @source nmg:2.2.1 */
export function headlineOf(request: Judged, language: "zh" | "en"): string | null {
  const words = firstWords(saidFirst(request));
  return matterOf(request, language)?.name ?? (words === "" ? null : words);
}
