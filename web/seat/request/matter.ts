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
