import { describe, expect, test } from "vitest";
import type { Catalogue, CatalogueLimit } from "../catalogue/index.ts";
import { findLimit, indexLimits, policyFor } from "./index.ts";
import type { LimitSubject } from "./index.ts";
import { aCalendar, shanghai } from "./small-calendar.test-data.ts";

function limit(code: string, change: Partial<CatalogueLimit> = {}): CatalogueLimit {
  return {
    code,
    stage: "reply",
    urgency: null,
    orderKind: null,
    itemCode: null,
    classCode: null,
    requestKind: null,
    amount: 5,
    unit: "workingDays",
    hours: "office",
    pausable: true,
    extensionMax: 10,
    giveBackMinutes: null,
    marks: "standard",
    noteZh: null,
    source: "nmg:2.2.5",
    basis: "default",
    document: null,
    validFrom: "2022-12-13",
    validTo: null,
    ...change,
  };
}

const ROWS: readonly CatalogueLimit[] = [
  limit("general"),
  limit("inquiry", { requestKind: "inquiry" }),
  limit("class", { classCode: "A01" }),
  limit("class-inquiry", { classCode: "A01", requestKind: "inquiry" }),
  limit("item", { itemCode: "A01-05" as CatalogueLimit["itemCode"] }),
  limit("officers", { orderKind: "police" }),
  limit("urgent", { urgency: "urgent" }),
  limit("urgent-class", { urgency: "urgent", classCode: "A01" }),
  limit("old", { stage: "callback", validTo: "2024-12-31" }),
  limit("new", { stage: "callback", validFrom: "2025-01-01", amount: 2 }),
  limit("lost-hours", { stage: "conclude", hours: "nowhere" }),
];

const index = indexLimits({
  head: { version: "small@1" },
  limits: ROWS,
  clockMarks: [
    {
      code: "a",
      profile: "standard",
      mark: "reminder",
      minutes: 60,
      audience: "owner",
      source: "",
      basis: "default",
      document: null,
    },
  ],
} as unknown as Catalogue);

function subject(change: Partial<LimitSubject> = {}): LimitSubject {
  return {
    stage: "reply",
    urgency: "ordinary",
    orderKind: null,
    itemCode: null,
    classCode: null,
    requestKind: null,
    ...change,
  };
}

function found(change: Partial<LimitSubject>, day = "2026-01-05"): string | null {
  return findLimit(index, subject(change), day)?.code ?? null;
}

describe("the most specific limit in force wins (yn:4.3.3, REQ-70)", () => {
  test("urgency before item before class before kind of request; nothing said fits all", () => {
    const lamp = { itemCode: "A01-05", classCode: "A01", requestKind: "inquiry" };
    expect(found({})).toBe("general");
    expect(found({ requestKind: "inquiry" })).toBe("inquiry");
    expect(found({ classCode: "A01", itemCode: "A01-09" })).toBe("class");
    expect(found({ classCode: "A01", requestKind: "inquiry" })).toBe("class-inquiry");
    expect(found(lamp)).toBe("item");
    expect(found({ ...lamp, urgency: "urgent" })).toBe("urgent-class");
    expect(found({ urgency: "urgent", classCode: "B01" })).toBe("urgent");
    expect(found({ stage: "dispatch" })).toBeNull();
  });

  test("the kind of order before the item: officers follow the rules of the police (nmg:2.2.5)", () => {
    expect(found({ orderKind: "police", itemCode: "A01-05" })).toBe("officers");
    expect(found({ orderKind: "work", itemCode: "A01-05" })).toBe("item");
  });

  test("the row in force on the day, both ends counted", () => {
    expect(found({ stage: "callback" }, "2024-12-31")).toBe("old");
    expect(found({ stage: "callback" }, "2025-01-01")).toBe("new");
    expect(found({ stage: "callback" }, "2022-12-12")).toBeNull();
  });

  test("a clock freezes row, version, clause and hours with their version; without known hours there is no clock", () => {
    expect(policyFor(index, aCalendar(), subject(), shanghai("2025-03-03 09:00"))).toMatchObject({
      limit: "general",
      catalogueVersion: "small@1",
      hours: "office@1",
      source: "nmg:2.2.5",
      basis: "default",
      marks: [{ mark: "reminder", minutes: 60, audience: "owner" }],
    });
    expect(policyFor(index, aCalendar(), subject({ stage: "conclude" }), shanghai("2025-03-03 09:00"))).toBeNull();
  });

  test("the day is that of Shanghai", () => {
    const at = shanghai("2025-01-01 00:30");
    expect(at.slice(0, 10)).toBe("2024-12-31");
    expect(policyFor(index, aCalendar(), subject({ stage: "callback" }), at)?.limit).toBe("new");
  });
});
