import { expect, test } from "vitest";
import type { AlarmView } from "../../../src/http/contract/index.ts";
import { toldLines } from "./told-lines.ts";

const alarm = (kind: string, n: number, acknowledgedAt: string | null = null): AlarmView => ({
  kind,
  subject: `${kind}${n}`,
  caseId: "c",
  requestNo: "1501002611220000637",
  level: 1,
  dial: null,
  audience: "desk",
  raisedAt: `2026-11-22T00:00:0${n}.000Z`,
  acknowledgedAt,
});
const of = (alarms: readonly AlarmView[], dangers = 0) => {
  const { shown, more } = toldLines(alarms, dangers);
  return [shown.map(({ subject }) => subject), more];
};

test("support that waits for an answer stands first, then news of it, then notices, each the oldest first", () => {
  const all = [alarm("noticeUnread", 1), alarm("supportAsked", 3), alarm("supportAsked", 2), alarm("supportMoved", 1)];
  expect(of(all)).toEqual([["supportAsked2", "supportAsked3"], 2]);
  expect(of([alarm("noticeUnread", 1), alarm("supportMoved", 2)])).toEqual([["supportMoved2", "noticeUnread1"], 0]);
});

test("beside a danger only support that waits for an answer has a line", () => {
  expect(of([alarm("noticeUnread", 1), alarm("supportMoved", 1)], 1)).toEqual([[], 0]);
  expect(of([alarm("noticeUnread", 1), alarm("supportAsked", 2), alarm("supportAsked", 3)], 1)).toEqual([
    ["supportAsked2"],
    2,
  ]);
});

test("what was acknowledged, and every other mark, has none", () => {
  expect(of([alarm("supportMoved", 1, "2026-11-22T00:00:05.000Z"), alarm("lateFact", 1)])).toEqual([[], 0]);
});
