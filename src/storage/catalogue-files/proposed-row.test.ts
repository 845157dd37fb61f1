import { expect, test } from "vitest";
import { findItem } from "../../core/catalogue/index.ts";
import { proposedFiles } from "../../core/consultation/index.ts";
import type { Decision, Ground } from "../../core/consultation/index.ts";
import { explain } from "../../core/explain/index.ts";
import type { ItemCode } from "../../kernel/index.ts";
import { catalogueOfFiles, readCatalogueFolder, siblingOf } from "./read-catalogue.ts";
import type { CheckedCatalogue } from "./read-catalogue.ts";

const FOLDER = "catalogue/nmg-2022-89";
const MINUTES = {
  titleZh: "会商纪要",
  titleEn: "Minutes",
  number: "试会〔2026〕3号",
  issuer: "某市联席会议",
  heldOn: "2026-11-20",
};
const THEFT: Decision = {
  item: "B01-02" as ItemCode,
  side: "hotline",
  rule: "12345受理，公安机关协助",
  unitKind: "urbanManagement",
  minutes: MINUTES,
  validFrom: "2026-11-20",
};

async function plan(): Promise<CheckedCatalogue> {
  const read = await readCatalogueFolder(FOLDER, siblingOf(FOLDER));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

const bytes = (files: ReadonlyMap<string, string>) =>
  new Map([...files].map(([name, text]) => [name, new TextEncoder().encode(text)] as const));

function proposed(decision: Decision, ground: Ground, base: CheckedCatalogue): CheckedCatalogue {
  const made = proposedFiles(decision, ground);
  if (!made.ok) throw new Error(made.error.code);
  const checked = catalogueOfFiles(bytes(made.value.files), base);
  if (!checked.ok) throw new Error(JSON.stringify(checked.error));
  return checked.value;
}

const over = (current: CheckedCatalogue, files: ReadonlyMap<string, string>, n = 0): Ground => ({
  current: current.catalogue,
  files,
  region: "150100",
  taken: () => n,
});

test("a decision becomes a row of the city's own folder, allowed by the minutes and explained by their number (nmg:2.2.4, REQ-36, P6)", async () => {
  const base = await plan();
  const { catalogue } = proposed(THEFT, over(base, new Map()), base);
  expect(catalogue.head).toMatchObject({
    version: "city-150100@1",
    base: base.catalogue.head.version,
    region: "150100",
  });
  expect(findItem(catalogue, "B01-02")).toMatchObject({
    side: "hotline",
    mode: "hotlineHandles",
    basis: "agreement",
    conditionZh: THEFT.rule,
    urgency: findItem(base.catalogue, "B01-02")?.urgency,
  });
  const said = explain(catalogue, { kind: "verdict", item: "B01-02" });
  expect([said?.basis, said?.documentZh]).toEqual(["agreement", expect.stringContaining(MINUTES.number)]);
});

test("the next decision keeps the rows of those before it; another one on the same matter takes the place of its row", async () => {
  const base = await plan();
  const first = proposedFiles(THEFT, over(base, new Map()));
  if (!first.ok) throw new Error(first.error.code);
  const one = proposed(THEFT, over(base, new Map()), base);
  const lamp = { ...THEFT, item: "A01-05" as ItemCode, side: "police", unitKind: "policeStation" } as const;
  const two = proposed(lamp, over(one, first.value.files, 1), base);
  expect(two.catalogue.head.version).toBe("city-150100@2");
  expect(["B01-02", "A01-05"].map((code) => findItem(two.catalogue, code)?.side)).toEqual(["hotline", "police"]);
  const again = {
    ...THEFT,
    side: "police",
    unitKind: null,
    minutes: { ...MINUTES, heldOn: "2026-12-01" },
    validFrom: "2026-12-01",
  } as const;
  const three = proposed(again, over(one, first.value.files, 2), base);
  expect(findItem(three.catalogue, "B01-02")).toMatchObject({ side: "police", validFrom: "2026-12-01" });
});

test("no decision takes danger to life off (nmg:a3), and a sheet written by hand in another form is left to who wrote it", async () => {
  const base = await plan();
  const danger = proposedFiles({ ...THEFT, item: "C01-01" as ItemCode }, over(base, new Map()));
  if (!danger.ok) throw new Error(danger.error.code);
  const checked = catalogueOfFiles(bytes(danger.value.files), base);
  expect(checked.ok ? [] : checked.error.map(({ code }) => code)).toContain("MODE_NOT_OF_PART");
  const one = proposed(THEFT, over(base, new Map()), base);
  const byHand = new Map([["items.csv", "document,change,code\n"]]);
  expect(proposedFiles(THEFT, over(one, byHand))).toEqual({
    ok: false,
    error: { code: "SHEET_BY_HAND", file: "items.csv" },
  });
  expect(proposedFiles({ ...THEFT, item: "X99-99" as ItemCode }, over(base, new Map()))).toMatchObject({
    error: { code: "ITEM_UNKNOWN" },
  });
});
