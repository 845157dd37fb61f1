import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instantOf } from "../../kernel/index.ts";
import type { Instant, NodeCode } from "../../kernel/index.ts";
import {
  AGREEMENT_STATES,
  AGREEMENT_STEPS,
  AGREEMENT_TABLE,
  agreementState,
  checkPeerApproval,
  checkApproval,
  isAgreed,
  isOpenTo,
  nextMove,
  OPEN_APPROVALS_MOST,
} from "./index.ts";
import type { CatalogueSignature, CatalogueVersion } from "./index.ts";

const MAY_DAY = 1_777_564_800_000; // the first of May 2026 in Shanghai
const minute = (n: number): Instant => instantOf(MAY_DAY + n * 60_000);
const HERE = "hotline-1" as NodeCode;
const THERE = "police-1" as NodeCode;
const FAR = "police-2" as NodeCode;
const DESK = { here: HERE, peers: [THERE, FAR] };
const PAIR = { here: HERE, there: THERE };

function aVersion(version: string, changes: Partial<CatalogueVersion> = {}): CatalogueVersion {
  return {
    version,
    digest: `d-${version}`,
    base: null,
    validFrom: "2026-05-01",
    state: "draft",
    signatures: [],
    fetchedFrom: null,
    savedAt: minute(-9),
    inForceAt: null,
    supersededAt: null,
    ...changes,
  };
}

const by = (node: NodeCode, peer: NodeCode, version: string, at = minute(-5)): CatalogueSignature => ({
  node,
  peer,
  at,
  digest: `d-${version}`,
  signature: "00",
});
const both = (version: string, at = minute(-5), there = THERE) => [
  by(HERE, there, version, at),
  by(there, HERE, version, at),
];

describe("what two desks have said of a version (nmg:2.2.5, yn:4.1.1, REQ-20)", () => {
  test("is a table in which every state is reached and only the last has no way on", () => {
    const reached = new Set<string>(["draft", ...Object.values(AGREEMENT_TABLE).flatMap((row) => Object.values(row))]);
    expect([...reached].toSorted()).toEqual([...AGREEMENT_STATES].toSorted());
    const ends = AGREEMENT_STATES.filter((state) => Object.keys(AGREEMENT_TABLE[state]).length === 0);
    expect(ends).toEqual(["superseded"]);
    const used = new Set(Object.values(AGREEMENT_TABLE).flatMap((row) => Object.keys(row)));
    expect([...used].toSorted()).toEqual([...AGREEMENT_STEPS].toSorted());
  });

  test("goes from one signature to both, whoever is first, to being in effect and being followed", () => {
    const signed = (signatures: readonly CatalogueSignature[], state: CatalogueVersion["state"] = "draft") =>
      agreementState(aVersion("city@1", { state }), signatures, PAIR);
    expect(signed([])).toBe("draft");
    expect(signed([by(HERE, THERE, "city@1")])).toBe("approvedHere");
    expect(signed([by(THERE, HERE, "city@1")], "foreign")).toBe("approvedThere");
    expect(signed(both("city@1"))).toBe("agreed");
    expect(signed(both("city@1").toReversed())).toBe("agreed");
    expect(signed(both("city@1"), "inForce")).toBe("inEffect");
    expect(signed([], "inForce")).toBe("inEffect");
    expect(signed(both("city@1"), "superseded")).toBe("superseded");
  });

  test("counts only this pair's signatures under this very text; what comes twice changes nothing", () => {
    const others = [...both("city@1", minute(-5), FAR), by(THERE, HERE, "city@2"), by(HERE, THERE, "city@2")];
    expect(agreementState(aVersion("city@1"), others, PAIR)).toBe("draft");
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...others, ...both("city@1"))), (signatures) => {
        const once = agreementState(aVersion("city@1"), signatures, PAIR);
        const repeated = [...signatures, ...signatures.toReversed()];
        expect(agreementState(aVersion("city@1"), repeated, PAIR)).toBe(once);
      }),
    );
  });

  test("may be added to until another version has followed", () => {
    const current = aVersion("city@2", { state: "inForce" });
    expect(checkApproval(aVersion("city@3"), current)).toMatchObject({ ok: true });
    expect(checkApproval(current, current)).toMatchObject({ ok: true });
    expect(checkApproval(aVersion("city@1"), current)).toMatchObject({ error: { code: "VERSION_OLDER" } });
    expect(checkApproval(aVersion("county@1"), current)).toMatchObject({ ok: true });
    expect(checkApproval(aVersion("city@1", { state: "superseded" }), current)).toMatchObject({
      error: { code: "VERSION_STATE" },
    });
  });
});

