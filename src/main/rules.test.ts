import { join } from "node:path";
import { expect, test } from "vitest";
import { instantOf } from "../kernel/index.ts";
import type { RegionCode } from "../kernel/index.ts";
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

test("without a calendar no limit is given, and nothing breaks for it (nmg:2.2.1)", async () => {
  const rules = await shippedRules(false);
  expect([...limitsOf(rules, "ordinary"), ...limitsOf(rules, "urgent")].every((limit) => limit === null)).toBe(true);
});
