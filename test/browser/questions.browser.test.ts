import { describe, expect, test } from "vitest";
import { freshDesks } from "./fresh-desks.ts";
import { openRequest } from "./tour.ts";

/** Folder to keep pictures in, when somebody wants to look at them. */
const PICTURES = process.env["LIANDONG_PICTURES"];

describe("the deciding questions by keyboard alone (nmg:a, REQ-94)", () => {
  const { seat, carried } = freshDesks();
  const shoot = async (page: Awaited<ReturnType<typeof seat>>, name: string) => {
    if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}.png`, animations: "disabled" });
  };
  const asked = [{ question: "G01-1", answer: "yes", how: "asked" }];

  for (const language of ["zh", "en"] as const)
    test(`an item that stands in two parts is asked about while the caret stays where it is (${language})`, async () => {
      const page = await seat("hotline", "seat", { language });
      await page.keyboard.press("F4");
      await page.keyboard.type("路口少了一个");
      await page.keyboard.press("Tab");
      await page.keyboard.type("A01-10");
      await page.keyboard.press("Enter");
      await page.locator(".ask", { hasText: "G01-1" }).waitFor();
      await page.locator(".notice .why-say").first().waitFor();
      await shoot(page, `ask-${language}`);
      const caret = () => page.evaluate("document.activeElement?.tagName");
      const before = await caret();
      await page.keyboard.press("Alt+1");
      await page.locator(".ask", { hasText: "D06-01" }).waitFor();
      await page.locator(".notice", { hasText: language === "zh" ? "由110先到现场处置" : "110 acts first" }).waitFor();
      expect(await caret()).toBe(before);
      await shoot(page, `led-${language}`);
      await page.keyboard.press("Control+Enter");
      await page.locator(".asked").waitFor();
      await page.locator(".asked li").first().scrollIntoViewIfNeeded();
      await shoot(page, `kept-${language}`);
      expect((await carried("register"))[0]?.body).toEqual({
        fields: { channel: "phone", text: "路口少了一个" },
        item: "D06-01",
        answers: asked,
      });
    });

  test("words alone are asked about too, without a letter lost, and the answer picks the item", async () => {
    const page = await seat();
    await page.keyboard.press("F4");
    await page.keyboard.type("井盖");
    await page.locator(".ask", { hasText: "听着像" }).waitFor();
    await shoot(page, "words-zh");
    await page.keyboard.press("Alt+2");
    await page.keyboard.type("没了 123");
    await page.locator(".ask", { hasText: "A01-10" }).waitFor();
    expect(await page.locator(".register textarea").first().inputValue()).toBe("井盖没了 123");
    await page.keyboard.press("Control+Enter");
    await page.locator(".asked").waitFor();
    expect((await carried("register"))[0]?.body).toMatchObject({ item: "A01-10", answers: [{ answer: "no" }] });
  });

  test("a held key, a press between two questions and one under a dialogue answer nothing and never turn the browser's tab", async () => {
    const page = await seat();
    await page.keyboard.press("F4");
    await page.keyboard.type("路口少了一个");
    await page.keyboard.press("Tab");
    await page.keyboard.type("A01-10");
    await page.keyboard.press("Enter");
    await page.locator(".ask", { hasText: "G01-1" }).waitFor();
    await page.evaluate(`globalThis.free = [];
      addEventListener("keydown", (e) => { if (e.altKey && e.key !== "Alt" && !e.defaultPrevented) globalThis.free.push(e.key) });`);
    await page.keyboard.down("Alt");
    for (let held = 0; held < 4; held += 1) await page.keyboard.down("1");
    await page.keyboard.up("1");
    await page.keyboard.press("3");
    await page.keyboard.up("Alt");
    await page.locator(".ask", { hasText: "D06-01" }).waitFor();
    await page.keyboard.press("Control+k");
    await page.locator("dialog:modal").waitFor();
    await page.keyboard.press("Alt+0");
    await page.keyboard.press("Escape");
    expect(await page.evaluate("globalThis.free")).toEqual([]);
    await page.keyboard.press("Control+Enter");
    await page.locator(".asked").waitFor();
    expect((await carried("register"))[0]?.body).toMatchObject({ item: "D06-01", answers: asked });
  });

  test("another item is another question, and what was asked can be asked again", async () => {
    const page = await seat();
    await page.keyboard.press("F4");
    await page.keyboard.press("Tab");
    await page.keyboard.type("A01-10");
    await page.keyboard.press("Enter");
    await page.locator(".ask", { hasText: "G01-1" }).waitFor();
    await page.keyboard.press("Alt+3");
    await page.locator(".ask", { hasText: "Z00-01" }).waitFor();
    await page.keyboard.press("Alt+0");
    await page.locator(".ask", { hasText: "G01-1" }).waitFor();
    await page.keyboard.press("Control+Enter");
    await page.locator(".request").waitFor();
    expect((await carried("register"))[0]?.body).toEqual({ fields: { channel: "phone" }, item: "A01-10" });
  });

  test("nothing waits for a question: submit and danger go out while it stands there (nmg:2.2.1)", async () => {
    const page = await seat();
    await page.keyboard.press("F4");
    await page.keyboard.type("井盖没了，有人掉下去了");
    await page.keyboard.press("Tab");
    await page.keyboard.type("A01-10");
    await page.keyboard.press("Enter");
    await page.locator(".ask", { hasText: "G01-1" }).waitFor();
    await page.keyboard.press("F9");
    await page.locator(".card.hot").waitFor();
    expect((await carried("register"))[0]?.body).toMatchObject({ danger: true });
    expect(await carried("register")).toHaveLength(1);
  });

  test("judging asks the same, and the verdict shows what was asked and why", async () => {
    const page = await seat();
    await openRequest(page, "摆摊强买强卖");
    await page.keyboard.press("j");
    await page.locator(".action-form input").first().waitFor();
    await page.keyboard.type("A01-10");
    await page.keyboard.press("Enter");
    await page.locator(".action-form .ask", { hasText: "G01-1" }).waitFor();
    await shoot(page, "judge-zh");
    await page.keyboard.press("Alt+1");
    await page.locator(".action-form .ask", { hasText: "D06-01" }).waitFor();
    await page.keyboard.press("Control+Enter");
    await page.locator(".verdict .asked").waitFor();
    await page.locator(".verdict .why-say", { hasText: "由110先到现场处置" }).waitFor();
    await page.locator(".verdict details summary").first().click();
    await page.locator(".verdict blockquote").waitFor();
    await shoot(page, "verdict-zh");
    expect((await carried("judge"))[0]?.body).toEqual({ item: "D06-01", answers: asked });
  });
});
