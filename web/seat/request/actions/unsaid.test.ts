import { expect, test } from "vitest";
import { unsaidOf } from "./unsaid.ts";

const there = { showing: "masked", value: "138****0000", revealable: true } as const;

test("a hand-over without a number or a place says so first; what is masked is not missing (nmg:2.2.1, REQ-14)", () => {
  expect(unsaidOf({ fields: {}, place: null })).toEqual(["number", "place"]);
  expect(unsaidOf({ fields: { "requester.phone": there }, place: null })).toEqual(["place"]);
  expect(unsaidOf({ fields: { "requester.contact": there, address: there }, place: null })).toEqual([]);
  expect(unsaidOf({ fields: {}, place: "150102" })).toEqual(["number"]);
});
