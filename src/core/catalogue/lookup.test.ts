import { describe, expect, test } from "vitest";
import { instantOf, ok, shanghaiDay } from "../../kernel/index.ts";
import { aCatalogue, HEAD, valid } from "./small-catalogue.test-data.ts";
import {
  checkSummary,
  findClass,
  findItem,
  isInForce,
  isOffered,
  itemsOfClass,
  mayMachineJudge,
  overlayCatalogue,
  parseHead,
  searchItems,
  unitKindFor,
  validateCatalogue,
  verdictOf,
} from "./index.ts";

describe("a catalogue answers", () => {
  const catalogue = valid();
  const codes = (query: string, limit = 10): readonly string[] =>
    searchItems(catalogue, query, limit).map((item) => item.code);

  test("a verdict with its version, source and basis (nmg:2.1, REQ-08)", () => {
    expect(verdictOf(catalogue, "D06-01")).toEqual({
      item: "D06-01",
      side: "police",
      mode: "policeFirstThenHotline",
      urgency: "urgent",
      catalogueVersion: "small@1",
      source: "nmg:a4.6",
      basis: "plan",
    });
    expect(verdictOf(catalogue, "X99-01")).toBeNull();
  });

  test("which kind of unit is proposed for each half", () => {
    expect(unitKindFor(catalogue, "C01-01", "hotline")).toBe("duty");
    expect(unitKindFor(catalogue, "C01-01", "police")).toBe("station");
    expect(unitKindFor(catalogue, "A01-05", "police")).toBeNull();
    expect(unitKindFor(catalogue, "X99-01", "hotline")).toBeNull();
  });

  test("whether a machine may judge: never where only a person's legal eye may (nmg:2.1, REQ-06)", () => {
    expect(mayMachineJudge(catalogue, "N00-01")).toBe(true);
    const secret = valid(aCatalogue({ file: "exclusions.csv", from: "|hotline|no", to: "|hotline|yes" }));
    expect(mayMachineJudge(secret, "N00-01")).toBe(false);
    expect(mayMachineJudge(secret, "A01-05")).toBe(true);
  });

  test("items and classes by code, and the rows in force on a day", () => {
    expect(findItem(catalogue, "A01-05")?.nameZh).toBe("路灯故障损坏");
    expect(findItem(catalogue, "A01-5")).toBeNull();
    expect(findClass(catalogue, "B07")?.list).toBe("closed");
    expect(findClass(catalogue, "B08")).toBeNull();
    expect(itemsOfClass(catalogue, "A01").map((item) => item.code)).toEqual(["A01-05", "A01-10"]);
    const manhole = { validFrom: "2026-01-01", validTo: "2026-06-30" };
    expect(["2025-12-31", "2026-01-01", "2026-06-30", "2026-07-01"].map((day) => isInForce(manhole, day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(isInForce({ ...manhole, validTo: null }, "2099-01-01")).toBe(true);
  });

  test("what a call taker types: code, Chinese, first letters, English, several words, full width", () => {
    expect(codes("a0105")).toEqual(["A01-05"]);
    expect(codes("Ａ０１－１０")).toEqual(["A01-10"]);
    expect(codes("井盖")).toEqual(["A01-10", "D06-01"]);
    expect(codes("jgqs", 1)).toEqual(["A01-10"]);
    expect(codes("井盖 警示")).toEqual(["D06-01"]);
    expect(codes("street lamp")).toEqual(["A01-05"]);
    expect(codes("公共设施")).toEqual(["A01-05", "A01-10", "D06-01"]);
    expect(codes("d06")).toEqual(["D06-01"]);
    expect(codes("没有这个")).toEqual([]);
    expect(codes("  ")).toEqual([]);
    expect(codes("-")).toEqual([]);
    expect(codes("井盖", 0)).toEqual([]);
    const onDay = (day: string): readonly string[] => searchItems(catalogue, "井盖", 10, day).map((item) => item.code);
    expect([onDay("2026-06-30"), onDay("2026-07-01")]).toEqual([["A01-10", "D06-01"], ["D06-01"]]);
  });

  test("the day of an instant at home, and whether a code is still offered", () => {
    const halfPastMidnight = instantOf(1_782_837_000_000); // 2026-06-30T16:30Z
    expect(shanghaiDay(halfPastMidnight)).toBe("2026-07-01");
    expect(isOffered({ validTo: "2026-06-30" }, "2026-06-30")).toBe(true);
    expect(isOffered({ validTo: "2026-06-30" }, "2026-07-01")).toBe(false);
    expect(isOffered({ validTo: null }, "2099-01-01")).toBe(true);
  });

  test("a summary with counts", () => {
    expect(checkSummary(catalogue)).toEqual(
      expect.arrayContaining([
        "version small@1: 试〔2026〕1号, in force from 2026-01-01",
        "classes 4 (one 1, two 1, three 1, four 1)",
        "named items 5 (one 2, two 1, three 1, four 1)",
        "urgent 2 (by a clause 1, default 1)",
      ]),
    );
  });
});

describe("a plan that prints no list (yn:4.1.1)", () => {
  const head = {
    ...HEAD,
    id: "other",
    version: "other@1",
    base: "small@1",
    region: "530100",
    policies: { answerRateTarget: null, assessment: { value: "acceptingPlatform" as const, source: "nmg:2.1" } },
    milestones: [],
  };
  const read = parseHead(head);
  if (!read.ok) throw new Error(JSON.stringify(read.error));

  test("borrows the rows of its base as proposals and keeps its own policies", () => {
    const over = overlayCatalogue(valid(), read.value, {});
    if (!over.ok) throw new Error(JSON.stringify(over.error));
    expect(new Set(over.value.items.map((item) => item.basis))).toEqual(new Set(["default"]));
    expect(over.value.policies.answerRateTarget).toBeNull();
    expect(over.value.policies.assessment?.value).toBe("acceptingPlatform");
    expect(verdictOf(over.value, "A01-05")).toMatchObject({ catalogueVersion: "other@1", basis: "default" });
  });

  test("is refused over another version, and alone", () => {
    const wrong = { ...read.value, base: "small@2" };
    expect(overlayCatalogue(valid(), wrong, {})).toMatchObject({ ok: false, error: [{ code: "BASE_DIFFERS" }] });
    const alone = validateCatalogue({ ...aCatalogue(), head });
    expect(alone).toMatchObject({ ok: false, error: [{ code: "BASE_DIFFERS" }] });
    const strange = { ...read.value, policies: { bulkUse: { value: "required" as const, source: "yn:4.3.2" } } };
    expect(overlayCatalogue(valid(), strange, {})).toMatchObject({ ok: false, error: [{ code: "SOURCE_UNKNOWN" }] });
    expect(overlayCatalogue(valid(), read.value, {})).toEqual(ok(expect.anything()));
  });
});
