import { join } from "node:path";
import { expect, test } from "vitest";
import type { RegionCode } from "../../kernel/index.ts";
import { readCatalogueFolder } from "../../storage/catalogue-files/index.ts";
import { createRules } from "../rules.ts";
import { metaOf } from "./meta.ts";

const read = await readCatalogueFolder(join(import.meta.dirname, "../../../catalogue/nmg-2022-89"));
if (!read.ok) throw new Error("the shipped catalogue is refused");
const rules = createRules(read.value.catalogue, [], [], "150100" as RegionCode, { suggest: () => [] });
const listsOf = (side: "hotline" | "police") => {
  const facts = { nodeCode: `${side}-150100`, side, region: "150100", demo: true, version: "0" };
  return metaOf(rules, facts, { peers: [] }, "2026-11-22").lists;
};

test("what 12345 does not take is listed for 12345 with the item of each ground; it binds 110 in nothing (nmg:2.1, REQ-06)", () => {
  const { exclusions } = listsOf("hotline");
  expect(exclusions).toHaveLength(rules.catalogue.exclusions.length);
  expect(exclusions[0]).toEqual({ code: "litigation", item: "N00-01", nameZh: "诉讼", nameEn: "Court proceedings" });
  expect(listsOf("police").exclusions).toEqual([]);
});

test("110 is offered no ground of 12345's list to turn a caller away by; 12345 is offered each (nmg:2.1, nmg:2.2.1, REQ-06)", () => {
  const codes = (side: "hotline" | "police") => listsOf(side).guidanceReasons.map(({ code }) => code);
  expect(codes("police")).toEqual(["N00-99"]);
  expect(codes("hotline")).toHaveLength(rules.catalogue.exclusions.length + 1);
});
