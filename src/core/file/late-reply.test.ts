import { describe, expect, it } from "vitest";
import type { UnitCode } from "../../kernel/index.ts";
import { aDesk, linkageOf, orderOf, registration, sealed, settle, tell } from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";
import { dangerOpen } from "./view.ts";

const OUT = { type: "dispatch", kind: "police", unit: "p-1" as UnitCode, role: "lead", instruction: null } as const;

/** 12345 has pushed, 110 has it on screen and its officers are sent; they have not answered. */
function officersOut(): readonly [Desk, Desk] {
  const [hotline, police] = [aDesk("hotline"), aDesk("police")];
  tell(hotline, registration({ danger: true }));
  settle(hotline, police);
  tell(police, { type: "shown", linkageId: linkageOf(police, "urgent") });
  tell(police, OUT);
  settle(hotline, police);
  return [hotline, police];
}

const endOf = (police: Desk, reason: string | null) =>
  ({
    type: "endDanger",
    linkageId: linkageOf(police, "urgent"),
    outcome: "handled",
    result: null,
    ...(reason === null ? {} : { ordersOpen: sealed(reason) }),
  }) as const;

const marksOf = (desk: Desk) =>
  desk.log.flatMap(({ alarms }) => alarms).flatMap((one) => (one.act === "raise" ? [`${one.kind} ${one.level}`] : []));

const replyOf = (police: Desk) =>
  ({ type: "reply", orderId: orderOf(police), resolution: "handled", reply: sealed("reply.late") }) as const;

describe("110 ends a danger while its officers have not answered (nmg:2.2.1, P2, P4)", () => {
  it("only with a reason, which both desks read; the danger stays open until then", () => {
    const [hotline, police] = officersOut();
    expect(tell(police, endOf(police, null))).toBe("ORDERS_OPEN");
    expect(dangerOpen(police.file)).toBe(true);
    expect(tell(police, endOf(police, "note.ordersOpen.1"))).toBe("ok");
    settle(hotline, police);
    expect(dangerOpen(hotline.file)).toBe(false);
    for (const desk of [hotline, police]) expect(desk.file.case?.sealed["note.ordersOpen.1"]).toBeDefined();
  });

  it("and what they answer then is a mark at both desks, also where the copy is closed", () => {
    const [hotline, police] = officersOut();
    tell(police, endOf(police, "note.ordersOpen.1"));
    settle(hotline, police);
    expect([...marksOf(hotline), ...marksOf(police)].filter((one) => one.startsWith("lateReply"))).toEqual([]);
    expect(tell(police, replyOf(police))).toBe("ok");
    expect(marksOf(police)).toContain("lateReply 1");
    settle(hotline, police);
    expect(marksOf(hotline)).toContain("lateReply 1");
    expect(hotline.file.case?.sealed["reply.late"]).toBeDefined();
  });

  it("needs no reason when they have answered, and their answer before the end is no mark", () => {
    const [hotline, police] = officersOut();
    tell(police, replyOf(police));
    expect(tell(police, endOf(police, null))).toBe("ok");
    settle(hotline, police);
    expect([...marksOf(hotline), ...marksOf(police)].filter((one) => one.startsWith("lateReply"))).toEqual([]);
  });
});
