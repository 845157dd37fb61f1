import { describe, expect, it } from "vitest";
import { REGIMES } from "./policies.ts";

const verdict = (side: "hotline" | "police") => ({
  side,
  item: null,
  mode: "x",
  urgency: "ordinary" as const,
  catalogueVersion: "v",
  source: "s",
  basis: "plan" as const,
  by: "person" as const,
});

describe("assessment regime", () => {
  it("follows the three cases of nmg:2.2.5 (REQ-45)", () => {
    expect(REGIMES.nmg({ to: "police", verdict: verdict("police") })).toBe("policeRules");
    expect(REGIMES.nmg({ to: "police", verdict: verdict("hotline") })).toBe("hotlineMemberRules");
    expect(REGIMES.nmg({ to: "hotline", verdict: verdict("hotline") })).toBe("hotlineMemberRules");
  });

  it("in Yunnan the accepting platform supervises and assesses (yn:5.3, REQ-46)", () => {
    expect(REGIMES.yn({ to: "police", verdict: null })).toBe("acceptingPlatform");
  });
});
