import { expect, test } from "vitest";
import type { Instant, NodeCode } from "../../kernel/index.ts";
import { advanceVersion, nextMove } from "./index.ts";
import type { CatalogueSignature, CatalogueVersion } from "./index.ts";

const HERE = "hotline-1" as NodeCode;
const THERE = "police-1" as NodeCode;
const T = (n: number) => `2026-05-${String(n).padStart(2, "0")}T00:00:00.000Z` as Instant;
const draft = (version: string): CatalogueVersion => ({
  version,
  digest: `d ${version}`,
  base: null,
  validFrom: "2026-01-01",
  state: "draft",
  signatures: [],
  fetchedFrom: null,
  savedAt: T(1),
  inForceAt: null,
  supersededAt: null,
});
const signed = (version: string, n: number): CatalogueSignature[] =>
  [
    [HERE, THERE],
    [THERE, HERE],
  ].map(([node, peer]) => ({
    node: node as NodeCode,
    peer: peer as NodeCode,
    at: T(n),
    digest: `d ${version}`,
    signature: "00",
  }));

/** Learns agreements in batches and settles after each. */
function settle(batches: readonly CatalogueSignature[][], names: readonly string[]): string | undefined {
  let versions = names.map(draft);
  let known: CatalogueSignature[] = [];
  for (const batch of batches) {
    known = [...known, ...batch];
    for (;;) {
      const move = nextMove(versions, known, { here: HERE, peers: [THERE] }, T(20));
      if (move === null) break;
      versions = versions.map((v) => {
        if (v.version === move.before.version) return move.after;
        if (move.type === "takeEffect" && v.state === "inForce") {
          const aside = advanceVersion(v, { type: "supersede", at: T(20) });
          if (!aside.ok) throw new Error("aside");
          return aside.value;
        }
        return v;
      });
    }
  }
  return versions.find((v) => v.state === "inForce")?.version;
}

test("two nodes that learn of the same agreements in another order end with the same version (isOlder, nextMove)", () => {
  const names = ["a@1", "a@2", "b@1"];
  // a@2 agreed on day 1, b@1 on day 2, a@1 (an earlier number, signed while b@1 is in force) on day 3.
  const [a2, b1, a1] = [signed("a@2", 1), signed("b@1", 2), signed("a@1", 3)];
  const ends = [
    [a2, b1, a1],
    [a1, a2, b1],
    [b1, a1, a2],
    [a1, b1, a2],
    [b1, a2, a1],
    [a2, a1, b1],
    [[...a2, ...b1, ...a1]],
  ].map((order) => settle(order, names));
  expect(new Set(ends).size).toBe(1);
});
