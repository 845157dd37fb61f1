import { describe, expect, test } from "vitest";
import { err } from "../../kernel/index.ts";
import { aCatalogue, HEAD, sheetOf, valid } from "./small-catalogue.test-data.ts";
import { parseHead, validateCatalogue, verdictOf } from "./index.ts";
import type { CatalogueFile, RawCatalogue } from "./index.ts";

function paths(head: unknown): readonly string[] {
  const result = parseHead(head);
  return result.ok ? [] : result.error.map((problem) => problem.detail);
}

describe("a catalogue is refused by file, row and rule", () => {
  test("the small catalogue itself is good and survives JSON", () => {
    const catalogue = valid();
    expect(JSON.parse(JSON.stringify(catalogue))).toEqual(catalogue);
    expect(catalogue.policies.answerRateTarget).toEqual({ value: 0.95, source: "nmg:a1.1" });
    expect(catalogue.policies.jointConference).toBeNull();
  });

  const cases: readonly [string, CatalogueFile, string, string, number, string][] = [
    [
      "a source that is no clause",
      "items.csv",
      "plan|nmg:a1.1|works||2026-01-01|",
      "plan|nmg:a1.9|works||2026-01-01|",
      2,
      "SOURCE_UNKNOWN",
    ],
    ["a limit of no clause", "limits.csv", "standard||nmg:2.1", "standard||nmg:2.9", 2, "SOURCE_UNKNOWN"],
    ["a limit for an item nobody listed", "limits.csv", "A01-10", "A01-77", 3, "ITEM_UNKNOWN"],
    ["a limit for a class nobody listed", "limits.csv", "|B07|", "|B09|", 4, "CLASS_UNKNOWN"],
    ["a limit for an item and for a class", "limits.csv", "A01-10|", "A01-10|A01", 3, "LIMIT_AMBIGUOUS"],
    ["a limit for a kind nobody listed", "limits.csv", "||||||5", "|||||gossip|5", 2, "VALUE_UNKNOWN"],
    ["two limits for the same matters on the same day", "limits.csv", "|A01-10|", "||", 3, "LIMIT_AMBIGUOUS"],
    ["a limit of nothing", "limits.csv", "|5|workingDays", "|0|workingDays", 2, "CODE_SHAPE"],
    ["a unit nobody counts", "limits.csv", "5|workingDays", "5|moons", 2, "VALUE_UNKNOWN"],
    ["a profile of marks nobody wrote", "limits.csv", "|10||standard", "|10||loud", 2, "MARKS_UNKNOWN"],
    ["a limit's period reversed", "limits.csv", "2026-06-30", "2025-06-30", 3, "PERIOD_REVERSED"],
    ["a mark twice in a profile", "clock-marks.csv", "overdue|1440", "reminder|1440", 3, "CODE_DUPLICATE"],
    ["overdue without a pause between", "clock-marks.csv", "overdue|1440", "overdue|0", 3, "VALUE_UNKNOWN"],
    ["an urgency resting on no clause", "items.csv", "urgent|nmg:a3.1", "urgent|nmg:a3.4", 5, "SOURCE_UNKNOWN"],
    ["a list entry of no clause", "fields.csv", "nmg:2.1", "nmg:2.2.4", 2, "SOURCE_UNKNOWN"],
    ["an item in a class of another code", "items.csv", "A01-10|A01", "A01-10|D06", 3, "CLASS_UNKNOWN"],
    ["a class name that differs from classes.csv", "classes.csv", "个人极端事件", "极端事件", 5, "CLASS_NAME_DIFFERS"],
    ["a code given twice", "items.csv", "A01-10|", "A01-05|", 3, "CODE_DUPLICATE"],
    ["a code of another shape", "items.csv", "A01-10|A01", "A1-10|A01", 3, "CODE_SHAPE"],
    [
      "a part-one item given to the police (nmg:a1)",
      "items.csv",
      "hotline|hotlineHandles|ordinary||plan|nmg:a1.1|works||2026-01-01|",
      "police|policeHandles|ordinary||plan|nmg:a1.1||station|2026-01-01|",
      2,
      "MODE_NOT_OF_PART",
    ],
    [
      "a side that does not go with its mode",
      "items.csv",
      "both|urgentBoth",
      "police|urgentBoth",
      5,
      "SIDE_NOT_OF_MODE",
    ],
    [
      "a part-three item that may wait (nmg:a3)",
      "items.csv",
      "urgent|nmg:a3.1|plan",
      "ordinary||plan",
      5,
      "PART_THREE_NOT_URGENT",
    ],
    ["urgency without its reason", "items.csv", "urgent|default", "urgent|", 6, "URGENCY_UNEXPLAINED"],
    ["a unit kind nobody listed", "items.csv", "nmg:a1.1|works", "nmg:a1.1|roads", 2, "UNIT_KIND_UNKNOWN"],
    [
      "a government half without a unit kind (nmg:a3)",
      "items.csv",
      "|duty|station",
      "||station",
      5,
      "UNIT_KIND_MISSING",
    ],
    [
      "a police station for a government half",
      "items.csv",
      "nmg:a1.1|works",
      "nmg:a1.1|station",
      2,
      "UNIT_KIND_WRONG_SIDE",
    ],
    ["an opening in a closed class", "items.csv", "C01-01", "C01-99", 5, "CLASS_CLOSED"],
    ["a day that does not exist", "items.csv", "2026-06-30", "2026-06-31", 3, "DAY_UNKNOWN"],
    ["an end before the beginning", "items.csv", "2026-06-30", "2025-06-30", 3, "PERIOD_REVERSED"],
    ["an empty name", "items.csv", "|路灯故障损坏|", "||", 2, "CELL_EMPTY"],
    ["a name with a blank at its end", "items.csv", "路灯故障损坏", "路灯故障损坏 ", 2, "CELL_BLANKS"],
    ["a word outside the list", "items.csv", "ordinary", "soon", 2, "VALUE_UNKNOWN"],
    ["an exclusion of no item", "exclusions.csv", "N00-01", "N00-12", 2, "ITEM_UNKNOWN"],
    ["an exclusion that binds 110 (nmg:2.1)", "exclusions.csv", "|hotline|no", "|both|no", 2, "EXCLUSION_BINDS_POLICE"],
    ["a guidance reason of no item", "guidance-reasons.csv", "N00-01", "N00-12", 2, "ITEM_UNKNOWN"],
  ];
  test.each(cases)("%s is refused", (_name, file, from, to, row, code) => {
    const result = validateCatalogue(aCatalogue({ file, from, to }));
    const found = result.ok ? [] : result.error.map((problem) => `${problem.row} ${problem.code}`);
    expect(found).toContain(`${row} ${code}`);
  });

  test("a class without any item, a missing file, a missing and a strange column, and an empty file are refused", () => {
    const good = aCatalogue();
    const items = good.sheets["items.csv"];
    if (items === undefined) throw new Error("no items");
    const codes = (sheets: RawCatalogue["sheets"]): readonly string[] => {
      const result = validateCatalogue({ ...good, sheets });
      return result.ok ? [] : result.error.map((problem) => `${problem.file} ${problem.code} ${problem.detail}`);
    };
    const without = { ...items, rows: items.rows.filter((row) => row.cells["code"] !== "Z00-01") };
    expect(codes({ ...good.sheets, "items.csv": without })).toEqual(["classes.csv CLASS_EMPTY Z00"]);
    const { "fields.csv": _fields, ...others } = good.sheets;
    expect(codes(others)).toEqual(["fields.csv FILE_MISSING fields.csv"]);
    const renamed = { ...items, columns: items.columns.map((column) => (column === "mode" ? "modus" : column)) };
    expect(codes({ ...good.sheets, "items.csv": renamed })).toEqual(
      expect.arrayContaining(["items.csv COLUMN_MISSING mode", "items.csv COLUMN_UNKNOWN modus"]),
    );
    expect(codes({ ...good.sheets, "fields.csv": sheetOf("fields.csv", []) })).toEqual([
      "fields.csv FILE_EMPTY fields.csv",
    ]);
  });

  test("an agreement may give a row another handling than its part; a plan row may not (nmg:2.2.4)", () => {
    const from = "hotline|hotlineHandles|ordinary||plan|nmg:a1.1|works||2026-01-01|";
    const to = "police|policeHandles|ordinary||agreement|nmg:a1.1||station|2026-01-01|";
    expect(verdictOf(valid(aCatalogue({ file: "items.csv", from, to })), "A01-05")).toMatchObject({
      side: "police",
      basis: "agreement",
    });
  });

  test("a wrong head is refused by the path of the value", () => {
    expect(paths(HEAD)).toEqual([]);
    expect(paths("text")).toEqual(["the file is not a mapping"]);
    expect(paths({ ...HEAD, version: "other@1" })).toEqual(["version"]);
    expect(paths({ ...HEAD, region: "15" })).toEqual(["region"]);
    expect(paths({ ...HEAD, base: "small" })).toEqual(["base"]);
    expect(paths({ ...HEAD, validFrom: "2026-02-30" })).toEqual(["validFrom"]);
    expect(paths({ ...HEAD, validFrom: "2028-02-29" })).toEqual([]);
    expect(paths({ ...HEAD, validFrom: "2027-02-29" })).toEqual(["validFrom"]);
    expect(paths({ ...HEAD, validFrom: "2100-02-29" })).toEqual(["validFrom"]);
    expect(paths({ ...HEAD, validFrom: "2026-13-01" })).toEqual(["validFrom"]);
    expect(paths({ ...HEAD, document: { ...HEAD.document, issuer: "" } })).toEqual(["document.issuer"]);
    expect(paths({ ...HEAD, colour: 1 })).toEqual(["colour"]);
    expect(paths({ ...HEAD, milestones: [{ ...HEAD.milestones[0], "data shared": null }] })).toEqual([
      "milestones.0.data shared",
    ]);
    expect(paths({ ...HEAD, milestones: [{}] })).toHaveLength(4);
    expect(paths({ ...HEAD, policies: { answerRateTarget: { value: 95, source: "nmg:2.1" } } })).toEqual([
      "policies.answerRateTarget",
    ]);
    expect(paths({ ...HEAD, policies: { assessment: { value: "threeCases" } } })).toEqual(["policies.assessment"]);
    for (const value of [0, 1.5, 367, "30"])
      expect(paths({ ...HEAD, policies: { pauseDays: { value, source: "default" } } })).toEqual(["policies.pauseDays"]);
    expect(paths({ ...HEAD, policies: { pauseDays: { value: 30, source: "default" } } })).toEqual([]);
    expect(paths({ ...HEAD, policies: { eventNotice: { value: "mutual", source: "default" } } })).toEqual([
      "policies.eventNotice",
    ]);
    expect(paths({ ...HEAD, policies: { colour: null } })).toEqual(["policies.colour"]);
    expect(paths({ ...HEAD, policies: { policeFirstWhen: { value: [], source: "nmg:2.1" } } })).toEqual([
      "policies.policeFirstWhen",
    ]);
  });

  test("a policy of no known clause is refused", () => {
    const policies = { bulkUse: { value: "required", source: "yn:4.3.2" } };
    const result = validateCatalogue({ ...aCatalogue(), head: { ...HEAD, policies } });
    expect(result).toEqual(err([{ file: "catalogue.yaml", row: null, code: "SOURCE_UNKNOWN", detail: "yn:4.3.2" }]));
  });
});
