import { shanghaiDay } from "../../kernel/index.ts";
import { NO_DETAILS } from "../../core/directory/index.ts";
import type { DirectoryEntry } from "../../core/directory/index.ts";
import { EVERYDAY_FILE } from "../../core/catalogue/index.ts";
import type { Catalogue, EverydayWord } from "../../core/catalogue/index.ts";
import type { RoutingSheets } from "../../core/file/index.ts";
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
  readRouting,
  headOf,
} from "../../storage/catalogue-files/index.ts";
import type { FolderFiles, TownBook } from "../../storage/catalogue-files/index.ts";
import { createCatalogueVersions, createUnits } from "../../storage/index.ts";
import type { CatalogueVersionStore, Store, UnitStore } from "../../storage/index.ts";
import { catalogueOfVersion } from "../catalogue/kept-catalogue.ts";
import { catalogueInForce } from "../catalogue/seed-catalogue.ts";
import { createRules } from "../rules.ts";
import type { RuleBook } from "../rules.ts";
import { programPath } from "./program-path.ts";
import { followCalendar } from "./follow-calendar.ts";
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
   * Reads the version that is in force now and the units, when they are others than those in use; whoever asks for the rules after that
   * gets the new ones. Says what changed; null = nothing did. When it cannot be read the old ones stay and the fault is thrown.
   */
  readonly renew: () => Promise<"catalogue" | "directory" | null>;
  /**
   * Reads the calendar of the program again: a year that was published while the node runs is counted by from then on. true = another
   * version is in use now. One that cannot be used, or that changed without a new version, is told of and left alone. @source nmg:2.2.5
   */
  readonly renewCalendar: () => Promise<boolean>;
};

/** Files seed an empty node; afterwards its database is the truth. Errors: SeedError. */
export async function loadRules(store: Store, seed: Seed): Promise<RuleBook> {
  return (await openRules(store, seed)).current();
}

/** As `loadRules`, and goes on following the version in force, the directory and the calendar. Places are those of the start. @req REQ-20 */
export async function openRules(store: Store, seed: Seed): Promise<LiveRules> {
  const versions = createCatalogueVersions(store);
  const catalogue = await catalogueInForce(versions, { folder: seed.catalogueFolder, at: seed.at, log: seed.log });
  const regions = await placesOfProgram();
  const table = createUnits(store, parseEntry);
  let units = await knownUnits(table, seed, catalogue, regions);
  let mark = await table.mark();
  const towns = townsOfProgram();
  const calendars = await followCalendar(seed);
  const rulesOf = async (inForce: Catalogue, counted = calendars.known()): Promise<RuleBook> =>
    createRules(inForce, regions, units, seed.home, await cueWords(versions, seed, inForce), {
      today: () => shanghaiDay(seed.now()),
      townName: towns.nameOf,
      everyday: await everydayWords(versions, seed, inForce),
      ...counted,
    });
  let current = await rulesOf(catalogue);
  // One after the other: what reads the calendar must not put back the catalogue that was in force when it began.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work);
    last = mine;
    return mine;
  };
  const renew = async (): Promise<"catalogue" | "directory" | null> => {
    const inForce = (await versions.versions()).find(({ state }) => state === "inForce");
    const later = inForce !== undefined && inForce.version !== current.catalogueVersion;
    const kept = later ? await versions.findVersion(inForce.version) : null;
    const marked = await table.mark();
    if (kept === null && marked === mark) return null;
    if (marked !== mark) units = await table.units();
    current = await rulesOf(kept === null ? current.catalogue : await catalogueOfVersion(versions, kept));
    mark = marked;
    return kept === null ? "directory" : "catalogue";
  };
  const renewCalendar = async (): Promise<boolean> => {
    const { catalogue: inForce } = current;
    return calendars.renew(inForce, async (calendar) => {
      current = await rulesOf(inForce, { calendar });
    });
  };
  return { current: () => current, renew: () => inTurn(renew), renewCalendar: () => inTurn(renewCalendar) };
}

/** A sheet beside the rules, kept with the catalogue or with one it rests on, the nearest first. */
async function besideRules(
  versions: CatalogueVersionStore,
  seed: Seed,
  { head: { version, base } }: Catalogue,
  file: string,
): Promise<Uint8Array | undefined> {
  const kept = await versions.filesOf(version);
  let at = kept.get(file);
  const seen = new Set([version]);
  for (let below = base; at === undefined && below !== null && !seen.has(below); ) {
    seen.add(below);
    const files = await versions.filesOf(below);
    at = files.get(file);
    const head = headOf(files);
    below = head.ok ? head.value.base : null;
  }
  return at ?? (kept.size > 0 ? undefined : (await filesOfSeed(seed)).get(file));
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

/** The towns and villages that ship with this program; a province is read when it is first asked for. */
export function townsOfProgram(): TownBook {
  return openTowns(programPath(PLACES));
}

export async function placesOfProgram(): Promise<readonly Region[]> {
  const read = await readPlaces(programPath(PLACES));
  if (!read.ok) throw new SeedError("places", read.error);
  return read.value.regions;
}

/** Desks and their areas of a node; null = it has no sheets, and goes by the divisions of its peers. Errors: SeedError. @req REQ-21 */
export async function routingSheets(folder: string | null): Promise<RoutingSheets> {
  if (folder === null) return { desks: [], areas: [] };
  const read = await readRouting(programPath(folder), await placesOfProgram());
  if (!read.ok) throw new SeedError(`routing ${folder}`, read.error);
  return read.value;
}

async function knownUnits(
  table: UnitStore<DirectoryEntry>,
  seed: Seed,
  catalogue: Catalogue,
  regions: readonly Region[],
): Promise<readonly DirectoryEntry[]> {
  const known = await table.units();
  if (known.length > 0) return known;
  const read = await readDirectory(programPath(seed.unitsFile), { catalogue, regions });
  if (!read.ok) throw new SeedError(`units ${seed.unitsFile}`, read.error);
  await table.saveUnits(read.value, seed.at);
  return read.value;
}
