import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { freshDesks } from "./fresh-desks.ts";
import { openRequest } from "./tour.ts";

/** The words of all that was added to a request. */
function added(given: readonly { readonly body: unknown }[]): readonly string[] {
  return given.flatMap(({ body }) => {
    const note = typeof body === "object" && body !== null && "note" in body ? body.note : null;
    return typeof note === "string" ? [note] : [];
  });
}

const field = (page: Page) => page.locator(".action-form textarea");

describe("a caller who talks on after Ctrl+Enter (nmg:2.2.1)", () => {
  const { seat, given, carried } = freshDesks();

  test("is written down: in a danger the field of what was added stays, with the caret in it, and no letter is a command", async () => {
    const page = await seat();
    await openRequest(page, "推搡老人");
    await page.keyboard.press("F9");
    await field(page).waitFor();
    await page.keyboard.type("他手里有刀");
    await page.keyboard.press("Control+Enter");
    await page.keyboard.type("zaiyiquan", { delay: 40 });
    await expect.poll(() => added(given("amend"))).toEqual(["他手里有刀"]);
    await expect.poll(() => field(page).inputValue()).toBe("zaiyiquan");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => added(given("amend"))).toEqual(["他手里有刀", "zaiyiquan"]);
    await expect.poll(() => field(page).inputValue()).toBe("");
    expect(await page.evaluate("document.activeElement.tagName")).toBe("TEXTAREA");
    expect(given("accept")).toHaveLength(0);
  });

  test("is written down where no danger is open: the first letter brings the field back and stands in it", async () => {
    const page = await seat();
    await openRequest(page, "小区门口好像有人吵架");
    await page.keyboard.press("m");
    await page.locator(".action-form textarea:focus").waitFor();
    await page.keyboard.type("两个男的");
    await page.keyboard.press("Control+Enter");
    await field(page).waitFor({ state: "detached" });
    await page.keyboard.type("ajiezhe");
    expect(await field(page).inputValue()).toBe("ajiezhe");
    await page.locator(".flash", { hasText: "接着打的字写在补充里" }).waitFor();
    expect(await carried("amend")).toHaveLength(1);
    expect(given("accept")).toHaveLength(0);
  });

  test("is written down after a registration too", async () => {
    const page = await seat();
    await page.keyboard.press("F4");
    await page.locator(".register textarea:focus").waitFor();
    await page.keyboard.type("路灯不亮");
    await page.keyboard.press("Control+Enter");
    await page.locator(".request").waitFor();
    await page.keyboard.type("ameiwan");
    expect(await field(page).inputValue()).toBe("ameiwan");
    expect(given("accept")).toHaveLength(0);
  });

  test("does not hold up who goes on with a command: Escape says that the words have ended", async () => {
    const page = await seat();
    await openRequest(page, "小区门口好像有人吵架");
    await page.keyboard.press("m");
    await page.locator(".action-form textarea:focus").waitFor();
    await page.keyboard.type("两个男的");
    await page.keyboard.press("Control+Enter");
    await field(page).waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await page.keyboard.press("m");
    await page.locator(".action-form textarea:focus").waitFor();
    expect(await field(page).inputValue()).toBe("");
  });
});
