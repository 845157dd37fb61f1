/** Who must act now by the catalogue. Part four says `police`: its mode tells what follows. @source nmg:2.1 */
export const SIDES = ["hotline", "police", "both", "neither", "negotiate"] as const;
export type CatalogueSide = (typeof SIDES)[number];

/** How an item is handled: one mode for each annex part, one for neither desk's matter, one for what is not settled. */
export const MODES = [
  "hotlineHandles",
  "policeHandles",
  "urgentBoth",
  "policeFirstThenHotline",
  "guide",
  "negotiate",
] as const;
export type CatalogueMode = (typeof MODES)[number];

/** `urgent` = somebody must act within minutes. It is a floor: a person may mark danger, nothing lowers it. */
export const URGENCIES = ["ordinary", "urgent"] as const;
export type Urgency = (typeof URGENCIES)[number];

/** What a row rests on. A `default` is a proposal (待会商): it suggests and never refuses. */
export const BASES = ["plan", "agreement", "default"] as const;
export type Basis = (typeof BASES)[number];

/** Part of the annex a class stands in; `neither` and `negotiate` stand outside it. */
export const PARTS = ["one", "two", "three", "four", "neither", "negotiate"] as const;
export type AnnexPart = (typeof PARTS)[number];

/** Which desk uses an entry of a code list. */
export const DESKS = ["both", "hotline", "police"] as const;
export type Desk = (typeof DESKS)[number];

/** Key of a clause, e.g. `nmg:2.2.1` = 二（二）1, `nmg:a4.6` = annex part four （六）, `nmg:a.end` its last sentence. */
export type ClauseKey = string;
/** Calendar day `yyyy-mm-dd`, Asia/Shanghai. */
export type Day = string;
