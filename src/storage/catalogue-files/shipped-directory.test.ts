import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { unitKindFor } from "../../core/catalogue/index.ts";
import type { CatalogueProblem } from "../../core/catalogue/index.ts";
import { governmentDutyDesk, nearestUnits } from "../../core/directory/index.ts";
import type { Result } from "../../kernel/index.ts";
import { readCatalogue, readDirectory, readPlaces } from "./index.ts";

const FOLDER = fileURLToPath(new URL("../../../catalogue/", import.meta.url));

function must<T>(result: Result<T, readonly CatalogueProblem[]>): T {
  if (!result.ok) throw new Error(result.error.map((p) => `${p.file}:${p.row} ${p.code} ${p.detail}`).join("\n"));
  return result.value;
}

const catalogue = must(await readCatalogue(`${FOLDER}nmg-2022-89`));
const { regions } = must(await readPlaces(`${FOLDER}places`));
const units = must(await readDirectory(`${FOLDER}demo/units-150100.csv`, { catalogue, regions }));
const counties = regions.filter((region) => region.parent === "150100");

describe("the starter directory", () => {
  test("is invented in every row, with a duty phone of its own that nobody has", () => {
    expect(units.every((unit) => unit.invented)).toBe(true);
    expect(units.every((unit) => /^0471-000-\d{4}$/.test(unit.dutyPhone))).toBe(true);
    expect(new Set(units.map((unit) => unit.dutyPhone)).size).toBe(units.length);
  });

  test("has a unit for each half of every item in every county of the city", () => {
    const gaps = counties.flatMap(({ code: region }) =>
      catalogue.items.flatMap((item) =>
        (["hotline", "police"] as const)
          .map((half) => unitKindFor(catalogue, item.code, half))
          .filter((kind) => kind !== null && nearestUnits(units).find(kind, region).length === 0)
          .map((kind) => `${region} ${item.code} ${kind}`),
      ),
    );
    expect(gaps).toEqual([]);
  });

  test("has the government's duty desk of each county itself, not only the city's (nmg:a3)", () => {
    expect(counties).toHaveLength(10);
    expect(counties.filter(({ code }) => governmentDutyDesk(nearestUnits(units), code)?.region !== code)).toEqual([]);
  });

  test("lies in divisions that exist", () => {
    const known = new Set<string>(regions.map((region) => region.code));
    expect(units.filter((unit) => !known.has(unit.region.slice(0, 6)))).toEqual([]);
  });
});
