import { join } from "node:path";
import { expect, test } from "vitest";
import { NO_DETAILS } from "../core/directory/index.ts";
import type { DirectoryEntry } from "../core/directory/index.ts";
import { instantOf } from "../kernel/index.ts";
import type { Instant, RegionCode, UnitCode } from "../kernel/index.ts";
import type { Rules } from "../app/deps.ts";
import { readCatalogueFolder } from "../storage/catalogue-files/index.ts";
import { calendarOfProgram } from "./catalogue/calendar-check.ts";
import { createRules } from "./rules.ts";

const AT = instantOf(Date.UTC(2026, 10, 20, 2));
const STAGES = ["dispatch", "conclude", "callback", "acknowledge", "firstContact", "reply"] as const;

async function shippedRules(withCalendar: boolean): Promise<Rules["clock"]> {
  const [catalogue, calendar] = [
    await readCatalogueFolder(join(import.meta.dirname, "../../catalogue/nmg-2022-89")),
    await calendarOfProgram(),
  ];
  if (!catalogue.ok || !calendar.ok) throw new Error("the shipped catalogue or calendar is refused");
  const outside = { today: () => "2026-11-20", townName: () => null };
  const known = withCalendar ? { ...outside, calendar: calendar.value } : outside;
  const region = "150100" as RegionCode;
  return createRules(catalogue.value.catalogue, [], [], region, { suggest: () => [] }, known).clock;
}

const limitsOf = (rules: Rules["clock"], urgency: "ordinary" | "urgent") =>
  STAGES.map((stage) => {
    const orderKind = stage === "acknowledge" || stage === "firstContact" || stage === "reply" ? "work" : null;
    return rules.policyFor({ stage, urgency, orderKind, itemCode: "A01-01", requestKind: null }, AT)?.limit ?? null;
  });

test("the shipped limits fit every stage, and danger is never given the longer one of its item (nmg:2.2.5)", async () => {
  const rules = await shippedRules(true);
  expect(limitsOf(rules, "ordinary")).toEqual([
    "dispatch-water",
    "conclude-general",
    "callback-general",
    "acknowledge-general",
    "first-contact-general",
    "reply-general",
  ]);
  expect(limitsOf(rules, "urgent").slice(0, 2)).toEqual(["dispatch-urgent", "conclude-urgent"]);
});

test("a retired unit is offered to nobody, keeps its name, and names who takes its orders (nmg:2.2.2)", async () => {
  const catalogue = await readCatalogueFolder(join(import.meta.dirname, "../../catalogue/nmg-2022-89"));
  if (!catalogue.ok) throw new Error("the shipped catalogue is refused");
  const unit = (code: string, change: Partial<DirectoryEntry> = {}): DirectoryEntry => ({
    code: code as UnitCode,
    nameZh: `单位${code}`,
    nameEn: code,
    side: "hotline",
    tier: "county",
    parent: null,
    region: "150102" as RegionCode,
    unitKind: "urbanManagement",
    dutyPhone: "000-1",
    invented: true,
    details: NO_DETAILS,
    ...change,
  });
  const retired = { from: "2027-01-01", successor: "new" as UnitCode };
  let day = "2026-12-31";
  const outside = { today: () => day, townName: () => null };
  const units = [unit("old", { retired }), unit("new")];
  const region = "150100" as RegionCode;
  const rules = createRules(catalogue.value.catalogue, [], units, region, { suggest: () => [] }, outside);
  const offered = () =>
    rules.unitsFor({ item: null, place: null, kind: "work", words: "", limit: 30 }).map(({ code }) => code);
  expect([offered(), rules.retirement("old" as UnitCode)]).toEqual([["old", "new"], null]);
  day = "2027-01-01";
  expect(offered()).toEqual(["new"]);
  expect(rules.retirement("old" as UnitCode)).toMatchObject({ from: "2027-01-01", successor: { nameZh: "单位new" } });
  const rung = (at: Instant) => rules.ringOrder?.("old" as UnitCode, at).map((line) => line.unit);
  expect([rung(AT), rung(instantOf(Date.UTC(2027, 0, 1)))]).toEqual([["old"], ["new"]]);
  expect([rules.unit("old" as UnitCode)?.nameZh, rules.retirement("new" as UnitCode)]).toEqual(["单位old", null]);
});

test("without a calendar no limit is given, and nothing breaks for it (nmg:2.2.1)", async () => {
  const rules = await shippedRules(false);
  expect([...limitsOf(rules, "ordinary"), ...limitsOf(rules, "urgent")].every((limit) => limit === null)).toBe(true);
});
