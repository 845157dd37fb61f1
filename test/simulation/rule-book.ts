import { join } from "node:path";
import type { RegionCode } from "../../src/kernel/index.ts";
import { createRules } from "../../src/main/rules.ts";
import type { RuleBook } from "../../src/main/rules.ts";
import { readCatalogue, readDirectory, readPlaces } from "../../src/storage/catalogue-files/index.ts";

const CATALOGUE = join(import.meta.dirname, "../../catalogue");

/** The city of the simulation. */
export const REGION: RegionCode = "150100" as RegionCode;

/** The shipped catalogue, places and directory; read once, used by both nodes of every run. */
export async function loadRuleBook(): Promise<RuleBook> {
  const catalogue = await readCatalogue(join(CATALOGUE, "nmg-2022-89"));
  if (!catalogue.ok) throw new Error("the catalogue cannot be used");
  const places = await readPlaces(join(CATALOGUE, "places"));
  if (!places.ok) throw new Error("places cannot be used");
  const { regions } = places.value;
  const units = await readDirectory(join(CATALOGUE, "demo/units-150100.csv"), { catalogue: catalogue.value, regions });
  if (!units.ok) throw new Error("units cannot be used");
  const outside = { today: () => "2026-11-22", townName: () => null };
  return createRules(catalogue.value, regions, units.value, REGION, { suggest: () => [] }, outside);
}
