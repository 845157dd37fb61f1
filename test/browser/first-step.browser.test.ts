import { describe, expect, test } from "vitest";
import { freshDesks } from "./fresh-desks.ts";
import { openRequest } from "./tour.ts";

describe("the first step of a new user with the keyboard alone", () => {
  const { seat, carried } = freshDesks();

  test("the key of a list goes to its first row, and Enter opens it", async () => {
    const page = await seat();
    await page.keyboard.press("2");
    await page.locator(".view[aria-pressed='true']", { hasText: "对方来件" }).waitFor();
    const no = await page.locator("[data-no]:focus").getAttribute("data-no");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/requests/*");
    expect(new URL(page.url()).pathname).toBe(`/requests/${no}`);
  });

  test("F8 without a place says so once and is not held up by it (nmg:2.2.1, REQ-14)", async () => {
    const page = await seat();
    await openRequest(page, "小区门口好像有人吵架");
    await page.keyboard.press("F8");
    expect(await carried("handOver")).toHaveLength(1);
    await page.locator(".flash", { hasText: "没有地点：按 M 补充" }).waitFor();
  });
});
