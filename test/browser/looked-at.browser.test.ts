import { describe, expect, test } from "vitest";
import { freshDesks } from "./fresh-desks.ts";

describe("a list that was looked at and closed", () => {
  const { seat, carried } = freshDesks();

  test("offers nothing when it is opened again: Ctrl+Enter sends the registration with what was chosen, here nothing", async () => {
    const page = await seat();
    await page.keyboard.press("F4");
    await page.locator(".register textarea:focus").waitFor();
    await page.keyboard.type("路灯不亮");
    const item = page.getByRole("combobox", { name: "事项" });
    await item.focus();
    await page.keyboard.press("ArrowDown");
    await page.locator(".combo-list li").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Escape");
    await page.locator(".combo-list").waitFor({ state: "detached" });
    await page.getByLabel("诉求内容").click();
    await item.click();
    await page.locator(".combo-list li").first().waitFor();
    await page.keyboard.press("Control+Enter");
    expect(await carried("register")).toHaveLength(1);
  });
});
