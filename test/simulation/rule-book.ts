import { join } from "node:path";
import type { RegionCode } from "../../src/kernel/index.ts";
import { createRules } from "../../src/main/rules.ts";
import type { RuleBook } from "../../src/main/rules.ts";
import { readCatalogue, readPlaces, readUnits } from "../../src/storage/catalogue-files/index.ts";

const CATALOGUE = join(import.meta.dirname, "../../catalogue");

/** The city of the simulation. */
export const REGION: RegionCode = "150100" as RegionCode;

/** The shipped catalogue, places and directory; read once, used by both nodes of every run. */
export async function loadRuleBook(): Promise<RuleBook> {
  const catalogue = await readCatalogue(join(CATALOGUE, "nmg-2022-89"));
  if (!catalogue.ok) throw new Error("the catalogue cannot be used");
  const places = await readPlaces(join(CATALOGUE, "places"));
  const units = await readUnits(join(CATALOGUE, "demo/units-150100.csv"), catalogue.value.lists.unitKinds);
  if (!places.ok || !units.ok) throw new Error("places or units cannot be used");
  return createRules(catalogue.value, places.value.regions, units.value, REGION, { suggest: () => [] });
}
