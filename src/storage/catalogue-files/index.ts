/**
 * Reads the sheets under `catalogue/` from disk and hands them to the core, which judges them. Decides nothing about their
 * content. Serves nmg:2.3.2 and yn:4.1.1.
 */
export { digestOfFiles, readFolderFiles, writeFolderFiles } from "./folder-files.ts";
export type { FolderFiles } from "./folder-files.ts";
export { readCalendar } from "./read-calendar.ts";
export {
  catalogueOfFiles,
  everydayWordsOf,
  headOf,
  readCatalogue,
  readCatalogueFolder,
  siblingOf,
} from "./read-catalogue.ts";
export type { BaseOf, CheckedCatalogue } from "./read-catalogue.ts";
export { directoryFile, directoryFiles, readDirectory } from "./read-directory.ts";
export type { DirectoryFiles } from "./read-directory.ts";
export { openTowns, readPlaces, readRouting, readTowns } from "./read-places.ts";
export { directoryAsFiles } from "./write-directory.ts";
export type { Encoding } from "./read-sheet-file.ts";
export type { Places, TownBook } from "./read-places.ts";
