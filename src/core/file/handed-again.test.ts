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
