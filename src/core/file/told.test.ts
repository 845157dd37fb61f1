import { describe, expect, it } from "vitest";
import type { ItemCode, RegionCode } from "../../kernel/index.ts";
import { aDesk, HOTLINE, linkageOf, POLICE, registration, sealed, settle, tell } from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";

const PLACE = "150103" as RegionCode;

/** 110 has offered a matter to 12345; the offer has arrived. */
function offered(): readonly [Desk, Desk] {
  const [hotline, police] = [aDesk("hotline"), aDesk("police")];
  tell(police, registration());
  expect(tell(police, { type: "handOver", to: HOTLINE })).toBe("ok");
  settle(police, hotline);
  return [hotline, police];
}

function accepted(): readonly [Desk, Desk] {
  const [hotline, police] = offered();
  expect(tell(hotline, { type: "acceptOffer", linkageId: linkageOf(hotline, "clear") })).toBe("ok");
  settle(police, hotline);
  return [hotline, police];
}

describe("what the receiving desk learns reaches the desk that handed over (nmg:2.2.1, nmg:2.3.1)", () => {
  it("a note taken while the offer is still unanswered travels to the sender", () => {
    const [hotline, police] = offered();
    expect(tell(hotline, { type: "amend", facts: {}, sealed: [sealed("note.1")] })).toBe("ok");
    settle(police, hotline);
    expect(police.file.case?.sealed["note.1"]).toBeDefined();
    const line = police.log.flatMap((d) => d.caseEvents).find((e) => e.type === "CaseAmended");
    expect(line?.by).toMatchObject({ kind: "node", id: HOTLINE });
  });

  it("a note taken after the offer was returned travels too, and once, also when it is offered again", () => {
    const [hotline, police] = offered();
    const [basis, proposedOwner] = [sealed("basis.1"), sealed("proposedOwner.1")];
    const linkageId = linkageOf(hotline, "clear");
    tell(hotline, { type: "return", linkageId, reason: "outOfScope", basis, proposedOwner, note: null });
    settle(police, hotline);
    expect(police.file.linkages[0]).toMatchObject({ returnBasis: basis, proposedOwner });
    tell(police, { type: "withdraw", linkageId, reason: "keep", note: null });
    settle(police, hotline);
    expect(tell(police, { type: "handOver", to: HOTLINE })).toBe("ok");
    settle(police, hotline);
    const before = police.log.length;
    tell(hotline, { type: "amend", facts: {}, sealed: [sealed("note.2")] });
    settle(police, hotline);
    expect(police.file.case?.sealed["note.2"]).toBeDefined();
    expect(police.log.slice(before).flatMap((d) => d.linkages)).toHaveLength(1);
  });

  it("facts corrected by the desk that holds the matter count at the sender, with who said them", () => {
    const [hotline, police] = accepted();
    expect(tell(hotline, { type: "amend", facts: { place: PLACE, requestKind: "complaint" }, sealed: [] })).toBe("ok");
    settle(police, hotline);
    expect(police.file.case).toMatchObject({ place: PLACE, requestKind: "complaint" });
    expect(police.file.case?.told).toMatchObject({ place: { value: PLACE, by: HOTLINE } });
  });

  it("while the sender holds it the other desk's word stands beside its own, and what is unknown is taken", () => {
    const [hotline, police] = offered();
    tell(hotline, { type: "amend", facts: { place: PLACE }, sealed: [] });
    settle(police, hotline);
    expect(police.file.case?.place).toBe("150102");
    expect(police.file.case?.told?.place).toMatchObject({ value: PLACE, by: HOTLINE });
  });

  it("confidentiality asked for at either desk holds at both and is never lifted by a message (nmg:2.3.2)", () => {
    const [hotline, police] = accepted();
    tell(hotline, { type: "amend", facts: { confidential: true }, sealed: [] });
    settle(police, hotline);
    expect(police.file.case?.confidential).toBe(true);
    tell(hotline, { type: "amend", facts: { confidential: false }, sealed: [] });
    settle(police, hotline);
    expect(police.file.case).toMatchObject({ confidential: true, told: { confidential: { value: false } } });
  });

  it("an item judged by the desk that holds the matter is told as its judgement and replaces none", () => {
    const [hotline, police] = accepted();
    const verdict = {
      side: "hotline",
      item: "A01-05" as ItemCode,
      mode: "hotlineHandles",
      urgency: "ordinary",
      catalogueVersion: "nmg-2022-89@1",
      source: "nmg:a1.1",
      basis: "plan",
      by: "person",
    } as const;
    expect(tell(hotline, { type: "judge", verdict })).toBe("ok");
    settle(police, hotline);
    expect(police.file.case?.verdict).toBeNull();
    expect(police.file.case?.told?.item).toMatchObject({ value: "A01-05", by: HOTLINE });
  });
});

describe("what the sending desk corrects reaches the receiving desk (nmg:2.2.1)", () => {
  it("its own word is replaced where it still stands, and beside it where the receiving desk had corrected it", () => {
    const [hotline, police] = offered();
    tell(hotline, { type: "amend", facts: { requestKind: "complaint" }, sealed: [] });
    settle(police, hotline);
    tell(police, { type: "amend", facts: { place: PLACE, requestKind: "tipOff" }, sealed: [] });
    settle(police, hotline);
    expect(hotline.file.case).toMatchObject({ place: PLACE, requestKind: "complaint" });
    expect(hotline.file.case?.told).toMatchObject({ requestKind: { value: "tipOff", by: POLICE } });
  });
});

describe("the sender's judgement (nmg:2.2.1)", () => {
  it.each(["clear", "urgent"] as const)(
    "names the version it was judged by, also when another has taken effect since: %s (REQ-08, REQ-20)",
    (kind) => {
      const verdict = {
        side: "hotline",
        item: "A01-05" as ItemCode,
        mode: "hotlineHandles",
        urgency: "ordinary",
        catalogueVersion: "judged@1",
        source: "nmg:a1.1",
        basis: "plan",
        by: "person",
      } as const;
      const [from, to] = kind === "clear" ? (["police", "hotline"] as const) : (["hotline", "police"] as const);
      const sender = aDesk(from, { catalogueVersion: "later@2" });
      const receiver = aDesk(to);
      tell(sender, registration({ verdict }));
      expect(
        tell(
          sender,
          kind === "clear"
            ? { type: "handOver", to: HOTLINE }
            : { type: "danger", machineSuspected: false, sealed: [] },
        ),
      ).toBe("ok");
      settle(sender, receiver);
      expect(receiver.file.linkages.find((l) => l.kind === kind)?.catalogueVersion).toBe("judged@1");
    },
  );

  it("is shown as the sender's, by the catalogue version of its offer, not as one of this desk", () => {
    const own = {
      side: "hotline",
      item: "A01-05" as ItemCode,
      mode: "hotlineHandles",
      urgency: "ordinary",
      catalogueVersion: "own@7",
      source: "nmg:a1.1",
      basis: "plan",
      by: "person",
    } as const;
    const hotline = aDesk("hotline", { catalogueVersion: "own@7", verdictOf: () => own });
    const police = aDesk("police", { catalogueVersion: "theirs@2" });
    tell(police, registration({ verdict: { ...own, catalogueVersion: "theirs@2" } }));
    tell(police, { type: "handOver", to: HOTLINE });
    settle(police, hotline);
    expect(hotline.file.case?.verdict).toMatchObject({ by: "peer", from: POLICE, catalogueVersion: "theirs@2" });
  });
});
