import { describe, expect, test } from "vitest";
import { groupDials } from "./alarm/dial-bar.tsx";
import { silentUnits } from "./alarm/silent-units.ts";
import { findPlaces, itemDetail } from "./register/pickers.tsx";
import { askedFields, missingFields, SPECS } from "./request/actions/specs.ts";

const alarm = (kind: string, rest: object = {}) => ({
  kind,
  subject: "l1",
  caseId: "c1",
  requestNo: "1501002611220000017",
  level: 1,
  dial: "0471-000-0110",
  audience: "desk" as const,
  raisedAt: "2026-11-22T00:00:00.000Z",
  acknowledgedAt: null,
  ...rest,
});

describe("numbers to dial", () => {
  test("marks of one linkage with one number are one call", () => {
    const groups = groupDials([alarm("linkSilent"), alarm("noSeatOnDuty"), alarm("linkSilent", { subject: "l2" })]);
    expect(groups.map((group) => group.alarms.length)).toEqual([2, 1]);
  });

  test("a push that went nowhere is a call to make, also when no number is known", () => {
    expect(groupDials([alarm("noPeer", { dial: null })])).toMatchObject([{ dial: null, subject: "l1" }]);
  });

  test("marks without a number, with an outcome, or that ring here are no calls to make", () => {
    const seen = alarm("linkSilent", { acknowledgedAt: "2026-11-22T00:00:01.000Z" });
    expect(groupDials([alarm("lateFact", { dial: null }), seen, alarm("urgentPush")])).toEqual([]);
  });
});

describe("units to ring (yn:4.1.2, REQ-34)", () => {
  const unit = (subject: string, at: string, rest: object = {}) =>
    alarm("notTakenUp", { subject, raisedAt: `2026-11-22T00:00:${at}.000Z`, ...rest });
  const waiting = [unit("c2", "02"), unit("c1", "01"), unit("c3", "03")];
  const shown = (rows: Parameters<typeof silentUnits>[0], dangers = 0) => {
    const units = silentUnits(rows, dangers);
    return [units.shown.map(({ subject }) => subject), units.more];
  };

  test("those that wait longest stand first, the rest is a number; one without a number, or that was reached, is none", () => {
    expect(shown(waiting)).toEqual([["c1", "c2"], 1]);
    const seen = unit("c5", "00", { acknowledgedAt: "2026-11-22T00:01:00.000Z" });
    expect(shown([unit("c4", "00", { dial: null }), seen, alarm("linkSilent")])).toEqual([[], 0]);
  });

  test("none stands while a danger has a line, and none is among the numbers that a danger asks to be dialled (nmg:2.2.1)", () => {
    expect(shown(waiting, 1)).toEqual([[], 0]);
    expect(groupDials([...waiting, alarm("linkSilent")])).toMatchObject([{ subject: "l1" }]);
  });
});

describe("places", () => {
  const places = [
    { code: "150100", nameZh: "呼和浩特市", parent: null },
    { code: "150102", nameZh: "新城区", parent: "150100" },
    { code: "150200", nameZh: "包头市", parent: null },
    { code: "150203", nameZh: "新城街道", parent: "150200" },
  ];

  test("are found by name, by parent and name, and by code", () => {
    expect(findPlaces(places, "新城").map((place) => place.code)).toEqual(["150102", "150203"]);
    expect(findPlaces(places, "包头 新城").map((place) => place.name)).toEqual(["包头市 新城街道"]);
    expect(findPlaces(places, "1502").map((place) => place.code)).toEqual(["150200", "150203"]);
  });
});

describe("two items of one name", () => {
  const code = (family: string, one: string) => `${family}.${one}`;
  const cover = { className: "公共设施类", classNameEn: "Public facilities", condition: null, mode: "hotlineHandles" };

  test("can be told apart in the list by class, condition and way of handling", () => {
    const police = { ...cover, condition: "需公安机关临时设置警示标志", mode: "policeFirstThenHotline" };
    expect([itemDetail(cover, "zh", code), itemDetail(police, "zh", code), itemDetail(cover, "en", code)]).toEqual([
      "公共设施类",
      "公共设施类 · 需公安机关临时设置警示标志 · mode.policeFirstThenHotline",
      "Public facilities",
    ]);
  });
});

describe("inline forms", () => {
  test("a call-back asks for satisfaction only when the person was reached (nmg:2.2.1)", () => {
    const fields = SPECS.callBack?.fields ?? [];
    expect(missingFields(fields, { outcome: "notReached" })).toEqual([]);
    expect(missingFields(fields, { outcome: "reached" })).toEqual(["satisfaction", "solved"]);
    expect(askedFields(fields, {}).map((field) => field.name)).toEqual(["outcome", "note"]);
  });

  test("a return needs reason, basis and proposed owner", () => {
    expect(missingFields(SPECS.return?.fields ?? [], { reason: "outOfScope" })).toEqual(["basis", "proposedOwner"]);
  });
});