describe("the version a node judges by (REQ-20)", () => {
  const plan = aVersion("plan@1", { state: "inForce", inForceAt: minute(-8) });
  const city = aVersion("city@1");

  test("changes when both desks have signed another and its first day has come", () => {
    expect(nextMove([plan, city], [by(HERE, THERE, "city@1")], DESK, minute(0))).toBeNull();
    expect(nextMove([plan, city], both("city@1"), DESK, minute(-1))).toBeNull();
    expect(nextMove([plan, city], both("city@1"), DESK, minute(0))).toMatchObject({
      type: "takeEffect",
      after: { version: "city@1", state: "inForce", inForceAt: minute(0) },
    });
  });

  test("never changes by what others signed among themselves, nor without its own operator's signature", () => {
    const others = [by(THERE, FAR, "city@1"), by(FAR, THERE, "city@1"), by(THERE, HERE, "city@1")];
    expect(nextMove([plan, city], others, DESK, minute(0))).toBeNull();
  });

  test("never changes by the word of a peer that is configured no longer", () => {
    const only = { here: HERE, peers: [FAR] };
    expect(nextMove([plan, city], both("city@1"), only, minute(0))).toBeNull();
    expect(nextMove([plan], both("plan@1"), only, minute(0))).toBeNull();
    expect(nextMove([plan, city], both("city@1", minute(-5), FAR), only, minute(0))).not.toBeNull();
  });

  test("is one, also when several peers signed different ones: the one agreed last stays", () => {
    const county = aVersion("county@1");
    const signed = [...both("city@1", minute(-4), FAR), ...both("county@1", minute(-5))];
    fc.assert(
      fc.property(fc.shuffledSubarray([plan, city, county], { minLength: 3 }), (kept) => {
        let now = kept;
        const took: string[] = [];
        for (
          let move = nextMove(now, signed, DESK, minute(1));
          move !== null;
          move = nextMove(now, signed, DESK, minute(1))
        ) {
          const { after } = move;
          took.push(after.version);
          now = now.map((v): CatalogueVersion => {
            if (v.version === after.version) return after;
            return v.state === "inForce" ? { ...v, state: "superseded", supersededAt: minute(1) } : v;
          });
          expect(now.filter(({ state }) => state === "inForce")).toHaveLength(1);
          expect(now.filter(({ state }) => state === "inForce").every(isAgreed)).toBe(true);
        }
        expect(took).toEqual(["county@1", "city@1"]);
      }),
    );
  });

  test("is the same at the end whichever of two agreements a node learned of first", () => {
    const county = aVersion("county@1");
    const signed = [...both("city@1", minute(-4)), ...both("county@1", minute(-5))];
    const inForce = { state: "inForce", inForceAt: minute(-1) } as const;
    const known = aVersion("city@1", { ...inForce, signatures: both("city@1", minute(-4)) });
    expect(nextMove([known, county], signed, DESK, minute(0))).toBeNull();
  });

  test("becomes agreed when both sign what a plan put in force", () => {
    expect(nextMove([plan], both("plan@1"), DESK, minute(0))).toMatchObject({
      type: "confirm",
      after: { state: "inForce", signatures: both("plan@1") },
    });
  });
});

