import { describe, expect, test } from "vitest";
import type { UnitCode } from "../../kernel/index.ts";
import { NOON, turn, unit } from "./a-unit.test-data.ts";
import { dutyCards, openDirectory } from "./index.ts";
import type { DirectoryEntry } from "./index.ts";

function ask(entries: readonly DirectoryEntry[], words: readonly string[] = [], limit = 50) {
  return dutyCards(openDirectory(entries), {
    words,
    wordsOf: ({ nameZh, dutyPhone }) => `${nameZh} Gas 赛罕区 ${dutyPhone}`,
    at: NOON,
    daysAhead: 7,
    dayKind: () => 1,
    limit,
  });
}

describe("whom to ring now (yn:4.1.2, REQ-34)", () => {
  test("is who is on duty at the moment, the first to ring first", () => {
    const turns = [turn("000-3", 0, 1_440, 2), turn("000-1", 480, 1_200), turn("000-2", 1_200, 1_920)];
    const [card] = ask([unit("a", { turns })]).cards;
    expect(card?.now.map(({ phone }) => phone)).toEqual(["000-1", "000-3"]);
    expect(card?.gap).toBeNull();
  });

  test("the next time that the roster leaves open is told before it begins", () => {
    const [card] = ask([unit("a", { turns: [turn("000-1", 480, 1_200)] })]).cards;
    expect(card?.gap).toEqual({ from: "2026-11-23T12:00:00.000Z", to: "2026-11-24T00:00:00.000Z" });
  });

  test("a unit without a roster has nobody on duty and no gap", () => {
    expect(ask([unit("a")]).cards).toMatchObject([{ now: [], gap: null }]);
  });

  test("who is next when nobody answers is its own order and then the units above it", () => {
    const leader = { step: 1, to: null, functionZh: "值班领导", phone: "000-9", afterMinutes: 3 };
    const { cards } = ask([unit("city"), unit("a", { escalation: [leader] }, "city")]);
    expect(cards.at(-1)?.next.map(({ phone, afterMinutes }) => [phone, afterMinutes])).toEqual([
      ["000-9", 3],
      ["000-city", 5],
    ]);
  });

  test("who is next is the successor of a unit that has retired", () => {
    const old = { ...unit("old"), retired: { from: "2026-11-01", successor: "new" as UnitCode } };
    const { cards } = ask([old, unit("new"), unit("a", {}, "old")]);
    expect(cards.find(({ entry }) => entry.code === "a")?.next.map(({ phone }) => phone)).toEqual(["000-new"]);
  });

  test("a unit is found when every word occurs, in letters of either size", () => {
    const all = [unit("heat"), unit("water")];
    const found = (...words: string[]) => ask(all, words).cards.map(({ entry }) => entry.code);
    expect(found("赛罕", "HEAT")).toEqual(["heat"]);
    expect(found("gas", "000-water")).toEqual(["water"]);
    expect(found("赛罕", "玉泉")).toEqual([]);
  });

  test("the emergency lines stand first: 119, 120 and 122 are there before a word is typed (nmg:2.2.3, REQ-29)", () => {
    const fire = { ...unit("fire"), dutyPhone: "119" };
    const traffic = { ...unit("traffic"), dutyPhone: "122" };
    const found = ask([unit("a"), traffic, unit("b"), fire], [], 3).cards.map(({ entry }) => entry.code);
    expect(found).toEqual(["traffic", "fire", "a"]);
  });

  test("a unit that has retired is not rung; how many were left out is said", () => {
    const gone = { ...unit("old"), retired: { from: "2026-11-23", successor: "a" as UnitCode } };
    const { cards, more } = ask([gone, unit("a"), unit("b"), unit("c")], [], 2);
    expect(cards.map(({ entry }) => entry.code)).toEqual(["a", "b"]);
    expect(more).toBe(1);
  });
});
