import { describe, expect, test } from "vitest";
import { commonProtocol, PROTOCOL_FLOOR, PROTOCOL_VERSION } from "./protocol-version.ts";
import { schemaHash } from "./schema-hash.ts";
import history from "./schema-history.json" with { type: "json" };

const versions = new Map(Object.entries(history));

const IN_STEP = `the wire schemas are those of version ${PROTOCOL_VERSION}`;
const OUT_OF_STEP =
  `the wire schemas changed but PROTOCOL_VERSION is still ${PROTOCOL_VERSION}: raise it, add hash ${schemaHash()} and a ` +
  "line on the change to schema-history.json, add golden messages, and go on reading the old ones";

describe("the wire's version", () => {
  test("a changed schema without a new protocol version fails (nmg:2.3.2, REQ-53)", () => {
    const same = schemaHash() === versions.get(String(PROTOCOL_VERSION))?.hash;
    expect(same ? IN_STEP : OUT_OF_STEP).toBe(IN_STEP);
  });

  test("every version has its line in the history, none twice, and the floor is one of them", () => {
    expect([...versions.keys()]).toEqual(Array.from({ length: PROTOCOL_VERSION }, (_, i) => String(i + 1)));
    expect(new Set([...versions.values()].map((line) => line.hash)).size).toBe(versions.size);
    expect(PROTOCOL_FLOOR).toBeGreaterThanOrEqual(1);
    expect(PROTOCOL_FLOOR).toBeLessThanOrEqual(PROTOCOL_VERSION);
  });

  test("two nodes speak the highest version both read, or none", () => {
    expect(commonProtocol({ min: 1, max: 3 }, { min: 2, max: 5 })).toBe(3);
    expect(commonProtocol({ min: 2, max: 5 }, { min: 1, max: 3 })).toBe(3);
    expect(commonProtocol({ min: 1, max: 1 }, { min: 1, max: 1 })).toBe(1);
    expect(commonProtocol({ min: 1, max: 2 }, { min: 3, max: 4 })).toBeNull();
  });
});
