import { describe, expect, test } from "vitest";
import { matterOf, raisedByUnit } from "./matter.ts";

const clear = (value: string) => ({ showing: "clear", value, revealable: false }) as const;
const one = { name: "item", value: "A01-05", by: "h", at: "" };
const told = [{ ...one, label: "路灯故障损坏", labelEn: "Street lamp" }];
const nameless = [{ ...one, label: null, labelEn: null }];

describe("what a card says first", () => {
  test("the matter as the other desk judged it stands until it is judged here (nmg:2.2.1)", () => {
    expect(matterOf({ verdict: null, told, fields: {} }, "zh")).toEqual({ name: "路灯故障损坏", by: "h" });
    expect(matterOf({ verdict: null, told: [], fields: {} }, "zh")).toBeNull();
    expect(matterOf({ verdict: null, told: nameless, fields: {} }, "en")).toEqual({
      name: "A01-05",
      by: "h",
    });
  });

  test("a unit that raised danger is named apart from what it said, the newest time (nmg:2.2.2)", () => {
    const fields = {
      text: clear("路灯不亮"),
      "note.raisedByUnit.1": clear("承办单位报警：甲，值班电话 1"),
      "note.raisedByUnit.2": clear("承办单位报警：甲，值班电话 1\n有人持刀"),
    };
    expect(raisedByUnit({ fields })).toEqual({ unit: "承办单位报警：甲，值班电话 1", words: "有人持刀" });
    expect(raisedByUnit({ fields: {} })).toBeNull();
  });
});
