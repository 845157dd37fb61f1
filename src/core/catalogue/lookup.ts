import type { Catalogue, CatalogueClass, CatalogueItem } from "./catalogue.ts";
import type { Basis, CatalogueMode, CatalogueSide, ClauseKey, Day, Urgency } from "./vocabulary.ts";

/** What the catalogue says of an item, with the version and the clause it says it by. @source nmg:2.1 @req REQ-08 */
export type CatalogueVerdict = {
  readonly item: CatalogueItem["code"];
  readonly side: CatalogueSide;
  readonly mode: CatalogueMode;
  readonly urgency: Urgency;
  readonly catalogueVersion: string;
  readonly source: ClauseKey;
  readonly basis: Basis;
};

/** The item of this code, or null. A code unknown to this version is never a ground to refuse a request. */
export function findItem(catalogue: Catalogue, code: string): CatalogueItem | null {
  return catalogue.items.find((item) => item.code === code) ?? null;
}

/** The class of this code, or null. */
export function findClass(catalogue: Catalogue, code: string): CatalogueClass | null {
  return catalogue.classes.find((row) => row.code === code) ?? null;
}

/** Items of one class in the order of the annex; empty for an unknown class. */
export function itemsOfClass(catalogue: Catalogue, classCode: string): readonly CatalogueItem[] {
  return catalogue.items.filter((item) => item.classCode === classCode);
}

/** The verdict an item stands for, or null when this version does not know the code. @source nmg:2.1 @req REQ-07 */
export function verdictOf(catalogue: Catalogue, itemCode: string): CatalogueVerdict | null {
  const item = findItem(catalogue, itemCode);
  if (item === null) return null;
  return {
    item: item.code,
    side: item.side,
    mode: item.mode,
    urgency: item.urgency,
    catalogueVersion: catalogue.head.version,
    source: item.source,
    basis: item.basis,
  };
}

/**
 * Whether a machine may propose this item or judge by it. An exclusion that needs a legal eye (a secret, privacy, good
 * morals) is for a person alone. @source nmg:2.1 @req REQ-06
 */
export function mayMachineJudge(catalogue: Pick<Catalogue, "exclusions">, itemCode: string): boolean {
  return !catalogue.exclusions.some((exclusion) => exclusion.itemCode === itemCode && exclusion.needsLegalEye);
}

/** Whether a row is in force on a day; both ends count. */
export function isInForce(row: { readonly validFrom: Day; readonly validTo: Day | null }, day: Day): boolean {
  return row.validFrom <= day && (row.validTo === null || day <= row.validTo);
}

/** Whether anything rests on an agreement of the two desks, which both must have signed: a row, an ended row, a policy. @req REQ-20 */
export function hasAgreements(catalogue: Catalogue): boolean {
  if (catalogue.changed) return true;
  const { items, groups, lists, channels, exclusions, guidanceReasons, limits, clockMarks } = catalogue;
  const questions = groups.flatMap((group) => group.questions);
  const rules = [items, questions, channels, exclusions, guidanceReasons, limits, clockMarks];
  const rows = [...rules, ...Object.values(lists)].flat();
  return rows.some((row) => row.basis === "agreement");
}

/** Whether a code of a list may still be chosen on a day; it can be named for ever. */
export function isOffered(entry: { readonly validTo: Day | null }, day: Day): boolean {
  return entry.validTo === null || day <= entry.validTo;
}

/**
 * The kind of unit proposed for one half of an item: `hotline` the government half, `police` the police half.
 * null = no such half, or the code is unknown: a person chooses. Always a proposal; neither plan names departments.
 */
export function unitKindFor(catalogue: Catalogue, itemCode: string, half: "hotline" | "police"): string | null {
  const item = findItem(catalogue, itemCode);
  if (item === null) return null;
  return half === "police" ? item.defaultPoliceUnitKind : item.defaultUnitKind;
}
