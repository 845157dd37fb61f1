import { describe, expect, it } from "vitest";
import type { CaseId, Instant, RegionCode, UnitCode } from "../kernel/index.ts";
import { answerTo, audiencesOf, isAnswered, marksInScope, shownMark } from "./alarm-marks.ts";
import type { AlarmRow } from "./ports/queries.ts";

const at = (seconds: number): Instant => `2026-11-22T00:00:${String(seconds).padStart(2, "0")}.000Z` as Instant;

function aMark(change: Partial<AlarmRow> = {}): AlarmRow {
  return {
    kind: "noSeatOnDuty",
    subject: "linkage-1",
    caseId: "case-1" as CaseId,
    requestNo: null,
    place: "150102" as RegionCode,
    level: 1,
    dial: "110",
    audience: "desk",
    raisedAt: at(0),
    acknowledgedAt: null,
    acknowledgedBy: null,
    outcome: null,
    ...change,
  };
}

const said = (outcome: string | null) => ({ kind: "noSeatOnDuty", subject: "linkage-1", outcome });
const kinds = (rows: readonly AlarmRow[]): readonly string[] => rows.map(({ kind, subject }) => `${kind} ${subject}`);

describe("who sees a red mark (nmg:2.3.2)", () => {
  it.each([
    [["callTaker"], ["desk"]],
    [["dispatcher"], ["desk"]],
    [["operator"], ["operator"]],
    [["supervisor"], ["desk", "supervisor", "operator"]],
    [
      ["callTaker", "operator"],
      ["desk", "operator"],
    ],
    [["unitClerk"], []],
  ] as const)("%j those of %j", (roles, audiences) => {
    expect(audiencesOf(roles)).toEqual(audiences);
  });

  it("only those of his divisions, and one without a place whoever he is", () => {
    const rows = [aMark(), aMark({ kind: "linkSilent", place: null })];
    expect(kinds(marksInScope({ regions: ["150103" as RegionCode] }, rows))).toEqual(["linkSilent linkage-1"]);
    expect(marksInScope({ regions: ["150100" as RegionCode] }, rows)).toHaveLength(2);
  });

  it("never who answered it, where it is, or what was said of the call", () => {
    const row = aMark({ acknowledgedAt: at(1), outcome: "handedOverByVoice: to the officer" });
    expect(Object.keys(shownMark(row, at(2), () => null))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/acknowledgedBy|place|outcome/)]),
    );
  });
});

describe("a number that must be dialled (nmg:2.2.1)", () => {
  it("is answered for good by a call that reached somebody, and again and again by one that did not", () => {
    const answered = (outcome: string | null) => isAnswered(aMark({ acknowledgedAt: at(1), outcome }));
    expect(["reached", "handedOverByVoice: who", null].map(answered)).toEqual([true, true, true]);
    expect(["noAnswer", "busy", "notReached: why"].map(answered)).toEqual([false, false, false]);
    expect(isAnswered(aMark())).toBe(false);
  });

  it("names the unit whose number it is, one that is in the directory no more by its code (REQ-34)", () => {
    const row = aMark({ kind: "notTakenUp", rings: "x150100-works" as UnitCode });
    expect(shownMark(row, at(2), () => null).rings).toEqual({ nameZh: "x150100-works", nameEn: "x150100-works" });
    expect(shownMark(aMark(), at(2), () => null)).not.toHaveProperty("rings");
  });

  it("leaves the screen for twenty seconds when nobody answered, no longer", () => {
    const row = aMark({ acknowledgedAt: at(1), outcome: "noAnswer" });
    expect([20, 21].map((second) => shownMark(row, at(second), () => null).acknowledgedAt)).toEqual([at(1), null]);
  });

  it("is not ended without what came of the call", () => {
    for (const outcome of [null, "", "seen"])
      expect(answerTo([aMark()], said(outcome))).toMatchObject({
        error: { code: "ALARM_OUTCOME_NEEDED", params: { dial: "110" } },
      });
  });

  it("is ended with every mark of the same matter that names it, and with no other", () => {
    const rows = [
      aMark({ kind: "urgentUndelivered" }),
      aMark(),
      aMark({ kind: "linkSilent", dial: "0471-1" }),
      aMark({ kind: "stoodDown", dial: null }),
      aMark({ kind: "noSeatOnDuty", subject: "linkage-2" }),
      aMark({ kind: "urgentUnsigned", acknowledgedAt: at(1), outcome: "reached" }),
    ];
    const answer = answerTo(rows, said("noAnswer"));
    expect(answer.ok && kinds(answer.value.marks)).toEqual(["urgentUndelivered linkage-1", "noSeatOnDuty linkage-1"]);
  });

  it("keeps the words of the call with the mark only where no request is behind it", () => {
    const kept = (caseId: CaseId | null) => answerTo([aMark({ caseId })], said("handedOverByVoice: 值班长"));
    expect(kept("case-1" as CaseId)).toMatchObject({
      value: { outcome: "handedOverByVoice", call: { text: "值班长" } },
    });
    expect(kept(null)).toMatchObject({ value: { outcome: "handedOverByVoice: 值班长" } });
  });

  it("a call about a mark that names no number answers that mark alone", () => {
    const rows = [aMark({ dial: null }), aMark({ kind: "linkSilent", dial: null })];
    const answer = answerTo(rows, said("reached"));
    expect(answer.ok && kinds(answer.value.marks)).toEqual(["noSeatOnDuty linkage-1"]);
  });
});

it("a mark that is not in the list, or that was answered, is not answered again", () => {
  const unknown = { error: { code: "ALARM_UNKNOWN" } };
  expect(answerTo([aMark({ subject: "linkage-2" })], said("reached"))).toMatchObject(unknown);
  expect(answerTo([aMark({ acknowledgedAt: at(1), outcome: "reached" })], said("reached"))).toMatchObject(unknown);
  expect(answerTo([aMark({ dial: null, acknowledgedAt: at(1) })], said(null))).toMatchObject(unknown);
});
