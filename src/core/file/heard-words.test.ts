import { expect, test } from "vitest";
import { aDesk, LAMP_VERDICT, linkageOf, registration, sealed, settle, tell } from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";

const unread = (desk: Desk): number =>
  desk.file.linkages.reduce((sum, l) => sum + l.additionsReceived - l.additionsRead, 0);

function accepted(): readonly [Desk, Desk] {
  const [hotline, police] = [aDesk("hotline"), aDesk("police")];
  tell(police, registration({ verdict: LAMP_VERDICT }));
  tell(police, { type: "handOver", to: null });
  settle(police, hotline);
  expect(tell(hotline, { type: "acceptOffer", linkageId: linkageOf(hotline, "clear") })).toBe("ok");
  settle(police, hotline);
  return [hotline, police];
}

test("what the desk that took a matter over writes is unread at the desk that handed it over, until somebody there has read it (nmg:2.2.1, REQ-14)", () => {
  const [hotline, police] = accepted();
  tell(hotline, { type: "amend", facts: {}, sealed: [sealed("note.1"), sealed("note.2")] });
  settle(police, hotline);
  expect([unread(police), unread(hotline)]).toEqual([2, 0]);
  expect(tell(police, { type: "readAdditions", linkageId: linkageOf(police, "clear") })).toBe("ok");
  expect(unread(police)).toBe(0);
  tell(police, { type: "amend", facts: {}, sealed: [sealed("note.3")] });
  settle(police, hotline);
  expect([unread(police), unread(hotline)]).toEqual([0, 1]);
});

test("a step without words is no word: nothing is unread by it (nmg:2.3.1)", () => {
  const [hotline, police] = accepted();
  tell(hotline, { type: "dispatch", kind: "work", unit: "u-1" as never, role: "lead", instruction: null });
  settle(police, hotline);
  expect([police.file.linkages[0]?.progressStage, unread(police)]).toEqual(["dispatched", 0]);
});
