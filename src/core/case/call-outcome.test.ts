import fc from "fast-check";
import { expect, test } from "vitest";
import { formatCallOutcome, parseCallOutcome } from "./call-outcome.ts";
import { CALL_RESULTS } from "./call.ts";

test.each([
  ["reached", { result: "reached", text: "" }],
  ["noAnswer", { result: "noAnswer", text: "" }],
  ["busy", { result: "busy", text: "" }],
  ["  notReached ：三次无人接听 ", { result: "notReached", text: "三次无人接听" }],
  ["handedOverByVoice: 值班长: 已接", { result: "handedOverByVoice", text: "值班长: 已接" }],
])("a red task ends with the outcome %j", (outcome, read) => {
  expect(parseCallOutcome(outcome)).toEqual({ ok: true, value: read });
});

test.each([
  ["", "CALL_RESULT_UNKNOWN"],
  ["ok", "CALL_RESULT_UNKNOWN"],
  ["toString", "CALL_RESULT_UNKNOWN"],
  ["Reached", "CALL_RESULT_UNKNOWN"],
  ["reached at once", "CALL_RESULT_UNKNOWN"],
  ["handedOverByVoice", "CALL_TEXT_MISSING"],
  ["handedOverByVoice:  ", "CALL_TEXT_MISSING"],
  [`reached: ${"长".repeat(501)}`, "CALL_TEXT_TOO_LONG"],
])("a red task does not end with %j", (outcome, code) => {
  expect(parseCallOutcome(outcome)).toEqual({ ok: false, error: { code } });
});

test("what is stored reads back as what was said", () => {
  const text = fc.string({ minLength: 1, maxLength: 200, unit: "grapheme" }).map((t) => t.trim());
  fc.assert(
    fc.property(fc.constantFrom(...CALL_RESULTS), text, (result, said) => {
      fc.pre(said.length <= 500 && (said !== "" || result !== "handedOverByVoice"));
      const outcome = { result, text: said };
      expect(parseCallOutcome(formatCallOutcome(outcome))).toEqual({ ok: true, value: outcome });
    }),
  );
});
