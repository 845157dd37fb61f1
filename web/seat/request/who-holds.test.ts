import { describe, expect, test } from "vitest";
import { dangerPart, ordinaryPart } from "./who-holds.ts";

const seen = {
  status: "accepted",
  responsible: true,
  holder: "h150100",
  danger: false,
  dangerOpen: false,
  linkages: [],
} as const;
const urgent = { kind: "urgent", role: "S", state: "pushed", peerSide: "police" } as const;
const sideOf = (node: string) => (node.startsWith("h") ? "hotline" : "police");

describe("who holds a request, in one line", () => {
  test("at 110, a copy that came by a push: the danger is ours, the ordinary part 12345's, and nothing is accepted here", () => {
    const pushed = {
      ...seen,
      responsible: false,
      danger: true,
      dangerOpen: true,
      linkages: [{ ...urgent, role: "R", state: "active", peerSide: "hotline" } as const],
    };
    expect(ordinaryPart(pushed, sideOf)).toEqual({ holder: { by: "theirs", side: "hotline" }, stage: null });
    expect(dangerPart(pushed)).toEqual({ by: "ours" });
    const over = [{ ...urgent, role: "R", state: "ended", peerSide: "hotline" } as const];
    expect(ordinaryPart({ ...pushed, status: "closed", dangerOpen: false, linkages: over }, sideOf)).toEqual({
      holder: { by: "theirs", side: "hotline" },
      stage: null,
    });
  });

  test("the sender answers for the danger until it holds that it is on a screen over there (nmg:2.2.1)", () => {
    const sent = { ...seen, danger: true, dangerOpen: true };
    expect(dangerPart({ ...sent, linkages: [urgent] })).toEqual({ by: "ours" });
    expect(dangerPart({ ...sent, linkages: [{ ...urgent, state: "delivered" }] })).toEqual({
      by: "theirs",
      side: "police",
    });
    expect(dangerPart({ ...sent, linkages: [{ ...urgent, state: "delivered" }, urgent] })).toEqual({ by: "ours" });
  });

  test("a danger of 110's own, without a push, is 110's", () => {
    expect(dangerPart({ ...seen, danger: true, dangerOpen: true })).toEqual({ by: "ours" });
    expect([dangerPart({ ...seen, danger: true }), dangerPart(seen)]).toEqual([{ by: "ended" }, null]);
  });

  test("what this desk gave back is said to be given back, what the other took back to be taken back; neither to be stopped (nmg:2.2.1)", () => {
    const at = (state: string, returned: object | null = null) =>
      ({ kind: "clear", role: "R", peerSide: "police", state, returned }) as Parameters<
        typeof ordinaryPart
      >[0]["linkages"][number];
    const stage = (...linkages: ReturnType<typeof at>[]) =>
      ordinaryPart({ ...seen, status: "stoodDown", responsible: false, holder: "p150100", linkages }, sideOf).stage;
    expect(stage(at("returned", {}))).toBe("gaveBack");
    expect(stage(at("withdrawn", {}))).toBe("gaveBack");
    expect(stage(at("withdrawn"))).toBe("tookBack");
    expect(stage(at("returned", {}), at("withdrawn"))).toBe("tookBack");
    expect(stage(at("rejected"))).toBe("stoodDown");
  });

  test("our own stage is said only while the ordinary part is ours", () => {
    expect(ordinaryPart({ ...seen, status: "handling" }, sideOf)).toEqual({
      holder: { by: "ours" },
      stage: "handling",
    });
    expect(ordinaryPart({ ...seen, status: "handedOver", responsible: false, holder: "p150100" }, sideOf)).toEqual({
      holder: { by: "theirs", side: "police" },
      stage: null,
    });
    expect(ordinaryPart({ ...seen, status: "offered", responsible: false, holder: "p150100" }, sideOf).stage).toBe(
      "offered",
    );
    expect(ordinaryPart({ ...seen, status: "closed", responsible: true }, sideOf)).toEqual({
      holder: { by: "ended" },
      stage: "closed",
    });
  });
});
