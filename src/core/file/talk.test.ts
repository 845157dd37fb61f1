import { describe, expect, it } from "vitest";
import type { Sealed } from "../../kernel/index.ts";
import type { TalkOwner } from "./index.ts";
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

const WHO = sealed("talk.who");
const THERE = sealed("talk.signed");

/** A matter that 12345 offered to 110 and that both talk about; `first` = who registered it. */
function disputed(more: Parameters<typeof aDesk>[1] = {}): { readonly hotline: Desk; readonly police: Desk } {
  const hotline = aDesk("hotline", more);
  const police = aDesk("police");
  tell(hotline, registration({ verdict: LAMP_VERDICT }));
  tell(hotline, { type: "handOver", to: null });
  settle(hotline, police);
  tell(police, { type: "negotiate", linkageId: linkageOf(police, "clear"), note: null });
  settle(hotline, police);
  return { hotline, police };
}

function record(desk: Desk, agreed: TalkOwner | null, who: Sealed | null = WHO) {
  return tell(desk, {
    type: "recordTalk",
    linkageId: linkageOf(desk, "clear"),
    who,
    others: null,
    callerPresent: true,
    callId: "call-1",
    ours: { owner: "them", ground: "item", ref: LAMP_VERDICT.item },
    theirs: { owner: "us", ground: "clause", ref: "nmg:2.1" },
    asked: [{ question: "G01-1", answer: "no", how: "asked" }],
    agreed,
    note: null,
  });
}

const sign = (desk: Desk, no = 1, who: Sealed | null = THERE) =>
  tell(desk, { type: "signTalk", linkageId: linkageOf(desk, "clear"), no, who });

const states = (...desks: readonly Desk[]) =>
  desks.map(({ file }) => file.linkages.find(({ kind }) => kind === "clear")?.state);

const talksOf = (desk: Desk) => desk.file.linkages.find(({ kind }) => kind === "clear")?.talks ?? [];

