import { describe, expect, it } from "vitest";
import type { ItemCode, UnitCode } from "../../kernel/index.ts";
import type { Verdict } from "../case/index.ts";
import { aDesk, HOTLINE, linkageOf, registration, sealed, settle, tell } from "./two-desks.test-data.ts";
import { dangerOpen, holds } from "./view.ts";

const NEITHER: Verdict = {
  side: "neither",
  item: "N00-01" as ItemCode,
  mode: "guide",
  urgency: "ordinary",
  catalogueVersion: "nmg-2022-89@1",
  source: "nmg:2.1",
  basis: "plan",
  by: "person",
};
const PART_FOUR: Verdict = {
  ...NEITHER,
  side: "police",
  item: "D06-01" as ItemCode,
  mode: "policeFirstThenHotline",
  source: "nmg:a4.6",
};

describe("road 7: 110 acts first, then hands over (nmg:a4)", () => {
  it("without an initial-response entry it is refused, with one 12345 gets the entry (REQ-28, REQ-92)", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    tell(police, registration({ verdict: PART_FOUR }));
    expect(tell(police, { type: "handOver", to: HOTLINE })).toBe("NO_INITIAL_RESPONSE");
    const entry = sealed("initialResponse.1");
    expect(tell(police, { type: "recordInitialResponse", manner: "onSite", entry })).toBe("ok");
    expect(tell(police, { type: "handOver", to: HOTLINE })).toBe("ok");
    settle(police, hotline);
    expect(linkageOf(hotline, "afterInitialResponse")).toBeDefined();
    expect(hotline.file.linkages[0]?.initialResponse).toEqual(entry);
  });
});

describe("road 8: a handling unit meets danger (nmg:2.2.2)", () => {
  it("pushes to 110 while its own order stays open (REQ-27)", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    tell(hotline, registration({ verdict: { ...NEITHER, side: "hotline", mode: "hotlineHandles" } }));
    tell(hotline, { type: "dispatch", kind: "work", unit: "u-1" as UnitCode, role: "lead", instruction: null });
    expect(tell(hotline, { type: "danger", machineSuspected: false, sealed: [sealed("note.1")] })).toBe("ok");
    settle(hotline, police);
    expect(dangerOpen(police.file)).toBe(true);
    expect(police.file.case?.sealed["note.1"]).toBeDefined();
    expect(hotline.file.orders.find((order) => order.unit === "u-1")?.status).toBe("dispatched");
    expect(holds(hotline.file, "ordinary")).toBe(true);
  });
});

describe("road 9: neither desk's matter (nmg:2.2.1)", () => {
  it("is guided with a reason and what was said, and ends (REQ-19)", () => {
    const hotline = aDesk("hotline");
    tell(hotline, registration({ verdict: NEITHER }));
    expect(tell(hotline, { type: "guide", reason: "N00-01", guidance: null })).toBe("GUIDANCE_MISSING");
    const guidance = sealed("guidance.1");
    expect(tell(hotline, { type: "guide", reason: "N00-01", guidance })).toBe("ok");
    expect(hotline.file.case).toMatchObject({ status: "closed", closedAs: "guided", conclusion: { result: guidance } });
  });

  it("110 turns nobody away by a ground that bounds 12345 alone, whether judged by it or named as the reason (nmg:2.1, REQ-06)", () => {
    const other = { ...NEITHER, item: "N00-99" as ItemCode };
    const guided = (verdict: typeof NEITHER, reason: string) => {
      const police = aDesk("police");
      tell(police, registration({ verdict }));
      return [tell(police, { type: "guide", reason, guidance: sealed("guidance.1") }), police.file.case?.status];
    };
    expect(guided(NEITHER, "N00-01")).toEqual(["EXCLUSION_NOT_OURS", "registered"]);
    expect(guided(NEITHER, "N00-99")).toEqual(["EXCLUSION_NOT_OURS", "registered"]);
    expect(guided(other, "N00-09")).toEqual(["EXCLUSION_NOT_OURS", "registered"]);
    expect(guided(other, "N00-99")).toEqual(["ok", "closed"]);
  });

  it("is never the way out for danger or for a matter that somebody must take (P3)", () => {
    const guidance = sealed("guidance.1");
    for (const over of [{ verdict: PART_FOUR }, { verdict: null }, { verdict: NEITHER, danger: true }]) {
      const hotline = aDesk("hotline");
      tell(hotline, registration(over));
      expect(tell(hotline, { type: "guide", reason: "N00-01", guidance })).not.toBe("ok");
      expect(hotline.file.case?.status).not.toBe("closed");
    }
  });
});
