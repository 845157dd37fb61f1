import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { logIn, openSeat, startBrowser } from "./browser.ts";
import type { Look } from "./browser.ts";
import { seedWorld } from "./fake-api/seed.ts";
import { startFakeApi } from "./fake-api/server.ts";
import type { FakeApi } from "./fake-api/server.ts";
import type { Side, World } from "./fake-api/world.ts";

export type FreshDesks = {
  /** The two desks of the test that runs; new for each. */
  readonly api: () => FakeApi;
  readonly browser: () => Browser;
  /** A seat of its own, logged in, with its first screen standing; the hotline's call taker when nothing is said. */
  readonly seat: (side?: Side, login?: string, look?: Look) => Promise<Page>;
  /** Commands of this name that were carried out up to now, in order: for what must not have happened. */
  readonly given: (name: string) => World["given"];
  /** The same once there are so many of them: a key that was pressed is not yet a command that arrived. */
  readonly carried: (name: string, count?: number) => Promise<World["given"]>;
};

/** One Chromium for a file of tests, and before each test both desks as they were seeded. To be called inside `describe`. */
export function freshDesks(): FreshDesks {
  let chromium: Browser | null = null;
  let desks: FakeApi | null = null;
  beforeAll(async () => {
    chromium = await startBrowser();
  });
  afterAll(() => chromium?.close());
  beforeEach(async () => {
    desks = await startFakeApi(seedWorld());
  });
  afterEach(() => desks?.close());

  const browser = () => {
    if (chromium === null) throw new Error("the browser runs only while tests run");
    return chromium;
  };
  const api = () => {
    if (desks === null) throw new Error("the desks stand only while a test runs");
    return desks;
  };
  const given = (name: string) => api().world.given.filter((one) => one.name === name);
  return {
    api,
    browser,
    seat: async (side = "hotline", login = "seat", look = {}) => {
      const { page } = await openSeat(browser(), look);
      await logIn(page, api().url[side], login);
      await page.locator(".line, .unit-order").first().waitFor();
      return page;
    },
    given,
    carried: async (name, count = 1) => {
      await expect.poll(() => given(name).length, { message: `commands ${name}` }).toBeGreaterThanOrEqual(count);
      return given(name);
    },
  };
}
