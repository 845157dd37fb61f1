import { describe, expect, it } from "vitest";
import type { ItemCode } from "../../kernel/index.ts";
import { aDesk, linkageOf, registration, sealed, settle, tell } from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";

const OWN_MATTER = {
  side: "hotline",
  item: "A01-05" as ItemCode,
  mode: "hotlineHandles",
  urgency: "ordinary",
  catalogueVersion: "nmg-2022-89@1",
  source: "nmg:a1.1",
  basis: "plan",
  by: "person",
} as const;

/** 12345 has answered its own part of a dangerous matter; the push stands in its outbox. */
function answeredWithDanger(): readonly [Desk, Desk] {
  const [hotline, police] = [aDesk("hotline"), aDesk("police")];
  tell(hotline, registration({ danger: true, verdict: OWN_MATTER }));
  const order = hotline.file.orders[0];
  if (order === undefined) throw new Error("no government order");
  tell(hotline, { type: "reply", orderId: order.id, resolution: "solved", reply: sealed("reply.1") });
  expect(tell(hotline, { type: "conclude", resolution: "solved", result: sealed("result.1") })).toBe("ok");
  tell(hotline, { type: "callBack", outcome: "reached", satisfaction: 5, solved: true, note: null });
  return [hotline, police];
}

describe("a matter is closed only when its danger part has been taken over (nmg:a3)", () => {
  it("12345 does not close while its push is on no screen at 110, and closes once it is (nmg:2.2.1)", () => {
    const [hotline, police] = answeredWithDanger();
    expect(tell(hotline, { type: "close" })).toBe("DANGER_NOT_TAKEN_OVER");
    settle(hotline, police);
    expect(tell(hotline, { type: "close" })).toBe("DANGER_NOT_TAKEN_OVER");
    tell(police, { type: "shown", linkageId: linkageOf(police, "urgent") });
    settle(hotline, police);
    expect(tell(hotline, { type: "close" })).toBe("ok");
  });

  it("what is added to a push that was shown must be shown too before 12345 closes (nmg:2.2.1)", () => {
    const [hotline, police] = answeredWithDanger();
    settle(hotline, police);
    tell(police, { type: "shown", linkageId: linkageOf(police, "urgent") });
    tell(police, { type: "endDanger", linkageId: linkageOf(police, "urgent"), outcome: "handled", result: null });
    settle(hotline, police);
    tell(hotline, { type: "danger", machineSuspected: false, sealed: [sealed("note.2")] });
    expect(tell(hotline, { type: "close" })).toBe("DANGER_NOT_TAKEN_OVER");
  });
});
