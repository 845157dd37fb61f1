import { describe, expect, test } from "vitest";
import { freshDesks } from "./fresh-desks.ts";

describe("a screen whose line is broken", () => {
  const { seat, given } = freshDesks();

  test("tells two presses of the danger key apart by when they were pressed, before either has a number (nmg:2.2.1, P3)", async () => {
    // With nobody on duty at 110 the numbers to dial would stand before these lines and fold one of them away.
    await seat("police");
    const page = await seat();
    await page
      .context()
      .route("**/api/requests", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
    const lines = page.locator(".strip .which");
    await page.keyboard.press("F9");
    await lines.first().waitFor();
    // The next second of the clock: two presses of one second are one slip.
    await page.waitForTimeout(1_100);
    await page.keyboard.press("Shift+F9");
    await expect.poll(() => lines.count()).toBe(2);
    const said = await lines.allTextContents();
    expect(said.every((one) => /按键 \d\d:\d\d:\d\d/.test(one))).toBe(true);
    expect(new Set(said).size).toBe(2);
    await page.context().unroute("**/api/requests");
    await expect.poll(() => given("register").length).toBe(2);
    await expect.poll(async () => (await lines.allTextContents()).join(" ").match(/尾号/g)?.length).toBe(2);
    expect((await lines.allTextContents()).every((one) => one.includes("按键"))).toBe(true);
  });
});
