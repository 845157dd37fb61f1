import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instantOf } from "../../kernel/index.ts";
import type { NodeCode } from "../../kernel/index.ts";
import { advanceVersion, isAgreed, VERSION_STATES, VERSION_TABLE } from "./index.ts";
import type { CatalogueSignature, CatalogueVersion, VersionStep } from "./index.ts";

const MAY_DAY = 1_777_564_800_000; // 2026-04-30T16:00Z, the first of May in Shanghai
const at = instantOf(MAY_DAY);
const before = instantOf(MAY_DAY - 1);
const earlier = instantOf(MAY_DAY - 2);

function aVersion(changes: Partial<CatalogueVersion> = {}): CatalogueVersion {
  return {
    version: "city@2",
    digest: "d2",
    base: "plan@1",
    validFrom: "2026-05-01",
    state: "draft",
    signatures: [],
    fetchedFrom: null,
    savedAt: before,
    inForceAt: null,
    supersededAt: null,
    ...changes,
  };
}

const HOTLINE = "hotline-1" as NodeCode;
const POLICE = "police-1" as NodeCode;

function by(node: NodeCode, digest = "d2", when = before): CatalogueSignature {
  return { node, peer: node === HOTLINE ? POLICE : HOTLINE, at: when, digest, signature: "00" };
}
const both = (digest = "d2", when = before) => [by(HOTLINE, digest, when), by(POLICE, digest, when)];

function after(version: CatalogueVersion, ...steps: readonly VersionStep[]): CatalogueVersion | string {
  let now = version;
  for (const step of steps) {
    const next = advanceVersion(now, step);
    if (!next.ok) return next.error.code;
    now = next.value;
  }
  return now;
}

const current = aVersion({ version: "city@1", digest: "d1", state: "inForce", signatures: both("d1", earlier) });
const takeEffect = { type: "takeEffect", at, current, signatures: both() } as const satisfies VersionStep;

describe("a version of the list of matters (nmg:2.2.5, yn:4.1.1, REQ-20)", () => {
  test("takes effect when both desks have signed it, from its first day on", () => {
    for (const state of ["draft", "foreign"] as const)
      expect(after(aVersion({ state }), takeEffect)).toMatchObject({
        state: "inForce",
        inForceAt: at,
        signatures: both(),
      });
    expect(after(aVersion(), { ...takeEffect, at: before })).toBe("VERSION_NOT_YET");
    expect(after(current, { type: "supersede", at })).toMatchObject({ state: "superseded", supersededAt: at });
  });

  test("waits while one desk has not signed, signed another text, or signed for somebody else", () => {
    const other = { ...by(POLICE), peer: "hotline-2" as NodeCode };
    for (const signatures of [
      [],
      [by(HOTLINE)],
      [by(POLICE)],
      [by(HOTLINE), by(POLICE, "other")],
      [by(HOTLINE), other],
    ]) {
      expect(isAgreed(aVersion({ signatures }))).toBe(false);
      expect(after(aVersion(), { ...takeEffect, signatures })).toBe("VERSION_UNSIGNED");
      expect(after({ ...current, signatures: [] }, { type: "confirm", signatures })).toBe("VERSION_UNSIGNED");
    }
    expect(isAgreed(aVersion({ signatures: both().toReversed() }))).toBe(true);
  });

  test("that a plan put in force becomes agreed when both sign it, once", () => {
    const seeded = aVersion({ state: "inForce", inForceAt: earlier });
    const confirm: VersionStep = { type: "confirm", signatures: both() };
    expect(after(seeded, confirm)).toEqual({ ...seeded, signatures: both() });
    expect(after(seeded, confirm, confirm)).toBe("VERSION_CONFIRMED");
    expect(after(aVersion(), confirm)).toBe("VERSION_STATE");
  });

  test("that was fetched from the other desk becomes one's own by files of the same text", () => {
    expect(after(aVersion({ state: "foreign" }), { type: "adopt" })).toMatchObject({ state: "draft" });
    expect(after(aVersion(), { type: "adopt" })).toBe("VERSION_STATE");
  });

  test("never goes back to an earlier one of its kind, nor to what was agreed before what is in force", () => {
    const older = aVersion({ version: "city@1" });
    expect(after(older, { ...takeEffect, current: aVersion({ state: "inForce" }) })).toBe("VERSION_OLDER");
    expect(after(aVersion({ version: "city@10" }), takeEffect)).toMatchObject({ state: "inForce" });
    const another = { ...current, version: "county@7" };
    expect(after(aVersion(), { ...takeEffect, current: another })).toMatchObject({ state: "inForce" });
    expect(after(aVersion(), { ...takeEffect, current: { ...another, signatures: both("d1", at) } })).toBe(
      "VERSION_OLDER",
    );
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
    const reached = new Set<string>(["draft", "foreign", ...rows.map((row) => row.to)]);
    const left = new Set<string>(rows.flatMap((row) => row.from));
    expect([...reached].toSorted()).toEqual([...VERSION_STATES].toSorted());
    expect(VERSION_STATES.filter((state) => !left.has(state))).toEqual(["superseded"]);
  });

  test("is in force by no way but the seed without the signatures of both, whatever is tried", () => {
    const some = fc.subarray([by(HOTLINE), by(POLICE), by(HOTLINE, "other"), by(POLICE, "other")]);
    const steps = fc.oneof(
      fc.constant<VersionStep>({ type: "adopt" }),
      fc.record({ type: fc.constant("supersede" as const), at: fc.constant(at) }),
      fc.record({ type: fc.constant("confirm" as const), signatures: some }),
      fc.record({
        type: fc.constant("takeEffect" as const),
        at: fc.constantFrom(before, at),
        current: fc.constantFrom(null, current),
        signatures: some,
      }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom("draft" as const, "foreign" as const),
        fc.array(steps, { maxLength: 12 }),
        (state, tried) => {
          let now = aVersion({ state });
          for (const step of tried) {
            const next = advanceVersion(now, step);
            if (next.ok) now = next.value;
            if (now.state === "inForce" || now.state === "superseded") expect(isAgreed(now)).toBe(true);
            expect([now.version, now.digest, now.base, now.validFrom]).toEqual([
              "city@2",
              "d2",
              "plan@1",
              "2026-05-01",
            ]);
          }
        },
      ),
    );
  });
});
