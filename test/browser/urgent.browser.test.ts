import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { DEFAULT_LINKAGE_POLICY } from "../../src/core/linkage/index.ts";
import { comeOwed } from "./fake-api/from-peer.ts";
import { instant, raise } from "./fake-api/world.ts";
import { freshDesks } from "./fresh-desks.ts";
import { hideTab } from "./hidden-tab.ts";
import { openRequest } from "./tour.ts";

/** A push must be reported before its node calls for a telephone, the second it has to stand included. */
const IN_TIME = { timeout: DEFAULT_LINKAGE_POLICY.urgentSeat };

async function push(page: Page): Promise<void> {
  await page.locator(".line").first().waitFor();
  await openRequest(page, "推搡老人");
  await page.keyboard.press("F9");
}

describe("an urgent push at three in the morning", () => {
  const { api, seat, given, carried } = freshDesks();

  test("it comes up without a reload, says matter, place and number, and only then is reported as shown (nmg:2.2.1)", async () => {
    const police = await seat("police");
    const hotline = await seat("hotline");
    await push(hotline);
    const bar = police.locator(".urgent");
    await bar.waitFor();
    for (const words of ["公安机关管辖的行政（治安）案件", "新华广场东侧", "138****2007", "推搡老人"]) {
      await bar.getByText(words).first().waitFor();
    }
    await hotline.locator(".strip", { hasText: "110 已上屏" }).waitFor();
    expect(await carried("shown")).toHaveLength(1);
    await police.keyboard.press("F1");
    await bar.waitFor({ state: "detached" });
    await hotline.locator(".strip", { hasText: "110 已签收" }).waitFor();
    expect(await carried("sign")).toHaveLength(1);
    expect(new URL(police.url()).pathname).toMatch(/^\/requests\/\d{19}$/);
  });

  test("a server that takes the push and does not answer is silent too: the number to dial stands there, and the push is one (nmg:2.2.1, P3)", async () => {
    const page = await seat();
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.context().route("**/api/requests", async (route) => {
      if (route.request().method() === "POST") await held;
      await route.continue();
    });
    await page.keyboard.press("F9");
    await page.locator(".strip-dial").waitFor({ timeout: 10_000 });
    expect(given("register")).toHaveLength(0);
    answer();
    await page.locator(".strip.stuck").waitFor({ state: "detached" });
    expect(await carried("register")).toHaveLength(1);
  });

  test("an open danger stands first in the queue of both desks, told by word and shape; 110 sees what it must sign", async () => {
    const police = await seat("police");
    const hotline = await seat("hotline");
    await push(hotline);
    for (const page of [hotline, police]) {
      const first = page.locator(".line").first();
      await first.getByText("危险处置中").waitFor();
      expect(await first.locator(".badge.danger svg").count()).toBe(1);
      expect(await page.locator(".view[aria-pressed='true']").textContent()).toContain("本台办理");
    }
    await police.locator(".line", { hasText: "推搡老人" }).getByText("待签收").waitFor();
    await police.locator(".line", { hasText: "推搡老人" }).getByText("普通部分在对方").waitFor();
    // Older than a page of others: on top all the same.
    const old = [...api().world.nodes.hotline.copies.values()].find((one) => one.texts["text"]?.includes("推搡老人"));
    if (old !== undefined) old.first = { ...old.first, registeredAt: "2020-01-01T00:00:00.000Z" };
    await hotline.reload();
    await hotline.locator(".line").first().getByText("危险处置中").waitFor();
    await police.keyboard.press("F1");
    await police.getByText("待签收").waitFor({ state: "detached" });
  });

  test("whoever registers keeps the caret when signing", async () => {
    const police = await seat("police");
    const hotline = await seat("hotline");
    await police.keyboard.press("F4");
    await police.keyboard.type("正在登");
    await push(hotline);
    await police.locator(".urgent").waitFor();
    await police.keyboard.press("F1");
    await police.locator(".urgent").waitFor({ state: "detached" });
    await police.keyboard.type("记");
    expect(await police.getByLabel("诉求内容").inputValue()).toBe("正在登记");
  });

  test("an off-duty seat sees it but is not a delivery; the sender is told which number to dial", async () => {
    const police = await seat("police");
    await police.getByRole("switch").click();
    await police.locator(".banner", { hasText: "离岗" }).waitFor();
    const hotline = await seat("hotline");
    await push(hotline);
    await police.locator(".urgent", { hasText: "未记为送达" }).waitFor();
    await hotline.locator(".dial-number", { hasText: "0471-000-0110" }).waitFor();
    expect(given("shown")).toHaveLength(0);
    await police.getByRole("switch").click();
    await hotline.locator(".dial-number").waitFor({ state: "detached" });
    expect(await carried("shown")).toHaveLength(1);
  });

  test("a silent link shows the number to dial until somebody enters an outcome", async () => {
    api().world.linkUp = false;
    const hotline = await seat("hotline");
    await push(hotline);
    await hotline.locator(".dial-number", { hasText: "0471-000-0110" }).waitFor();
    await hotline.getByRole("button", { name: "已接通并告知" }).click();
    await hotline.locator(".dial-number").waitFor({ state: "detached" });
    expect(api().world.nodes.hotline.alarms.find((one) => one.kind === "linkSilent")?.acknowledgedAt).not.toBeNull();
  });

  test("every amendment is a new push that comes up and is reported again", async () => {
    const police = await seat("police");
    const hotline = await seat("hotline");
    await push(hotline);
    await hotline.locator(".action-form textarea").waitFor();
    await police.locator(".urgent").waitFor();
    await expect.poll(() => given("shown").length, IN_TIME).toBe(1);
    await hotline.keyboard.type("手里有刀");
    await hotline.keyboard.press("Control+Enter");
    await police.locator(".urgent", { hasText: "第 2 次推送" }).waitFor();
    await expect.poll(() => given("shown").length, IN_TIME).toBe(2);
  });

  test("how long a danger waits counts from its first unsigned push, and it keeps its place under F1 (nmg:2.2.1)", async () => {
    const police = await seat("police");
    const hotline = await seat("hotline");
    await push(hotline);
    await hotline.locator(".action-form textarea").waitFor();
    await police.locator(".urgent").waitFor();
    const [first] = api().world.nodes.police.alarms;
    if (first === undefined) throw new Error("no mark");
    first.raisedAt = instant(7 * 60_000);
    await hotline.keyboard.press("Shift+F9");
    await expect.poll(() => police.locator(".urgent").count()).toBe(2);
    await openRequest(hotline, "推搡老人");
    await hotline.keyboard.press("m");
    await hotline.locator(".action-form textarea").fill("手里有刀");
    await hotline.keyboard.press("Control+Enter");
    await police.locator(".urgent", { hasText: "第 2 次推送" }).waitFor();
    const longest = police.locator(".urgent").first();
    for (const words of ["未签收 · 7 分钟", "第 2 次推送", "F1"]) expect(await longest.textContent()).toContain(words);
  });

  test("what is added after signing comes up quietly on whatever is open, and is reported as shown", async () => {
    const police = await seat("police");
    const hotline = await seat("hotline");
    await push(hotline);
    await police.locator(".urgent").waitFor();
    await expect.poll(() => given("shown").length, IN_TIME).toBe(1);
    await police.keyboard.press("F1");
    await police.locator(".request").waitFor();
    await police.keyboard.press("F4");
    await hotline.locator(".strip", { hasText: "110 已签收" }).waitFor();
    await hotline.locator(".action-form textarea").fill("跑到北门去了");
    await hotline.keyboard.press("Control+Enter");
    await police.locator(".strip", { hasText: "跑到北门去了" }).waitFor();
    await expect.poll(() => given("shown").length, IN_TIME).toBe(2);
    expect(await police.locator(".urgent").count()).toBe(0);
    await police.getByRole("button", { name: "知道了" }).click();
    await police.locator(".strip", { hasText: "跑到北门去了" }).waitFor({ state: "detached" });
  });

  test("what is added to the signed request that is open is reported as shown too", async () => {
    const police = await seat("police");
    const hotline = await seat("hotline");
    await push(hotline);
    await police.locator(".urgent").waitFor();
    await expect.poll(() => given("shown").length, IN_TIME).toBe(1);
    await police.keyboard.press("F1");
    await police.locator(".request").waitFor();
    await hotline.locator(".strip", { hasText: "110 已签收" }).waitFor();
    await hotline.locator(".action-form textarea").fill("跑到北门去了");
    await hotline.keyboard.press("Control+Enter");
    await police.locator(".addition", { hasText: "跑到北门去了" }).waitFor();
    await expect.poll(() => given("shown").length, IN_TIME).toBe(2);
    // Seen where it belongs, it is not said a second time above.
    await police.locator(".strip", { hasText: "跑到北门去了" }).waitFor({ state: "detached" });
  });

  test("a push goes on being tried while the server is away, names the number, and is done once", async () => {
    const hotline = await seat("hotline");
    await hotline.locator(".line").first().waitFor();
    await hotline
      .context()
      .route("**/api/requests", (route) => (route.request().method() === "POST" ? route.abort() : route.fallback()));
    await hotline.keyboard.press("F9");
    await hotline.locator(".strip.stuck", { hasText: "0471-000-0110" }).waitFor();
    await hotline.context().unroute("**/api/requests");
    await hotline.locator(".strip", { hasText: "推送已发出" }).waitFor();
    expect(await carried("register")).toHaveLength(1);
  });

  test("a lost stream is said, and the poll alone still brings the alarm", async () => {
    const police = await seat("police");
    await police.locator(".live").waitFor();
    await police.context().route("**/api/stream", (route) => route.abort());
    for (const ear of api().world.nodes.police.ears) api().world.nodes.police.ears.delete(ear);
    const hotline = await seat("hotline");
    await push(hotline);
    await police.locator(".urgent").waitFor();
    await expect.poll(() => given("shown").length, IN_TIME).toBe(1);
  });

  test("when only the alarms have changed only the alarms are read", async () => {
    const page = await seat("hotline");
    await openRequest(page, "推搡老人");
    await page.locator(".timeline .entry").first().waitFor();
    const { hotline } = api().world.nodes;
    await expect.poll(() => hotline.alarmEars.size).toBe(1);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    const [copy] = hotline.copies.values();
    if (copy === undefined) throw new Error("no request");
    raise(hotline, "linkSilent", "l-1", copy, { dial: "0471-000-0110" });
    for (const ear of hotline.alarmEars) ear();
    await page.locator(".dial-number").waitFor();
    expect(asked.filter((path) => /\/api\/(requests|orders)/.test(path))).toEqual([]);
  });

  test("while the browser forbids sound a red bar says so, until a key is pressed", async () => {
    const page = await seat("police");
    const untouched = await page.context().newPage();
    // The driver's own look at the page counts as a touch, so it looks only when the screen stands.
    const stands = untouched.waitForResponse("**/api/alarms");
    await untouched.goto(api().url.police, { waitUntil: "commit" });
    await stands;
    await untouched.locator(".strip.sound").waitFor();
    await untouched.keyboard.press("Shift");
    await untouched.locator(".strip.sound").waitFor({ state: "detached" });
    expect(await untouched.locator(".line").count()).toBeGreaterThan(0);
  });

  test("an addition that 110 has not seen is told from what it has seen (nmg:a3)", async () => {
    const police = await seat("police");
    const hotline = await seat("hotline");
    await push(hotline);
    await hotline.locator(".strip", { hasText: "110 已上屏" }).waitFor();
    await police.getByRole("switch").click();
    await police.locator(".banner", { hasText: "离岗" }).waitFor();
    await hotline.locator(".action-form textarea").fill("手里有刀");
    await hotline.keyboard.press("Control+Enter");
    await hotline.locator(".strip", { hasText: "110 已看到第 1 次推送，最新补充（第 2 次）尚未上屏" }).waitFor();
    await hotline.locator(".step.owed", { hasText: "第 1 次已上屏" }).getByText("第 2 次未到").waitFor();
    const times = (hasText: RegExp) => hotline.locator(".push-times li", { hasText }).waitFor();
    await times(/第 2 次推送 [\d:]+ · 尚未上屏/);
    await times(/第 1 次推送 [\d:]+ · [\d:]+ 上屏/);
    await police.getByRole("switch").click();
    await hotline.locator(".strip", { hasText: "110 已上屏" }).waitFor();
    await hotline.locator(".step.owed").waitFor({ state: "detached" });
    await times(/第 2 次推送 [\d:]+ · [\d:]+ 上屏/);
    expect(await carried("shown", 2)).toHaveLength(2);
  });

  test("five pushes at once leave the desk usable on a small screen: the one that waits longest in full, the rest opens (nmg:2.2.1)", async () => {
    const police = await seat("police");
    // Nobody looks until all five are there: none counts because it had a line before the next one took it.
    await hideTab(police, true);
    const hotline = await seat("hotline");
    await hotline.locator(".line").first().waitFor();
    for (let i = 0; i < 5; i += 1) {
      await hotline.keyboard.press("Shift+F9");
      await expect.poll(() => given("register").length).toBe(i + 1);
    }
    await police.locator(".alarms-more", { hasText: "另有 2 项" }).waitFor();
    await hideTab(police, false);
    const height = (await police.locator(".alarms").boundingBox())?.height ?? 999;
    expect(height).toBeLessThanOrEqual(300);
    const desk = (await police.locator("main").boundingBox())?.height ?? 0;
    expect(desk).toBeGreaterThan(380);
    expect(await police.locator(".urgent").count()).toBe(3);
    // What is folded away is on nobody's screen, and is not said to be.
    await expect.poll(() => given("shown").length, IN_TIME).toBe(3);
    const first = (await carried("register"))[0]?.subject ?? "";
    expect(await police.locator(".urgent").first().textContent()).toContain(first);
    await police.keyboard.press("F7");
    await expect.poll(() => police.locator(".urgent").count()).toBe(5);
    await expect.poll(() => given("shown").length, IN_TIME).toBe(5);
    await police.keyboard.press("F7");
    await police.keyboard.press("F1");
    await police.waitForURL((url) => url.pathname === `/requests/${first}`);
    await police.locator(".alarms-more", { hasText: "另有 1 项" }).waitFor();
    // At the sender four requests owe a half and fill the bar: the newest push keeps its line, with its own state and number.
    const { hotline: desk12345 } = api().world.nodes;
    const nos = (await carried("register")).map((one) => one.subject);
    for (const no of nos.slice(0, 4)) {
      const copy = desk12345.copies.get(no);
      if (copy !== undefined) comeOwed(desk12345, copy, "place");
    }
    await hotline.locator(".strip.owed").first().waitFor();
    const own = hotline.locator(".alarms-own .strip");
    await own.getByText(`尾号 ${nos.at(-1)?.slice(-5)}`).waitFor();
    await own.getByText("110 已上屏").waitFor();
    for (const [i, no] of nos.slice(0, 2).entries()) {
      await hotline
        .locator(".strip.owed")
        .nth(i)
        .getByText(`尾号 ${no.slice(-5)}`)
        .waitFor();
    }
    await hotline.locator(".strip.owed").first().getByText("事项未填 · 区划未选").waitFor();
    expect((await hotline.locator(".alarms").boundingBox())?.height ?? 999).toBeLessThanOrEqual(300);
  });

  test("what is scrolled out of the opened list is not reported as shown, what came in last is not scrolled out (nmg:2.2.1)", async () => {
    const hotline = await seat("hotline");
    await hotline.locator(".line").first().waitFor();
    for (let i = 0; i < 9; i += 1) {
      await hotline.keyboard.press("Shift+F9");
      await expect.poll(() => given("register").length).toBe(i + 1);
    }
    // Logged in when all of them wait: none has had a line for a while that another one took.
    const police = await seat("police");
    await police.setViewportSize({ width: 1366, height: 480 });
    await police.locator(".alarms-more", { hasText: "另有 6 项" }).waitFor();
    await police.keyboard.press("F7");
    await expect.poll(() => police.locator(".urgent").count()).toBe(9);
    const subjects = api().world.nodes.police.alarms.map((one) => one.subject);
    const isReported = (subject: string | undefined) => given("shown").some((one) => one.subject === subject);
    await expect.poll(() => isReported(subjects.at(-1)), IN_TIME).toBe(true);
    const last = police.locator(".alarms-list .urgent").last();
    const reported = () => isReported(subjects.at(-2));
    await expect.poll(() => given("shown").length, IN_TIME).toBeGreaterThan(3);
    // Long enough for two more readings: what is not in view stays unreported however often it is read.
    await police.waitForResponse("**/api/alarms");
    await police.waitForResponse("**/api/alarms");
    expect([reported(), given("shown").length < 9]).toEqual([false, true]);
    await last.scrollIntoViewIfNeeded();
    await expect.poll(reported, IN_TIME).toBe(true);
  });

  test("an addition to the open request that is scrolled away is said above, and reported there", async () => {
    const police = await seat("police");
    const hotline = await seat("hotline");
    await push(hotline);
    await police.locator(".urgent").waitFor();
    await expect.poll(() => given("shown").length, IN_TIME).toBe(1);
    await police.keyboard.press("F1");
    await police.locator(".request").waitFor();
    await police.setViewportSize({ width: 1366, height: 420 });
    await police.locator(".request-body").evaluate((body) => {
      body.insertAdjacentHTML("beforeend", "<div style='height:3000px'></div>");
      body.scrollTop = 2_500;
    });
    await hotline.locator(".strip", { hasText: "110 已签收" }).waitFor();
    // Looked for at every moment: reported, it is gone again before the driver looks a second time.
    const said = police.locator("body").evaluate(
      (body, words) =>
        new Promise<void>((seen) => {
          const look = () => {
            const strips = [...body.querySelectorAll(".strip")];
            if (strips.some((strip) => strip.textContent?.includes(words) === true)) seen();
            else setTimeout(look, 10);
          };
          look();
        }),
      "跑到北门去了",
    );
    await hotline.locator(".action-form textarea").fill("跑到北门去了");
    await hotline.keyboard.press("Control+Enter");
    await said;
    await expect.poll(() => given("shown").length, IN_TIME).toBe(2);
    await police.locator(".strip", { hasText: "跑到北门去了" }).waitFor({ state: "detached" });
  });

  test("at 110 one line says who holds which part, and nothing says it was accepted", async () => {
    const police = await seat("police");
    const hotline = await seat("hotline");
    await push(hotline);
    await police.locator(".urgent").waitFor();
    await police.keyboard.press("F1");
    const line = police.locator(".who-holds");
    await line.getByText("涉险部分：").waitFor();
    expect((await line.textContent())?.replaceAll(/\s+/g, " ")).toMatch(/涉险部分： 本台负责 ?普通部分： 12345 负责$/);
    expect(await police.locator(".request-head").textContent()).not.toContain("已受理");
    await hotline.locator(".who-holds", { hasText: "涉险部分： 110 负责" }).waitFor();
  });

  test("a unit's danger button pushes while its order stays open (nmg:2.2.2, nmg:a3.4)", async () => {
    const unit = await seat("hotline", "unit");
    const police = await seat("police");
    await unit.locator(".danger-outline").first().click();
    await unit.getByRole("button", { name: "立即推送 110" }).click();
    await police.locator(".urgent").waitFor();
    expect(await carried("orderDanger")).toHaveLength(1);
    expect(await unit.locator(".unit-order").count()).toBe(2);
    await unit.locator(".strip", { hasText: "110 已上屏" }).waitFor();
    await police.keyboard.press("F1");
    await unit.locator(".strip", { hasText: "110 已签收" }).waitFor();
  });
});
