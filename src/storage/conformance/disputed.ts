import { expect, it } from "vitest";
import type { Linkage } from "../../core/linkage/index.ts";
import type { NodeCode, RegionCode } from "../../kernel/index.ts";
import {
  aCase,
  emptyCommit,
  indexOf,
  linkageIdOf,
  linkageWrite,
  registration,
  requestNoOf,
  second,
} from "../sample-commits.ts";
import type { Harness } from "./harness.ts";

/** A peer of this part alone. */
const THERE = "police-150800" as NodeCode;
const PLACE = "150802" as RegionCode;

/** Hand-overs that both sides may have to talk about: the same list in memory and in PostgreSQL. */
export function disputedTests(at: () => Harness): void {
  it("lists what was given back or negotiated since an instant, the newest first, with its item and county, and nothing else (nmg:2.2.4, REQ-35)", async () => {
    const { cases, queries } = at();
    const copies: readonly Partial<Linkage>[] = [
      { returnedAt: second(9_010), negotiatedAt: second(9_050), state: "withdrawn" },
      { negotiatedAt: second(9_020), state: "held" },
      { state: "accepted" },
      { returnedAt: second(9_001), state: "returned" },
      { part: "danger", kind: "urgent", negotiatedAt: second(9_030), state: "delivered" },
    ];
    for (const [i, copy] of copies.entries()) {
      const n = 47_000 + i;
      expect(await cases.commit(registration(n, { place: PLACE }))).toBe("done");
      const known = { role: "S", part: "ordinary", peer: THERE, requestNo: requestNoOf(n) } as const;
      const streams = [linkageWrite(n, n, 0, second(9_000), { ...known, ...copy })];
      expect(await cases.commit({ ...emptyCommit(), streams, index: indexOf(aCase(n, { place: PLACE }), 2) })).toBe(
        "done",
      );
    }
    const found = (await queries.disputed(second(9_005))).filter(({ peer }) => peer === THERE);
    expect(found.map(({ linkageId, division, at: since, ways }) => [linkageId, division, since, ways])).toEqual([
      [linkageIdOf(47_001), "150802", second(9_020), ["negotiated", "held"]],
      [linkageIdOf(47_000), "150802", second(9_010), ["returned", "negotiated"]],
    ]);
  });
}
