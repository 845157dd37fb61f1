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

  test("while a form or the duty numbers stand open a letter outside of it is no command, and the screen says so", async () => {
    const page = await seat();
    await openRequest(page, "推搡老人");
    await page.keyboard.press("m");
    await page.locator(".action-form textarea:focus").waitFor();
    await page.locator(".request-head h1").click();
    await page.keyboard.press("a");
    await page.locator(".flash", { hasText: "表单打开时单键不起作用" }).waitFor();
    await page.keyboard.press("2");
    expect(await page.locator(".view[aria-pressed='true']").textContent()).toContain("本台办理");
    expect(given("accept")).toHaveLength(0);
    await page.keyboard.press("Escape");
    await page.locator(".action-form").waitFor({ state: "detached" });
    await page.keyboard.press("F10");
    await page.locator(".duty-unit").first().waitFor();
    await page.locator(".duty-phone").first().focus();
    await page.keyboard.press("a");
    await page.locator(".flash", { hasText: "单键不起作用" }).waitFor();
    expect(given("accept")).toHaveLength(0);
    await page.keyboard.press("Escape");
    await page.locator(".duty-drawer").waitFor({ state: "detached" });
    await page.keyboard.press("a");
    expect(await carried("accept")).toHaveLength(1);
  });

  test("a number shown while a form stands open gives the caret back to the field it came from", async () => {
    const page = await seat();
    await openRequest(page, "推搡老人");
    await page.keyboard.press("m");
    await page.locator(".action-form textarea:focus").waitFor();
    await page.keyboard.type("商贩");
    await page.locator(".facts").getByRole("button", { name: "查看 来电号码" }).click();
    await page.getByRole("button", { name: "需要回拨" }).click();
    await page.getByText("13800002007").waitFor();
    await expect.poll(() => caret(page)).toBe("补充");
    await page.keyboard.type("走了");
    expect(await page.locator(".action-form textarea").inputValue()).toBe("商贩走了");
    // Escape closes the question for the reason, not the form behind it.
    await page.locator(".facts").getByRole("button", { name: "查看 称呼" }).click();
    await page.getByRole("button", { name: "核对身份" }).focus();
    await page.keyboard.press("Escape");
    await page.locator(".reveal").waitFor({ state: "detached" });
    await expect.poll(() => caret(page)).toBe("补充");
    expect(await page.locator(".action-form").count()).toBe(1);
  });

  test("the reason for which a number is shown is typed where it is asked for, not into the form behind it", async () => {
    const page = await seat();
    await openRequest(page, "推搡老人");
    await page.keyboard.press("m");
    await page.locator(".action-form textarea:focus").waitFor();
    await page.locator(".facts").getByRole("button", { name: "查看 来电号码" }).focus();
    await page.keyboard.press("Enter");
    await page.locator(".reveal input:focus").waitFor();
    await page.keyboard.type("核实来电人");
    await page.keyboard.press("Enter");
    await page.getByText("13800002007").waitFor();
    await expect.poll(() => caret(page)).toBe("补充");
    expect(await page.locator(".action-form textarea").inputValue()).toBe("");
  });

  test("a request is opened by the end of its number, as the bars name it", async () => {
    const page = await seat();
    const no = (await page.locator("[data-no]").first().getAttribute("data-no")) ?? "";
    await page.keyboard.press("Control+k");
    await page.locator(".palette input:focus").waitFor();
    await page.keyboard.type(no.slice(-5));
    await page.locator(".palette").getByText(`打开诉求 ${no}`).waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".request").waitFor();
    expect(new URL(page.url()).pathname).toBe(`/requests/${no}`);
  });

  test("a number shown with no form open leaves the caret on what was shown", async () => {
    const page = await seat();
    await openRequest(page, "推搡老人");
    await page.locator(".facts").getByRole("button", { name: "查看 来电号码" }).click();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("13800002007").waitFor();
    await expect.poll(() => page.evaluate("document.activeElement.textContent")).toBe("13800002007");
  });

  test("Ctrl+Enter on a list of units takes the one that stands highlighted, in sight, and sends it at the next press", async () => {
    const page = await seat();
    await openRequest(page, "诉求人反映小区供暖");
    await page.keyboard.press("d");
    const first = page.locator(".combo-list li[aria-selected='true']");
    await first.getByText("建议").waitFor();
    const name = (await first.locator("span").first().textContent()) ?? "";
    await page.keyboard.press("Control+Enter");
    await page.locator(".combo-list").waitFor({ state: "detached" });
    const unit = page.getByRole("combobox", { name: "单位" });
    expect(await unit.inputValue()).not.toBe("");
    expect(name).toContain(await unit.inputValue());
    await page.getByText("已选定，再按一次 Ctrl+Enter 提交").waitFor();
    expect(given("dispatch")).toHaveLength(0);
    await page.keyboard.press("Control+Enter");
    await page.locator(".action-form").waitFor({ state: "detached" });
    expect(await carried("dispatch")).toHaveLength(1);
  });

  test("an amendment that changes nothing says so and is not sent; the place in words stands there to be corrected (nmg:2.2.1)", async () => {
    const page = await seat();
    await openRequest(page, "推搡老人");
    await page.keyboard.press("m");
    const form = page.locator(".action-form");
    await form.waitFor();
    const place = form.getByLabel("详细地点");
    const stood = await place.inputValue();
    expect(stood).not.toBe("");
    await page.keyboard.press("Control+Enter");
    await form.getByText("没有改动，未提交").waitFor();
    expect(given("amend")).toHaveLength(0);
    await place.fill(`${stood}旁边`);
    await form.getByText("没有改动，未提交").waitFor({ state: "detached" });
    await page.keyboard.press("Control+Enter");
    await form.waitFor({ state: "detached" });
    expect((await carried("amend")).map(({ body }) => body)).toEqual([{ fields: { address: `${stood}旁边` } }]);
  });
});
