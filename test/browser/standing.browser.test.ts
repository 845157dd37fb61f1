import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { DEFAULT_LINKAGE_POLICY } from "../../src/core/linkage/index.ts";
import { freshDesks } from "./fresh-desks.ts";
import { hideTab } from "./hidden-tab.ts";
import { openRequest } from "./tour.ts";

/** A line that stood shorter must not have been reported, one that stood longer must have been; between them lies the page's own measuring. */
const TOO_SHORT_MS = 950;
const LONG_ENOUGH_MS = 1_500;

/** In the page: notes frame by frame how long each line of the bar lies wholly in view without a break, in ms, by its request's number. */
const WATCH = `
  const since = new Map();
  window.stood = {};
  const look = () => {
    const now = performance.now();
    const inView = new Set();
    for (const line of document.querySelectorAll(".alarms .urgent")) {
      const no = line.querySelector(".urgent-no")?.title ?? "";
      const { top, bottom } = line.getBoundingClientRect();
      const frame = line.closest(".alarms-list")?.getBoundingClientRect() ?? { top: 0, bottom: window.innerHeight };
      if (bottom > top && top >= frame.top - 1 && bottom <= frame.bottom + 1) inView.add(no);
    }
    for (const no of [...since.keys()]) if (!inView.has(no)) since.delete(no);
    for (const no of inView) {
      const from = since.get(no) ?? now;
      since.set(no, from);
      window.stood[no] = Math.max(window.stood[no] ?? 0, now - from);
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);`;

/** From now on the page measures by its own eyes; gives the longest time that the line of a request has stood, in ms. */
async function watchLines(page: Page): Promise<(no: string) => Promise<number>> {
  await page.evaluate(`{${WATCH}}`);
  return async (no) => Number(await page.evaluate(`window.stood["${no}"] ?? 0`));
}

/** In the page: notes when the first line came up. */
const WATCH_FIRST = `
  window.cameAt = 0;
  new MutationObserver(() => {
    if (window.cameAt === 0 && document.querySelector(".urgent") !== null) window.cameAt = performance.now();
  }).observe(document, { subtree: true, childList: true });`;

const IN_TIME = { timeout: DEFAULT_LINKAGE_POLICY.urgentSeat };

