import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startBrowser } from "./browser.ts";
import { SCREENS, tour } from "./tour.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds against WCAG 2 A and AA, one line a finding. */
async function findings(page: Page): Promise<readonly string[]> {
  if (await page.evaluate<boolean>("typeof axe === 'undefined'")) await page.evaluate(axe);
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
    .map((element) => {
      const words = element.cloneNode(true);
      for (const quoted of words.querySelectorAll("[lang='zh-CN']")) quoted.remove();
      return words.textContent ?? "";
    })
`;

/** Colours have arrived: also with reduced motion each change takes a moment, and what inherits one begins when that ends. */
const ARRIVED = `(async () => {
  const pause = () => new Promise((done) => setTimeout(done, 20));
  const running = () => document.getAnimations().filter((one) => one instanceof CSSTransition && one.playState === "running");
  // A page behind another paints nothing, so it is not waited for the next picture.
  await pause();
  for (let waited = 0; running().length > 0; waited += 20) {
    if (waited > 20_000) throw new Error("still changing: " + running().map((one) => one.transitionProperty).join());
    await pause();
  }
})()`;

async function wear(page: Page, theme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await page.locator(`:root[data-theme="${theme}"]`).waitFor();
}

/** As a reader who chose English in another window of the same machine. */
async function speakEnglish(page: Page): Promise<void> {
  const elsewhere = await page.context().newPage();
  await elsewhere.goto(new URL("/icon.svg", page.url()).href);
  await elsewhere.evaluate(`localStorage.setItem("liandong.language", "en")`);
  await page.locator(`:root[lang="en"]`).waitFor();
  await elsewhere.close();
  await page.bringToFront();
}

/** Two walks, each with desks and pages of its own; side by side they keep both cores busy. */
const NAMES = SCREENS.map(({ name }) => name);
const HALVES = [
  ["first half", NAMES.filter((_, n) => n % 2 === 0)],
  ["second half", NAMES.filter((_, n) => n % 2 === 1)],
] as const;

/** Patience for a walk through all screens on a busy machine, in milliseconds. */
const A_WALK = 600_000;

describe.concurrent("every screen can be read by everybody", { timeout: A_WALK }, () => {
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

  for (const [half, screens] of HALVES) {
    test(`no screen has a WCAG A or AA finding, nor Chinese words in English: ${half}`, async () => {
      const found: string[] = [];
      const look = async (page: Page, how: string) => {
        await page.evaluate(ARRIVED);
        found.push(...(await findings(page)).map((one) => `${how} ${one}`));
      };
      await tour(browser, {}, screens, async (name, page) => {
        await wear(page, "light");
        await look(page, `${name} light`);
        await wear(page, "dark");
        await look(page, `${name} dark`);
        await speakEnglish(page);
        await look(page, `${name} dark en`);
        const words = (await page.evaluate<readonly string[]>(SPOKEN)).filter((text) => /\p{Script=Han}/u.test(text));
        found.push(...words.filter((word) => word !== "中文").map((word) => `${name} en says ${word}`));
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
});
