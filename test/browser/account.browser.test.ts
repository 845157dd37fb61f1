import { describe, expect, test } from "vitest";
import { openSeat } from "./browser.ts";
import { freshDesks } from "./fresh-desks.ts";
import { openRequest } from "./tour.ts";

describe("the account and what stands around the screens", () => {
  const { api, browser, seat } = freshDesks();

  test("Escape closes the account menu and leaves the caret on it; so does a press elsewhere", async () => {
    const page = await seat();
    const menu = page.locator("details.menu");
    const summary = menu.locator("summary");
    await summary.focus();
    await page.keyboard.press("Enter");
    await page.locator(".menu-list").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    await page.locator(".menu-list").waitFor({ state: "hidden" });
    expect(await summary.evaluate((one) => one.matches(":focus"))).toBe(true);
    await summary.click();
    await page.locator(".menu-list").waitFor();
    await page.locator(".nothing").click();
    await page.locator(".menu-list").waitFor({ state: "hidden" });
  });

  test("who logs out with drafts is asked in the middle of the screen; Escape goes back and keeps them", async () => {
    const page = await seat();
    await openRequest(page, "听不清");
    await page.keyboard.press("m");
    await page.locator(".action-form textarea").fill("邻居说已经散了");
    await page.locator(".menu summary").click();
    await page.getByRole("button", { name: "退出", exact: true }).click();
    const asked = page.getByRole("dialog", { name: "还有 1 份草稿没有提交" });
    await asked.getByText("退出登录就会丢弃").waitFor();
    expect(await page.getByRole("button", { name: "先不退出" }).evaluate((one) => one.matches(":focus"))).toBe(true);
    await page.keyboard.press("Escape");
    await asked.waitFor({ state: "detached" });
    expect(await page.locator(".action-form textarea").inputValue()).toBe("邻居说已经散了");
    await page.locator(".menu summary").click();
    await page.getByRole("button", { name: "退出", exact: true }).click();
    await asked.getByRole("button", { name: "退出并丢弃 1 份草稿" }).click();
    await page.locator(".login-card").waitFor();
  });

  test("a lock-out counts down, and says when another try is possible; another account is not kept out", async () => {
    const { page } = await openSeat(browser());
    const body = { title: "尝试次数过多", titleEn: "Too many tries", status: 429, code: "LOCKED_OUT" };
    await page.route("**/api/session", (route) =>
      route.request().method() === "POST"
        ? route.fulfill({ status: 429, json: { ...body, params: { retryAfterSeconds: 4 } } })
        : route.fallback(),
    );
    await page.goto(api().url.hotline);
    await page.getByLabel("账号").fill("seat");
    await page.getByLabel("密码").fill("wrong");
    await page.keyboard.press("Enter");
    for (const seconds of [3, 1]) await page.getByText(`还要等 ${seconds} 秒`).waitFor();
    const submit = page.getByRole("button", { name: "登录" });
    expect(await submit.isDisabled()).toBe(true);
    await page.getByLabel("账号").fill("taker");
    expect(await submit.isDisabled()).toBe(false);
    await page.getByLabel("账号").fill("seat");
    await page.getByText("现在可以再试。").waitFor();
    expect(await submit.isDisabled()).toBe(false);
  });

  test("the mark of the page is found also after a reload of an open request", async () => {
    const page = await seat();
    await openRequest(page, "推搡老人");
    await page.reload();
    await page.locator(".request").waitFor();
    const href = await page.locator("link[rel=icon]").evaluate((link) => String(Reflect.get(link, "href")));
    const answer = await page.request.get(href);
    expect([new URL(href).pathname, answer.headers()["content-type"]]).toEqual(["/icon.svg", "image/svg+xml"]);
  });

  test("who logs out and leaves the page before the answer is logged out all the same (nmg:2.3.2)", async () => {
    const page = await seat();
    await page.context().route("**/api/session", async (route) => {
      if (route.request().method() === "DELETE") await new Promise((resolve) => setTimeout(resolve, 700));
      await route.continue().catch(() => undefined);
    });
    await page.locator(".menu summary").click();
    await page.getByRole("button", { name: "退出", exact: true }).click();
    await page.locator(".login-card").waitFor();
    await page.goto("about:blank");
    await expect.poll(() => api().world.nodes.hotline.sessions.size).toBe(0);
  });
});
