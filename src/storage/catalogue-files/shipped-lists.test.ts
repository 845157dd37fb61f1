import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Catalogue } from "../../core/catalogue/index.ts";
import { readCatalogue } from "./index.ts";

const FOLDER = fileURLToPath(new URL("../../../catalogue/", import.meta.url));

async function shipped(name: string): Promise<Catalogue> {
  const read = await readCatalogue(FOLDER + name);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

const nmg = await shipped("nmg-2022-89");
const yn = await shipped("yn-2022");

/** Every row of the code lists that is said to be the plan's. */
function plannedRows({ lists, channels, exclusions, guidanceReasons }: Catalogue) {
  const coded = [...Object.values(lists).flat(), ...channels, ...exclusions, ...guidanceReasons];
  return coded.filter(({ basis }) => basis === "plan");
}

test.each([
  ["nmg:", 20, nmg],
  ["yn:", 15, yn],
] as const)("a row of a code list is the plan's only in words its clause %s holds (P6)", (plan, least, catalogue) => {
  const textOf = new Map(catalogue.clauses.map(({ key, textZh }) => [key, textZh ?? ""]));
  const planned = plannedRows(catalogue);
  expect(planned.length).toBeGreaterThanOrEqual(least);
  const strange = planned.filter(
    ({ nameZh, source }) => !source.startsWith(plan) || !textOf.get(source)?.includes(nameZh),
  );
  expect(strange.map(({ code, nameZh, source }) => `${code} ${nameZh} ${source}`)).toEqual([]);
});

test("what 110 takes besides reports and urgent help is 警务诉求 in nmg:2.1 and 警务投诉 in yn:2.2", () => {
  const nameIn = ({ lists }: Catalogue) => lists.requestKinds.find(({ code }) => code === "policeMatter")?.nameZh;
  expect([nameIn(nmg), nameIn(yn)]).toEqual(["警务诉求", "警务投诉"]);
});
