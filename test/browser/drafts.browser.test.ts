import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { logIn } from "./browser.ts";
import { freshDesks } from "./fresh-desks.ts";
import { openRequest } from "./tour.ts";

describe("what is half written is never lost", () => {
  const { api, seat, given, carried } = freshDesks();
  const stored = (page: Page) =>
    page.evaluate<number>("Object.keys(localStorage).filter((name) => name.startsWith('liandong.draft.')).length");

  /** Opens the result form of a request that lacks its facts, so that concluding it is refused. */
  const begin = async (page: Page) => {
    await openRequest(page, "听不清");
    await page.keyboard.press("a");
    await page.locator(".action-bar", { hasText: "办结" }).waitFor();
    await page.keyboard.press("m");
    await page.locator(".action-form textarea").fill("邻居说已经散了");
  };
  const resumed = async (page: Page) => {
    await page.getByRole("button", { name: /继续“补充修改”/ }).click();
    expect(await page.locator(".action-form textarea").inputValue()).toBe("邻居说已经散了");
  };

  test("Escape, F4, a click in the queue and a reload keep the form; the screen says so and one press goes on", async () => {
    const page = await seat();
    await begin(page);
    await page.keyboard.press("Escape");
    await page.locator(".flash", { hasText: "已留作草稿" }).waitFor();
    await resumed(page);

    await page.keyboard.press("F4");
    await page.locator(".register").waitFor();
    await page.locator(".flash", { hasText: "已留作草稿" }).waitFor();
    await page.locator(".line", { hasText: "听不清" }).getByText("草稿").waitFor();
    await openRequest(page, "听不清");
    await resumed(page);

    await openRequest(page, "推搡老人");
    await openRequest(page, "听不清");
    await resumed(page);

    await page.reload();
    await resumed(page);
    await page.keyboard.type("，都回家了");
    expect(await page.locator(".action-form textarea").inputValue()).toBe("邻居说已经散了，都回家了");
    await page.keyboard.press("Control+Enter");
    await page.locator(".action-form").waitFor({ state: "detached" });
    expect((await carried("amend")).map((one) => one.body)).toEqual([{ fields: {}, note: "邻居说已经散了，都回家了" }]);
    expect(await page.locator(".left-forms").count()).toBe(0);
    await expect.poll(() => stored(page)).toBe(0);
  });

  test("signing an urgent push with F1 in the middle of a sentence keeps the sentence", async () => {
    const police = await seat("police");
    await openRequest(police, "占用车位");
    await police.keyboard.press("m");
    await police.locator(".action-form textarea").fill("双方都在现场");
    const hotline = await seat();
    await openRequest(hotline, "推搡老人");
    await hotline.keyboard.press("F9");
    await police.locator(".urgent").waitFor();
    await police.keyboard.press("F1");
    await police.locator(".urgent").waitFor({ state: "detached" });
    await police.locator(".line", { hasText: "草稿" }).first().click();
    await police.getByRole("button", { name: /继续“补充修改”/ }).click();
    expect(await police.locator(".action-form textarea").inputValue()).toBe("双方都在现场");
  });

  test("a refused conclusion keeps what was typed, also while what it lacks is added by another form", async () => {
    const page = await seat();
    await openRequest(page, "摆摊强买强卖");
    await page.keyboard.press("a");
    await page.locator(".action-bar", { hasText: "办结" }).waitFor();
    await page.keyboard.press("e");
    await page.locator(".action-form").waitFor();
    await page.getByRole("radio", { name: "已解决", exact: true }).check();
    await page.locator(".action-form textarea").fill("摊位已清走，老人无碍。");
    await page.context().route("**/conclude", (route) =>
      route.fulfill({
        status: 409,
        contentType: "application/json",
        body: JSON.stringify({ type: "x", title: "还有工单没有办结", titleEn: "x", status: 409, code: "ORDERS_OPEN" }),
      }),
    );
    await page.keyboard.press("Control+Enter");
    await page.locator(".action-form .wrong-box").waitFor();
    expect(await page.locator(".action-form textarea").inputValue()).toBe("摊位已清走，老人无碍。");
    await page.keyboard.press("Escape");
    // While the form stands a letter is none of the request's.
    await page.locator(".action-form").waitFor({ state: "detached" });
    await page.keyboard.press("m");
    await page.locator(".action-form textarea").fill("商贩已离开");
    await page.keyboard.press("Control+Enter");
    await page.locator(".action-form").waitFor({ state: "detached" });
    // So soon after words that somebody says a letter would be one more of them.
    await page.keyboard.press("Escape");
    await page.keyboard.press("e");
    expect(await page.locator(".action-form textarea").inputValue()).toBe("摊位已清走，老人无碍。");
    await page.context().unroute("**/conclude");
    await page.locator(".action-form textarea").focus();
    await page.keyboard.press("Control+Enter");
    await page.locator(".action-form").waitFor({ state: "detached" });
    expect((await carried("conclude")).map((one) => one.body)).toEqual([
      { resolution: "resolved", result: "摊位已清走，老人无碍。" },
    ]);
  });

  test("nothing half written outlives log-out, and who logs out is told first", async () => {
    const page = await seat();
    await begin(page);
    await page.keyboard.press("F4");
    await page.keyboard.type("另一通电话");
    await expect.poll(() => stored(page)).toBe(2);
    const disk = await page.evaluate<string>("JSON.stringify(localStorage)");
    for (const words of ["邻居", "散了", "电话"]) expect(disk).not.toContain(words);
    await page.locator(".menu summary").click();
    await page.getByRole("button", { name: "退出", exact: true }).click();
    await page.getByRole("button", { name: "退出并丢弃 2 份草稿" }).click();
    await page.locator(".login-card").waitFor();
    expect([await stored(page), await page.locator(".request, .register, .line").count()]).toEqual([0, 0]);
  });

  test("a log-out ends every tab of the account, and no stroke there brings a draft back (P5)", async () => {
    const page = await seat();
    const other = await page.context().newPage();
    await other.goto(`${api().url.hotline}/register`);
    await other.getByLabel("诉求内容").fill("举报某单位");
    await expect.poll(() => stored(other)).toBe(1);
    await page.locator(".menu summary").click();
    await page.getByRole("button", { name: "退出", exact: true }).click();
    // It is told of the draft of the other tab, which goes too.
    await page.getByRole("button", { name: /^退出并丢弃/ }).click();
    await page.locator(".login-card").waitFor();
    await other.locator(".login-card").waitFor();
    await other.keyboard.type("再写一个字");
    expect([await stored(other), await other.locator(".register, .veil").count()]).toEqual([0, 0]);
    await expect.poll(() => api().world.nodes.hotline.sessions.size).toBe(0);
    await logIn(page, api().url.hotline, "seat");
    await page.keyboard.press("F4");
    await page.locator(".register").waitFor();
    expect(await page.locator(".register .notice").count()).toBe(0);
  });

  test("after an expired log-in the same account finds its draft, the next one does not", async () => {
    const page = await seat();
    await page.keyboard.press("F4");
    await page.keyboard.type("楼道灯不亮");
    await expect.poll(() => stored(page)).toBe(1);
    await page.context().clearCookies();
    await page.reload();
    await page.locator(".login-card").waitFor();
    await logIn(page, api().url.hotline, "taker");
    await page.keyboard.press("F4");
    await page.locator(".register").waitFor();
    expect([await page.locator(".register .notice").count(), await stored(page)]).toEqual([0, 1]);
    await page.context().clearCookies();
    await page.reload();
    await logIn(page, api().url.hotline, "seat");
    await page.keyboard.press("F4");
    await page.locator(".register .notice", { hasText: "楼道灯不亮" }).waitFor();
  });

  test("a registration that was left behind is not written over: it is offered until it is taken or dropped", async () => {
    const page = await seat();
    await page.keyboard.press("F4");
    await page.keyboard.type("楼道灯不亮");
    await page.reload();
    await page.locator(".register .notice", { hasText: "楼道灯不亮" }).waitFor();
    await page.getByLabel("诉求内容").fill("另一个人来电");
    await page.locator(".register .notice", { hasText: "楼道灯不亮" }).waitFor();
    await page.keyboard.press("F3");
    await expect.poll(() => page.getByLabel("诉求内容").inputValue()).toBe("楼道灯不亮");
    await page.locator(".register .notice", { hasText: "另一个人来电" }).waitFor();
    await page.keyboard.press("Control+Enter");
    await page.locator(".request").waitFor();
    await page.keyboard.press("F4");
    await page.locator(".register .notice", { hasText: "另一个人来电" }).waitFor();
    await page.keyboard.press("F3");
    await expect.poll(() => page.getByLabel("诉求内容").inputValue()).toBe("另一个人来电");
  });

  test("a registration under way in one tab is not offered as left behind in another, until its tab is gone", async () => {
    const page = await seat();
    await page.keyboard.press("F4");
    await page.keyboard.type("楼道灯不亮");
    const second = await page.context().newPage();
    await second.goto(`${api().url.hotline}/register`);
    await second.getByLabel("诉求内容").fill("另一个人来电");
    await page.keyboard.type("，三天了");
    await second.locator(".pane-foot", { hasText: "草稿已存" }).waitFor();
    expect(await second.locator(".register .notice").count()).toBe(0);
    expect(await page.locator(".register .notice").count()).toBe(0);
    await page.goto("about:blank");
    await second.locator(".register .notice", { hasText: "楼道灯不亮，三天了" }).waitFor();
  });

  test("what one tab has sent is no draft in the other", async () => {
    const page = await seat();
    await page.keyboard.press("F4");
    await page.keyboard.type("楼道灯不亮");
    const second = await page.context().newPage();
    await second.goto(`${api().url.hotline}/register`);
    await second.locator(".register").waitFor();
    await page.keyboard.press("Control+Enter");
    await page.locator(".request").waitFor();
    expect([await second.locator(".register .notice").count(), await stored(second)]).toEqual([0, 0]);
  });

  test("Ctrl+Enter and then F9 before the answer: one request, and it is pushed (nmg:2.2.1)", async () => {
    const page = await seat();
    await page.locator(".line").first().waitFor();
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.context().route("**/api/requests", async (route) => {
      if (route.request().method() === "POST") await held;
      await route.continue();
    });
    await page.keyboard.press("F4");
    await page.keyboard.type("楼上有人往下扔东西");
    await page.keyboard.press("Control+Enter");
    await page.locator(".pane-foot .button.primary[disabled]").waitFor();
    await page.keyboard.press("F9");
    await page.keyboard.press("F9");
    await page.keyboard.press("Control+Enter");
    answer();
    await page.locator(".card.hot").waitFor();
    await expect.poll(() => [given("register").length, given("danger").length]).toEqual([1, 1]);
    expect((await carried("danger"))[0]?.subject).toBe((await carried("register"))[0]?.subject);
  });

  test("F9 and then Ctrl+Enter before the answer: one request too", async () => {
    const page = await seat();
    await page.locator(".line").first().waitFor();
    await page.context().route("**/api/requests", async (route) => {
      if (route.request().method() === "POST") await new Promise((resolve) => setTimeout(resolve, 600));
      await route.continue();
    });
    await page.keyboard.press("F4");
    await page.keyboard.type("楼上有人往下扔东西");
    await page.keyboard.press("F9");
    await page.keyboard.press("Control+Enter");
    await page.locator(".card.hot").waitFor();
    await expect.poll(() => [given("register").length, given("danger").length]).toEqual([1, 0]);
  });

  test("what was typed after a broken line follows the registration, which is made once", async () => {
    const page = await seat();
    await page.locator(".line").first().waitFor();
    let broken = 0;
    await page.context().route("**/api/requests", async (route) => {
      if (route.request().method() !== "POST" || broken >= 3) return route.continue();
      broken += 1;
      // The server has it; only the answer is lost.
      await route.fetch();
      return route.abort();
    });
    await page.keyboard.press("F4");
    await page.keyboard.type("路灯坏了");
    await page.keyboard.press("Control+Enter");
    await page.locator(".register .wrong-box").waitFor();
    await page.getByLabel("诉求内容").pressSequentially("，三天了");
    await page.keyboard.press("Control+Enter");
    await page.locator(".request .said", { hasText: "路灯坏了，三天了" }).waitFor();
    await expect.poll(() => [given("register").length, given("amend").length]).toEqual([1, 1]);
  });

  test("a form whose answer was lost is the same command after a reload: it is carried out once", async () => {
    const page = await seat();
    await begin(page);
    await page.context().route("**/amend", async (route) => {
      // The server has it; only the answer is lost.
      await route.fetch();
      return route.abort();
    });
    await page.keyboard.press("Control+Enter");
    await page.locator(".action-form .wrong-box").waitFor();
    await page.context().unroute("**/amend");
    await page.reload();
    await resumed(page);
    await page.locator(".action-form textarea").focus();
    await page.keyboard.press("Control+Enter");
    await page.locator(".action-form").waitFor({ state: "detached" });
    expect((await carried("amend")).length).toBe(1);
    await expect.poll(() => stored(page)).toBe(0);
  });

  test("one call stays one request when what was typed since cannot be saved: it goes there later, the picked item too", async () => {
    const page = await seat();
    await page.locator(".line").first().waitFor();
    let held = true;
    await page.context().route("**/api/requests", async (route) => {
      while (held && route.request().method() === "POST") await new Promise((resolve) => setTimeout(resolve, 20));
      await route.continue();
    });
    await page.context().route("**/amend", (route) => route.abort());
    await page.keyboard.press("F4");
    await page.keyboard.type("路灯坏了");
    await page.keyboard.press("Control+Enter");
    await page.locator(".pane-foot .button.primary[disabled]").waitFor();
    await page.getByLabel("诉求内容").pressSequentially("，三天了");
    await page.getByLabel("事项").fill("路灯");
    await page.getByRole("option").first().click();
    held = false;
    await page.locator(".request").waitFor();
    await page.locator(".flash", { hasText: "留作草稿" }).waitFor();
    await page.context().unroute("**/amend");
    await page.reload();
    await page.locator(".request").waitFor();
    await page.keyboard.press("F4");
    await page.locator(".register .notice", { hasText: "路灯坏了，三天了" }).waitFor();
    await page.keyboard.press("F3");
    await page.locator(".register .notice", { hasText: "不会再登记一次" }).waitFor();
    await page.keyboard.press("Control+Enter");
    await page.locator(".request .said", { hasText: "路灯坏了，三天了" }).waitFor();
    await expect
      .poll(() => [given("register").length, given("amend").length, given("judge").length])
      .toEqual([1, 1, 1]);
    const [subject] = (await carried("register")).map((one) => one.subject);
    expect([(await carried("amend"))[0]?.subject, (await carried("judge"))[0]?.subject]).toEqual([subject, subject]);
    await expect.poll(() => stored(page)).toBe(0);
  });

  test("a unit's reply is kept too, and its danger button stands while the reply is open, by keyboard and at 360 pixels (nmg:2.2.2)", async () => {
    const page = await seat("hotline", "unit", { width: 360, height: 640 });
    const order = page.locator(".unit-order").first();
    await order.getByRole("button", { name: "办结答复" }).click();
    await order.locator(".action-form textarea").fill("正在抢修");
    const danger = order.getByRole("button", { name: "危险" });
    expect(await danger.isVisible()).toBe(true);
    await order.locator(".action-form textarea").scrollIntoViewIfNeeded();
    const box = await danger.boundingBox();
    expect(box === null ? null : box.y + box.height <= 640 && box.y >= 0 && box.width > 200).toBe(true);
    for (let i = 0; i < 8 && !(await danger.evaluate((one) => one.matches(":focus"))); i += 1)
      await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const confirm = order.getByRole("button", { name: "立即推送 110" });
    await expect.poll(() => confirm.evaluate((one) => one.matches(":focus"))).toBe(true);
    const seen = await confirm.boundingBox();
    expect(seen === null ? null : seen.y >= 0 && seen.y + seen.height <= 640).toBe(true);
    // A second touch on the same spot by mistake neither discards nor closes anything.
    const y = (box?.y ?? 0) + (box?.height ?? 0) / 2;
    const under = await page.evaluate<unknown>(`document.elementFromPoint(180, ${y})?.closest("button") ?? null`);
    expect(under).toBeNull();
    await page.keyboard.press("Enter");
    await expect.poll(() => given("orderDanger").length).toBe(1);
    expect(await order.locator(".action-form textarea").inputValue()).toBe("正在抢修");
    await page.reload();
    await page.getByRole("button", { name: /继续“办结答复”/ }).click();
    expect(await page.locator(".action-form textarea").inputValue()).toBe("正在抢修");
  });
});
