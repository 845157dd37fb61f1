import { describe, expect, test } from "vitest";
import {
  CATALOGUE_COLUMNS,
  DOCUMENT_COLUMNS,
  hasAgreements,
  mayMachineJudge,
  overlayCatalogue,
  parseHead,
} from "./index.ts";
import type { Catalogue, CatalogueFile, CatalogueHead, OverlaySheets, Policies, Sheet } from "./index.ts";
import { HEAD, valid } from "./small-catalogue.test-data.ts";

function headOf(policies: object = {}): CatalogueHead {
  const city = { ...HEAD, id: "city", version: "city@1", base: "small@1", validFrom: "2026-05-01" };
  const read = parseHead({ ...city, policies, milestones: [] });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

/** A sheet as a city writes it: change, document, then cells by name. */
function changed(file: CatalogueFile, ...rows: readonly Readonly<Record<string, string>>[]): Sheet {
  const own: readonly string[] = CATALOGUE_COLUMNS[file];
  const columns = ["change", "document", ...own, ...(own.includes("valid_to") ? [] : ["valid_to"])];
  const empty = Object.fromEntries(columns.map((column) => [column, ""]));
  return {
    file,
    columns,
    rows: rows.map((cells, i) => ({ line: i + 2, cells: { ...empty, document: "hui", ...cells } })),
  };
}

const PAPER = ["hui", "会商纪要", "Minutes", "试会〔2026〕3号", "某市联席会议", "2026-04-20"];
const DOCUMENTS: Sheet = {
  file: "documents.csv",
  columns: DOCUMENT_COLUMNS,
  rows: [{ line: 2, cells: Object.fromEntries(DOCUMENT_COLUMNS.map((column, i) => [column, PAPER[i] ?? ""])) }],
};
const BASE: Catalogue = {
  ...valid(),
  exclusions: [...valid().exclusions, { ...legal("privacy"), needsLegalEye: true }],
};

function legal(code: string) {
  const [first] = valid().exclusions;
  if (first === undefined) throw new Error("the small catalogue excludes nothing");
  return { ...first, code, nameZh: "个人隐私", nameEn: "Privacy" };
}

function over(sheets: OverlaySheets, policies: object = {}, base: Catalogue = BASE) {
  return overlayCatalogue(base, headOf(policies), { "documents.csv": DOCUMENTS, ...sheets });
}

function codes(sheets: OverlaySheets, policies: object = {}): readonly string[] {
  const read = over(sheets, policies);
  return read.ok ? [] : read.error.map(({ file, code, detail }) => `${file} ${code} ${detail}`);
}

const EXTREME = {
  code: "C01-01",
  class_code: "C01",
  class_name_zh: "个人极端事件",
  class_name_en: "Extreme acts",
  name_zh: "诉求人称有个人极端行为事件",
  name_en: "Extreme act",
  initials: "sqrcygrjdxwsj",
  side: "both",
  mode: "urgentBoth",
  urgency: "urgent",
  urgency_source: "nmg:a3.1",
  basis: "agreement",
  source: "nmg:a3.1",
  default_unit_kind: "duty",
  default_police_unit_kind: "station",
  valid_from: "2026-05-01",
};

describe("what no agreement of a city may take off (nmg:a3, nmg:2.1)", () => {
  test("danger to life goes to both desks at once, whatever was agreed", () => {
    expect(codes({ "items.csv": changed("items.csv", { ...EXTREME, change: "replace" }) })).toEqual([]);
    const alone = {
      ...EXTREME,
      change: "replace",
      side: "hotline",
      mode: "hotlineHandles",
      default_police_unit_kind: "",
    };
    expect(codes({ "items.csv": changed("items.csv", alone) })).toEqual([
      "items.csv MODE_NOT_OF_PART C01-01 hotlineHandles",
    ]);
    const calm = { ...EXTREME, change: "replace", urgency: "ordinary", urgency_source: "" };
    expect(codes({ "items.csv": changed("items.csv", calm) })).toEqual(["items.csv PART_THREE_NOT_URGENT C01-01"]);
  });

  test("and it never ends, by an end as by a last day", () => {
    const last = { ...EXTREME, change: "replace", valid_to: "2026-06-30" };
    expect(codes({ "items.csv": changed("items.csv", last) })).toEqual(["items.csv PART_THREE_ENDED C01-01"]);
  });

  test.each([
    ["pausable", { pausable: "yes" }, ["limits.csv LIMIT_URGENT reply-haste: pausable"]],
    ["longer than without the haste", { amount: "6" }, ["limits.csv LIMIT_URGENT reply-haste: 6 > 5"]],
    ["short and never still", {}, []],
  ])("the time for what is urgent is no proposal to wait: %s (nmg:2.2.1)", (_what, change, expected) => {
    const haste = {
      change: "add",
      code: "reply-haste",
      stage: "reply",
      urgency: "urgent",
      amount: "2",
      unit: "workingDays",
      hours: "office",
      pausable: "no",
      extension_max: "0",
      marks: "standard",
      source: "nmg:2.1",
      basis: "agreement",
      valid_from: "2026-05-01",
    };
    expect(codes({ "limits.csv": changed("limits.csv", { ...haste, ...change }) })).toEqual(expected);
  });

  describe("a danger that a clause of the plan leads to 110 (nmg:2.2.1)", () => {
    const cover = BASE.items.find(({ code }) => code === "D06-01");
    if (cover === undefined) throw new Error("the small catalogue has no manhole cover");
    const { classCode, classNameZh, classNameEn, nameZh, nameEn, initials } = cover;
    const row = {
      change: "replace",
      code: "D06-01",
      class_code: classCode,
      class_name_zh: classNameZh,
      class_name_en: classNameEn,
      name_zh: nameZh,
      name_en: nameEn,
      initials,
      side: "police",
      mode: "policeFirstThenHotline",
      urgency: "urgent",
      urgency_source: "nmg:a4.6",
      basis: "agreement",
      source: "nmg:a4.6",
      default_unit_kind: "works",
      default_police_unit_kind: "station",
      valid_from: "2026-05-01",
    };
    const problems = (cells: object, urgencySource = "nmg:a4.6") => {
      const items = BASE.items.map((item) => (item.code === "D06-01" ? { ...item, urgencySource } : item));
      const read = over({ "items.csv": changed("items.csv", { ...row, ...cells }) }, {}, { ...BASE, items });
      return read.ok ? [] : read.error.map(({ row: line, code, detail }) => `${line} ${code} ${detail}`);
    };

    test("stays with 110 and urgent: not to 12345 alone, not as ordinary, not ended", () => {
      expect(problems({})).toEqual([]);
      expect(problems({ side: "hotline", mode: "hotlineHandles" })).toEqual(["2 DANGER_LOST D06-01 hotline urgent"]);
      expect(problems({ urgency: "ordinary", urgency_source: "" })).toEqual(["2 DANGER_LOST D06-01 police ordinary"]);
      expect(problems({ valid_to: "2026-06-30" })).toContain("2 DANGER_LOST D06-01 police urgent");
    });

    test("what was only proposed as urgent may be agreed otherwise", () => {
      expect(problems({ urgency: "ordinary", urgency_source: "" }, "default")).toEqual([]);
    });
  });

  test("what is a judgement of law stays a person's: changed as ended (REQ-06)", () => {
    const row = { code: "privacy", item_code: "N00-01", name_zh: "个人隐私", name_en: "Privacy", binds: "hotline" };
    const open = { ...row, change: "replace", needs_legal_eye: "no", source: "nmg:2.1", basis: "agreement" };
    expect(codes({ "exclusions.csv": changed("exclusions.csv", open) })).toEqual([
      "exclusions.csv LEGAL_EYE_NEEDED privacy",
    ]);
    // Ended it binds nobody any more, and is not a machine's either.
    const end = changed("exclusions.csv", { code: "privacy", change: "end", valid_to: "2026-04-30" });
    const read = over({ "exclusions.csv": end });
    expect(read.ok && mayMachineJudge(read.value, "N00-01")).toBe(false);
  });
});

describe("what both desks must have signed (REQ-20, nmg:2.2.5)", () => {
  const agreed = (sheets: OverlaySheets, policies: Partial<Policies> = {}): boolean => {
    const read = over(sheets, policies);
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    return hasAgreements(read.value);
  };

  test("is every row that a paper changes, also one that it only ends", () => {
    const end = { change: "end", code: "callback-new", valid_to: "2026-04-30" };
    expect([agreed({}), agreed({ "limits.csv": changed("limits.csv", end) })]).toEqual([false, true]);
  });

  test("is every policy that differs from the plan's; the same value said again is none", () => {
    const rate = (value: number) => ({ answerRateTarget: { value, source: "hui" } });
    expect([agreed({}, rate(0.95)), agreed({}, rate(0.8))]).toEqual([false, true]);
    expect(agreed({}, { pauseDays: { value: 9, source: "default" } })).toBe(true);
  });

  test("a policy that departs from the plan names the paper that allows it, not the plan's own clause", () => {
    expect(codes({}, { dutyArbiter: { value: "police", source: "nmg:2.1" } })).toEqual([
      "catalogue.yaml OVERRIDE_NO_DOCUMENT policies.dutyArbiter",
    ]);
    expect(codes({}, { dutyArbiter: { value: "police", source: "hui" } })).toEqual([]);
  });
});
