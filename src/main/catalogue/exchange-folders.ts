import { basename, join, resolve } from "node:path";
import { advanceVersion, diffCatalogues, isNameTaken } from "../../core/catalogue/index.ts";
import type { Catalogue, CatalogueChange, CatalogueProblem } from "../../core/catalogue/index.ts";
import { err, ok } from "../../kernel/index.ts";
import type { Instant, Result } from "../../kernel/index.ts";
import { readCatalogueFolder, siblingOf, writeFolderFiles } from "../../storage/catalogue-files/index.ts";
import type { BaseOf } from "../../storage/catalogue-files/index.ts";
import type { CatalogueVersionStore } from "../../storage/index.ts";
import { checkFolder } from "./check-folder.ts";
import { calendarFor } from "./calendar-check.ts";
import { placesOfProgram } from "../node/seed.ts";
import { catalogueOfVersion, checkedVersion, keepCatalogue } from "./kept-catalogue.ts";

/** What came of an import: a draft and how it differs from what is in force. */
export type Imported = {
  readonly catalogue: Catalogue;
  readonly against: string | null;
  readonly changes: readonly CatalogueChange[];
};

/**
 * Takes an edited folder into the node as a draft. The base its head names is looked for among the kept versions first, then
 * beside the folder. Nothing is kept unless all of it is right.
 * Errors: every problem by file, row and rule; HOURS_UNKNOWN for a limit by hours the calendar does not have; VERSION_TAKEN when the number is in use with another text;
 * VERSION_TAKEN_THERE when another desk has signed another text under it (`signed` = the approvals that are held).
 */
export async function importFolder(
  versions: CatalogueVersionStore,
  folder: string,
  at: Instant,
  signed: Parameters<typeof isNameTaken>[1] = [],
): Promise<Result<Imported, readonly CatalogueProblem[]>> {
  const path = resolve(folder);
  const checked = await readCatalogueFolder(path, keptOrSibling(versions, path));
  if (!checked.ok) return checked;
  const { catalogue, digest } = checked.value;
  if (isNameTaken({ version: catalogue.head.version, digest }, signed)) {
    const detail = `another desk signed another text under ${catalogue.head.version}; give the folder the next number`;
    return err([{ file: "catalogue.yaml", row: null, code: "VERSION_TAKEN_THERE", detail }]);
  }
  const problems = checkFolder(catalogue, await placesOfProgram());
  if (problems.length > 0) return err(problems);
  const calendar = await calendarFor(catalogue);
  if (!calendar.ok) return calendar;
  const taken = await keepCatalogue(versions, checked.value, at);
  if (taken !== null) {
    const detail = `${taken} is kept with another text; give the folder the next number`;
    return err([{ file: "catalogue.yaml", row: null, code: "VERSION_TAKEN", detail }]);
  }
  const version = catalogue.head.version;
  const kept = await versions.findVersion(version);
  const adopted = kept === null ? null : advanceVersion(kept, { type: "adopt" });
  // Fetched from the other desk before: the same text, now also this desk's own.
  if (kept !== null && adopted?.ok === true) await versions.advance(kept, adopted.value);
  const current = await versions.inForce();
  const before = current === null ? null : await catalogueOfVersion(versions, current);
  const changes = before === null ? [] : diffCatalogues(before, catalogue);
  return ok({ catalogue, against: current?.version ?? null, changes });
}

function keptOrSibling(versions: CatalogueVersionStore, folder: string): BaseOf {
  return async (version) => {
    const kept = await checkedVersion(versions, version);
    return kept.ok ? kept : siblingOf(folder)(version);
  };
}

/**
 * Writes a kept version as the files it was read from, byte by byte, into `target/ID`. Gives the folder.
 * Errors: VERSION_UNKNOWN, FILES_NOT_KEPT (kept by an earlier program), FOLDER_NOT_EMPTY.
 */
export async function exportVersion(
  versions: Pick<CatalogueVersionStore, "findVersion" | "filesOf">,
  version: string,
  target: string,
): Promise<Result<string, { readonly code: "VERSION_UNKNOWN" | "FILES_NOT_KEPT" | "FOLDER_NOT_EMPTY" }>> {
  if ((await versions.findVersion(version)) === null) return err({ code: "VERSION_UNKNOWN" });
  const files = await versions.filesOf(version);
  if (files.size === 0) return err({ code: "FILES_NOT_KEPT" });
  const folder = join(resolve(target), basename(version.slice(0, version.indexOf("@"))));
  return (await writeFolderFiles(folder, files)) ? ok(folder) : err({ code: "FOLDER_NOT_EMPTY" });
}
