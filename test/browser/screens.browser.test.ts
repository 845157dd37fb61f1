import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startBrowser } from "./browser.ts";
import { tour } from "./tour.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds against WCAG 2 A and AA, one line a finding. */
async function findings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  return page.evaluate<readonly string[]>(`
    axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }).then(({ violations }) =>
      violations.flatMap((one) =>
        one.nodes.map((node) => one.id + ": " + node.html.slice(0, 160) + " " + node.failureSummary.slice(0, 200))))
  `);
}

/** Words of controls and headings, without what people said and names of places and units. */
const SPOKEN = `
  [...document.querySelectorAll("button, label, legend, h1, h2, th, summary, kbd, dt")]
    .filter((element) => element.closest("[lang='zh-CN']:not(html), .line, .menu, .duty") === null)
    .map((element) => element.textContent ?? "")
`;

/** Colours have arrived: also with reduced motion each change takes a moment. */
const AT_REST = "document.getAnimations().every((one) => !(one instanceof CSSTransition))";

describe("every screen can be read by everybody", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  test("the check itself finds a planted fault", async () => {
    await tour(browser, {}, ["login"], async (_, page) => {
      await page.evaluate("document.querySelector('.login-card input').removeAttribute('id')");
      expect((await findings(page)).join()).toContain("label");
    });
  });

  // Colours know no language: the second one is looked at in light alone.
  for (const { language, themes } of [
    { language: "zh", themes: ["light", "dark"] },
    { language: "en", themes: ["light"] },
  ] as const) {
    test(`no screen has a WCAG A or AA finding, in ${themes.join(" nor in ")} (${language})`, async () => {
      const found: string[] = [];
      await tour(browser, { language, theme: "light" }, [], async (name, page) => {
        for (const theme of themes) {
          await page.emulateMedia({ colorScheme: theme });
          await page.locator(`:root[data-theme="${theme}"]`).waitFor();
          await expect.poll(() => page.evaluate<boolean>(AT_REST)).toBe(true);
          found.push(...(await findings(page)).map((one) => `${name} ${theme} ${one}`));
        }
      });
      expect(found).toEqual([]);
    });
  }

  test("no screen is wider than a phone of 360 pixels", async () => {
    const wide: string[] = [];
    await tour(browser, { width: 360, height: 740 }, [], async (name, page) => {
      const overflow = await page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth");
      if (overflow > 0) wide.push(`${name} by ${overflow}`);
    });
    expect(wide).toEqual([]);
  });

  test("no Chinese stands on an English screen except names of places, units and what people said", async () => {
    const chinese: string[] = [];
    await tour(
      browser,
      { language: "en" },
      ["login", "desk", "register", "supervision", "keys"],
      async (name, page) => {
        const words = (await page.evaluate<readonly string[]>(SPOKEN)).filter((text) => /\p{Script=Han}/u.test(text));
        chinese.push(...words.map((word) => `${name}: ${word}`));
      },
    );
    expect(chinese.filter((one) => !one.endsWith("中文"))).toEqual([]);
  });
});
