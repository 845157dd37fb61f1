/**
 * Reads the sheets under `catalogue/` from disk and hands them to the core, which judges them. Decides nothing about their
 * content. Serves nmg:2.3.2 and yn:4.1.1.
 */
export { digestOfFiles, readFolderFiles, writeFolderFiles } from "./folder-files.ts";
export type { FolderFiles } from "./folder-files.ts";
export { catalogueOfFiles, headOf, readCatalogue, readCatalogueFolder, siblingOf } from "./read-catalogue.ts";
export type { BaseOf, CheckedCatalogue } from "./read-catalogue.ts";
export { readRegions, readUnits } from "./read-directory.ts";
