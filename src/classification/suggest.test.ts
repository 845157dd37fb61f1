import fc from "fast-check";
import { expect, test } from "vitest";
import type { ItemCode } from "../kernel/index.ts";
import type { CueRule } from "./rule-file.ts";
import { createRuleClassifier } from "./suggest.ts";

let line = 1;
function aRule(word: string, item: string, weight: number, rest: Partial<CueRule> = {}): CueRule {
  line += 1;
  return { line, word, item: item as ItemCode, weight, needs: [], excludes: [], basis: "default", ...rest };
}

function suggestBy(rules: readonly CueRule[], text: string, limit = 10) {
  return createRuleClassifier({ name: "cues@1", rules }).suggest(text, null, limit);
}

test("words are found where they stand in the text as given, in full width and capitals too (nmg:3.3)", () => {
  const text = "𠮷祥街ＡＴＭ机吞卡，atm吞卡";
  const [first] = suggestBy(
    [aRule("atm", "A15-08", 0.5, { line: 7 }), aRule("吞卡", "A15-08", 0.4, { line: 9 })],
    text,
  );
  expect(first).toEqual({
    item: "A15-08",
    score: 0.7,
    reason: {
      words: [
        { text: "ＡＴＭ", at: 4 },
        { text: "吞卡", at: 8 },
        { text: "atm", at: 11 },
        { text: "吞卡", at: 14 },
      ],
      rule: "cues@1:7,9",
    },
  });
});

test("the longest word wins where words overlap, and the shorter one still counts elsewhere", () => {
  const rules = [aRule("井盖", "A01-99", 0.5), aRule("井盖缺失", "A01-10", 0.9)];
  expect(suggestBy(rules, "门口井盖缺失").map((s) => s.item)).toEqual(["A01-10"]);
  const both = suggestBy(rules, "井盖缺失，另一个井盖");
  expect(both.map((s) => [s.item, s.reason.words])).toEqual([
    ["A01-10", [{ text: "井盖缺失", at: 0 }]],
    ["A01-99", [{ text: "井盖", at: 8 }]],
  ]);
});

test("a longer word that does not apply hides nothing", () => {
  const rules = [aRule("井盖", "A01-99", 0.5), aRule("井盖缺失", "A01-10", 0.9, { excludes: ["已修好"] })];
  expect(suggestBy(rules, "井盖缺失已修好").map((s) => s.item)).toEqual(["A01-99"]);
});

test("one of the needed words must stand in the text and none of the excluded", () => {
  const rule = [aRule("积水", "A02-03", 0.7, { needs: ["马路", "桥下"], excludes: ["已排"] })];
  expect(suggestBy(rule, "积水很深")).toEqual([]);
  expect(suggestBy(rule, "桥下积水")).toHaveLength(1);
  expect(suggestBy(rule, "桥下积水已排")).toEqual([]);
});

test("equal scores stand in the order of the annex, and the limit is kept", () => {
  const rules = ["B01-02", "A02-01", "A10-01", "A01-05"].map((item) => aRule("同词", item, 0.5));
  expect(suggestBy(rules, "同词").map((s) => s.item)).toEqual(["A01-05", "A02-01", "A10-01", "B01-02"]);
  expect(suggestBy(rules, "同词", 2)).toHaveLength(2);
  expect(suggestBy(rules, "同词", 0)).toEqual([]);
});

test("saying a word again does not make it truer, another word does", () => {
  const rules = [aRule("油烟", "A02-11", 0.5), aRule("饭店", "A02-11", 0.5)];
  const scoreOf = (text: string): number | undefined => suggestBy(rules, text)[0]?.score;
  expect([scoreOf("油烟"), scoreOf("油烟油烟油烟"), scoreOf("饭店油烟")]).toEqual([0.5, 0.5, 0.75]);
});

test("whatever the text and the rules, answers are ordered, bounded, explained and the same again", () => {
  const word = fc.string({ unit: fc.constantFrom("甲", "乙", "Ａ", "b", "\u{20BB7}"), minLength: 2, maxLength: 4 });
  const rule = fc
    .record({
      word,
      item: fc.constantFrom("A01-01", "B01-01", "C01-01"),
      weight: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
    })
    .map(({ word: w, item, weight }) => aRule(w, item, weight));
  fc.assert(
    fc.property(
      fc.array(rule, { maxLength: 12 }),
      fc.array(word).map((w) => w.join("，")),
      (rules, text) => {
        const found = suggestBy(rules, text);
        expect(suggestBy(rules.toReversed(), text).map((s) => [s.item, s.score])).toEqual(
          found.map((s) => [s.item, s.score]),
        );
        for (const [i, { score, reason }] of found.entries()) {
          expect(score).toBeGreaterThan(0);
          expect(score).toBeLessThan(1);
          expect(score).toBeLessThanOrEqual(found[i - 1]?.score ?? 1);
          expect(reason.words.length).toBeGreaterThan(0);
          for (const { text: cut, at } of reason.words) expect(text.slice(at, at + cut.length)).toBe(cut);
        }
      },
    ),
  );
});

test("the threat at the end of a text of 7,000 characters is seen", () => {
  const text = `${"小区物业不管。".repeat(1000)}再不解决就同归于尽`;
  const [first] = suggestBy([aRule("物业", "A16-03", 0.7), aRule("同归于尽", "C02-01", 0.85)], text);
  expect(first?.reason.words).toEqual([{ text: "同归于尽", at: 7005 }]);
});
