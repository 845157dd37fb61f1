import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dangerFirst } from "./danger-first.ts";

const row = (requestNo: string, dangerOpen = false, rest: { status?: string; responsible?: boolean } = {}) => ({
  requestNo,
  dangerOpen,
  status: rest.status ?? "accepted",
  responsible: rest.responsible ?? true,
});
const numbers = (rows: readonly { readonly requestNo: string }[]) => rows.map((one) => one.requestNo);

describe("a queue", () => {
  test("has open danger on top, also one that stands pages below (nmg:2.2.1)", () => {
    const old = row("1", true);
    const near = row("8", true);
    expect(numbers(dangerFirst("mine", [near, old], [row("9"), near, row("7")]))).toEqual(["8", "1", "9", "7"]);
  });

  test("of 110 shows as its own what was pushed to it, though the ordinary part is the other desk's", () => {
    const pushed = row("5", true, { responsible: false });
    expect(numbers(dangerFirst("mine", [pushed], []))).toEqual(["5"]);
  });

  test("takes in only the danger that belongs to it", () => {
    const danger = [row("5", true, { status: "offered" }), row("6", true, { status: "handedOver" })];
    expect(numbers(dangerFirst("incoming", danger, []))).toEqual(["5"]);
    expect(numbers(dangerFirst("theirs", danger, []))).toEqual(["6"]);
    expect(numbers(dangerFirst("closed", danger, [row("4", false, { status: "closed" })]))).toEqual(["4"]);
  });

  test("has under open danger what the other desk gave back, where whoever decides looks, also one pages below (nmg:2.2.1)", () => {
    const [danger, back] = [row("5", true), row("2")];
    expect(numbers(dangerFirst("mine", [danger], [row("9"), danger], [back]))).toEqual(["5", "2", "9"]);
    expect(numbers(dangerFirst("incoming", [], [row("9", false, { status: "offered" })], [back]))).toEqual(["2", "9"]);
    expect(numbers(dangerFirst("closed", [], [row("9")], [back]))).toEqual(["9"]);
  });

  test("shows each request once, loses none, and no danger stands under an ordinary matter", () => {
    const some = fc.uniqueArray(fc.record({ n: fc.nat(40), open: fc.boolean() }), { selector: (one) => one.n });
    fc.assert(
      fc.property(some, some, (mine, others) => {
        const danger = others.map(({ n }) => row(String(n), true));
        const rows = mine.map(({ n, open }) => row(String(n), open || others.some((one) => one.n === n)));
        const shown = dangerFirst("mine", danger, rows);
        const wanted = new Set([...numbers(rows), ...numbers(danger)]);
        expect(new Set(numbers(shown))).toEqual(wanted);
        expect(shown).toHaveLength(wanted.size);
        const first = shown.findIndex((one) => !one.dangerOpen);
        expect(first < 0 ? [] : shown.slice(first).filter((one) => one.dangerOpen)).toEqual([]);
      }),
    );
  });
});
