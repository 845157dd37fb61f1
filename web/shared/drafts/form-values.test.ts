import { describe, expect, test } from "vitest";
import { writtenSince } from "./form-values.ts";

describe("words written while what stood before them was on its way", () => {
  test("are what was added behind it; what was not touched is sent and gone", () => {
    expect(
      writtenSince({ note: "他手里有刀", phone: "1" }, { note: "他手里有刀，在一楼", phone: "1" }, "note"),
    ).toEqual({
      note: "，在一楼",
    });
    expect(writtenSince({ note: "有刀" }, { note: "有刀\n两个人" }, "note")).toEqual({ note: "两个人" });
    expect(writtenSince({ note: "有刀" }, { note: "有刀" }, "note")).toEqual({});
  });

  test("stand whole where what was sent was changed or nothing stood before", () => {
    expect(writtenSince({ note: "有刀" }, { note: "没有刀" }, "note")).toEqual({ note: "没有刀" });
    expect(writtenSince({ place: "150102" }, { place: "150102001" }, "note")).toEqual({ place: "150102001" });
    expect(writtenSince({}, { note: "有刀" }, "note")).toEqual({ note: "有刀" });
  });
});
