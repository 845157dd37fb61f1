import { expect, test } from "vitest";
import { numbersFor } from "./number-typed.ts";

const KNOWN = ["1501001261124000012", "1501001261123000012", "1501001261124000517", "1501001261124000012"];

test("a request is found by its whole number as a caller reads it, in groups", () => {
  expect(numbersFor("150100 1261124 000012", [])).toEqual(["1501001261124000012"]);
  expect(numbersFor(" 150100-1261124-000012 ", [])).toEqual(["1501001261124000012"]);
});

test("a request is found by the end of its number, each that ends so, once", () => {
  expect(numbersFor("00517", KNOWN)).toEqual(["1501001261124000517"]);
  expect(numbersFor("000012", KNOWN)).toEqual(["1501001261123000012", "1501001261124000012"]);
});

test("words, and too few digits, are no number", () => {
  for (const typed of ["办结", "12", "", "1501001261124000012345", "000 01x"])
    expect(numbersFor(typed, KNOWN)).toEqual([]);
});
