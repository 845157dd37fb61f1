import { describe, expect, test } from "vitest";
import { freshDesks } from "./fresh-desks.ts";
import { openRequest } from "./tour.ts";

describe("a row of the queue says what waits behind it", () => {
  const { seat, carried } = freshDesks();

  test("words of the other desk that nobody has read are marked, ending it waits for them and names the key, and Y takes the mark away (REQ-14)", async () => {
    const page = await seat();
    const police = await seat("police");
    await page.keyboard.press("2");
    await openRequest(page, "井盖没了");
    const line = page.locator(".line", { hasText: "井盖没了" });
    await line.getByText("补充 1 条未读").waitFor();
    await page.keyboard.press("y");
    await line.getByText("补充 1 条未读").waitFor({ state: "detached" });
    await page.keyboard.press("F2");
    await carried("acceptOffer");
    await page.keyboard.press("1");
    await line.waitFor();
    expect(await line.textContent()).not.toContain("未读");
    await police.keyboard.press("3");
    await openRequest(police, "井盖没了");
    await police.keyboard.press("m");
    await police.locator(".action-form textarea").fill("报警人说旁边还有一处");
    await police.keyboard.press("Control+Enter");
    await line.getByText("补充 1 条未读").waitFor();
    await page.getByText("办结还不能做：先阅读补充（1 条），按 Y 已阅").waitFor();
    await page.keyboard.press("y");
    await line.getByText("补充 1 条未读").waitFor({ state: "detached" });
    // Row and request are read again each by itself: whichever comes first.
    await expect.poll(() => page.getByText("按 Y 已阅").count()).toBe(0);
  });
});
