import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { copyOf } from "./fake-api/from-peer.ts";
import { freshDesks } from "./fresh-desks.ts";
import { openRequest } from "./tour.ts";

/** Counts the soft notes from now on: the siren's own tone is a triangle, theirs a sine. */
async function listenIn(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(`(() => {
    window.notes = 0;
    const make = AudioContext.prototype.createOscillator;
    AudioContext.prototype.createOscillator = function () {
      const tone = make.call(this);
      const start = tone.start.bind(tone);
      tone.start = (at) => {
        if (tone.type === "sine") window.notes += 1;
        start(at);
      };
      return tone;
    };
  })()`);
  return () => page.evaluate("window.notes");
}

describe("a hand-over that comes in while somebody does something else (nmg:2.2.1)", () => {
  const { api, seat } = freshDesks();

  test("is said in one line with the way to it, in the title and by two soft notes, and is over when it was opened", async () => {
    const police = await seat("police");
    const notes = await listenIn(police);
    await police.keyboard.press("F4");
    await police.keyboard.type("正在登");
    const hotline = await seat("hotline");
    await openRequest(hotline, "推搡老人");
    await hotline.keyboard.press("F8");
    const line = police.locator(".arrivals");
    await line.getByText("12345 移交来一件").waitFor();
    await line.getByText("推搡老人").waitFor();
    await expect.poll(() => police.title()).toBe("(1) 对方来件");
    await expect.poll(notes).toBe(2);
    // The form and its caret stay where they are.
    await police.keyboard.type("记");
    expect(await police.getByLabel("诉求内容").inputValue()).toBe("正在登记");
    await line.getByRole("link", { name: "打开" }).click();
    await police.locator(".request .said", { hasText: "推搡老人" }).waitFor();
    await line.waitFor({ state: "detached" });
    expect(await notes()).toBe(2);
  });

  test("what comes back is said too; what waited when the seat came is only counted; off duty nothing sounds", async () => {
    const hotline = await seat("hotline");
    const police = await seat("police");
    await expect.poll(() => hotline.title()).toBe("(1) 对方来件");
    expect(await hotline.locator(".arrivals").count()).toBe(0);
    await police.keyboard.press("Control+b");
    await police.locator(".banner", { hasText: "离岗" }).waitFor();
    const notes = await listenIn(police);
    await hotline.keyboard.press("2");
    await openRequest(hotline, "井盖没了");
    const linkage = copyOf(api().world.nodes.hotline, "井盖没了").linkages[0];
    if (linkage !== undefined) linkage.additionsUnread = 0;
    await hotline.reload();
    await hotline.locator(".card").getByRole("button", { name: "退回", exact: true }).click();
    await hotline.getByRole("radio").first().check();
    await hotline.getByRole("textbox", { name: "依据" }).fill("nmg:a1.1");
    await hotline.getByLabel("建议由谁办理").fill("道路养护单位");
    await hotline.keyboard.press("Control+Enter");
    const line = police.locator(".arrivals", { hasText: "12345 退回一件" });
    await line.waitFor();
    await expect.poll(() => police.title()).toBe("(1) 对方来件");
    expect(await notes()).toBe(0);
    await line.getByRole("button", { name: "知道了" }).click();
    await line.waitFor({ state: "detached" });
    // Put away here, it still waits for this desk.
    await expect.poll(() => police.title()).toBe("(1) 对方来件");
  });

  test("a danger keeps its own alarm: its title stands before, and it is no arrival", async () => {
    const police = await seat("police");
    const hotline = await seat("hotline");
    const notes = await listenIn(police);
    await openRequest(hotline, "推搡老人");
    await hotline.keyboard.press("F9");
    await police.locator(".urgent").waitFor();
    await expect.poll(() => police.title()).toBe("(1) 紧急推送");
    expect(await police.locator(".arrivals").count()).toBe(0);
    expect(await notes()).toBe(0);
  });
});
