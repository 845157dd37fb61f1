import type { CatalogueItem } from "../catalogue/index.ts";

/** A sentence in both languages. */
export type Spoken = { readonly zh: string; readonly en: string };

/** A name as a person says it: without brackets and marks, a shared head put in words. */
export function spokenName(
  item: Pick<CatalogueItem, "code" | "nameZh" | "nameEn" | "classNameZh" | "classNameEn">,
): Spoken {
  if (item.code.endsWith("-99") && !item.code.startsWith("N"))
    // A class may be named 其他… itself.
    return {
      zh: `其他${withoutMarks(item.classNameZh).replace(/^其他/, "")}事项`,
      en: `another matter of ${lower(item.classNameEn)}`,
    };
  // The plan speaks of the caller as of a third person; the sentence is said to the caller.
  const name = item.nameZh.replace("·", "中的").replace(/^诉求人称有/, "");
  return { zh: withoutMarks(name), en: lower(withoutMarks(item.nameEn)) };
}

/** A text without what cannot be said: bracketed words, brackets, quotation marks, a full stop at the end. */
export function withoutMarks(text: string): string {
  return text
    .replaceAll(/（[^）]*）|\([^)]*\)|〔[^〕]*〕/g, "")
    .replaceAll(/[“”"]/g, "")
    .replaceAll(/ {2,}/g, " ")
    .replace(/[。；.]$/, "")
    .trim();
}

function lower(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
