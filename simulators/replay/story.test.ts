import { expect, test } from "vitest";
import { makeStory, parseStoryText } from "./story.ts";
import type { Choices, Story, Text } from "./story.ts";

const items = [
  ["A01-01", "hotlineHandles", "ordinary"],
  ["A14-05", "hotlineHandles", "urgent"],
  ["B01-01", "policeHandles", "ordinary"],
  ["B05-01", "policeHandles", "urgent"],
  ["C01-01", "urgentBoth", "urgent"],
  ["D02-01", "policeFirstThenHotline", "ordinary"],
  ["N00-01", "guide", "ordinary"],
].map(([code = "", mode = "", urgency = ""]) => ({ code, mode, urgency }));
const choices: Choices = {
  items,
  places: ["150102", "150103"],
  requestKinds: ["inquiry", "complaint", "tipOff"],
  fields: ["publicServices"],
  requesterTypes: ["person", "enterprise"],
};
const both = { hotline: choices, police: choices };

function stories(category: string | null, count = 400): readonly Story[] {
  const text: Text = { id: "1", text: "路灯不亮", category };
  return Array.from({ length: count }, (_, index) => makeStory("seed", index, text, both));
}

test("the same seed tells the same stories, another seed others", () => {
  const told = (seed: string): string =>
    JSON.stringify(
      Array.from({ length: 50 }, (_, i) => makeStory(seed, i, { id: "1", text: "x", category: null }, both)),
    );
  expect(told("a")).toBe(told("a"));
  expect(told("a")).not.toBe(told("b"));
});

test("a label decides the item, its letter the road", () => {
  const roads = (category: string): readonly string[] =>
    [...new Set(stories(category).map((s) => `${s.desk} ${s.road}`))].sort();
  expect(roads("A01")).toEqual(["hotline answer", "hotline dispatch", "police otherDesk"]);
  expect(roads("B01")).toEqual(["hotline otherDesk", "police answer", "police dispatch"]);
  expect(roads("C01")).toEqual(["hotline danger", "police danger"]);
  expect(roads("N00")).toEqual(["hotline guide", "police guide"]);
  expect(stories("D02").every((s) => s.item === "D02-01" && s.road === "otherDesk")).toBe(true);
});

test("danger without a label takes urgent items of 110 or of annex part three, and is said in one way only", () => {
  const danger = stories(null, 4_000).filter((s) => s.road === "danger");
  expect(danger.length).toBeGreaterThan(100);
  expect([...new Set(danger.map((s) => s.item))].sort()).toEqual(["B05-01", "C01-01"]);
  expect(danger.filter((s) => s.dangerByKey && s.body.danger === true)).toEqual([]);
  expect(danger.some((s) => s.dangerByKey)).toBe(true);
});

test("what goes to the other desk without a label is never the desk's own", () => {
  const other = stories(null, 4_000).filter((s) => s.road === "otherDesk");
  expect(other.filter((s) => s.item.startsWith(s.desk === "hotline" ? "A" : "B"))).toEqual([]);
});

test("a registration holds nothing that is not known and no empty value", () => {
  for (const { body } of stories(null)) {
    expect(Object.values(body.fields).filter((value) => value === "" || value === null || value === undefined)).toEqual(
      [],
    );
    expect(String(body.fields["requesterPhone"] ?? "1390000")).toMatch(/^1390000\d{0,4}$/);
  }
});

test("a line without id or text is no text; a label that is no class of the annex is no label", () => {
  expect(parseStoryText("{")).toBeNull();
  expect(parseStoryText('{"id":"1","text":" _x000D_"}')).toBeNull();
  expect(parseStoryText('{"id":"1","title":"a","text":"b","category":"weather"}')).toEqual({
    id: "1",
    text: "a\nb",
    category: null,
  });
  expect(parseStoryText('{"id":"1","text":"b","category":"C01"}')?.category).toBe("C01");
});
