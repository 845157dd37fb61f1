import { describe, expect, test } from "vitest";
import { freshDesks } from "./fresh-desks.ts";
import { openRequest } from "./tour.ts";

const NOTICE = "今晚八点起石羊桥路封闭施工";

describe("what the desks say to each other while the matter stays where it is", () => {
  const { seat, carried } = freshDesks();

  test("a notice is sent with a key, stands above every screen of the other desk, and is read there (yn:3.3)", async () => {
    const hotline = await seat();
    const police = await seat("police");
    await openRequest(hotline, "推搡老人");
    await hotline.keyboard.press("f");
    const form = hotline.locator(".action-form");
    await form.getByRole("radio", { checked: true }).waitFor();
    // One desk to tell is no choice: the caret stands in the words.
    await hotline.keyboard.type(NOTICE);
    expect(await form.getByLabel("通报内容").inputValue()).toBe(NOTICE);
    await hotline.keyboard.press("Control+Enter");
    const card = hotline.locator(".card", { hasText: "互相通报" });
    await card.getByText("发给 110").waitFor();
    await card.getByText("已送达，待阅").waitFor();
    expect((await carried("notify"))[0]?.body).toMatchObject({ text: NOTICE });
    expect(await hotline.locator(".who-holds").textContent()).toContain("本台");

    const line = police.locator(".told-line", { hasText: "对方发来通报，待阅" });
    await line.getByRole("link", { name: "去查看" }).click();
    const there = police.locator(".card", { hasText: "互相通报" });
    await there.getByText(NOTICE).waitFor();
    expect(await police.locator(".who-holds").textContent()).toContain("12345");
    await police.keyboard.press("l");
    await there.getByText("已阅", { exact: true }).first().waitFor();
    await line.waitFor({ state: "detached" });
    await card.getByText("已阅", { exact: true }).first().waitFor();
  });

  test("support is asked for, granted by who commands, and ended with what came of it (nmg:2.2.3)", async () => {
    const hotline = await seat();
    const police = await seat("police");
    await openRequest(hotline, "推搡老人");
    await hotline.keyboard.press("s");
    const form = hotline.locator(".action-form");
    // What is needed must be said; where and when may be left out.
    await hotline.keyboard.press("Control+Enter");
    await form.getByText("此项要填").waitFor();
    await form.getByLabel("需要什么支援").fill("需要两名民警维持秩序");
    await form.getByLabel("何时需要").fill("尽快");
    await hotline.keyboard.press("Control+Enter");
    const card = hotline.locator(".card", { hasText: "应急支援" });
    await card.getByText("等待答复").waitFor();
    await card.getByText("责任不变：仍由请求方办理").waitFor();

    await police.locator(".told-line", { hasText: "对方请求应急支援，待答复" }).getByText("去查看").click();
    const there = police.locator(".card", { hasText: "应急支援" });
    await there.getByText("需要两名民警维持秩序").waitFor();
    await police.keyboard.press("p");
    await police.getByLabel("说明").fill("已派两人");
    await police.keyboard.press("Control+Enter");
    await there.getByText("同意支援", { exact: true }).first().waitFor();
    await card.getByText("已派两人").waitFor();
    const news = hotline.locator(".told-line", { hasText: "应急支援有新情况" });
    await news.getByRole("button", { name: "知道了" }).click();
    await news.waitFor({ state: "detached" });
    await hotline.keyboard.press("v");
    await hotline.getByLabel("支援结果").fill("秩序已恢复");
    await hotline.keyboard.press("Control+Enter");
    await card.getByText("支援已结束").waitFor();
    await there.getByText("秩序已恢复").waitFor();
    expect((await carried("endSupport"))[0]?.body).toEqual({ result: "秩序已恢复" });
    expect(await hotline.locator(".who-holds").textContent()).toContain("本台");
  });

  test("who may not grant it is told who does, and may end it (REQ-56)", async () => {
    const police = await seat("police");
    await openRequest(police, "邻居占用车位");
    await police.keyboard.press("s");
    await police.locator(".action-form").getByLabel("需要什么支援").fill("请派员到场");
    await police.keyboard.press("Control+Enter");
    await carried("askSupport");
    const taker = await seat("hotline", "taker");
    await taker.locator(".told-line", { hasText: "对方请求应急支援" }).getByText("去查看").click();
    const there = taker.locator(".card", { hasText: "应急支援" });
    await there.getByText("请派员到场").waitFor();
    expect(await there.getByRole("button").allTextContents()).toEqual([expect.stringContaining("结束支援")]);
    expect(await there.textContent()).toMatch(/同意支援.*派单员 \/ 值班长/);
  });
});