describe("what stands in the alarm bar of 110", () => {
  const { api, seat, given, carried } = freshDesks();

  test("in a burst exactly what stood in view for a second is reported as shown, and the newest has a line (nmg:2.2.1)", async () => {
    const police = await seat("police");
    const stoodMs = await watchLines(police);
    const hotline = await seat("hotline");
    const pushOne = async () => {
      const before = given("register").length;
      await hotline.keyboard.press("Shift+F9");
      await expect.poll(() => given("register").length).toBe(before + 1);
    };
    const nos = () => given("register").map((one) => one.subject);
    const subjectOf = (no: string) => api().world.nodes.police.alarms.find((one) => one.requestNo === no)?.subject;
    const reported = (no: string) => given("shown").some((one) => one.subject === subjectOf(no));
    for (let i = 0; i < 3; i += 1) await pushOne();
    // The third stands until it is reported; the fourth has its line only until the fifth comes.
    await expect.poll(() => nos().filter(reported).length, { timeout: 4_000 }).toBe(3);
    await pushOne();
    await pushOne();
    const newest = nos().at(-1) ?? "";
    await police.locator(`.alarms-own .urgent-no[title="${newest}"]`).waitFor();
    await expect.poll(() => stoodMs(newest), { timeout: 8_000 }).toBeGreaterThan(2 * LONG_ENOUGH_MS);
    for (const no of nos()) {
      const stood = await stoodMs(no);
      if (stood < TOO_SHORT_MS) expect([no, stood, reported(no)]).toEqual([no, stood, false]);
      if (stood > LONG_ENOUGH_MS) expect([no, stood, reported(no)]).toEqual([no, stood, true]);
    }
    expect([reported(newest), await police.locator(".urgent").count()]).toEqual([true, 3]);
    expect(await police.locator(".alarms-more").textContent()).toMatch(/另有 2 项，全部展开 · 最早一项/);
  });

  test("a line that takes another place in the bar goes on standing: it is moved, and not drawn anew (nmg:2.2.1)", async () => {
    const police = await seat("police");
    const hotline = await seat("hotline");
    for (let i = 0; i < 2; i += 1) {
      await hotline.keyboard.press("Shift+F9");
      await police.locator(".urgent").nth(i).waitFor();
    }
    await police.locator(".alarms-own .urgent").evaluate((line) => line.setAttribute("data-same", ""));
    await hotline.keyboard.press("Shift+F9");
    await police.locator(".urgent").nth(2).waitFor();
    expect(await police.locator(".alarms-list .urgent[data-same]").count()).toBe(1);
    await police.keyboard.press("F1");
    await police.locator(".urgent").nth(2).waitFor({ state: "detached" });
    expect(await police.locator(".alarms-list .urgent[data-same]:not(.compact)").count()).toBe(1);
  });

  test("the seconds that pass are no change to who listens: said once since when (nmg:2.2.1)", async () => {
    const police = await seat("police");
    const hotline = await seat("hotline");
    await hotline.keyboard.press("Shift+F9");
    const age = police.locator(".urgent-age");
    await age.waitFor();
    const [seen, heard] = [age.locator("[aria-hidden]"), age.locator(".unseen")];
    const before = [await seen.textContent(), await heard.textContent()];
    await expect.poll(() => seen.textContent(), { timeout: 9_000 }).not.toBe(before[0]);
    expect(await heard.textContent()).toBe(before[1]);
    expect(before[1]).toMatch(/未签收 · \d\d:\d\d:\d\d/);
  });

  test("a push that nothing takes the line of is reported well before its node calls for a telephone", async () => {
    const police = await seat("police");
    const hotline = await seat("hotline");
    await police.evaluate(WATCH_FIRST);
    const taken = police.waitForRequest((request) => request.url().endsWith("/shown"));
    await hotline.keyboard.press("Shift+F9");
    await taken;
    const after = Number(await police.evaluate("performance.now() - window.cameAt"));
    expect(after).toBeGreaterThanOrEqual(1_000);
    expect(after).toBeLessThan(2_500);
  });

  test("a line that is hidden behind another tab before its second is over counts from when it is seen again", async () => {
    const police = await seat("police");
    const hotline = await seat("hotline");
    await hideTab(police, true);
    await hotline.keyboard.press("Shift+F9");
    await police.locator(".urgent").waitFor();
    const stoodMs = await watchLines(police);
    const no = (await carried("register"))[0]?.subject ?? "";
    await expect.poll(() => stoodMs(no), { timeout: 5_000 }).toBeGreaterThan(LONG_ENOUGH_MS);
    expect(given("shown")).toEqual([]);
    await hideTab(police, false);
    await expect.poll(() => given("shown").length, { timeout: 4_000 }).toBe(1);
  });

  test("who signs before the second is over has it on screen: the sender is told both (nmg:2.2.1)", async () => {
    const police = await seat("police");
    const hotline = await seat("hotline");
    await hotline.keyboard.press("Shift+F9");
    await police.locator(".urgent").waitFor();
    await police.locator(".urgent", { hasText: "正在读取" }).waitFor({ state: "detached" });
    await police.keyboard.press("F1");
    await hotline.locator(".strip", { hasText: "110 已签收" }).waitFor();
    expect((await carried("sign")).map(({ body }) => body)).toEqual([{ pushNo: 1 }]);
  });

  test.each([
    [1366, 640],
    [1366, 480],
  ])(
    "the danger that came in last is in view and reported in time, on a low screen too: %i x %i (nmg:2.2.1)",
    async (width, height) => {
      const police = await seat("police");
      await police.setViewportSize({ width, height });
      const hotline = await seat("hotline");
      await hotline.locator(".line").first().waitFor();
      const copies = [...api().world.nodes.hotline.copies.values()];
      const copy = copies.find((one) => one.texts["text"]?.includes("推搡老人"));
      if (copy !== undefined)
        copy.texts["text"] = `${copy.texts["text"]}。${"对方一直在骂人，旁边还有两个孩子，保安不敢上前，".repeat(8)}`;
      await openRequest(hotline, "推搡老人");
      for (const [i, key] of ["F9", "Shift+F9", "Shift+F9"].entries()) {
        await hotline.keyboard.press(key);
        await expect.poll(() => given("shown").length, IN_TIME).toBe(i + 1);
      }
    },
  );
});
