import { describe, expect, test } from "vitest";
import { openSeat } from "./browser.ts";
import { comeOwed } from "./fake-api/from-peer.ts";
import { freshDesks } from "./fresh-desks.ts";
import { openRequest } from "./tour.ts";

describe("what a new person at the desk stumbles over", () => {
  const { api, browser, seat, given, carried } = freshDesks();

  test("a wrong password is gone from its field, and the caret stands there", async () => {
    const { page } = await openSeat(browser());
    await page.goto(api().url.hotline);
    await page.locator(".login input").first().waitFor();
    await page.keyboard.type("seat");
    await page.keyboard.press("Tab");
    await page.keyboard.type("wrong");
    await page.keyboard.press("Enter");
    await page.locator(".wrong-box").waitFor();
    expect(await page.getByLabel("密码").inputValue()).toBe("");
    await page.keyboard.type("demo");
    await page.keyboard.press("Enter");
    await page.locator(".top").waitFor();
  });

  test("on and off duty has a key, and the list of keys shows it", async () => {
    const page = await seat("hotline");
    await page.keyboard.press("Control+b");
    await page.locator(".banner", { hasText: "离岗" }).waitFor();
    // Who went off duty by a slip reads the way back where it says so.
    await page.locator(".banner", { hasText: "回到在岗：" }).locator("kbd", { hasText: "Ctrl+B" }).waitFor();
    await page.keyboard.press("Control+b");
    await page.locator(".banner", { hasText: "离岗" }).waitFor({ state: "detached" });
    await page.keyboard.press("?");
    await page.locator("dialog.sheet").waitFor();
    expect(await page.locator("dialog.sheet").textContent()).toMatch(/Ctrl\+B\s*在岗 \/ 离岗切换/);
  });

  test.each([
    ["zh", "来电号码", "不是一个能拨的号码：登记时会原样记在“其他联系方式”里。"],
    ["en", "Number", "Not a number that can be dialled: it is kept as it stands under other contact."],
  ] as const)("a number with words in it says beside its field where it goes (%s)", async (language, label, words) => {
    const page = await seat("hotline", "seat", { language });
    await page.keyboard.press("F4");
    await page.getByLabel(label).fill("13");
    expect(await page.getByText(words).count()).toBe(0);
    await page.getByLabel(label).fill("138不清楚");
    await page
      .locator(".field", { has: page.getByLabel(label) })
      .getByText(words)
      .waitFor();
    expect(await page.getByLabel(label).inputValue()).toBe("138不清楚");
    await page.getByLabel(label).fill("13800001001");
    await page.getByText(words).waitFor({ state: "detached" });
  });

  test("the list of commands finds closing and logging out, and says why closing must wait", async () => {
    const page = await seat("hotline");
    const find = async (words: string) => {
      await page.keyboard.press("Control+k");
      await page.locator("dialog.palette input").fill(words);
      return page.locator("dialog.palette li");
    };
    await (await find("归档")).getByText("现在还不能做").waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".flash", { hasText: "先打开一件已办结并回访过的诉求" }).waitFor();
    await openRequest(page, "晚上学生放学看不见路");
    await expect.poll(async () => (await find("归档")).allTextContents()).toEqual(["归档X"]);
    await page.keyboard.press("Enter");
    expect(await carried("close")).toHaveLength(1);
    await expect.poll(async () => (await find("退出")).allTextContents()).toEqual(["退出"]);
    await page.keyboard.press("Enter");
    await page.locator(".login-card").waitFor();
  });

  test("a registration with nothing in it is refused aloud, with the caret in the field that is missing", async () => {
    const page = await seat("hotline");
    await page.keyboard.press("F4");
    await page.getByLabel("详细地点").focus();
    await page.keyboard.press("Control+Enter");
    await page.getByRole("alert").filter({ hasText: "还没有内容" }).waitFor();
    const text = page.getByLabel("诉求内容");
    expect(await text.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
    expect(await text.getAttribute("aria-describedby")).toBe(
      await page.locator(".wrong", { hasText: "还没有内容" }).getAttribute("id"),
    );
    expect(given("register")).toEqual([]);
  });

  test("an action that lacks something puts the caret there, at every try", async () => {
    const page = await seat("hotline");
    await openRequest(page, "推搡老人");
    await page.keyboard.press("i");
    await page.locator(".action-form").waitFor();
    for (let tries = 0; tries < 2; tries += 1) {
      await page.locator(".action-send .primary").focus();
      await page.keyboard.press("Control+Enter");
      const field = page.locator(".action-form .field", { has: page.getByRole("alert") }).first();
      await expect
        .poll(() => field.evaluate((here) => here.contains(here.ownerDocument.activeElement)), { timeout: 3_000 })
        .toBe(true);
    }
  });

  test.each([
    [1280, 900],
    [1280, 720],
    [360, 740],
  ])("at %i x %i the button to register is in view, whatever stands above it", async (width, height) => {
    const page = await seat("hotline", "seat", { width, height });
    await page.keyboard.press("F4");
    const submit = page.locator(".register .pane-foot .primary");
    const inView = async () => {
      const box = await submit.boundingBox();
      return box !== null && box.y >= 0 && box.y + box.height <= height;
    };
    await page.locator(".register textarea").fill("井盖".repeat(1_500));
    await expect.poll(inView).toBe(true);
    await page.keyboard.press("Shift+F9");
    // The answer leads to the new request; F4 after it comes back here.
    await page.locator(".card.hot").waitFor();
    await page.locator(".strip").first().waitFor();
    await page.keyboard.press("F4");
    await submit.waitFor();
    await page.keyboard.press("Control+b");
    await page.locator(".banner", { hasText: "离岗" }).waitFor();
    await expect.poll(inView).toBe(true);
  });

  test("a danger without a place has one line: how far it has come, and the half that is missing", async () => {
    const hotline = await seat("hotline");
    await hotline.keyboard.press("Shift+F9");
    await hotline.locator(".strip", { hasText: "推送已发出" }).waitFor();
    const no = (await carried("register"))[0]?.subject ?? "";
    const node = api().world.nodes.hotline;
    const copy = node.copies.get(no);
    if (copy === undefined) throw new Error("no request");
    comeOwed(node, copy, "place");
    const line = hotline.locator(".strip", { hasText: `尾号 ${no.slice(-5)}` });
    await line.getByText("政府值班单位还没有派出").waitFor();
    await line.getByText("推送已发出").waitFor();
    expect(await line.count()).toBe(1);
  });

  test("a number that stands there in full has no button to show it; a masked one has", async () => {
    const police = await seat("police");
    const hotline = await seat("hotline");
    await openRequest(hotline, "推搡老人");
    await hotline.keyboard.press("F9");
    await police.locator(".urgent").getByRole("button", { name: "显示号码" }).waitFor();
    // As the node answers while a danger is open (core/disclosure, `deskDanger`).
    await police.route(/\/api\/requests\/\d{19}$/, async (route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as { fields: Record<string, unknown> };
      body.fields["requester.phone"] = { showing: "clear", value: "13800002007", revealable: false };
      await route.fulfill({ response: answer, json: body });
    });
    await police.reload();
    await police.locator(".urgent", { hasText: "13800002007" }).waitFor();
    expect(await police.getByRole("button", { name: "显示号码" }).count()).toBe(0);
  });
});
