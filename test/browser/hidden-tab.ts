import type { Page } from "playwright-core";

/** Puts the tab behind another one, as far as its page can tell, or brings it to the front again. */
export async function hideTab(page: Page, hidden: boolean): Promise<void> {
  const state = JSON.stringify(hidden ? "hidden" : "visible");
  await page.evaluate(`
    Object.defineProperty(document, "visibilityState", { value: ${state}, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));`);
}
