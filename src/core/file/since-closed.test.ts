import { expect, it } from "vitest";
import type { LinkageId, RegionCode } from "../../kernel/index.ts";
import { aDesk, HOTLINE, LAMP_VERDICT, registration, sealed, settle, tell } from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";

function newest(desk: Desk): LinkageId {
  const last = desk.file.linkages.at(-1);
  if (last === undefined) throw new Error("nothing was handed over");
  return last.id;
}

const unread = (desk: Desk): number =>
  desk.file.linkages.slice(0, 1).reduce((sum, l) => sum + l.additionsReceived - l.additionsRead, 0);

function concluded(
  follow: "handOff" | "follow" = "handOff",
  danger = false,
): { readonly hotline: Desk; readonly police: Desk } {
  const [hotline, police] = [aDesk("hotline", { followPolicy: follow }), aDesk("police", { followPolicy: follow })];
  tell(police, registration({ verdict: LAMP_VERDICT, danger }));
  tell(police, { type: "handOver", to: HOTLINE });
  settle(police, hotline);
  tell(hotline, { type: "acceptOffer", linkageId: newest(hotline) });
  settle(police, hotline);
  tell(hotline, { type: "judge", verdict: LAMP_VERDICT });
  expect(tell(hotline, { type: "conclude", resolution: "solved", result: sealed("result.1") })).toBe("ok");
  settle(police, hotline);
  return { hotline, police };
}

function closeAtHotline(hotline: Desk, police: Desk): void {
  tell(hotline, { type: "callBack", outcome: "reached", satisfaction: 5, solved: true, note: null });
  expect(tell(hotline, { type: "close" })).toBe("ok");
  settle(police, hotline);
}

it("what was added after the result and read there is not sent again on reopening (nmg:2.2.1, P4)", () => {
  const { hotline, police } = concluded();
  expect(tell(police, { type: "amend", facts: {}, sealed: [sealed("note.9")] })).toBe("ok");
  settle(police, hotline);
  expect(unread(hotline)).toBe(1);
  tell(hotline, { type: "readAdditions", linkageId: newest(hotline) });
  expect(unread(hotline)).toBe(0);
  closeAtHotline(hotline, police);
  expect(tell(hotline, { type: "reopen", reason: "newFacts", note: null })).toBe("ok");
  settle(police, hotline);
  expect(unread(hotline)).toBe(0);
});

it("what the other desk itself said after its result is not sent back to it (nmg:2.2.1, P4)", () => {
  const { hotline, police } = concluded();
  expect(tell(hotline, { type: "amend", facts: {}, sealed: [sealed("note.own")] })).toBe("ok");
  settle(police, hotline);
  expect(police.file.case?.sealed["note.own"]).toBeDefined();
  closeAtHotline(hotline, police);
  expect(tell(hotline, { type: "reopen", reason: "newFacts", note: null })).toBe("ok");
  settle(police, hotline);
  expect(unread(hotline)).toBe(0);
});

it("the reason with which S asks for it again is not an addition to be read besides (nmg:2.2.1, P4)", () => {
  const { hotline, police } = concluded("follow");
  expect(tell(police, { type: "reopen", reason: "again", note: sealed("note.why") })).toBe("ok");
  settle(police, hotline);
  expect(hotline.file.case?.sealed["note.why"]).toBeDefined();
  expect(hotline.file.linkages[0]?.state).toBe("accepted");
  expect(unread(hotline)).toBe(0);
});

it("both reopen at once: the news goes once (nmg:2.2.1, P4)", () => {
  const { hotline, police } = concluded();
  closeAtHotline(hotline, police);
  expect(tell(police, { type: "danger", machineSuspected: false, sealed: [sealed("note.danger")] })).toBe("ok");
  settle(police, hotline);
  tell(hotline, { type: "reopen", reason: "newFacts", note: null });
  tell(police, { type: "reopen", reason: "again", note: null });
  const before = police.log.length;
  settle(police, hotline);
  const sent = police.log
    .slice(before)
    .flatMap(({ linkages }) => linkages.flatMap(({ send }) => send.map((m) => m.type)));
  expect(sent.filter((type) => type === "addition")).toHaveLength(1);
});

