import { describe, expect, it } from "vitest";
import type { RegionCode, UnitCode } from "../../kernel/index.ts";
import { aDesk, freshId, linkageOf, put, registration, sealed, settle, tell, tick } from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";

const PLACE = "150102" as RegionCode;
const MINUTE = 60_000;

function fire(desk: Desk): string {
  return put(desk, { via: "caseTimer", at: tick(15 * MINUTE), timer: "completion" });
}

const marks = (desk: Desk) => desk.log.at(-1)?.alarms.filter((a) => a.kind === "completionOwed");

describe("a missing half of a double dispatch is not forgotten (nmg:a3, REQ-02)", () => {
  it("without a place it says so, with a timer that calls it out louder each time until the order is out", () => {
    const desk = aDesk("hotline");
    tell(desk, registration({ danger: true, facts: { ...registration().facts, place: null } }));
    expect(desk.file.case?.completion).toEqual({ missing: "place", no: 1 });
    expect(desk.log.at(-1)?.timers).toMatchObject([{ set: "completion" }]);
    expect(fire(desk)).toBe("ok");
    expect(marks(desk)).toMatchObject([{ act: "raise", level: 2 }]);
    expect(desk.log.at(-1)?.timers).toMatchObject([{ set: "completion" }]);
    fire(desk);
    expect(desk.file.case?.completion).toEqual({ missing: "place", no: 3 });
    tell(desk, { type: "amend", facts: { place: PLACE }, sealed: [] });
    expect(marks(desk)).toMatchObject([{ act: "clear" }]);
    expect(desk.log.at(-1)?.timers).toEqual([{ cancel: "completion" }]);
    expect(desk.file.orders.map((o) => o.unit)).toEqual(["gov-duty"]);
    expect(fire(desk)).toBe("ok");
    expect([desk.log.at(-1)?.alarms, desk.log.at(-1)?.timers]).toEqual([[], []]);
  });

  it("with a place that has no desk it names the unit; the desk entered later gets its order from the timer", () => {
    const desk = aDesk("hotline", { governmentDesk: () => null });
    tell(desk, registration({ danger: true, facts: { ...registration().facts, place: null } }));
    tell(desk, { type: "amend", facts: { place: PLACE }, sealed: [] });
    expect(desk.file.case?.completion).toEqual({ missing: "unit", no: 1 });
    desk.context = { ...desk.context, governmentDesk: () => ({ unit: "gov-duty" as UnitCode, dutyPhone: null }) };
    fire(desk);
    expect(desk.file.case?.completion).toBeNull();
    expect(desk.file.orders.map((o) => o.unit)).toEqual(["gov-duty"]);
  });

  it("where no desk is known a person sends the order to a unit, and nothing is owed any more", () => {
    const desk = aDesk("hotline", { governmentDesk: () => null });
    tell(desk, registration({ danger: true }));
    expect(desk.file.case?.completion).toEqual({ missing: "unit", no: 1 });
    const unit = "flood-office" as UnitCode;
    expect(tell(desk, { type: "dispatch", kind: "work", unit, role: "lead", instruction: null })).toBe("ok");
    expect(desk.file.case?.completion).toBeNull();
    expect(marks(desk)).toMatchObject([{ act: "clear" }]);
    expect(desk.log.at(-1)?.timers).toEqual([{ cancel: "completion" }]);
    fire(desk);
    expect(desk.file.case?.completion).toBeNull();
  });

  it("also without a 110 desk to push to: the government's half is completed on its own", () => {
    const desk = aDesk("hotline", { peers: [] });
    tell(desk, registration({ danger: true, facts: { ...registration().facts, place: null } }));
    tell(desk, { type: "amend", facts: { place: PLACE }, sealed: [] });
    expect(desk.file.orders.map((o) => o.unit)).toEqual(["gov-duty"]);
  });

  it("a place that 110 finds out completes it at once (nmg:2.2.1)", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    tell(hotline, registration({ danger: true, facts: { ...registration().facts, place: null } }));
    settle(hotline, police);
    expect(tell(police, { type: "amend", facts: { place: PLACE }, sealed: [] })).toBe("ok");
    settle(hotline, police);
    expect(hotline.file.case).toMatchObject({ place: PLACE, completion: null });
    expect(hotline.file.orders.map((o) => o.unit)).toEqual(["gov-duty"]);
  });

  it("ends when the matter is closed and no danger of it is open", () => {
    const [hotline, police] = [aDesk("hotline", { governmentDesk: () => null }), aDesk("police")];
    tell(hotline, registration({ danger: true }));
    settle(hotline, police);
    const linkageId = linkageOf(police, "urgent");
    tell(police, { type: "shown", linkageId });
    tell(police, { type: "endDanger", linkageId, outcome: "handled", result: sealed(`result.${freshId()}`) });
    settle(hotline, police);
    tell(hotline, { type: "accept" });
    const verdict = { side: "hotline", item: null, mode: "", urgency: "ordinary", catalogueVersion: "v" } as const;
    tell(hotline, { type: "judge", verdict: { ...verdict, source: "s", basis: "plan", by: "person" } });
    tell(hotline, { type: "conclude", resolution: "solved", result: sealed("result.1") });
    tell(hotline, { type: "callBack", outcome: "reached", satisfaction: 5, solved: true, note: null });
    expect(tell(hotline, { type: "close" })).toBe("ok");
    fire(hotline);
    expect(marks(hotline)).toMatchObject([{ act: "clear" }]);
    expect(hotline.file.case?.completion).toBeNull();
  });
});

