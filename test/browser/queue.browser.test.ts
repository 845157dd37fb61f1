import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { freshDesks } from "./fresh-desks.ts";
import { openRequest } from "./tour.ts";

type Gate = { readonly open: () => void };

/** Holds what the page asks of `path` until it is opened. */
async function held(page: Page, path: string | RegExp, method = "POST"): Promise<Gate> {
  let open: () => void = () => undefined;
  const wait = new Promise<void>((resolve) => (open = resolve));
  await page.context().route(path, async (route) => {
    if (route.request().method() === method) await wait;
    await route.fallback();
  });
  return { open };
}

const note = (page: Page) => page.locator(".action-form textarea").first();
const sending = (page: Page) => page.locator(".action-form").getByText("正在提交").waitFor();
const closed = (page: Page) => page.locator(".action-form").waitFor({ state: "detached" });
const flash = (page: Page, words: string) => page.locator(".flash", { hasText: words }).waitFor();

describe("what is given while the command before is being answered", () => {
  const { seat, given, carried } = freshDesks();

  /** A judgement that is under way. */
  const judging = async (page: Page): Promise<void> => {
    await page.keyboard.press("j");
    await page.locator(".action-form input").first().fill("A01");
    await page.keyboard.press("Enter");
    await page.locator(".combo-list").waitFor({ state: "detached" });
    await page.keyboard.press("Control+Enter");
    await sending(page);
  };

  /** Words that are answered while the request cannot be read again: what names its version has to wait. */
  const said = async (page: Page, words: string): Promise<Gate> => {
    await openRequest(page, words);
    const gate = await held(page, /\/api\/requests\/\d{19}$/, "GET");
    await page.keyboard.press("m");
    await note(page).fill("商贩已离开");
    await page.keyboard.press("Control+Enter");
    await closed(page);
    // So soon after words that somebody says a letter would be one more of them.
    await page.keyboard.press("Escape");
    return gate;
  };

  test("is done next, when the request was read again", async () => {
    const page = await seat();
    const gate = await said(page, "推搡老人");
    await judging(page);
    expect(given("judge")).toHaveLength(0);
    gate.open();
    await closed(page);
    expect(await carried("judge")).toHaveLength(1);
  });

  test("is not sent after Escape, and what stands in the form is kept", async () => {
    const page = await seat();
    const gate = await said(page, "推搡老人");
    await judging(page);
    await page.keyboard.press("Escape");
    await closed(page);
    const again = page.waitForResponse(/\/api\/requests\/\d{19}$/);
    gate.open();
    await again;
    await page.keyboard.press("j");
    await page.locator(".action-form").waitFor();
    expect(given("judge")).toHaveLength(0);
    await page.keyboard.press("Control+Enter");
    await closed(page);
    expect(await carried("judge")).toHaveLength(1);
  });

  test("is not sent when the one before is refused: each is named, and the refusal is said", async () => {
    const page = await seat();
    await openRequest(page, "听不清");
    let refuse: () => void = () => undefined;
    const wait = new Promise<void>((resolve) => (refuse = resolve));
    await page.context().route("**/judge", async (route) => {
      await wait;
      const body = JSON.stringify({ type: "x", title: "事项不存在", titleEn: "x", status: 422, code: "ITEM_UNKNOWN" });
      await route.fulfill({ status: 422, contentType: "application/json", body });
    });
    await judging(page);
    await page.keyboard.press("Escape");
    await page.keyboard.press("F8");
    await page.keyboard.press("a");
    refuse();
    await flash(page, "移交、受理没有提交");
    await page.getByText("事项不存在").waitFor();
    expect([given("handOver"), given("accept")]).toEqual([[], []]);
  });

  test("a form that is corrected and sent again goes once, as it stands then", async () => {
    const page = await seat();
    const gate = await said(page, "诉求人反映小区供暖");
    await page.keyboard.press("d");
    await page.locator(".combo-list li").nth(1).waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Enter");
    await sending(page);
    await page.getByRole("combobox", { name: "单位" }).click();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const chosen = await page.getByRole("combobox", { name: "单位" }).inputValue();
    await page.keyboard.press("Control+Enter");
    gate.open();
    await closed(page);
    await page.locator(".card", { hasText: chosen }).first().waitFor();
    expect(await carried("dispatch")).toHaveLength(1);
  });

  test("is said to be lost when the person goes to another call", async () => {
    const page = await seat();
    await said(page, "听不清");
    await page.keyboard.press("a");
    await page.keyboard.press("F4");
    await flash(page, "已离开这件诉求，受理没有提交");
    expect(given("accept")).toHaveLength(0);
  });

  test("words wait for nothing: an open push is told more while another command hangs (nmg:2.2.1, P3)", async () => {
    const page = await seat();
    await openRequest(page, "推搡老人");
    await held(page, "**/judge");
    await judging(page);
    await page.keyboard.press("Escape");
    await closed(page);
    await page.keyboard.press("m");
    await note(page).fill("地址是东库街 12 号");
    await page.keyboard.press("Control+Enter");
    await closed(page);
    expect((await carried("amend")).map(({ body }) => body)).toMatchObject([{ note: "地址是东库街 12 号" }]);
  });

  test("danger whose answer is slow does not call back who has begun the next registration (nmg:2.2.1)", async () => {
    const page = await seat();
    await openRequest(page, "推搡老人");
    const gate = await held(page, /\/danger$/);
    await page.keyboard.press("F9");
    await page.keyboard.press("F4");
    await page.locator(".register textarea").first().fill("另一通电话");
    gate.open();
    await page.locator(".strip", { hasText: "推送已发出" }).waitFor();
    expect(await carried("danger")).toHaveLength(1);
    await page.keyboard.type("，还在说");
    expect(await page.locator(".register textarea").first().inputValue()).toBe("另一通电话，还在说");
  });

  test("danger on a silent line has its field at once: what the caller goes on to say is typed there and no letter is a command (nmg:2.2.1)", async () => {
    const page = await seat();
    await openRequest(page, "推搡老人");
    const gate = await held(page, /\/danger$/);
    await page.keyboard.press("F9");
    await page.locator(".action-form textarea:focus").waitFor();
    await page.keyboard.type("a ta shuai dao le");
    gate.open();
    await page.locator(".strip", { hasText: "推送已发出" }).waitFor();
    expect(await note(page).inputValue()).toBe("a ta shuai dao le");
    expect([given("accept"), await carried("danger")]).toEqual([[], expect.objectContaining({ length: 1 })]);
  });

  test("a new call that begins with danger on a silent line has its form at once, and what is typed follows the one push (nmg:2.2.1)", async () => {
    const page = await seat();
    await openRequest(page, "推搡老人");
    const gate = await held(page, /\/api\/requests$/);
    await page.keyboard.press("Shift+F9");
    await page.locator(".register textarea:focus").waitFor();
    await page.keyboard.type("a you ren yun dao");
    // Pressed again it is the same push.
    await page.keyboard.press("F9");
    await page.locator(".strip", { hasText: "正在第" }).waitFor();
    expect(await page.locator(".register textarea").first().inputValue()).toBe("a you ren yun dao");
    gate.open();
    await page.waitForURL("**/requests/*");
    await page.locator(".action-form textarea:focus").waitFor();
    expect((await carried("register")).map(({ body }) => body)).toEqual([
      { fields: { channel: "phone" }, danger: true },
    ]);
    expect((await carried("amend")).map(({ body }) => body)).toEqual([{ fields: { text: "a you ren yun dao" } }]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("F4");
    await page.locator(".register textarea:focus").waitFor();
    expect(await page.locator(".notice", { hasText: "F3" }).count()).toBe(0);
  });

  test("the next call that begins with danger while the first hangs is one of its own, with its own form (nmg:2.2.1)", async () => {
    const page = await seat();
    const gate = await held(page, /\/api\/requests$/);
    await page.keyboard.press("Shift+F9");
    await page.locator(".register textarea:focus").waitFor();
    await page.keyboard.type("yi");
    await page.keyboard.press("Shift+F9");
    await expect.poll(() => page.locator(".register textarea").first().inputValue()).toBe("");
    await page.keyboard.type("er");
    gate.open();
    await page.waitForURL("**/requests/*");
    expect(await carried("register", 2)).toHaveLength(2);
    // What was typed for the second is that one's; the words of the first stand ready under its number.
    expect((await carried("amend")).map(({ body }) => body)).toEqual([{ fields: { text: "er" } }]);
    await page.locator(".action-form textarea:focus").waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("F4");
    await page.locator(".notice", { hasText: "F3" }).getByText("yi", { exact: true }).waitFor();
  });

  test("a new call pushed on a silent line and left before a word was typed leaves no half-written registration behind", async () => {
    const page = await seat();
    const gate = await held(page, /\/api\/requests$/);
    await page.keyboard.press("Shift+F9");
    await page.locator(".register textarea:focus").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".register").waitFor({ state: "detached" });
    gate.open();
    await page.locator(".strip", { hasText: "推送已发出" }).waitFor();
    await page.keyboard.press("F4");
    await page.locator(".register textarea:focus").waitFor();
    expect(await page.locator(".notice", { hasText: "F3" }).count()).toBe(0);
    expect(await carried("register")).toHaveLength(1);
  });

  test("a form that is under way and closed is not said to be unsent", async () => {
    const page = await seat();
    await openRequest(page, "推搡老人");
    const gate = await held(page, "**/amend");
    await page.keyboard.press("m");
    await note(page).fill("商贩已离开");
    await page.keyboard.press("Control+Enter");
    await sending(page);
    await page.keyboard.press("Escape");
    await closed(page);
    expect((await page.locator(".flash").allInnerTexts()).join()).not.toContain("没有提交");
    gate.open();
    await flash(page, "补充修改");
    expect(await carried("amend")).toHaveLength(1);
  });
});

