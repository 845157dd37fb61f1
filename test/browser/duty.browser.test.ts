import { expect, test, describe } from "vitest";
import { freshDesks } from "./fresh-desks.ts";
import { openRequest } from "./tour.ts";

describe("duty phones (yn:4.1.2, REQ-34)", () => {
  const { seat, given, carried } = freshDesks();

  test("one key from anywhere shows whom to ring beside the open form, and Escape gives the caret back to it", async () => {
    const page = await seat();
    await page.keyboard.press("F4");
    await page.locator(".register textarea").first().waitFor();
    await page.keyboard.type("有燃气味");
    await page.keyboard.press("F10");
    await page.locator(".duty-unit").first().waitFor();
    await page.keyboard.type("供热");
    const only = page.locator(".duty-unit");
    await expect.poll(() => only.count()).toBe(1);
    expect(await only.locator(".duty-phone").getAttribute("href")).toBe("tel:0471-000-0011");
    await only.getByText("值班领导").waitFor();
    await page.keyboard.press("Escape");
    await only.waitFor({ state: "detached" });
    await page.keyboard.type("，很浓");
    expect(await page.locator(".register textarea").first().inputValue()).toBe("有燃气味，很浓");
  });

  test.each(["Control+Enter", "Meta+Enter"])(
    "%s in the drawer sends nothing of what stands behind it",
    async (press) => {
      const page = await seat();
      await openRequest(page, "推搡老人");
      await page.keyboard.press("m");
      await page.locator(".action-form textarea").fill("商贩已离开");
      await page.keyboard.press("F10");
      await page.locator(".duty-unit").first().waitFor();
      for (const _ of ["box", "first number"]) {
        await page.keyboard.press(press);
        await page.keyboard.press("Tab");
      }
      await page.keyboard.press("Escape");
      await page.locator(".duty-drawer").waitFor({ state: "detached" });
      expect(given("amend")).toHaveLength(0);
      await page.keyboard.press("Control+Enter");
      await page.locator(".action-form").waitFor({ state: "detached" });
      expect(await carried("amend")).toHaveLength(1);
    },
  );

  test("a number that was never verified, a night without cover and a missing next step are said in words", async () => {
    const page = await seat();
    await page.keyboard.press("F10");
    const said = page.locator(".duty-units");
    await said.waitFor();
    for (const words of ["从未核实", "久未核实（2026-01-05）", "没有值班表，请拨值班电话", "无人值班", "没有定下一步"])
      expect(await said.textContent()).toContain(words);
  });
});
