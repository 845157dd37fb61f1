import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CanonicalFault, canonicalJson } from "./canonical-json.ts";
import { commitmentOf, messageDigest, sm3Hex } from "./digest.ts";

const text = fc.string({ unit: "binary" });
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
    text,
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(text, tie("value"), { maxKeys: 5 }),
  ),
})).value;

/** The same value with the members of every object in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, shuffled(member)]),
  );
}

describe("canonical JSON (RFC 8785)", () => {
  test("reading back what was written gives the same value", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(value);
      }),
    );
  });

  test("the order in which members were set does not show, and writing twice changes nothing", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
    );
  });

  test("two different values are never written alike", () => {
    fc.assert(
      fc.property(fc.array(json, { maxLength: 40 }), (values) => {
        const byText = new Map(values.map((value) => [canonicalJson(value), value]));
        expect(values.map((value) => byText.get(canonicalJson(value)))).toEqual(values);
      }),
    );
    expect(canonicalJson({ a: 1 })).not.toBe(canonicalJson({ a: "1" }));
    expect(canonicalJson([])).not.toBe(canonicalJson({}));
  });

  test("members are sorted by UTF-16 code units and numbers written as RFC 8785 shows", () => {
    const sample = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\u{1f600}": 5, "\u0080": 6, "\u00f6": 7 };
    expect(Object.values(JSON.parse(`{"v":${canonicalJson(sample)}}`).v)).toEqual([4, 2, 6, 7, 1, 5, 3]);
    expect(canonicalJson([Number("333333333.33333329"), 1e30, 4.5, 2e-3, 1e-27])).toBe(
      "[333333333.3333333,1e+30,4.5,0.002,1e-27]",
    );
  });

  test("what a peer can send and what has no canonical form is one kind of fault", () => {
    expect(() => canonicalJson("\ud800")).toThrow(CanonicalFault);
    expect(() => canonicalJson({ "\udc00": 1 })).toThrow(CanonicalFault);
    const deep: unknown = JSON.parse("[".repeat(5000) + "]".repeat(5000));
    expect(() => canonicalJson(deep)).toThrow(CanonicalFault);
  });

  test("undefined is a programmer's mistake, not a missing member", () => {
    expect(() => canonicalJson({ a: undefined })).toThrow(TypeError);
  });

  test("a member called __proto__ is written like any other", () => {
    expect(canonicalJson(JSON.parse('{"__proto__":1,"a":2}'))).toBe('{"__proto__":1,"a":2}');
  });
});

describe("digests", () => {
  test("a message's digest is SM3 of its canonical form", () => {
    expect(messageDigest({ b: "井", a: [1, null] })).toBe(sm3Hex('{"a":[1,null],"b":"井"}'));
  });

  test("a commitment is SM3 over salt bytes then value, so another salt or value gives another", () => {
    expect(commitmentOf("616263", "")).toBe("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    expect(commitmentOf("61", "bc")).toBe(commitmentOf("616263", ""));
    expect(commitmentOf("62", "bc")).not.toBe(commitmentOf("61", "bc"));
  });
});
