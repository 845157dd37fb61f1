import { advanceVersion, hasAgreements } from "../../core/catalogue/index.ts";
import type { Catalogue, CatalogueVersion } from "../../core/catalogue/index.ts";
import type { Instant } from "../../kernel/index.ts";
import { digestOfFiles, headOf, readCatalogueFolder, readFolderFiles } from "../../storage/catalogue-files/index.ts";
import type { CatalogueVersionStore } from "../../storage/index.ts";
import { programPath } from "../node/program-path.ts";
import { SeedError } from "../node/seed-error.ts";
import { catalogueOfVersion, draftOf, keepCatalogue } from "./kept-catalogue.ts";

export type SeedFolder = {
  readonly folder: string;
  readonly at: Instant;
  readonly log: (line: string) => void;
};

/**
 * The catalogue this node judges by. Files seed an empty node; afterwards the database is the truth. When the folder holds
 * a version the node has not seen, it is kept: on a node where the two desks have agreed nothing yet it takes effect at
 * once if it rests on no agreement, for a plan binds both; otherwise it waits as a draft for both signatures. A folder that cannot be read
 * stops an empty node (SeedError) and is only told to a node that has its rules. @source nmg:2.2.5 @req REQ-20
 */
export async function catalogueInForce(versions: CatalogueVersionStore, seed: SeedFolder): Promise<Catalogue> {
  const current = await versions.inForce();
  if (current !== null && !(await hasNews(versions, seed))) return catalogueOfVersion(versions, current);
  const checked = await readCatalogueFolder(programPath(seed.folder));
  if (!checked.ok) {
    const fault = new SeedError(`catalogue ${seed.folder}`, checked.error);
    if (current === null) throw fault;
    seed.log(`${fault.message}; ${current.version} stays in force`);
    return catalogueOfVersion(versions, current);
  }
  const taken = await keepCatalogue(versions, checked.value, seed.at);
  if (taken !== null) {
    seed.log(
      `catalogue ${seed.folder}: ${taken} is kept here with another text; an edited folder needs the next number`,
    );
    if (current === null) throw new Error(`catalogue ${taken} differs from what is kept and nothing is in force`);
    return catalogueOfVersion(versions, current);
  }
  const { version } = checked.value.catalogue.head;
  const before = (await versions.findVersion(version)) ?? draftOf(checked.value, seed.at);
  const agreements = hasAgreements(checked.value.catalogue);
  if (await putInForce(versions, { before, current, agreements }, seed)) return checked.value.catalogue;
  const now = await versions.inForce();
  if (now === null) throw new Error(`catalogue ${version} cannot take effect and nothing else is in force`);
  return catalogueOfVersion(versions, now);
}

/** Whether the folder holds a text that is not kept yet; reads bytes, parses only the head. */
async function hasNews(versions: CatalogueVersionStore, { folder, log }: SeedFolder): Promise<boolean> {
  const files = await readFolderFiles(programPath(folder));
  const head = files.ok ? headOf(files.value) : files;
  if (!files.ok || !head.ok) {
    log(
      `catalogue ${folder}: ${head.ok ? "unreadable" : head.error.map(({ code, detail }) => `${code} ${detail}`).join("; ")}`,
    );
    return false;
  }
  const kept = await versions.findVersion(head.value.version);
  if (kept === null) return true;
  const base = head.value.base === null ? null : await versions.findVersion(head.value.base);
  const known = kept.digest === digestOfFiles(files.value, base?.digest ?? null);
  const unfiled = kept.format < 2;
  if (!known && !unfiled) log(`catalogue ${folder}: ${kept.version} is kept here with another text; raise its number`);
  return false;
}

async function putInForce(
  versions: CatalogueVersionStore,
  change: {
    readonly before: CatalogueVersion;
    readonly current: CatalogueVersion | null;
    readonly agreements: boolean;
  },
  { at, log }: SeedFolder,
): Promise<boolean> {
  const { before, current, agreements } = change;
  const after = advanceVersion(before, { type: "seed", at, current, agreements });
  if (!after.ok) {
    log(`catalogue ${before.version} is kept as a draft: ${after.error.code}`);
    return false;
  }
  const aside = current === null ? null : advanceVersion(current, { type: "supersede", at });
  if (aside !== null && !aside.ok) return false;
  const superseded = aside === null || current === null ? null : { before: current, after: aside.value };
  const moved = await versions.replace({ before, after: after.value }, superseded);
  if (moved) log(`catalogue ${before.version} is in force${current === null ? "" : ` after ${current.version}`}`);
  return moved;
}
