import { expect, test } from "vitest";
import { decodeText, encodeText } from "./gb18030.ts";

test.each([
  ["two bytes", "联动", "c1aab6af"],
  ["one byte", "A1", "4131"],
  ["two bytes, not Chinese", "é", "a8a6"],
  ["four bytes below U+10000", "\u3400", "8139ee39"],
  ["four bytes above", "\u{1F600}", "9439fc36"],
  ["the first above", "\u{10000}", "90308130"],
  ["the last there is", "\u{10FFFF}", "e3329a35"],
  ["a lone surrogate", "\uD800", "3f"],
])("GB18030 has %s", (_, text, hex) => {
  expect(encodeText(text, "gb18030").toString("hex")).toBe(hex);
});

test("every character below U+10000 comes back from its bytes, and some above", () => {
  const points = Array.from({ length: 0x10000 }, (_, point) => point).filter(
    (point) => point < 0xd800 || point > 0xdfff,
  );
  const above = Array.from({ length: 64 }, (_, count) => 0x10000 + count * 16_000);
  const strange = [...points, ...above].filter((point) => {
    const character = String.fromCodePoint(point);
    return decodeText(encodeText(character, "gb18030"), "gb18030") !== character;
  });
  // Places of private use that the standard of 2022 gave to characters of their own, and one that the reader takes for a space.
  const without = "e5e5 e78d e78e e78f e790 e791 e792 e793 e794 e795 e796 e81e e826 e82b e82c e832 e843 e854 e864";
  expect(strange.map((point) => point.toString(16)).join(" ")).toBe(without);
});
