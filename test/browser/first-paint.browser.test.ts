import { describe, expect, test } from "vitest";
import { logIn, openSeat } from "./browser.ts";
import { freshDesks } from "./fresh-desks.ts";

/** Runs in the page. */
const PRESS_AT_ONCE = `
  const look = new MutationObserver(() => {
    if (document.querySelector(".line") === null) return;
    look.disconnect();
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "F9", code: "F9", cancelable: true }));
  });
  look.observe(document, { childList: true, subtree: true });
`;

describe("the danger key on a screen that has only just come up", () => {
  const { api, browser, carried } = freshDesks();

  test("it works from the first line that is drawn: no moment in which a press is lost (nmg:2.2.1)", async () => {
    const { page } = await openSeat(browser());
    // Pressed in the very turn in which the queue is drawn, before the browser has painted it.
    await page.addInitScript(PRESS_AT_ONCE);
    await logIn(page, api().url.hotline, "seat");
    await page.locator(".line").first().waitFor();
    await page.locator(".strip").first().waitFor();
    expect(await carried("register")).toHaveLength(1);
  });
});
