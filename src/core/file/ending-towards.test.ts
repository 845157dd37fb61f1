import { describe, expect, it } from "vitest";
import type { ItemCode } from "../../kernel/index.ts";
import type { Verdict } from "../case/index.ts";
import { aDesk, HOTLINE, LAMP_VERDICT, linkageOf, registration, sealed, settle, tell } from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";

const NEITHER: Verdict = {
  ...LAMP_VERDICT,
  side: "neither",
  item: "N00-01" as ItemCode,
  mode: "guide",
  source: "nmg:2.1",
};

/** Handed over by 110 and accepted by 12345, confirmed. */
function acceptedByHotline(): readonly [Desk, Desk] {
  const [hotline, police] = [aDesk("hotline"), aDesk("police")];
  tell(police, registration({ verdict: LAMP_VERDICT }));
  tell(police, { type: "handOver", to: HOTLINE });
  settle(police, hotline);
  tell(hotline, { type: "acceptOffer", linkageId: linkageOf(hotline, "clear") });
  settle(police, hotline);
  return [hotline, police];
}

describe("a matter that came from the other desk ends towards it, however it ends (nmg:2.3.1)", () => {
  it("answered at once: the other desk hears the answer and both copies close (nmg:3.3)", () => {
    const [hotline, police] = acceptedByHotline();
    tell(hotline, { type: "judge", verdict: LAMP_VERDICT });
    expect(tell(hotline, { type: "answer", answer: sealed("answer.1") })).toBe("ok");
    settle(police, hotline);
    expect(police.file.case?.conclusion).toMatchObject({ resolution: "answeredAtOnce", by: "peer" });
    expect(tell(hotline, { type: "close" })).toBe("ok");
    settle(police, hotline);
    expect([hotline.file.case?.status, police.file.case?.status]).toEqual(["closed", "closed"]);
  });

  it("guided: concluded towards the other desk first, closed afterwards (nmg:2.2.1)", () => {
    const [hotline, police] = acceptedByHotline();
    tell(hotline, { type: "judge", verdict: NEITHER });
    expect(tell(hotline, { type: "guide", reason: "N00-01", guidance: sealed("guidance.1") })).toBe("ok");
    expect(hotline.file.case?.status).toBe("concluded");
    settle(police, hotline);
    expect(tell(hotline, { type: "close" })).toBe("ok");
    settle(police, hotline);
    expect(hotline.file.case).toMatchObject({ status: "closed", closedAs: "guided" });
    expect(police.file.case?.status).toBe("closed");
  });

  it("is neither concluded nor answered before all that was added is read (nmg:2.2.1)", () => {
    const [hotline, police] = acceptedByHotline();
    tell(hotline, { type: "judge", verdict: LAMP_VERDICT });
    tell(police, { type: "amend", facts: {}, sealed: [sealed("note.9")] });
    settle(police, hotline);
    const conclude = { type: "conclude", resolution: "solved", result: sealed("result.1") } as const;
    expect(tell(hotline, conclude)).toBe("UNREAD_ADDITION");
    expect(tell(hotline, { type: "answer", answer: sealed("answer.1") })).toBe("UNREAD_ADDITION");
    expect(hotline.file.case?.status).toBe("accepted");
    tell(hotline, { type: "readAdditions", linkageId: linkageOf(hotline, "clear") });
    expect(tell(hotline, conclude)).toBe("ok");
  });

  it("is closed only when what was said since the conclusion is read; then both copies close (nmg:2.2.1, REQ-14)", () => {
    const [hotline, police] = acceptedByHotline();
    tell(hotline, { type: "judge", verdict: LAMP_VERDICT });
    tell(hotline, { type: "conclude", resolution: "solved", result: sealed("result.1") });
    settle(police, hotline);
    tell(hotline, { type: "callBack", outcome: "reached", satisfaction: 5, solved: true, note: null });
    tell(police, { type: "amend", facts: {}, sealed: [sealed("note.9")] });
    settle(police, hotline);
    expect(tell(hotline, { type: "close" })).toBe("UNREAD_ADDITION");
    expect(hotline.file.case?.status).toBe("concluded");
    tell(hotline, { type: "readAdditions", linkageId: linkageOf(hotline, "clear") });
    expect(tell(hotline, { type: "close" })).toBe("ok");
    settle(police, hotline);
    expect([hotline.file.case?.status, police.file.case?.status]).toEqual(["closed", "closed"]);
  });

  it("cannot be ended while it is offered on: the acceptance may be under way (nmg:2.2.1)", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    tell(police, registration({ verdict: LAMP_VERDICT }));
    tell(police, { type: "handOver", to: HOTLINE });
    settle(police, hotline);
    expect(tell(police, { type: "answer", answer: sealed("answer.1") })).toBe("OFFER_OPEN");
    tell(police, { type: "withdraw", linkageId: linkageOf(police, "clear"), reason: "keep", note: null });
    expect(tell(police, { type: "answer", answer: sealed("answer.1") })).toBe("ok");
  });

  it("is not asked back to work before its acceptance is confirmed: case and linkage go together (nmg:2.2.5)", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    tell(police, registration({ verdict: LAMP_VERDICT }));
    tell(police, { type: "handOver", to: HOTLINE });
    settle(police, hotline);
    tell(hotline, { type: "acceptOffer", linkageId: linkageOf(hotline, "clear") });
    tell(hotline, { type: "judge", verdict: LAMP_VERDICT });
    expect(tell(hotline, { type: "conclude", resolution: "solved", result: sealed("result.1") })).toBe("ok");
    expect(tell(hotline, { type: "reopen", reason: "again", note: null })).toBe("NOT_IN_STATE");
    settle(police, hotline);
    expect(tell(hotline, { type: "reopen", reason: "again", note: null })).toBe("ok");
  });

  it("a copy that was here for its danger only is not asked back to work: the ordinary part is the other desk's (nmg:a3)", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    tell(hotline, registration({ danger: true }));
    settle(hotline, police);
    const linkageId = linkageOf(police, "urgent");
    tell(police, { type: "shown", linkageId });
    tell(police, { type: "endDanger", linkageId, outcome: "handled", result: sealed("result.3") });
    settle(hotline, police);
    expect(tell(police, { type: "reopen", reason: "again", note: null })).toBe("CASE_NOT_HOLDER");
  });
});
