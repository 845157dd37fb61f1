import { shanghaiDay } from "../../kernel/index.ts";
import { NO_DETAILS } from "../../core/directory/index.ts";
import type { DirectoryEntry } from "../../core/directory/index.ts";
import { EVERYDAY_FILE } from "../../core/catalogue/index.ts";
import type { Catalogue, EverydayWord } from "../../core/catalogue/index.ts";
import type { Calendar } from "../../core/clock/index.ts";
import type { Region } from "../../core/places/index.ts";
import type { Instant, RegionCode } from "../../kernel/index.ts";
import type { Classifier } from "../../app/ports/classifier.ts";
import { createRuleClassifier, parseRuleFile } from "../../classification/index.ts";
import {
  everydayWordsOf,
  openTowns,
  readDirectory,
  readFolderFiles,
  readPlaces,
} from "../../storage/catalogue-files/index.ts";
import type { FolderFiles } from "../../storage/catalogue-files/index.ts";
import { createCatalogueVersions, createUnits } from "../../storage/index.ts";
import type { CatalogueVersionStore, Store } from "../../storage/index.ts";
import { calendarOfProgram } from "../catalogue/calendar-check.ts";
import { catalogueOfVersion } from "../catalogue/kept-catalogue.ts";
import { catalogueInForce } from "../catalogue/seed-catalogue.ts";
import { createRules } from "../rules.ts";
import type { RuleBook } from "../rules.ts";
import { programPath } from "./program-path.ts";
import { SeedError } from "./seed-error.ts";

type Seed = {
  readonly catalogueFolder: string;
  readonly unitsFile: string;
  readonly home: RegionCode;
  readonly at: Instant;
  readonly now: () => Instant;
  readonly log: (line: string) => void;
};

const CUE_WORDS = "cue-words.csv";
/** Divisions of the whole country; places are the program's, not a city's. */
const PLACES = "catalogue/places";

/** The rules of a node that runs: what is in force may change under it. */
export type LiveRules = {
  readonly current: () => RuleBook;
  /**
   * Reads the version that is in force now, when it is another than the one in use; whoever asks for the rules after that gets the new
   * ones. true = they changed. When it cannot be read the old ones stay and the fault is thrown.
   */
  readonly renew: () => Promise<boolean>;
};

/** Files seed an empty node; afterwards its database is the truth. Errors: SeedError. */
export async function loadRules(store: Store, seed: Seed): Promise<RuleBook> {
  return (await openRules(store, seed)).current();
}

/** As `loadRules`, and goes on following the version in force. Directory, places and calendar are those of the start. @req REQ-20 */
export async function openRules(store: Store, seed: Seed): Promise<LiveRules> {
  const versions = createCatalogueVersions(store);
  const catalogue = await catalogueInForce(versions, { folder: seed.catalogueFolder, at: seed.at, log: seed.log });
  const regions = await placesOfProgram();
  const units = await knownUnits(store, seed, catalogue, regions);
  const towns = openTowns(programPath(PLACES));
  const calendar = await knownCalendar(seed);
  const rulesOf = async (inForce: Catalogue): Promise<RuleBook> =>
    createRules(inForce, regions, units, seed.home, await cueWords(versions, seed, inForce), {
      today: () => shanghaiDay(seed.now()),
      townName: towns.nameOf,
      everyday: await everydayWords(versions, seed, inForce),
      ...calendar,
    });
  let current = await rulesOf(catalogue);
  return {
    current: () => current,
    renew: async () => {
      const inForce = (await versions.versions()).find(({ state }) => state === "inForce");
      if (inForce === undefined || inForce.version === current.catalogueVersion) return false;
      const kept = await versions.findVersion(inForce.version);
      if (kept === null) return false;
      current = await rulesOf(await catalogueOfVersion(versions, kept));
      return true;
    },
  };
}

/** A sheet beside the rules, kept with the catalogue or with its base. */
async function besideRules(
  versions: CatalogueVersionStore,
  seed: Seed,
  { head: { version, base } }: Catalogue,
  file: string,
): Promise<Uint8Array | undefined> {
  const kept = await versions.filesOf(version);
  const bytes = kept.get(file) ?? (base === null ? undefined : (await versions.filesOf(base)).get(file));
  return bytes ?? (kept.size > 0 ? undefined : (await filesOfSeed(seed)).get(file));
}

/** Without cue words nothing is proposed and everything works. */
async function cueWords(versions: CatalogueVersionStore, seed: Seed, catalogue: Catalogue): Promise<Classifier> {
  const found = await besideRules(versions, seed, catalogue, CUE_WORDS);
  if (found === undefined) return { suggest: () => [] };
  const rules = parseRuleFile(new TextDecoder().decode(found), CUE_WORDS, catalogue);
  if (rules.ok) return createRuleClassifier(rules.value);
  const wrong = rules.error.map(({ row, code }) => `${row ?? "-"} ${code}`).join("; ");
  seed.log(`cue words of ${catalogue.head.version} propose nothing: ${wrong}`);
  return { suggest: () => [] };
}

/** Without callers' words items are found by their names alone. */
async function everydayWords(
  versions: CatalogueVersionStore,
  seed: Seed,
  catalogue: Catalogue,
): Promise<readonly EverydayWord[]> {
  const found = await besideRules(versions, seed, catalogue, EVERYDAY_FILE);
  if (found === undefined) return [];
  const words = everydayWordsOf(found, catalogue);
  if (words.ok) return words.value;
  const wrong = words.error.map(({ row, code }) => `${row ?? "-"} ${code}`).join("; ");
  seed.log(`callers' words of ${catalogue.head.version} find nothing: ${wrong}`);
  return [];
}

/** A version kept before files were: its folder still has the cue words. */
async function filesOfSeed({ catalogueFolder }: Seed): Promise<FolderFiles> {
  const files = await readFolderFiles(programPath(catalogueFolder));
  return files.ok ? files.value : new Map<string, Uint8Array>();
}

/** Units kept before a directory had more sheets have no details. */
export function parseEntry(body: unknown): DirectoryEntry {
  if (typeof body !== "object" || body === null || !("code" in body)) throw new Error("a kept unit without a code");
  return { details: NO_DETAILS, ...body } as DirectoryEntry;
}

/** A node whose calendar cannot be used works without time limits: a danger must not wait for one. @source nmg:2.2.1 */
async function knownCalendar(seed: Pick<Seed, "log">): Promise<{ readonly calendar?: Calendar }> {
  const read = await calendarOfProgram();
  if (read.ok) return { calendar: read.value };
  seed.log(`${new SeedError("calendar", read.error).message}; no time limit is counted`);
  return {};
}

export async function placesOfProgram(): Promise<readonly Region[]> {
  const read = await readPlaces(programPath(PLACES));
  if (!read.ok) throw new SeedError("places", read.error);
  return read.value.regions;
}

async function knownUnits(
  store: Store,
  seed: Seed,
  catalogue: Catalogue,
  regions: readonly Region[],
): Promise<readonly DirectoryEntry[]> {
  const table = createUnits(store, parseEntry);
  const known = await table.units();
  if (known.length > 0) return known;
  const read = await readDirectory(programPath(seed.unitsFile), { catalogue, regions });
  if (!read.ok) throw new SeedError(`units ${seed.unitsFile}`, read.error);
  await table.saveUnits(read.value, seed.at);
  return read.value;
}
