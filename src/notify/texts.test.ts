import fc from "fast-check";
import { expect, test } from "vitest";
import { makeRequestNo } from "../core/request-number/index.ts";
import { noticeText } from "./texts.ts";

const requestNo = makeRequestNo({ region: "150100", side: "hotline", day: "261122", n: 1 });
const TEMPLATES = ["orderDispatched", "requestRegistered", "requestConcluded", "deadlineNear", "deadlinePassed"];

test.each(TEMPLATES)("%s has a Chinese line, then an English line, both with the number (nmg:2.2.1)", (template) => {
  const text = noticeText(template, { requestNo });
  const [zh = "", en = "", ...more] = text.ok ? text.value.split("\n") : [];
  expect(more).toEqual([]);
  expect(zh).toContain(requestNo);
  expect(en).toContain(requestNo);
  expect(zh).toMatch(/\p{Script=Han}{4}/u);
  expect(en).not.toMatch(/\p{Script=Han}/u);
});

test("only the registration tells the check code, and only when it is known", () => {
  const params = { requestNo, checkCode: "34679A" };
  const told = TEMPLATES.map((template) => noticeText(template, params)).map((t) => t.ok && t.value.includes("34679A"));
  expect(told).toEqual([false, true, false, false, false]);
  expect(noticeText("requestRegistered", { requestNo })).toMatchObject({ ok: true });
});

test("an unknown template and a wrong number or code are refused by name, their values unsaid", () => {
  expect(noticeText("toString", { requestNo })).toEqual({
    ok: false,
    error: { code: "NOTICE_TEMPLATE_UNKNOWN", template: "toString" },
  });
  expect(noticeText("orderDispatched", {})).toEqual({
    ok: false,
    error: { code: "NOTICE_PARAM_WRONG", param: "requestNo" },
  });
  expect(noticeText("requestRegistered", { requestNo, checkCode: "住在某街5号" })).toEqual({
    ok: false,
    error: { code: "NOTICE_PARAM_WRONG", param: "checkCode" },
  });
});

test("nothing else among the params ever reaches the text (P5)", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...TEMPLATES),
      fc.dictionary(fc.string({ minLength: 1 }), fc.string({ minLength: 12, unit: "grapheme" })),
      (template, extra) => {
        const { requestNo: _no, checkCode: _code, ...others } = extra;
        const plain = noticeText(template, { requestNo });
        expect(noticeText(template, { ...others, requestNo })).toEqual(plain);
      },
    ),
  );
});
