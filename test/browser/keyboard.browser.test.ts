import { describe, expect, test } from "vitest";
import { freshDesks } from "./fresh-desks.ts";
import { openRequest } from "./tour.ts";

describe("a call taker with both hands on the keyboard", () => {
  const { api, seat, given, carried } = freshDesks();

  test("F9 on a form half filled registers and pushes in one command (nmg:2.2.1)", async () => {
    const page = await seat("hotline");
    await page.keyboard.press("F4");
    await page.keyboard.type("有人拿着刀在楼道里");
    await page.keyboard.press("F9");
    await page.locator(".card.hot").waitFor();
    expect(await carried("register")).toHaveLength(1);
    expect((await carried("register"))[0]?.body).toEqual({
      fields: { channel: "phone", text: "有人拿着刀在楼道里" },
      danger: true,
    });
    expect(given("danger")).toHaveLength(0);
  });

  test("who writes on after F9 loses no letter and gives no command by it; it goes out as one addition (nmg:2.2.1)", async () => {
    const page = await seat("hotline");
    await page.keyboard.press("F4");
    await page.keyboard.type("有人要跳楼");
    await page.keyboard.press("F9");
    await page.keyboard.type(" hmq dong 3", { delay: 60 });
    await page.locator(".action-form textarea:focus").waitFor();
    await page.keyboard.type("zai");
    expect(await carried("register")).toHaveLength(1);
    expect((await carried("amend")).map(({ body }) => body)).toEqual([{ fields: { text: "有人要跳楼 hmq dong 3" } }]);
    expect(await page.locator(".action-form textarea").first().inputValue()).toContain("zai");
    expect(given("danger")).toHaveLength(0);
  });

  test("F9 with nothing open and nothing filled still registers and pushes, and the caret waits for the rest", async () => {
    const page = await seat("hotline");
    await page.keyboard.press("F9");
    await page.locator(".action-form textarea").waitFor();
    expect((await carried("register"))[0]?.body).toEqual({ fields: { channel: "phone" }, danger: true });
    await page.keyboard.type("在东库街 12 号院");
    await page.keyboard.press("Control+Enter");
    // The field stays for what is said next.
    await expect.poll(() => page.locator(".action-form textarea").inputValue()).toBe("");
    expect((await carried("amend"))[0]?.body).toEqual({ fields: { text: "在东库街 12 号院" } });
  });

  test("F9 on an open request pushes that request; Shift+F9 is a new call", async () => {
    const page = await seat("hotline");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator(".request").waitFor();
    const no = new URL(page.url()).pathname.split("/").at(-1);
    await page.keyboard.press("F9");
    await page.locator(".card.hot").waitFor();
    expect((await carried("danger")).map((one) => one.subject)).toEqual([no]);
    await page.keyboard.press("Shift+F9");
    await page.waitForURL((url) => /requests\/\d{19}$/.test(url.pathname) && !url.pathname.endsWith(no ?? ""));
    expect(await carried("register")).toHaveLength(1);
  });

  test("a number that is no number does not hold back a push: it travels as other contact", async () => {
    const page = await seat("hotline");
    await page.keyboard.press("F4");
    await page.getByLabel("来电号码").fill("138不清楚");
    await page.keyboard.press("F9");
    await page.locator(".card.hot").waitFor();
    expect((await carried("register"))[0]?.body).toEqual({
      fields: { channel: "phone", requesterContact: "138不清楚" },
      danger: true,
    });
  });

  test("register, hand over by F8, accept at the other desk by F2: keyboard only", async () => {
    const police = await seat("police");
    const page = await seat("hotline");
    await page.keyboard.press("F4");
    await page.keyboard.type("车管所补牌怎么办理");
    await page.keyboard.press("Tab");
    await page.keyboard.type("B03-05");
    await page.locator(".combo-list li").first().waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Enter");
    await page.locator(".request").waitFor();
    await page.locator(".action-bar").waitFor();
    await page.keyboard.press("F8");
    await page.locator(".card").waitFor();
    expect(await carried("handOver")).toHaveLength(1);

    await police.keyboard.press("2");
    await police.locator(".line", { hasText: "车管所补牌" }).waitFor();
    await police.keyboard.press("q");
    await police.keyboard.press("Enter");
    await police.locator(".request").waitFor();
    await police.keyboard.press("F2");
    await police.locator(".who-holds", { hasText: "本台负责" }).waitFor();
    await page.locator(".who-holds", { hasText: "110 负责" }).waitFor();
    expect(await carried("acceptOffer")).toHaveLength(1);
  });

  test("who types an item quickly gets what was typed, not what was listed before", async () => {
    const page = await seat("hotline");
    await page.context().route("**/api/catalogue/items**", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      await route.continue();
    });
    await page.keyboard.press("F4");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown");
    await page.locator(".combo-list li").first().waitFor();
    await page.keyboard.type("B03-05");
    await page.keyboard.press("Enter");
    await page.locator(".notice", { hasText: "B03-05" }).waitFor();
    await page.keyboard.press("Control+Enter");
    await page.locator(".request").waitFor();
    expect((await carried("register"))[0]?.body).toEqual({ fields: { channel: "phone" }, item: "B03-05" });
  });

  test("who sends the form before the item typed is found sends it with the item (P1)", async () => {
    const page = await seat("hotline");
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.context().route("**/api/catalogue/items**", async (route) => {
      if (route.request().url().includes("B03-05")) await held;
      await route.continue();
    });
    await page.keyboard.press("F4");
    await page.keyboard.press("Tab");
    await page.keyboard.type("B03-05");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Enter");
    answer();
    await page.locator(".request").waitFor();
    expect((await carried("register")).map(({ body }) => body)).toEqual([
      { fields: { channel: "phone" }, item: "B03-05" },
    ]);
  });

  test("the units that serve the item and the place stand there as soon as the form opens; Enter takes the first (nmg:2.2.1)", async () => {
    const page = await seat("hotline");
    await openRequest(page, "诉求人反映小区供暖");
    await page.keyboard.press("d");
    const first = page.locator(".combo-list li").first();
    await first.getByText("建议").waitFor();
    const name = (await first.locator("span").first().textContent()) ?? "";
    await page.keyboard.press("Enter");
    await page.locator(".combo-list").waitFor({ state: "detached" });
    expect(name).toContain(await page.getByRole("combobox", { name: "单位" }).inputValue());
    await page.keyboard.press("Control+Enter");
    await page.locator(".action-form").waitFor({ state: "detached" });
    expect(await carried("dispatch")).toHaveLength(1);
  });

  test("a key that cannot act says why, with nothing open and on an open request, and names the danger key", async () => {
    const page = await seat("hotline");
    const says = async (key: string, words: string) => {
      await page.keyboard.press(key);
      await page.locator(".flash", { hasText: words }).waitFor();
    };
    await says("F2", "F2 受理对方移交：先从“对方来件”打开一件。遇有危险请按 F9。");
    await says("F8", "先打开一件诉求");
    await says("F1", "没有待签收的紧急推送");
    await says("F3", "没有写到一半的登记");
    await says("F7", "报警已全部显示");
    await page.keyboard.press("F4");
    await page.locator(".register textarea:focus").waitFor();
    await says("F8", "先登记（Ctrl+Enter），登记后再按 F8");
    await openRequest(page, "推搡老人");
    await says("F2", "本件没有等本台受理的移交。遇有危险请按 F9。");
    await page.keyboard.press("F8");
    await expect.poll(() => given("handOver").length).toBe(1);
  });

  test("F2 leads to unread additions first and accepts only after they were read (REQ-14)", async () => {
    const page = await seat("hotline");
    await page.keyboard.press("2");
    await page.locator(".line", { hasText: "井盖没了" }).waitFor();
    await page.keyboard.press("q");
    await page.keyboard.press("Enter");
    await page.locator(".addition.unread").waitFor();
    await page.keyboard.press("F2");
    await page.getByText("先阅读补充，再受理。").waitFor();
    await page.getByText("先阅读补充（1 条），按 Y 已阅").waitFor();
    expect(given("acceptOffer")).toHaveLength(0);
    await page.keyboard.press("y");
    await page.locator(".addition.unread").waitFor({ state: "detached" });
    await page.keyboard.press("F2");
    await page.locator(".who-holds", { hasText: "本台负责" }).waitFor();
    expect(await carried("acceptOffer")).toHaveLength(1);
  });

  test("choosing characters in an input method fires no shortcut and picks nothing", async () => {
    const page = await seat("hotline");
    await page.keyboard.press("F4");
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("Input.imeSetComposition", { text: "deng", selectionStart: 4, selectionEnd: 4 });
    // The browser itself marks these as composing, because a composition is open.
    const compose = (key: string, windowsVirtualKeyCode: number, modifiers = 0) =>
      cdp.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key, code: key, windowsVirtualKeyCode, modifiers });
    await compose("d", 68);
    await compose("2", 50);
    await compose("q", 81);
    await compose("?", 191);
    await compose("ArrowDown", 40);
    await compose("F2", 113);
    await compose("F4", 115);
    await compose("F8", 119);
    await compose("Enter", 13, 2);
    await cdp.send("Input.insertText", { text: "灯坏了" });
    expect(await page.getByLabel("诉求内容").inputValue()).toBe("灯坏了");
    expect(await page.locator("dialog").count()).toBe(0);
    expect(new URL(page.url()).pathname).toBe("/register");
    expect(api().world.given).toEqual(api().world.given.filter((one) => one.name !== "register"));
    expect(await page.locator(".view[aria-pressed='true']").textContent()).toContain("本台办理");
  });

  test("letters typed into a field are letters, not actions", async () => {
    const page = await seat("hotline");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator(".action-bar").waitFor();
    await page.keyboard.press("m");
    await page.locator(".action-form").waitFor();
    await page.keyboard.type("djaq2?");
    expect(await page.locator(".action-form textarea").inputValue()).toBe("djaq2?");
    await page.keyboard.press("Escape");
    await page.locator(".action-form").waitFor({ state: "detached" });
  });

  test("a draft survives a reload and is offered again; submitting it ends it", async () => {
    const page = await seat("hotline");
    await page.keyboard.press("F4");
    await page.getByLabel("称呼").fill("诉求人甲");
    await page.getByLabel("诉求内容").fill("楼道灯不亮");
    await page.reload();
    await page.getByRole("button", { name: "继续这份草稿" }).click();
    await expect.poll(() => page.getByLabel("诉求内容").inputValue()).toBe("楼道灯不亮");
    expect(await page.getByLabel("称呼").inputValue()).toBe("诉求人甲");
    await page.getByLabel("诉求内容").focus();
    await page.keyboard.press("Control+Enter");
    await page.locator(".request").waitFor();
    await page.keyboard.press("F4");
    await page.locator(".register").waitFor();
    expect(await page.getByRole("button", { name: "继续这份草稿" }).count()).toBe(0);
  });

  test("an expired log-in keeps what was being written", async () => {
    const page = await seat("hotline");
    await page.keyboard.press("F4");
    await page.keyboard.type("还没说完");
    api().world.nodes.hotline.sessions.clear();
    await page.locator("dialog.veil").waitFor();
    await page.keyboard.type("demo");
    await page.keyboard.press("Enter");
    await page.locator("dialog.veil").waitFor({ state: "detached" });
    expect(await page.getByLabel("诉求内容").inputValue()).toBe("还没说完");
  });

  test("the end of a text of 7,000 characters is on screen without unfolding", async () => {
    const page = await seat("hotline");
    await page.locator(".line", { hasText: "诉求人反映小区供暖" }).first().click();
    const tail = page.locator(".said .fold p").last();
    await tail.waitFor();
    expect(await tail.textContent()).toContain("大家都别过了");
    await page.getByRole("button", { name: /展开中间/ }).click();
    expect([...((await page.locator(".said .fold p").first().textContent()) ?? "")].length).toBeGreaterThan(6_000);
  });
});
