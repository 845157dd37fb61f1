import { describe, expect, test } from "vitest";
import { logIn } from "./browser.ts";
import { freshDesks } from "./fresh-desks.ts";

describe("the line of a danger that was pushed here", () => {
  const { api, seat, carried } = freshDesks();

  test("is there again after a reload and after a new log-in, goes on, and stays away once it was signed (nmg:2.2.1)", async () => {
    const hotline = await seat("hotline");
    await hotline.keyboard.press("Shift+F9");
    await hotline.locator(".strip", { hasText: "推送已发出" }).waitFor();
    const no = (await carried("register"))[0]?.subject ?? "";
    const line = hotline.locator(".strip", { hasText: `尾号 ${no.slice(-5)}` });
    await hotline.reload();
    await line.getByText("推送已发出").waitFor();
    expect(await hotline.locator(".strip", { hasText: "尾号" }).count()).toBe(1);
    const police = await seat("police");
    await line.getByText("110 已上屏").waitFor();
    api().world.nodes.hotline.sessions.clear();
    await logIn(hotline, api().url.hotline, "seat");
    await line.getByText("110 已上屏").waitFor();
    await police.keyboard.press("F1");
    await line.getByText("110 已签收").waitFor();
    await hotline.reload();
    await hotline.locator(".line").first().waitFor();
    await hotline.waitForResponse("**/api/alarms");
    expect(await line.count()).toBe(0);
  });

  test("is the line of who pushed it: a colleague's screen does not have it", async () => {
    const hotline = await seat("hotline");
    await hotline.keyboard.press("Shift+F9");
    await hotline.locator(".strip", { hasText: "推送已发出" }).waitFor();
    const other = await seat("hotline", "super");
    await other.waitForResponse("**/api/alarms");
    expect(await other.locator(".strip", { hasText: "推送已发出" }).count()).toBe(0);
  });

  test("is headed at 110 by the first words that were said, when they came after a push with an empty form (nmg:2.2.1)", async () => {
    const hotline = await seat("hotline");
    const police = await seat("police");
    await hotline.keyboard.press("Shift+F9");
    const head = police.locator(".urgent h2");
    await head.getByText("事项未填").waitFor();
    const no = (await carried("register"))[0]?.subject ?? "";
    await hotline
      .locator(".strip", { hasText: `尾号 ${no.slice(-5)}` })
      .getByRole("link")
      .first()
      .click();
    await hotline.locator(".request").waitFor();
    await hotline.keyboard.press("m");
    await hotline.locator(".action-form textarea").fill("三楼着火，楼道里都是烟，老人下不来了");
    await hotline.keyboard.press("Control+Enter");
    await head.getByText("三楼着火，楼道里都是烟，老人…").waitFor();
    expect(await head.textContent()).not.toContain("事项未填");
  });
});
