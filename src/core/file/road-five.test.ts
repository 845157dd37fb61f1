import { describe, expect, it } from "vitest";
import type { NodeCode, RegionCode } from "../../kernel/index.ts";
import {
  aDesk,
  HOTLINE,
  LAMP_VERDICT,
  linkageOf,
  POLICE,
  registration,
  sealed,
  settle,
  tell,
} from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";
import { holds } from "./view.ts";

const COUNTY = "police-150121" as NodeCode;
const DECISION = sealed("reason.ruling");

/** A matter that 12345 offered to 110 and that both talk about. */
function disputed(): { readonly hotline: Desk; readonly police: Desk } {
  const peers = [
    { nodeCode: POLICE, side: "police", regions: ["150100" as RegionCode], dutyPhone: "110" },
    { nodeCode: COUNTY, side: "police", regions: ["150121" as RegionCode], dutyPhone: "000-110" },
  ] as const;
  const hotline = aDesk("hotline", { peers });
  const police = aDesk("police");
  tell(hotline, registration({ verdict: LAMP_VERDICT }));
  tell(hotline, { type: "handOver", to: null });
  settle(hotline, police);
  tell(police, { type: "negotiate", linkageId: linkageOf(police, "clear"), note: null });
  settle(hotline, police);
  return { hotline, police };
}

const rule = (desk: Desk, to: NodeCode, note: typeof DECISION | null = DECISION) =>
  tell(desk, { type: "rule", linkageId: linkageOf(desk, "clear"), to, ground: "consultation", note });

const stateOf = (desk: Desk) => desk.file.linkages.find((l) => l.kind === "clear")?.state;

describe("road 5: whose it is was not agreed, a ruling binds (nmg:2.2.1, nmg:2.2.4, REQ-16)", () => {
  it("to the other desk: it has the matter at once, and knows what bound it and what was decided", () => {
    const { hotline, police } = disputed();
    expect(rule(hotline, POLICE)).toBe("ok");
    settle(hotline, police);
    expect([stateOf(hotline), stateOf(police)]).toEqual(["accepted", "accepted"]);
    expect([holds(hotline.file, "ordinary"), holds(police.file, "ordinary")]).toEqual([false, true]);
    expect(police.file.linkages[0]?.ruling).toMatchObject({ to: POLICE, basis: "consultation" });
    expect(police.file.case?.sealed[DECISION.field]).toMatchObject({ commitment: DECISION.commitment });
    expect(hotline.file.case?.sealed[DECISION.field]).toMatchObject({ commitment: DECISION.commitment });
  });

  it("to this desk: it is taken back, and the other one is told by what", () => {
    const { hotline, police } = disputed();
    expect(rule(hotline, HOTLINE)).toBe("ok");
    settle(hotline, police);
    expect([stateOf(hotline), stateOf(police)]).toEqual(["withdrawn", "withdrawn"]);
    expect(police.file.linkages[0]?.withdrawReason).toBe("ruled");
    expect([holds(hotline.file, "ordinary"), holds(police.file, "ordinary")]).toEqual([true, false]);
  });

  it("to a third desk: the first stands down, the third is bound, and whoever ruled holds it until then", () => {
    const { hotline, police } = disputed();
    const county = aDesk("police", { self: COUNTY });
    expect(rule(hotline, COUNTY)).toBe("ok");
    expect(holds(hotline.file, "ordinary")).toBe(true);
    const sent = hotline.decisions.at(-1);
    expect(sent?.linkages.map(({ linkage }) => [linkage.peer, linkage.state])).toEqual([
      [POLICE, "withdrawn"],
      [COUNTY, "bound"],
    ]);
    const offer = sent?.linkages.flatMap(({ send }) => send).find((body) => body.type === "offer");
    expect(offer).toMatchObject({ birth: "bound", ruling: { basis: "consultation", note: DECISION } });
    expect([police.file.case?.status, county.file.case]).toEqual(["offered", null]);
  });

  it("entered at the receiver it goes to who holds the matter, and counts from then on", () => {
    const { hotline, police } = disputed();
    expect(rule(police, HOTLINE)).toBe("ok");
    expect(stateOf(police)).toBe("negotiating");
    settle(hotline, police);
    expect([stateOf(hotline), stateOf(police)]).toEqual(["withdrawn", "withdrawn"]);
    expect(rule(police, HOTLINE)).not.toBe("ok");
  });

  it("entered at the receiver for itself the words go over beside its acceptance", () => {
    const { hotline, police } = disputed();
    expect(rule(police, POLICE)).toBe("ok");
    settle(hotline, police);
    expect([stateOf(hotline), stateOf(police)]).toEqual(["accepted", "accepted"]);
    expect(hotline.file.case?.sealed[DECISION.field]).toMatchObject({ commitment: DECISION.commitment });
  });

  it("says what was decided and by whom, or is refused", () => {
    const { hotline } = disputed();
    expect(rule(hotline, POLICE, null)).toBe("RULING_MISSING");
    expect(stateOf(hotline)).toBe("negotiating");
  });

  it("has nothing to rule on before there is a dispute, and nothing after the matter was taken over", () => {
    const hotline = aDesk("hotline");
    const police = aDesk("police");
    tell(hotline, registration({ verdict: LAMP_VERDICT }));
    tell(hotline, { type: "handOver", to: null });
    settle(hotline, police);
    expect(rule(hotline, HOTLINE)).toBe("NOT_IN_STATE");
    tell(police, { type: "acceptOffer", linkageId: linkageOf(police, "clear") });
    settle(hotline, police);
    expect(rule(hotline, HOTLINE)).toBe("NOT_IN_STATE");
  });

  it("what the first receiver holds because nothing was agreed waits for the ruling, which binds the other desk", () => {
    const { hotline, police } = disputed();
    // 12345 registered it first, so 110 cannot be bound by that: only a ruling or an agreement moves it.
    tell(hotline, { type: "hold", linkageId: linkageOf(hotline, "clear") });
    settle(hotline, police);
    expect([stateOf(hotline), stateOf(police)]).toEqual(["held", "held"]);
    expect(rule(hotline, POLICE)).toBe("ok");
    settle(hotline, police);
    expect(stateOf(police)).toBe("accepted");
  });
});
