import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { freshDesks } from "./fresh-desks.ts";
import { openRequest } from "./tour.ts";

/** Where the caret stands: the label of its field or choice, else what the element is. */
function caret(page: Page): Promise<string> {
  return page.evaluate(`(() => {
    const at = document.activeElement;
    if (at.type === "radio") return at.closest("fieldset").querySelector("legend").textContent;
    return at.labels?.[0]?.firstChild.textContent ?? at.tagName;
  })()`);
}

describe("keys while a form stands open", () => {
  const { seat, given, carried } = freshDesks();

  test("F4 on an open registration brings the lost caret back into the text, behind what was written", async () => {
    const page = await seat();
    await page.keyboard.press("F4");
    await page.locator(".register textarea:focus").waitFor();
    await page.keyboard.type("路灯");
    await page.locator(".register h1").click();
    await expect.poll(() => caret(page)).not.toBe("诉求内容");
    await page.keyboard.press("F4");
    await expect.poll(() => caret(page)).toBe("诉求内容");
    await page.keyboard.type("不亮");
    expect(await page.getByLabel("诉求内容").inputValue()).toBe("路灯不亮");
    // Also when the page came up with the form on it.
    await page.reload();
    await page.locator(".register textarea:focus").waitFor();
    await page.locator(".register h1").click();
    await page.keyboard.press("F4");
    await expect.poll(() => caret(page)).toBe("诉求内容");
  });

  test("Tab walks the registration in the order in which it is seen, Shift+Tab walks it back", async () => {
    const page = await seat();
    await page.keyboard.press("F4");
    await page.locator(".register textarea:focus").waitFor();
    await page.getByLabel("来电号码").focus();
    const way = [
      "来电号码",
      "称呼",
      "其他联系方式",
      "区划",
      "详细地点",
      "诉求内容",
      "事项",
      "渠道",
      "诉求类型",
      "领域",
    ];
    const seen = [await caret(page)];
    const boxes = [await page.locator(":focus").boundingBox()];
    for (let i = 1; i < way.length; i += 1) {
      await page.keyboard.press("Tab");
      seen.push(await caret(page));
      boxes.push(await page.locator(":focus").boundingBox());
    }
    expect(seen).toEqual(way);
    // Row by row, and in a row from left to right.
    const places = boxes.map((box) => [Math.round(box?.y ?? 0), Math.round(box?.x ?? 0)] as const);
    expect(places).toEqual([...places].sort(([y, x], [z, w]) => (Math.abs(y - z) < 8 ? x - w : y - z)));
    for (const words of way.slice(0, -1).reverse()) {
      await page.keyboard.press("Shift+Tab");
      expect(await caret(page)).toBe(words);
    }
  });
});