describe("a talk is written down at one desk, signed by the other, and carried out by what there is (nmg:2.2.1, yn:3.1, REQ-15)", () => {
  it("both desks keep the same record: who took part, what each proposed and why, what was asked, what was agreed", () => {
    const { hotline, police } = disputed();
    expect(record(hotline, "them")).toBe("ok");
    settle(hotline, police);
    expect(sign(police)).toBe("ok");
    settle(hotline, police);
    expect(talksOf(hotline)).toEqual(talksOf(police));
    expect(talksOf(police)).toMatchObject([
      {
        by: HOTLINE,
        no: 1,
        callerPresent: true,
        callId: "call-1",
        who: { commitment: WHO.commitment },
        proposals: [
          { desk: HOTLINE, owner: POLICE, ground: "item", ref: LAMP_VERDICT.item },
          { desk: POLICE, owner: HOTLINE, ground: "clause", ref: "nmg:2.1" },
        ],
        asked: [{ question: "G01-1", answer: "no", how: "asked" }],
        to: POLICE,
        signed: { who: { commitment: THERE.commitment } },
      },
    ]);
  });

  it("agreed to the receiver: nothing moves before it has signed, and with its signature it has accepted", () => {
    const { hotline, police } = disputed();
    record(hotline, "them");
    settle(hotline, police);
    expect([states(hotline, police), holds(hotline.file, "ordinary")]).toEqual([["negotiating", "negotiating"], true]);
    sign(police);
    settle(hotline, police);
    expect(states(hotline, police)).toEqual(["accepted", "accepted"]);
    expect([holds(hotline.file, "ordinary"), holds(police.file, "ordinary")]).toEqual([false, true]);
  });

  it("agreed to the receiver and written down there: it accepts when the sender's signature arrives", () => {
    const { hotline, police } = disputed();
    record(police, "us");
    settle(hotline, police);
    expect(states(hotline, police)).toEqual(["negotiating", "negotiating"]);
    sign(hotline);
    settle(hotline, police);
    expect(states(hotline, police)).toEqual(["accepted", "accepted"]);
  });

  it.each(["hotline", "police"] as const)(
    "agreed to the sender, written down at %s: it is taken back, and both know why",
    (by) => {
      const desks = disputed();
      const [writes, signs] = by === "hotline" ? [desks.hotline, desks.police] : [desks.police, desks.hotline];
      record(writes, by === "hotline" ? "us" : "them");
      settle(desks.hotline, desks.police);
      sign(signs);
      settle(desks.hotline, desks.police);
      expect(states(desks.hotline, desks.police)).toEqual(["withdrawn", "withdrawn"]);
      expect(desks.police.file.linkages[0]?.withdrawReason).toBe("agreedToSender");
      expect([holds(desks.hotline.file, "ordinary"), holds(desks.police.file, "ordinary")]).toEqual([true, false]);
      expect(talksOf(desks.police)[0]?.signed).not.toBeNull();
    },
  );

  it.each(["hotline", "police"] as const)(
    "not agreed, written down at %s: who received it first has it provisionally, and nobody has to sign for that (先行受理)",
    (by) => {
      const { hotline, police } = disputed();
      record(by === "hotline" ? hotline : police, null);
      settle(hotline, police);
      expect(states(hotline, police)).toEqual(["held", "held"]);
      expect([holds(hotline.file, "ordinary"), holds(police.file, "ordinary")]).toEqual([true, false]);
      expect(sign(by === "hotline" ? police : hotline)).toBe("ok");
    },
  );

  it("agreed at last while the first receiver holds it: the other desk has it (nmg:2.2.4)", () => {
    const { hotline, police } = disputed();
    record(hotline, null);
    settle(hotline, police);
    record(hotline, "them");
    settle(hotline, police);
    expect(sign(police, 1)).toBe("TALK_NEWER");
    expect(sign(police, 2)).toBe("ok");
    settle(hotline, police);
    expect(states(hotline, police)).toEqual(["accepted", "accepted"]);
    expect(talksOf(hotline).map(({ signed }) => signed === null)).toEqual([true, false]);
  });

  it("both write down another result at once and both sign: what the holder logged first counts, nobody is without it (5.5)", () => {
    const { hotline, police } = disputed();
    record(hotline, "them");
    record(police, "them");
    settle(hotline, police);
    sign(hotline);
    sign(police);
    settle(hotline, police);
    expect(states(hotline, police)).toEqual(["withdrawn", "withdrawn"]);
    expect([holds(hotline.file, "ordinary"), holds(police.file, "ordinary")]).toEqual([true, false]);
  });

  it("what was added and not read is read before the signature takes the matter over (P4)", () => {
    const { hotline, police } = disputed();
    tell(hotline, { type: "amend", facts: {}, sealed: [sealed("note.1")] });
    record(hotline, "them");
    settle(hotline, police);
    expect(sign(police)).toBe("UNREAD_ADDITION");
    tell(police, { type: "readAdditions", linkageId: linkageOf(police, "clear") });
    expect(sign(police)).toBe("ok");
  });

  it("is refused without who took part, where nothing is disputed, and where there is nothing to sign", () => {
    const { hotline, police } = disputed();
    expect(record(hotline, null, null)).toBe("TALK_WHO_MISSING");
    expect(sign(police)).toBe("TALK_NONE");
    const calm = aDesk("hotline");
    tell(calm, registration({ verdict: LAMP_VERDICT }));
    tell(calm, { type: "handOver", to: null });
    expect(record(calm, null)).toBe("NOT_IN_STATE");
  });

  it.each([
    [false, "PEER_TOO_OLD"],
    [null, "PEER_NOT_HEARD"],
  ] as const)("a desk whose program reads none (%s) is told nothing it would never show (%s)", (talks, code) => {
    const peer = { nodeCode: POLICE, side: "police", regions: ["150100" as never], dutyPhone: "110", talks } as const;
    const { hotline } = disputed({ peers: [peer] });
    expect(record(hotline, null)).toBe(code);
    expect(talksOf(hotline)).toEqual([]);
  });
});
