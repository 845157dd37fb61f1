import { describe, expect, test } from "vitest";
import { zh } from "../../shared/i18n/zh.ts";
import { nextKey } from "./next-key.ts";

describe("what the form says to press for an item", () => {
  test("what 110 must answer within minutes, and all of annex part three, is pushed by registering it, and the form says so (nmg:2.2.1, nmg:a3)", () => {
    const both = { side: "both", mode: "urgentBoth", urgency: "normal" };
    const police = { side: "police", mode: "policeHandles", urgency: "urgent" };
    expect([both, police].map((item) => nextKey(item, "hotline"))).toEqual(["hint.pushes", "hint.pushes"]);
    expect(zh["hint.pushes"]).toContain("Ctrl+Enter");
    expect(zh["hint.pushes"]).toContain("F9");
  });

  test("an urgent matter of 12345's own is only suggested: the danger key pushes, registering does not (nmg:2.2.1)", () => {
    expect(nextKey({ side: "hotline", mode: "hotlineHandles", urgency: "urgent" }, "hotline")).toBe("hint.urgent");
  });

  test("the other desk's matter goes by F8, nobody's is explained, the own one needs no word", () => {
    const plain = { mode: "policeHandles", urgency: "normal" };
    expect(nextKey({ ...plain, side: "police" }, "hotline")).toBe("hint.other");
    expect(nextKey({ ...plain, side: "neither" }, "hotline")).toBe("hint.neither");
    expect(nextKey({ ...plain, side: "police" }, "police")).toBe(null);
  });
});
