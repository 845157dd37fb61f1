import { expect, test } from "vitest";
import type { Instant, UnitCode } from "../../kernel/index.ts";
import { NOON, turn, unit } from "./a-unit.test-data.ts";
import { openDirectory, ringOrder } from "./index.ts";
import type { DirectoryEntry } from "./index.ts";

/** Monday evening in Shanghai. */
const EVENING = "2026-11-23T13:00:00.000Z" as Instant;

const LEADER = { step: 1, to: null, functionZh: "值班领导", phone: "000-9", afterMinutes: 3 };

function order(entries: readonly DirectoryEntry[], at: Instant = NOON): readonly string[] {
  const book = openDirectory(entries);
  return ringOrder(book, "a" as UnitCode, at, () => 1).map(({ unit: whose, phone }) => `${whose} ${phone}`);
}

test("a unit is rung at who is on duty now, then by its own order, then the units above it (yn:4.1.2, REQ-34)", () => {
  const turns = [turn("000-1", 480, 1_080), turn("000-2", 480, 1_080, 2)];
  const entries = [unit("city"), unit("a", { turns, escalation: [LEADER] }, "city")];
  expect(order(entries)).toEqual(["a 000-1", "a 000-2", "a 000-9", "city 000-city"]);
  // After office hours nobody of the roster is there: its duty phone stands for it.
  expect(order(entries, EVENING)).toEqual(["a 000-a", "a 000-9", "city 000-city"]);
});

test("the shift of another day is another one to ring; past midnight it is still that of the evening before (REQ-34)", () => {
  const book = openDirectory([unit("a", { turns: [turn("000-1", 1_080, 1_920)] })]);
  const line = (at: string) => ringOrder(book, "a" as UnitCode, at as Instant, () => 1)[0]?.line;
  const evening = line(EVENING);
  expect(line("2026-11-23T20:00:00.000Z")).toBe(evening);
  expect(line("2026-11-24T13:00:00.000Z")).not.toBe(evening);
  const always = openDirectory([unit("a", { turns: [turn("000-1", 0, 1_440)] })]);
  const lines = [NOON, EVENING, "2026-11-24T13:00:00.000Z" as Instant].map(
    (at) => ringOrder(always, "a" as UnitCode, at, () => 1)[0]?.line,
  );
  expect(new Set(lines).size).toBe(1);
});

test("in the place of who has retired its successor is rung, and a number stands once in the order (yn:4.1.2)", () => {
  const gone = { from: "2026-11-01", successor: "new" as UnitCode };
  const entries = [{ ...unit("old"), retired: gone }, unit("new"), unit("a", {}, "old")];
  expect(order(entries)).toEqual(["a 000-a", "new 000-new"]);
  expect(order([{ ...unit("a", {}, "new"), retired: gone }, unit("new")])).toEqual(["new 000-new"]);
  const same = { ...LEADER, phone: "000-a" };
  expect(order([unit("a", { escalation: [same] })])).toEqual(["a 000-a"]);
});

test("of a unit that the directory does not know nobody is rung", () => {
  expect(order([unit("b")])).toEqual([]);
});
