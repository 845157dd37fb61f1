import { assert, dictionary, jsonValue, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { instantOf } from "../../kernel/index.ts";
import { canonicalJson, eventDigest, nextLink } from "./seal-digest.ts";

const event = {
  home: "150100",
  streamKind: "case",
  streamId: "s",
  version: 1,
  caseId: "c",
  type: "T",
  typeVersion: 1,
  at: instantOf(0),
  body: { b: 1, a: { d: null, c: [2, { f: 1, e: 2 }] } },
};

describe("what the chain is made of", () => {
  it("writes an object the same whatever the order of its keys", () => {
    assert(
      property(dictionary(string(), jsonValue()), (record) => {
        const reversed = Object.fromEntries(Object.entries(record).toReversed());
        expect(canonicalJson(reversed)).toBe(canonicalJson(record));
        expect(JSON.parse(canonicalJson(record))).toEqual(JSON.parse(JSON.stringify(record)));
      }),
    );
    for (const other of [new Date(0), Buffer.from("a"), new Map()])
      expect(() => canonicalJson({ a: [other] })).toThrow("only plain JSON");
    expect(canonicalJson(JSON.parse('{"b":{"__proto__":{"d":1,"c":2}},"10":1,"9":2,"a":3}'))).toBe(
      '{"9":2,"10":1,"a":3,"b":{"__proto__":{"c":2,"d":1}}}',
    );
    expect(canonicalJson(event.body)).toBe('{"a":{"c":[2,{"e":2,"f":1}],"d":null},"b":1}');
  });

  it("gives another digest for every change of any part of an event", () => {
    const whole = eventDigest(event).toString("hex");
    const changes = [
      { home: "1" },
      { streamKind: "order" },
      { streamId: "t" },
      { version: 2 },
      { caseId: "d" },
      { type: "U" },
    ];
    const others = [...changes, { typeVersion: 2 }, { at: instantOf(1) }, { body: { b: 2 } }];
    const digests = others.map((change) => eventDigest({ ...event, ...change }).toString("hex"));
    expect(new Set([whole, ...digests]).size).toBe(others.length + 1);
  });

  it("links with SM3, checked against the standard's own example", () => {
    // GB/T 32905, example 1: SM3("abc").
    expect(nextLink(Buffer.from("a"), Buffer.from("bc")).toString("hex")).toBe(
      "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    );
  });
});
