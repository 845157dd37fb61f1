import { describe, expect, test } from "vitest";
import { CATALOGUE_COLUMNS, DOCUMENT_COLUMNS, hasAgreements, overlayCatalogue, parseHead } from "./index.ts";
import type { Catalogue, CatalogueFile, CatalogueHead, OverlaySheets, Sheet } from "./index.ts";
import { HEAD, valid } from "./small-catalogue.test-data.ts";

function headOf(changes: object = {}): CatalogueHead {
  const city = {
    ...HEAD,
    id: "city",
    version: "city@1",
    base: "small@1",
    validFrom: "2026-05-01",
    policies: {},
    milestones: [],
  };
  const read = parseHead({ ...city, ...changes });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}
function changed(file: CatalogueFile, ...rows: readonly Readonly<Record<string, string>>[]): Sheet {
  const own: readonly string[] = CATALOGUE_COLUMNS[file];
  const columns = ["change", "document", ...own, ...(own.includes("valid_to") ? [] : ["valid_to"])];
  const empty = Object.fromEntries(columns.map((column) => [column, ""]));
  return { file, columns, rows: rows.map((cells, i) => ({ line: i + 2, cells: { ...empty, ...cells } })) };
}
const PAPER = ["hui", "会商纪要", "Minutes", "试会〔2026〕3号", "某市联席会议", "2026-04-20"];
const DOCUMENTS: Sheet = {
  file: "documents.csv",
  columns: DOCUMENT_COLUMNS,
  rows: [{ line: 2, cells: Object.fromEntries(DOCUMENT_COLUMNS.map((column, i) => [column, PAPER[i] ?? ""])) }],
};
function over(sheets: OverlaySheets, head: CatalogueHead = headOf(), base: Catalogue = valid()) {
  return overlayCatalogue(base, head, sheets);
}

describe("`plan` in the column document is for the plan of the folder's own region; a city within its base needs a paper and both signatures (REQ-20)", () => {
  test("nothing is ended by it", () => {
    const read = over({
      "items.csv": changed("items.csv", { change: "end", document: "plan", code: "B07-02", valid_to: "2026-04-30" }),
    });
    expect(read.ok && !hasAgreements(read.value)).toBe(false);
  });
  test("no group is taken out with its questions, and no limit", () => {
    const read = over({
      "groups.csv": changed("groups.csv", { change: "end", document: "plan", code: "G01", valid_to: "2026-04-30" }),
      "group-questions.csv": changed(
        "group-questions.csv",
        { change: "end", document: "plan", code: "G01-1", valid_to: "2026-04-30" },
        { change: "end", document: "plan", code: "G01-2", valid_to: "2026-04-30" },
      ),
      "limits.csv": changed("limits.csv", {
        change: "end",
        document: "plan",
        code: "reply-general",
        valid_to: "2026-04-30",
      }),
    });
    expect(read.ok && !hasAgreements(read.value)).toBe(false);
  });
  test("nor is anything replaced by a folder whose name begins like the plan's clauses", () => {
    const base = valid();
    const lamp = {
      change: "replace",
      document: "plan",
      code: "D06-01",
      class_code: "D06",
      class_name_zh: "公共设施类",
      class_name_en: "Public facilities",
      name_zh: "井盖缺失",
      name_en: "Manhole cover missing",
      initials: "jgqs",
      condition_zh: "随便写的条件",
      side: "police",
      mode: "policeFirstThenHotline",
      urgency: "ordinary",
      basis: "plan",
      source: "nmg:a4.6",
      default_unit_kind: "works",
      default_police_unit_kind: "station",
      valid_from: "2026-05-01",
    };
    const read = over(
      { "items.csv": changed("items.csv", lamp) },
      headOf({ id: "nmg-hohhot", version: "nmg-hohhot@1" }),
      base,
    );
    expect(read.ok && !hasAgreements(read.value)).toBe(false);
  });
});

describe("no paper takes danger to life off (nmg:a3)", () => {
  test("neither by giving its class another part", () => {
    const sheets = {
      "documents.csv": DOCUMENTS,
      "classes.csv": changed("classes.csv", {
        change: "replace",
        document: "hui",
        code: "C01",
        part: "one",
        name_zh: "个人极端事件",
        name_en: "Extreme acts",
        list: "closed",
        source: "nmg:a3.1",
      }),
      "items.csv": changed("items.csv", {
        change: "replace",
        document: "hui",
        code: "C01-01",
        class_code: "C01",
        class_name_zh: "个人极端事件",
        class_name_en: "Extreme acts",
        name_zh: "诉求人称有个人极端行为事件",
        name_en: "Extreme act",
        initials: "sqrcygrjdxwsj",
        side: "hotline",
        mode: "hotlineHandles",
        urgency: "ordinary",
        basis: "agreement",
        source: "nmg:a3.1",
        default_unit_kind: "duty",
        valid_from: "2026-05-01",
        valid_to: "2026-06-30",
      }),
    };
    const read = over(sheets);
    expect(read.ok).toBe(false);
  });
});

describe("a folder over a changed folder", () => {
  test("needs both signatures as well: what its base changed is changed in it too", () => {
    const city = over({
      "documents.csv": DOCUMENTS,
      "limits.csv": changed("limits.csv", {
        change: "end",
        document: "hui",
        code: "callback-new",
        valid_to: "2026-04-30",
      }),
    });
    if (!city.ok) throw new Error(JSON.stringify(city.error));
    expect(hasAgreements(city.value)).toBe(true);
    const county = over(
      {},
      headOf({ id: "county", version: "county@1", base: "city@1", region: "150102" }),
      city.value,
    );
    if (!county.ok) throw new Error(JSON.stringify(county.error));
    expect(hasAgreements(county.value)).toBe(true);
  });
});

test.each([
  ["a foreign clause", { dutyArbiter: { value: "police", source: "nmg:a1.1" } }],
  ["a proposal", { pauseDays: { value: 9, source: "default" } }],
])(
  "whatever sets a policy for a city outside the region of the base needs both signatures as well: %s",
  (_by, policies) => {
    const read = over({}, headOf({ region: "530100", policies }));
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    expect(hasAgreements(read.value)).toBe(true);
  },
);

test("what a paper sets as a policy needs both signatures outside the region of the base too (README: whatever a paper changes, ends or sets)", () => {
  const read = over(
    { "documents.csv": DOCUMENTS },
    headOf({ region: "530100", policies: { dutyArbiter: { value: "police", source: "hui" } } }),
  );
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  expect(hasAgreements(read.value)).toBe(true);
});

test("nor by the plan's own name: danger to life is never 12345's ordinary matter (P3, nmg:a3)", () => {
  const read = over(
    {
      "classes.csv": changed("classes.csv", {
        change: "replace",
        document: "plan",
        code: "C01",
        part: "one",
        name_zh: "个人极端事件",
        name_en: "Extreme acts",
        list: "closed",
        source: "nmg:a3.1",
      }),
      "items.csv": changed("items.csv", {
        change: "replace",
        document: "plan",
        code: "C01-01",
        class_code: "C01",
        class_name_zh: "个人极端事件",
        class_name_en: "Extreme acts",
        name_zh: "诉求人称有个人极端行为事件",
        name_en: "Extreme act",
        initials: "sqrcygrjdxwsj",
        side: "hotline",
        mode: "hotlineHandles",
        urgency: "ordinary",
        basis: "plan",
        source: "nmg:a3.1",
        default_unit_kind: "duty",
        valid_from: "2026-05-01",
      }),
    },
    headOf({ id: "nmg-hohhot", version: "nmg-hohhot@1" }),
  );
  expect(read.ok).toBe(false);
});
