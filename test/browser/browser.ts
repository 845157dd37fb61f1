import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import type { Browser, BrowserContext, Page } from "playwright-core";

const PLACES = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** The browser that the tests use: the one named by LIANDONG_CHROMIUM, else the system's. */
export function findChromium(): string {
  const found = [process.env["LIANDONG_CHROMIUM"] ?? "", ...PLACES].find((path) => path !== "" && existsSync(path));
  if (found === undefined)
    throw new Error("no Chromium: install the package chromium, or name one in LIANDONG_CHROMIUM");
  return found;
}

/** Headless, quiet, and able to run as root in a container. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      "--no-sandbox",
      "--disable-dev-shm-usage",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--no-first-run",
    ],
  });
}

export type Look = {
  readonly language?: "zh" | "en";
  readonly theme?: "light" | "dark";
  readonly width?: number;
  readonly height?: number;
};

/** A seat of its own: cookies, drafts and language are not shared with another. */
export async function openSeat(
  browser: Browser,
  look: Look = {},
): Promise<{ readonly context: BrowserContext; readonly page: Page }> {
  const context = await browser.newContext({
    viewport: { width: look.width ?? 1366, height: look.height ?? 768 },
    colorScheme: look.theme ?? "light",
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    reducedMotion: "reduce",
  });
  await context.addInitScript((language: string) => {
    if (localStorage.getItem("liandong.language") === null) localStorage.setItem("liandong.language", language);
  }, look.language ?? "zh");
  // From the first request on, though nothing is changed: switched on while a page stands, Chromium under load lets a request pass
  // that was made right after, and a test that cuts the line has then cut nothing.
  await context.route("**/api/**", (route) => route.fallback());
  const page = await context.newPage();
  // Patience, not speed: a busy machine must not turn a screen that works into one that does not.
  page.setDefaultTimeout(40_000);
  return { context, page };
}

/** Logs in by keyboard, as a person does. */
export async function logIn(page: Page, url: string, login: string): Promise<void> {
  await page.goto(url);
  await page.locator(".login input").first().waitFor();
  await page.keyboard.type(login);
  await page.keyboard.press("Tab");
  await page.keyboard.type("demo");
  await page.keyboard.press("Enter");
  await page.locator(".top").waitFor();
}
