import { expect, it } from "vitest";
import type { LinkageId } from "../../kernel/index.ts";
import { aDesk, HOTLINE, LAMP_VERDICT, POLICE, registration, sealed, settle, tell } from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";

const newest = (desk: Desk): LinkageId => {
  const last = desk.file.linkages.at(-1);
  if (last === undefined) throw new Error("nothing was handed over");
  return last.id;
};

/** 110 handed a matter to 12345, which handed it back. */
function handedBack(): { readonly hotline: Desk; readonly police: Desk } {
  const [hotline, police] = [aDesk("hotline"), aDesk("police")];
  tell(police, registration({ verdict: LAMP_VERDICT }));
  tell(police, { type: "handOver", to: HOTLINE });
  settle(police, hotline);
  tell(hotline, { type: "acceptOffer", linkageId: newest(hotline) });
  settle(police, hotline);
  tell(hotline, { type: "recordInitialResponse", entry: sealed("initialResponse.1"), manner: "byPhone" });
  expect(tell(hotline, { type: "handOver", to: POLICE })).toBe("ok");
  settle(police, hotline);
  expect(tell(police, { type: "acceptOffer", linkageId: newest(police) })).toBe("ok");
  settle(police, hotline);
  return { hotline, police };
}

it("what a desk wrote after it had handed a matter back reaches the other one when it is handed over again (nmg:2.2.1, REQ-14, P4)", () => {
  const { hotline, police } = handedBack();
  expect(tell(hotline, { type: "amend", facts: {}, sealed: [sealed("note.late")] })).toBe("ok");
  settle(police, hotline);
  tell(police, { type: "recordInitialResponse", entry: sealed("initialResponse.2"), manner: "byPhone" });
  expect(tell(police, { type: "handOver", to: HOTLINE })).toBe("ok");
  settle(police, hotline);
  expect(tell(hotline, { type: "acceptOffer", linkageId: newest(hotline) })).toBe("ok");
  settle(police, hotline);
  expect(police.file.case?.sealed["note.late"]?.commitment).toBe(hotline.file.case?.sealed["note.late"]?.commitment);
  expect(police.file.case?.sealed["note.late"]).toBeDefined();
});

/** 110 handed a matter to 12345, which concluded it and closed it. */
function closedElsewhere(): { readonly hotline: Desk; readonly police: Desk } {
  const [hotline, police] = [aDesk("hotline"), aDesk("police")];
  tell(police, registration({ verdict: LAMP_VERDICT }));
  tell(police, { type: "handOver", to: HOTLINE });
  settle(police, hotline);
  tell(hotline, { type: "acceptOffer", linkageId: newest(hotline) });
  settle(police, hotline);
  tell(hotline, { type: "judge", verdict: LAMP_VERDICT });
  expect(tell(hotline, { type: "conclude", resolution: "solved", result: sealed("result.1") })).toBe("ok");
  settle(police, hotline);
  tell(hotline, { type: "callBack", outcome: "reached", satisfaction: 5, solved: true, note: null });
  expect(tell(hotline, { type: "close" })).toBe("ok");
  settle(police, hotline);
  expect([police.file.case?.status, hotline.file.case?.status]).toEqual(["closed", "closed"]);
  return { hotline, police };
}

it("danger and words that came to a desk while the matter was closed elsewhere reach the desk that takes it up again (nmg:2.2.1, REQ-14, P4)", () => {
  const { hotline, police } = closedElsewhere();
  expect(tell(police, { type: "danger", machineSuspected: false, sealed: [sealed("note.danger")] })).toBe("ok");
  settle(police, hotline);
  expect(tell(hotline, { type: "reopen", reason: "newFacts", note: null })).toBe("ok");
  settle(police, hotline);
  expect(police.file.linkages[0]?.state).toBe("accepted");
  expect(hotline.file.case?.sealed["note.danger"]?.commitment).toBe(sealed("note.danger").commitment);
  expect(hotline.file.case?.danger).toBe(true);
});

it("a matter that is taken up again without news brings nothing to read (nmg:2.2.1, REQ-14)", () => {
  const { hotline, police } = closedElsewhere();
  expect(tell(hotline, { type: "reopen", reason: "newFacts", note: null })).toBe("ok");
  const before = police.log.length;
  settle(police, hotline);
  const sent = police.log.slice(before).flatMap(({ linkages }) => linkages.flatMap(({ send }) => send));
  expect(sent.map(({ type }) => type)).not.toContain("addition");
});
