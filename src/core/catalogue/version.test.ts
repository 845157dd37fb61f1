import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instantOf } from "../../kernel/index.ts";
import type { NodeCode } from "../../kernel/index.ts";
import { advanceVersion, isAgreed, VERSION_STATES, VERSION_TABLE } from "./index.ts";
import type { CatalogueSignature, CatalogueVersion, VersionStep } from "./index.ts";

const MAY_DAY = 1_777_564_800_000; // 2026-04-30T16:00Z, the first of May in Shanghai
const at = instantOf(MAY_DAY);
const before = instantOf(MAY_DAY - 1);

function aVersion(changes: Partial<CatalogueVersion> = {}): CatalogueVersion {
  return {
    version: "city@2",
    digest: "d2",
    base: "plan@1",
    validFrom: "2026-05-01",
    state: "draft",
    signatures: [],
    savedAt: before,
    proposedAt: null,
    inForceAt: null,
    supersededAt: null,
    ...changes,
  };
}

function by(side: "hotline" | "police", digest = "d2"): CatalogueSignature {
  return { side, node: `n-${side}` as NodeCode, at: before, digest, signature: "c2ln" };
}

function after(version: CatalogueVersion, ...steps: readonly VersionStep[]): CatalogueVersion | string {
  let now = version;
  for (const step of steps) {
    const next = advanceVersion(now, step);
    if (!next.ok) return next.error.code;
    now = next.value;
  }
  return now;
}

const current = aVersion({
  version: "city@1",
  digest: "d1",
  state: "inForce",
  signatures: [by("hotline", "d1"), by("police", "d1")],
});
const propose: VersionStep = { type: "propose", at: before };
const signed: readonly VersionStep[] = [
  propose,
  { type: "sign", signature: by("hotline") },
  { type: "sign", signature: by("police") },
];
const takeEffect: VersionStep = { type: "takeEffect", at, current };

describe("a version of the list of matters (nmg:2.2.5, yn:4.1.1, REQ-20)", () => {
  test("takes effect when both desks have signed it, from its first day on", () => {
    expect(after(aVersion(), ...signed, takeEffect)).toMatchObject({
      state: "inForce",
      inForceAt: at,
      proposedAt: before,
    });
    expect(after(aVersion(), ...signed, { ...takeEffect, at: before })).toBe("VERSION_NOT_YET");
    expect(after(current, { type: "supersede", at })).toMatchObject({ state: "superseded", supersededAt: at });
  });

  test("waits while one desk has not signed, and does not mind which signs first", () => {
    for (const side of ["hotline", "police"] as const) {
      expect(after(aVersion(), propose, { type: "sign", signature: by(side) }, takeEffect)).toBe("VERSION_UNSIGNED");
    }
    const other = [
      propose,
      { type: "sign", signature: by("police") },
      { type: "sign", signature: by("hotline") },
    ] as const;
    expect(after(aVersion(), ...other, takeEffect)).toMatchObject({ state: "inForce" });
  });

  test("is signed once by each desk, and only as the text that was proposed", () => {
    expect(after(aVersion(), propose, { type: "sign", signature: by("police", "other") })).toBe(
      "VERSION_DIGEST_DIFFERS",
    );
    expect(after(aVersion(), ...signed, { type: "sign", signature: by("police") })).toBe("VERSION_SIGNED_ALREADY");
    expect(after(aVersion(), { type: "sign", signature: by("police") })).toBe("VERSION_STATE");
    expect(isAgreed(aVersion({ signatures: [by("hotline"), by("police", "other")] }))).toBe(false);
  });

  test("can be withdrawn while it is proposed, and then needs both signatures anew", () => {
    expect(after(aVersion(), ...signed, { type: "withdraw" })).toEqual(aVersion());
    expect(after(current, { type: "withdraw" })).toBe("VERSION_STATE");
  });

  test("never goes back to an earlier one of its kind", () => {
    const older = aVersion({ version: "city@1" });
    expect(after(older, ...signed, { ...takeEffect, current: aVersion({ state: "inForce" }) })).toBe("VERSION_OLDER");
    expect(after(aVersion({ version: "city@10" }), ...signed, takeEffect)).toMatchObject({ state: "inForce" });
  });

  test("of the plan's own files enters a node on which nothing was agreed, and never replaces what both signed", () => {
    const seed = (now: CatalogueVersion | null, agreements = false): VersionStep => ({
      type: "seed",
      at,
      current: now,
      agreements,
    });
    expect(after(aVersion(), seed(null))).toMatchObject({ state: "inForce", signatures: [] });
    expect(after(aVersion(), seed({ ...current, signatures: [] }))).toMatchObject({ state: "inForce" });
    expect(after(aVersion(), seed(current))).toBe("VERSION_AGREED_IN_FORCE");
    expect(after(aVersion(), seed(null, true))).toMatchObject({ state: "inForce" });
    expect(after(aVersion(), seed({ ...current, signatures: [] }, true))).toBe("VERSION_UNSIGNED");
    expect(after(aVersion({ version: "city@1" }), seed({ ...current, signatures: [] }))).toBe("VERSION_OLDER");
    expect(after(aVersion({ validFrom: "2026-05-02" }), seed(null))).toBe("VERSION_NOT_YET");
  });

  test("reaches every state and leaves every state but the last", () => {
    const rows = Object.values(VERSION_TABLE);
    const reached = new Set<string>(["draft", ...rows.map((row) => row.to)]);
    const left = new Set<string>(rows.map((row) => row.from));
    expect([...reached].toSorted()).toEqual([...VERSION_STATES].toSorted());
    expect(VERSION_STATES.filter((state) => !left.has(state))).toEqual(["superseded"]);
  });

  test("is in force by no way but the seed without the signatures of both, whatever is tried", () => {
    const steps = fc.oneof(
      fc.constant(propose),
      fc.constant<VersionStep>({ type: "withdraw" }),
      fc.record({ type: fc.constant("supersede" as const), at: fc.constant(at) }),
      fc.record({
        type: fc.constant("takeEffect" as const),
        at: fc.constantFrom(before, at),
        current: fc.constantFrom(null, current),
      }),
      fc
        .tuple(fc.constantFrom("hotline" as const, "police" as const), fc.constantFrom("d2", "other"))
        .map(([side, digest]): VersionStep => ({ type: "sign", signature: by(side, digest) })),
    );
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 12 }), (tried) => {
        let now = aVersion();
        for (const step of tried) {
          const next = advanceVersion(now, step);
          if (next.ok) now = next.value;
          if (now.state === "inForce" || now.state === "superseded") expect(isAgreed(now)).toBe(true);
          expect([now.version, now.digest, now.base, now.validFrom]).toEqual(["city@2", "d2", "plan@1", "2026-05-01"]);
        }
      }),
    );
  });
});