it("danger first, then reopened; words written a second time after the next close are told, once (nmg:2.2.1, P4)", () => {
  const { hotline, police } = concluded();
  closeAtHotline(hotline, police);
  expect(tell(police, { type: "danger", machineSuspected: false, sealed: [sealed("note.danger")] })).toBe("ok");
  settle(police, hotline);
  tell(hotline, { type: "reopen", reason: "newFacts", note: null });
  settle(police, hotline);
  expect(unread(hotline)).toBe(1);
  expect(hotline.file.case?.danger).toBe(true);
});

it("under follow, danger while S calls back (nmg:2.2.1, P4)", () => {
  const { hotline, police } = concluded("follow");
  tell(police, { type: "callBack", outcome: "reached", satisfaction: 5, solved: true, note: null });
  expect(tell(police, { type: "close" })).toBe("ok");
  settle(police, hotline);
  expect([police.file.case?.status, hotline.file.case?.status]).toEqual(["closed", "closed"]);
  expect(tell(police, { type: "danger", machineSuspected: false, sealed: [sealed("note.danger")] })).toBe("ok");
  settle(police, hotline);
  expect(tell(police, { type: "reopen", reason: "again", note: sealed("note.why") })).toBe("ok");
  settle(police, hotline);
  expect(hotline.file.case?.danger).toBe(true);
  expect(hotline.file.case?.sealed["note.danger"]).toBeDefined();
});

it("a corrected place and address while a second danger was open after the close reach the desk that takes it up again (nmg:2.2.1, P4)", () => {
  const { hotline, police } = concluded("handOff", true);
  closeAtHotline(hotline, police);
  expect(tell(police, { type: "danger", machineSuspected: false, sealed: [] })).toBe("ok");
  expect(
    tell(police, { type: "amend", facts: { place: "150105" as RegionCode }, sealed: [sealed("address", 2)] }),
  ).toBe("ok");
  settle(police, hotline);
  tell(hotline, { type: "reopen", reason: "newFacts", note: null });
  settle(police, hotline);
  expect([hotline.file.case?.place, hotline.file.case?.sealed["address"]?.version]).toEqual(["150105", 2]);
});

it("a corrected place reaches it in any case where danger came after the close (nmg:2.2.1, P4)", () => {
  const { hotline, police } = concluded("handOff", false);
  closeAtHotline(hotline, police);
  expect(tell(police, { type: "danger", machineSuspected: false, sealed: [] })).toBe("ok");
  expect(
    tell(police, { type: "amend", facts: { place: "150105" as RegionCode }, sealed: [sealed("address", 2)] }),
  ).toBe("ok");
  settle(police, hotline);
  tell(hotline, { type: "reopen", reason: "newFacts", note: null });
  settle(police, hotline);
  expect([hotline.file.case?.place, hotline.file.case?.sealed["address"]?.version]).toEqual(["150105", 2]);
});

it("danger that R itself told after its result is not sent back as an addition (nmg:2.2.1, P4)", () => {
  const { hotline, police } = concluded();
  closeAtHotline(hotline, police);
  expect(tell(hotline, { type: "danger", machineSuspected: false, sealed: [sealed("note.d")] })).toBe("ok");
  settle(police, hotline);
  expect(police.file.case?.danger).toBe(true);
  expect(tell(hotline, { type: "reopen", reason: "newFacts", note: null })).toBe("ok");
  settle(police, hotline);
  expect(unread(hotline)).toBe(0);
});

it("while a matter is at work there, a corrected address travels at once (nmg:2.2.1, P4)", () => {
  const [hotline, police] = [aDesk("hotline"), aDesk("police")];
  tell(police, registration({ verdict: LAMP_VERDICT }));
  tell(police, { type: "handOver", to: HOTLINE });
  settle(police, hotline);
  tell(hotline, { type: "acceptOffer", linkageId: newest(hotline) });
  settle(police, hotline);
  expect(tell(police, { type: "amend", facts: {}, sealed: [sealed("address", 2)] })).toBe("ok");
  settle(police, hotline);
  expect(hotline.file.case?.sealed["address"]?.version).toBe(2);
});
