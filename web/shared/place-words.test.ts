import { expect, test } from "vitest";
import { placeWords } from "./place-words.ts";

test.each([
  ["新城区", "新城区新华街 1 号", "新城区新华街 1 号"],
  ["新城区", "呼和浩特市新城区新华街", "呼和浩特市新城区新华街"],
  ["新城区", "新华街 1 号", "新城区 新华街 1 号"],
  ["新城区", "原新城区政府对面", "新城区 原新城区政府对面"],
  ["新城区", null, "新城区"],
  [null, "新华街", "新华街"],
  [null, null, ""],
])("a division that the address begins with is said once: %s, %s", (division, address, words) => {
  expect(placeWords(division, address)).toBe(words);
});
