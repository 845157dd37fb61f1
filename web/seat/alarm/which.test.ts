import { expect, test } from "vitest";
import { briefOf, tailOf } from "./which.tsx";

const row = { itemName: "火灾", itemNameEn: "Fire", placeName: "新城区", summary: "" };

test("two requests of a day differ in the end of their numbers", () => {
  expect(tailOf("1501002611220000597")).toBe("00597");
});

test("a line says what was said before what it was judged as, and admits when nobody has said it", () => {
  expect(briefOf({ ...row, summary: "三楼着火，楼道里都是烟，老人下不来了" }, "zh").what).toBe(
    "三楼着火，楼道里都是烟，老人…",
  );
  expect(briefOf(row, "zh")).toEqual({ what: "火灾", place: "新城区" });
  expect(briefOf({ ...row, itemNameEn: null, placeName: null }, "en")).toEqual({ what: null, place: null });
});