describe("a registration that is sent before the item typed is found", () => {
  const { seat, given, carried } = freshDesks();
  const typed = async (page: Page, words: string): Promise<Gate> => {
    const gate = await held(page, new RegExp(`/api/catalogue/items\\?.*${words}`), "GET");
    await page.keyboard.press("F4");
    await page.keyboard.type("路灯坏了");
    await page.keyboard.press("Tab");
    await page.keyboard.type(words);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Enter");
    return gate;
  };

  test("goes with the item as soon as it is found, also after Enter once more (P1)", async () => {
    const page = await seat();
    const gate = await typed(page, "B03-05");
    await page.keyboard.press("Enter");
    gate.open();
    await page.locator(".request").waitFor();
    expect((await carried("register")).map(({ body }) => body)).toMatchObject([
      { item: "B03-05", fields: { text: "路灯坏了" } },
    ]);
  });

  test("is taken back by Escape", async () => {
    const page = await seat();
    const gate = await typed(page, "B03-05");
    await page.keyboard.press("Escape");
    const answered = page.waitForResponse(/B03-05/);
    gate.open();
    await answered;
    await page.keyboard.press("Escape");
    expect(given("register")).toHaveLength(0);
  });

  test("goes with the words as they were typed when nothing fits, or the caret leaves the field before the answer (P1)", async () => {
    const page = await seat();
    const gate = await typed(page, "qqqq");
    gate.open();
    await page.locator(".request").waitFor();
    await typed(page, "B03-05");
    await page.keyboard.press("Tab");
    await expect.poll(() => given("register").length).toBe(2);
    expect((await carried("register")).map(({ body }) => body)).toMatchObject([
      { fields: { text: "路灯坏了\nqqqq" } },
      { fields: { text: "路灯坏了\nB03-05" } },
    ]);
  });
});