describe("a peer's approval (REQ-20)", () => {
  const given = (version: string, digest = `d-${version}`, node = THERE, approvedAt = minute(0)) => ({
    version,
    digest,
    node,
    peer: HERE,
    approvedAt,
    laidAside: false,
  });
  const many = Array.from({ length: OPEN_APPROVALS_MOST }, (_, n) => given(`city@${n + 1}`));

  test("is refused when as many of that peer are open as are kept; another peer's are not", () => {
    expect(checkPeerApproval(given("city@99"), [], many.slice(1), minute(0))).toMatchObject({ ok: true });
    expect(checkPeerApproval(given("city@99"), [], many, minute(0))).toMatchObject({
      error: { code: "APPROVALS_FULL" },
    });
    expect(checkPeerApproval(given("city@99", "d", FAR), [], many, minute(0))).toMatchObject({ ok: true });
  });

  test("is refused while its date lies more than five minutes ahead, and goes when the time has come", () => {
    const ahead = given("city@1", "d", THERE, minute(6));
    expect(checkPeerApproval(ahead, [], [], minute(0))).toMatchObject({ error: { code: "APPROVAL_AHEAD" } });
    expect(checkPeerApproval(ahead, [], [], minute(1))).toMatchObject({ ok: true });
    expect(checkPeerApproval(given("city@1", "d", THERE, minute(-9_999)), [], [], minute(0))).toMatchObject({
      ok: true,
    });
  });

  test("is open until its very text has taken effect here under its name", () => {
    const inEffect = aVersion("city@1", { state: "superseded" });
    expect(checkPeerApproval(given("city@99"), [inEffect], many, minute(0))).toMatchObject({ ok: true });
    expect(checkPeerApproval(given("city@99"), [aVersion("city@1")], many, minute(0))).toMatchObject({ ok: false });
    const sameText = many.map(({ version }) => given(version, "d-city@1"));
    const full = [...sameText, given("a@1", "d-city@1")];
    expect(checkPeerApproval(given("city@99"), [inEffect], full, minute(0))).toMatchObject({ ok: false });
  });
});

describe("what a peer may read (REQ-08, REQ-20)", () => {
  const given = (versions: readonly CatalogueVersion[], signatures: readonly CatalogueSignature[] = []) =>
    versions.map(({ version }) => isOpenTo(version, versions, signatures, PAIR));

  test("is whatever was or is judged by, and what another desk gave", () => {
    const read = [
      aVersion("plan@1", { state: "superseded" }),
      aVersion("plan@2", { state: "inForce" }),
      aVersion("county@1", { state: "foreign" }),
    ];
    expect(given(read)).toEqual([true, true, true]);
  });

  test("never is a draft that neither of the two has approved for the other under this very text", () => {
    const drafts = [aVersion("city@1"), aVersion("city@2", { base: "city@1" })];
    expect(given(drafts)).toEqual([false, false]);
    expect(given(drafts, both("city@1", minute(-5), FAR))).toEqual([false, false]);
    expect(given(drafts, [{ ...by(THERE, HERE, "city@1"), digest: "d-other" }])).toEqual([false, false]);
    expect(given(drafts, [by(HERE, THERE, "city@1")])).toEqual([true, false]);
    expect(given(drafts, [by(THERE, HERE, "city@1")])).toEqual([true, false]);
    expect(isOpenTo("city@3", drafts, [], PAIR)).toBe(false);
  });

  test("is the base of what it may read too", () => {
    const drafts = [aVersion("city@1"), aVersion("city@2", { base: "city@1" }), aVersion("city@3", { base: "city@2" })];
    expect(given(drafts, [by(HERE, THERE, "city@3")])).toEqual([true, true, true]);
    expect(given(drafts, [by(HERE, THERE, "city@2")])).toEqual([true, true, false]);
  });
});
