/**
 * The rules as data: what the annex says of each matter, the code lists of intake and hand-over, the policies in which
 * plans differ. Decides whether sheets may be judged by, and which desk an item belongs to by which clause. Refuses to
 * know files, requests, and who is responsible: a verdict suggests, the desks decide. Serves nmg:2.1, nmg:2.2.1,
 * nmg:a and yn:4.1.1.
 */
export * from "./catalogue.ts";
export * from "./agreement.ts";
export * from "./asked.ts";
export { diffCatalogues } from "./diff.ts";
export type { CatalogueChange } from "./diff.ts";
export { EVERYDAY_COLUMNS, EVERYDAY_FILE, readEverydayWords } from "./everyday.ts";
export type { EverydayWord } from "./everyday.ts";
export { CATALOGUE_COLUMNS, CATALOGUE_FILES, DOCUMENT_COLUMNS, OVERLAY_FILES } from "./files.ts";
export type { CatalogueFile, OverlaySheets, RawCatalogue } from "./files.ts";
export * from "./group.ts";
export { HEAD_FILE, isCatalogueVersion, parseHead } from "./head.ts";
export { limitSelector } from "./limits.ts";
export {
  findClass,
  findItem,
  hasAgreements,
  isInForce,
  isOffered,
  itemsOfClass,
  mayMachineJudge,
  unitKindFor,
  verdictOf,
} from "./lookup.ts";
export type { CatalogueVerdict } from "./lookup.ts";
export { findGroup, groupsOf, impliedAnswers, nextQuestion } from "./next-question.ts";
export type { Answered, Answers, DeskFacts, GroupStep } from "./next-question.ts";
export { overlayCatalogue } from "./overlay.ts";
export { searchItems } from "./search.ts";
export { noteDuplicates, readSheet, isDay } from "./sheet.ts";
export type { CatalogueProblem, CatalogueProblemCode, RowReader, Sheet, SheetRow } from "./sheet.ts";
export { checkSummary } from "./summary.ts";
export { ungroupedTwins } from "./twins.ts";
export type { Twins } from "./twins.ts";
export { validateCatalogue } from "./validate.ts";
export * from "./version.ts";
export * from "./vocabulary.ts";
