import { createHash } from "node:crypto";
import { dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { NO_DETAILS } from "../../core/directory/index.ts";
import type { DirectoryEntry } from "../../core/directory/index.ts";
import { dayAndTime, dayText } from "../../core/duty/index.ts";
import type { Catalogue, CatalogueProblem } from "../../core/catalogue/index.ts";
import type { Calendar } from "../../core/clock/index.ts";
import type { Region } from "../../core/places/index.ts";
import type { Instant, RegionCode } from "../../kernel/index.ts";
import type { Classifier } from "../../app/ports/classifier.ts";
import { createRuleClassifier, readRuleFile } from "../../classification/index.ts";
import {
  openTowns,
  readCalendar,
  readCatalogue,
  readDirectory,
  readPlaces,
} from "../../storage/catalogue-files/index.ts";
import { createCatalogueVersions, createUnits } from "../../storage/index.ts";
import type { Store } from "../../storage/index.ts";
import { createRules } from "../rules.ts";
import type { RuleBook } from "../rules.ts";

/** The folder of the program itself. */
export const PROGRAM_ROOT: string = join(dirname(fileURLToPath(import.meta.url)), "../../..");

/** A path of the configuration: relative ones are relative to the program. */
export function programPath(path: string): string {
  return isAbsolute(path) ? path : join(PROGRAM_ROOT, path);
}

/** The catalogue or the directory cannot be used; every problem names file, row and rule. */
export class SeedError extends Error {
  constructor(what: string, problems: readonly CatalogueProblem[]) {
    super(
      [
        `${what} cannot be used:`,
        ...problems.map((p) => `  ${p.file}${p.row === null ? "" : `:${p.row}`} ${p.code} ${p.detail}`),
      ].join("\n"),
    );
    this.name = "SeedError";
  }
}

type Seed = {
  readonly catalogueFolder: string;
  readonly unitsFile: string;
  readonly home: RegionCode;
  readonly at: Instant;
  readonly now: () => Instant;
};

/** Divisions of the whole country; places are the program's, not a city's. */
const PLACES = "catalogue/places";
/** Holidays and working days of the whole country. */
const CALENDAR = "catalogue/calendar";

/** Files seed an empty node; afterwards its database is the truth. */
export async function loadRules(store: Store, seed: Seed): Promise<RuleBook> {
  const catalogue = await activeCatalogue(store, seed);
  const regions = await placesOfProgram();
  const units = await knownUnits(store, seed, catalogue, regions);
  const towns = openTowns(programPath(PLACES));
  return createRules(catalogue, regions, units, seed.home, await cueWords(seed, catalogue), {
    today: () => dayText(dayAndTime(seed.now()).day),
    townName: towns.nameOf,
    calendar: await calendarOfProgram(),
  });
}

/** The cue words that come with the catalogue's files; without them nothing is proposed and everything works. */
async function cueWords(seed: Seed, catalogue: Catalogue): Promise<Classifier> {
  const file = join(programPath(seed.catalogueFolder), "cue-words.csv");
  const read = await readRuleFile(file, catalogue);
  return read.ok ? createRuleClassifier(read.value) : { suggest: () => [] };
}

async function activeCatalogue(store: Store, seed: Seed): Promise<Catalogue> {
  const versions = createCatalogueVersions(store);
  const active = await versions.active();
  if (active !== null) return parseKept(active.body);
  const read = await readCatalogue(programPath(seed.catalogueFolder));
  if (!read.ok) throw new SeedError(`catalogue ${seed.catalogueFolder}`, read.error);
  const { version } = read.value.head;
  const checksum = createHash("sm3").update(JSON.stringify(read.value)).digest("hex");
  await versions.saveVersion(version, checksum, read.value, seed.at);
  await versions.activate(version, seed.at);
  return read.value;
}

/** Every version was checked whole before it was saved, and its checksum is kept: only its kind is looked at again. */
function parseKept(body: unknown): Catalogue {
  if (typeof body !== "object" || body === null || !("items" in body))
    throw new Error("a kept catalogue without items");
  const kept = body as Catalogue;
  // Versions kept before there were limits have none: their clocks have no due time.
  return "limits" in body ? kept : { ...kept, limits: [], clockMarks: [] };
}

/** Units kept before a directory had more sheets have no details. */
export function parseEntry(body: unknown): DirectoryEntry {
  if (typeof body !== "object" || body === null || !("code" in body)) throw new Error("a kept unit without a code");
  return { details: NO_DETAILS, ...body } as DirectoryEntry;
}

async function calendarOfProgram(): Promise<Calendar> {
  const read = await readCalendar(programPath(CALENDAR));
  if (!read.ok) throw new SeedError("calendar", read.error);
  return read.value;
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