describe("the government's order is made once and not behind anybody's back (nmg:a3)", () => {
  const orders = (desk: Desk) => desk.file.orders.map((o) => [o.unit, o.status]);
  const verdict = { side: "hotline", item: null, mode: "", urgency: "ordinary", catalogueVersion: "v" } as const;
  const danger = (desk: Desk, no: number) =>
    tell(desk, { type: "danger", machineSuspected: false, sealed: [sealed(`note.${no}`)] });
  const byPlace: Partial<Desk["context"]> = {
    governmentDesk: (place) => (place === null ? null : { unit: `gov-${place}` as UnitCode, dutyPhone: null }),
  };

  function replied(): readonly [Desk, Desk] {
    const [hotline, police] = [aDesk("hotline", byPlace), aDesk("police")];
    tell(hotline, registration({ danger: true }));
    settle(hotline, police);
    tell(police, { type: "sign", linkageId: linkageOf(police, "urgent"), onScreen: true });
    settle(hotline, police);
    const orderId = hotline.file.orders[0]?.id;
    if (orderId === undefined) throw new Error("no government order");
    tell(hotline, { type: "reply", orderId, resolution: "solved", reply: sealed("reply.1") });
    return [hotline, police];
  }

  function closed(): readonly [Desk, Desk] {
    const [hotline, police] = replied();
    tell(hotline, { type: "judge", verdict: { ...verdict, source: "s", basis: "plan", by: "person" } });
    tell(hotline, { type: "conclude", resolution: "solved", result: sealed("result.1") });
    tell(hotline, { type: "callBack", outcome: "reached", satisfaction: 5, solved: true, note: null });
    expect(tell(hotline, { type: "close" })).toBe("ok");
    return [hotline, police];
  }

  it("a danger after its reply does not order it out again; a place of another desk does, once", () => {
    const [hotline] = replied();
    danger(hotline, 2);
    expect(orders(hotline)).toEqual([["gov-150102", "replied"]]);
    tell(hotline, { type: "amend", facts: { place: "150105" as RegionCode }, sealed: [] });
    danger(hotline, 3);
    expect(orders(hotline)).toEqual([
      ["gov-150102", "replied"],
      ["gov-150105", "dispatched"],
    ]);
  });

  it("a place corrected after the matter was closed is a mark that grows, no order", () => {
    const [hotline, police] = closed();
    tell(police, { type: "amend", facts: { place: "150105" as RegionCode }, sealed: [] });
    settle(hotline, police);
    expect([hotline.file.case?.status, hotline.file.case?.place]).toEqual(["closed", "150105"]);
    expect(orders(hotline)).toEqual([["gov-150102", "replied"]]);
    expect(hotline.file.case?.completion).toEqual({ missing: "unit", no: 1 });
    expect(hotline.log.flatMap((d) => d.alarms)).toContainEqual(
      expect.objectContaining({ act: "raise", kind: "completionOwed" }),
    );
    fire(hotline);
    expect(marks(hotline)).toMatchObject([{ act: "raise", level: 2 }]);
    expect(orders(hotline)).toHaveLength(1);
  });
});
