import * as fc from "fast-check";
import { expect, test } from "vitest";
import { orderByForeignKeys } from "./schema-catalogue.ts";

test("a referred table stands before its referrers, and every table stands once", () => {
  const names = ["a", "b", "c", "d", "e", "f"];
  // Keys only from later to earlier letters: no circle.
  const key = fc.tuple(fc.nat(5), fc.nat(5)).filter(([x, y]) => x !== y);
  fc.assert(
    fc.property(fc.shuffledSubarray(names, { minLength: 6 }), fc.array(key), (tables, pairs) => {
      const keys = pairs.map(([x, y]) => ({
        referrer: names[Math.max(x, y)] ?? "",
        referred: names[Math.min(x, y)] ?? "",
      }));
      const { ordered, cyclic } = orderByForeignKeys(tables, keys);
      expect(cyclic).toEqual([]);
      expect([...ordered].sort()).toEqual(names);
      for (const { referrer, referred } of keys) {
        expect(ordered.indexOf(referred)).toBeLessThan(ordered.indexOf(referrer));
      }
    }),
  );
});

test("tables that refer to each other in a circle are named", () => {
  const keys = [
    { referrer: "a", referred: "b" },
    { referrer: "b", referred: "a" },
  ];
  expect(orderByForeignKeys(["a", "b", "c"], keys)).toEqual({ ordered: ["c", "a", "b"], cyclic: ["a", "b"] });
});