describe("what is typed in a field of choices", () => {
  const { seat, given, carried } = freshDesks();
  const place = async (page: Page, words: string): Promise<void> => {
    await page.keyboard.press("F4");
    await page.keyboard.type("有燃气味");
    await page.getByRole("combobox", { name: "区划" }).focus();
    await page.keyboard.type(words);
    await page.locator(".combo-list").waitFor();
  };

  test("is chosen by Tab as it stands highlighted", async () => {
    const page = await seat();
    await place(page, "新城");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Control+Enter");
    await page.locator(".request").waitFor();
    expect((await carried("register")).map(({ body }) => body)).toMatchObject([
      { fields: { place: "150102", text: "有燃气味" } },
    ]);
  });

  test("goes along as words where it was not chosen: by danger at once, and where no place has that name (nmg:2.2.1, P1)", async () => {
    const page = await seat();
    await place(page, "新城");
    await page.keyboard.press("F9");
    await page.locator(".card.hot").waitFor();
    expect((await carried("register")).map(({ body }) => body)).toMatchObject([
      { danger: true, fields: { address: "新城" } },
    ]);
    await place(page, "火星");
    await page.keyboard.press("Tab");
    await page.getByText("未从列表选定").waitFor();
    await page.keyboard.type("二号楼");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => given("register").length).toBe(2);
    expect((await carried("register", 2))[1]?.body).toMatchObject({ fields: { address: "火星 二号楼" } });
  });
});
