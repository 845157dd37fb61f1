import fc from "fast-check";
import { expect, test } from "vitest";
import { bodyOf, keyOf, parseLine, TEXT_AT_MOST } from "./record.ts";

function line(fields: object): string {
  return JSON.stringify(fields);
}

test("title and text become one text and the mark of a line break is taken out", () => {
  const parsed = parseLine(line({ id: "td1", title: "路灯_x000D_", text: "_x000D_\n不亮了_x000D_", user: "A0001" }));
  expect(parsed).toEqual({ ok: true, record: { id: "td1", text: "路灯\n不亮了", user: "A0001" } });
});

test("a title that the text begins with is not said twice", () => {
  const parsed = parseLine(line({ id: "1", title: "路灯不亮", text: "路灯不亮,三天了" }));
  expect(parsed).toEqual({ ok: true, record: { id: "1", text: "路灯不亮,三天了", user: null } });
});

test.each([
  ["{", "NOT_JSON"],
  ["[1]", "NOT_JSON"],
  [line({ text: "x" }), "ID_MISSING"],
  [line({ id: "  ", text: "x" }), "ID_MISSING"],
  [line({ id: "x".repeat(201), text: "x" }), "ID_TOO_LONG"],
  [line({ id: "1" }), "TEXT_MISSING"],
  [line({ id: "1", text: " _x000D_ " }), "TEXT_MISSING"],
  [line({ id: "1", title: "t", text: "字".repeat(TEXT_AT_MOST) }), "TEXT_TOO_LONG"],
])("line %# is rejected by code %s", (text, code) => {
  expect(parseLine(text)).toMatchObject({ ok: false, code });
});

test("characters are counted, not halves of them", () => {
  expect(parseLine(line({ id: "1", text: "𠮷".repeat(TEXT_AT_MOST) })).ok).toBe(true);
});

test("a registration says web and nothing that was not there", () => {
  expect(bodyOf({ id: "1", text: "x", user: null })).toEqual({ fields: { channel: "web", text: "x" } });
});

test("the key is a UUID that depends on node and id and on nothing else", () => {
  expect(keyOf("hotline-150100", "td2-37")).toBe(keyOf("hotline-150100", "td2-37"));
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (node, id, otherNode, otherId) => {
      const key = keyOf(node, id);
      const same = node === otherNode && id === otherId;
      const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
      return shape.test(key) && (keyOf(otherNode, otherId) === key) === same;
    }),
  );
});
