import { describe, expect, test } from "vitest";
import { answeredLines, headlineOf, matterOf, raisedByUnit, saidFirst } from "./matter.ts";

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

  test("a danger is headed by its item, without one by the first words that were said, also when they came after the push (nmg:2.2.1)", () => {
    const bare = { verdict: null, told: [], fields: {} };
    expect(headlineOf(bare, "zh")).toBeNull();
    const late = {
      ...bare,
      fields: { "note.1": clear("三楼着火，楼道里都是烟，老人下不来了"), "note.2": clear("快来") },
    };
    expect(headlineOf(late, "zh")).toBe("三楼着火，楼道里都是烟，老人…");
    const said = { ...bare, fields: { ...late.fields, text: clear("有人落水") } };
    expect(headlineOf(said, "zh")).toBe("有人落水");
    expect(headlineOf({ ...said, told }, "zh")).toBe("路灯故障损坏");
  });

  test("what a unit said when it raised danger stands before what the requester once said; a hidden text is no words (nmg:2.2.2)", () => {
    const hidden = { showing: "hidden", value: null, revealable: false } as const;
    const raised = { "note.raisedByUnit.1": clear("承办单位报警：甲\n有人持刀"), text: clear("路灯不亮") };
    expect(saidFirst({ fields: raised })).toBe("有人持刀");
    expect(saidFirst({ fields: { text: hidden, "note.1": clear("对方持刀") } })).toBe("对方持刀");
    expect(saidFirst({ fields: { text: hidden } })).toBe("");
    // A unit that pressed without a word said nothing of the matter.
    expect(saidFirst({ fields: { "note.raisedByUnit.1": clear("承办单位报警：甲") } })).toBe("");
  });

  test("what the caller answered is no headline and stands in lines of its own, the newest, in the reader's language (REQ-14, REQ-94)", () => {
    const fields = {
      "note.asked.1": clear("有人被困吗？ 不清楚\n\nIs anybody trapped? not known"),
      "note.asked.2": clear("有人被困吗？ 是\n还在燃烧吗？ 否\n\nIs anybody trapped? yes\nIs it still burning? no"),
      "note.1": clear("对方持刀"),
    };
    expect(saidFirst({ fields })).toBe("对方持刀");
    expect(answeredLines({ fields }, "zh")).toEqual(["有人被困吗？ 是", "还在燃烧吗？ 否"]);
    expect(answeredLines({ fields }, "en")).toEqual(["Is anybody trapped? yes", "Is it still burning? no"]);
    expect(answeredLines({ fields: {} }, "en")).toEqual([]);
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
