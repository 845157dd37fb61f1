import { describe, expect, test } from "vitest";
import { freshDesks } from "./fresh-desks.ts";
import { openRequest } from "./tour.ts";

describe("what a screen offers and what it says instead", () => {
  const { seat, given, carried } = freshDesks();

  test("closing is offered only after the call-back; until then the screen says what is missing (REQ-13)", async () => {
    const page = await seat();
    await openRequest(page, "摆摊强买强卖");
    await page.keyboard.press("a");
    await page.locator(".action-bar", { hasText: "办结" }).waitFor();
    await page.keyboard.press("e");
    // What fits nearly always stands there; the rest opens.
    expect(await page.getByRole("radio", { name: "即问即答" }).count()).toBe(0);
    await page.getByRole("button", { name: "其他结果（2）" }).click();
    await page.getByRole("radio", { name: "即问即答" }).waitFor();
    await page.getByRole("radio", { name: "已解决", exact: true }).check();
    await page.locator(".action-form textarea").fill("摊位已清走。");
    await page.keyboard.press("Control+Enter");
    await page
      .locator(".not-yet", { hasText: "归档还不能做：请先回访后归档：联系上一次，或满 3 次（已 0 次）" })
      .waitFor();
    expect(await page.locator(".action-bar").getByRole("button", { name: /归档/ }).count()).toBe(0);
    await page.keyboard.press("x");
    await page.locator(".flash", { hasText: "请先回访后归档" }).waitFor();
    await page.keyboard.press("b");
    // Whom to dial, what was asked, what was answered and by whom stand above the form while the person is on the line.
    const brief = page.locator(".actions .call-brief");
    for (const words of ["138****2007", "摆摊强买强卖", "12345", "已解决", "摊位已清走。"]) {
      await brief.getByText(words).first().waitFor();
    }
    await page.getByRole("radio", { name: "已联系上" }).check();
    expect(await page.getByRole("group", { name: "满意度" }).getByRole("radio").first().getAttribute("value")).toBe(
      "5",
    );
    await page.getByRole("radio", { name: "满意", exact: true }).check();
    await page.getByRole("radio", { name: "是", exact: true }).check();
    await page.keyboard.press("Control+Enter");
    await page.locator(".action-bar").getByRole("button", { name: /归档/ }).click();
    await page.locator(".flash", { hasText: "已归档" }).waitFor();
    await page.locator(".who-holds", { hasText: "已归档" }).waitFor();
  });

  test("a matter taken up is handed over only after an initial response; until then the screen and F8 say so (nmg:2.2.2)", async () => {
    const page = await seat();
    await openRequest(page, "摆摊强买强卖");
    await page
      .locator(".action-bar")
      .getByRole("button", { name: /移交 110/ })
      .waitFor();
    await page.keyboard.press("a");
    await page.locator(".not-yet", { hasText: "移交还不能做：先记录先期处置" }).waitFor();
    expect(
      await page
        .locator(".action-bar")
        .getByRole("button", { name: /移交 110/ })
        .count(),
    ).toBe(0);
    await page.keyboard.press("F8");
    await page.locator(".flash", { hasText: "先记录先期处置" }).waitFor();
    await page.keyboard.press("i");
    await page.getByRole("radio", { name: "电话" }).check();
    await page.locator(".action-form textarea").fill("已电话安抚，请他在原地等候。");
    await page.keyboard.press("Control+Enter");
    await page
      .locator(".action-bar")
      .getByRole("button", { name: /移交 110/ })
      .waitFor();
    await page.keyboard.press("F8");
    await page.locator(".card", { hasText: "移交给 110" }).waitFor();
    await page.locator(".flash", { hasText: "已移交 110" }).waitFor();
    await page.getByRole("heading", { name: "移交记录" }).waitFor();
    expect(await carried("handOver")).toHaveLength(1);
  });

  test("who may not conclude or take back an order is told who may, also by the key (REQ-56)", async () => {
    const page = await seat("hotline", "taker");
    await openRequest(page, "诉求人反映小区供暖");
    await page.locator(".action-bar .others-may", { hasText: "办结由派单员 / 值班长办理" }).waitFor();
    await page.locator(".card .others-may", { hasText: "撤回由派单员 / 值班长办理" }).waitFor();
    await page.keyboard.press("e");
    await page.locator(".flash", { hasText: "办结由派单员 / 值班长办理" }).waitFor();
    expect(await page.locator(".action-form").count()).toBe(0);
  });

  test("an ordinary form with nothing in it is not sent and says what it needs; a word is enough, and danger needs none (nmg:2.2.1)", async () => {
    const page = await seat();
    await page.keyboard.press("F4");
    await page.keyboard.press("Control+Enter");
    await page.getByText("还没有内容：先记一句话、一个号码或一个地点，再登记。").waitFor();
    expect(await page.getByLabel("诉求内容").evaluate((one) => one.matches(":focus"))).toBe(true);
    expect(given("register")).toHaveLength(0);
    await page.keyboard.press("F9");
    await expect.poll(() => given("register").length).toBe(1);
    await page.locator(".request").waitFor();
    await page.keyboard.press("F4");
    await page.keyboard.type("响");
    // An odd number is said softly when the caret has left it, and stops nothing.
    await page.getByLabel("来电号码").fill("1380000100");
    await page.getByLabel("称呼").focus();
    await page.getByText("10 位数字，不像手机或座机号码，请再核对；照样可以登记。").waitFor();
    // What this caller has asked before is there on one key, and the caret and the form stay.
    await page.getByLabel("来电号码").fill("138 0000 2007");
    // The search that came up does not stand between the address and the text: who types ahead loses no word.
    await page.getByText("查此号码").waitFor();
    await page.getByLabel("详细地点").focus();
    await page.keyboard.press("Tab");
    expect(await page.locator("textarea:focus").getAttribute("id")).toBe(
      await page.getByLabel("诉求内容").getAttribute("id"),
    );
    await page.keyboard.press("F6");
    await page.locator(".earlier li", { hasText: "摆摊强买强卖" }).waitFor();
    await page.getByText("查到 1 件（保密的不在内）；本次查询已记入查阅记录。").waitFor();
    expect(await page.getByLabel("诉求内容").inputValue()).toBe("响");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => given("register").length).toBe(2);
  });

  test("two items of one name are told apart in the list (nmg:a1.1, nmg:a4.6)", async () => {
    const page = await seat();
    await page.keyboard.press("F4");
    await page.keyboard.press("Tab");
    await page.keyboard.type("井盖");
    await expect.poll(() => page.locator(".combo-list li", { hasText: "井盖缺失" }).count()).toBe(2);
    await expect
      .poll(() => page.locator(".combo-list li .combo-detail").allTextContents())
      .toEqual(["公共设施类", "公共设施类 · 需公安机关临时设置警示标志 · 110 先处置再移交"]);
  });

  test("the timeline shows no rule, clause or receipt until somebody asks for details", async () => {
    const page = await seat();
    await openRequest(page, "诉求人反映小区供暖");
    const timeline = page.locator(".timeline");
    // The line says whose order it was.
    await timeline.locator(".entry", { hasText: "派出工单" }).getByText("市供热公司值班室").waitFor();
    expect(await timeline.textContent()).not.toMatch(/nmg:|规则|回执/);
    await timeline.getByRole("button", { name: "详情" }).click();
    await timeline.getByText("nmg:2.2.1").first().waitFor();
    await page.reload();
    await timeline.getByText("nmg:2.2.1").first().waitFor();
  });

  test("after 签收 the caret stands on the next step of the unit, by keyboard alone", async () => {
    const clerk = await seat("hotline", "unit");
    const order = clerk.locator(".unit-order", { has: clerk.getByRole("button", { name: "签收" }) }).first();
    const id = await order.locator(".number.aside").textContent();
    await order.getByRole("button", { name: "签收" }).focus();
    await clerk.keyboard.press("Enter");
    const same = clerk.locator(".unit-order", { hasText: id ?? "" });
    await same.getByRole("button", { name: "签收" }).waitFor({ state: "detached" });
    await expect
      .poll(() => same.getByRole("button", { name: "已到达" }).evaluate((one) => one.matches(":focus")))
      .toBe(true);
  });

  test("how long ago a request was registered counts on while it stands open; the reason for showing a number stands in one line", async () => {
    const page = await seat();
    await openRequest(page, "推搡老人");
    const ago = page.locator(".facts .ago");
    await ago.getByText("6 分钟前").waitFor();
    await page.clock.install();
    await page.clock.resume();
    await page.reload();
    await ago.getByText("6 分钟前").waitFor();
    await page.clock.fastForward(181_000);
    await ago.getByText("9 分钟前").waitFor();
    await page.locator(".facts .sealed button").first().click();
    const tops = await page.locator(".reveal > *").evaluateAll((all) =>
      all.map((one) => {
        const { top, bottom } = one.getBoundingClientRect();
        return Math.round((top + bottom) / 2);
      }),
    );
    expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(6);
  });

  test("an order says until when the unit must answer, in words and not by colour alone (REQ-70)", async () => {
    const clerk = await seat("hotline", "unit");
    const due = clerk.locator(".unit-order .badge", { hasText: "答复" }).first();
    await due.waitFor();
    expect(await due.textContent()).toMatch(/^答复(时限|已超时限) [\d: -]+$/);
  });
});
