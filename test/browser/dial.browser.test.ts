import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { copyOf } from "./fake-api/from-peer.ts";
import { raise, tell } from "./fake-api/world.ts";
import { freshDesks } from "./fresh-desks.ts";
import { openRequest } from "./tour.ts";

/** Folder to keep pictures in, when somebody wants to look at them. */
const PICTURES = process.env["LIANDONG_PICTURES"];

describe("a number that somebody must dial (nmg:2.2.1)", () => {
  const { api, seat } = freshDesks();
  const silent = async (page: Page) => {
    const { hotline } = api().world.nodes;
    const copy = copyOf(hotline, "推搡老人");
    for (const kind of ["linkSilent", "urgentUndelivered"])
      raise(hotline, kind, "l-1", copy, { dial: "0471-000-0110" });
    for (const ear of hotline.alarmEars) ear();
    await page.locator(".dial-number", { hasText: "0471-000-0110" }).waitFor();
  };

  test("who dialled, when, which number and what came of it stands in the history; one answer is enough for all marks of the number", async () => {
    const page = await seat();
    await openRequest(page, "推搡老人");
    await silent(page);
    await page.getByLabel("已口头移交").fill("110 值班长");
    await page.keyboard.press("Enter");
    await page.locator(".dial-number").waitFor({ state: "detached" });
    await page.locator(".flash", { hasText: "已记入经过：已口头移交" }).waitFor();
    const entry = page.locator(".timeline .entry", { hasText: "拨打电话" });
    await entry.getByText("110 值班长").waitFor();
    for (const words of ["0471-000-0110", "已口头移交", "推送没有回执", "推送尚未上屏", "坐席 07"])
      expect(await entry.textContent()).toContain(words);
    expect(await entry.count()).toBe(1);
  });

  test("a push that went nowhere, with no number on file, says what to do, and what was done is on record", async () => {
    const page = await seat("police");
    const { police } = api().world.nodes;
    await openRequest(page, "占用车位");
    const copy = copyOf(police, "占用车位");
    raise(police, "noPeer", copy.caseId, copy);
    for (const ear of police.alarmEars) ear();
    const bar = page.locator(".dials", { hasText: "没有可推送的对方" });
    await bar.getByText("没有登记对方号码：请查号拨打事发地 110，并报告值班长").waitFor();
    expect(await bar.textContent()).toContain(copy.no);
    await bar.getByRole("button", { name: "已接通并告知" }).click();
    await bar.waitFor({ state: "detached" });
    await page.locator(".timeline .entry", { hasText: "拨打电话" }).getByText("已接通并告知").waitFor();
  });

  test("a push that went past the place's own 110 says so, and the number of that one stays until somebody was told", async () => {
    const page = await seat();
    const { hotline } = api().world.nodes;
    await openRequest(page, "推搡老人");
    const copy = copyOf(hotline, "推搡老人");
    await page.keyboard.press("F9");
    const findPush = () => copy.linkages.find(({ kind, role }) => kind === "urgent" && role === "S");
    await expect.poll(findPush).toBeDefined();
    const pushed = findPush();
    if (pushed === undefined) throw new Error("nothing was pushed");
    const names = { name: "某县公安局110", nameEn: "County 110", pushedTo: "市公安局110", pushedToEn: "City 110" };
    pushed.byVoice = { ...names, phone: "0471-000-0221" };
    raise(hotline, "placeByVoice", pushed.id, copy, { dial: "0471-000-0221" });
    tell(hotline, copy, "CaseAmended", {});
    const words = "已推送到市公安局110；某县公安局110没有联网，只能打电话：请拨打 0471-000-0221";
    const bar = page.locator(".dials", { hasText: "事发地110只能打电话" });
    await bar.getByText(words).waitFor();
    await page.locator(".strip").getByText(words).waitFor();
    await page.locator(".card").getByText(words).waitFor();
    if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/by-voice.png`, animations: "disabled" });
    await bar.getByRole("button", { name: "已接通并告知" }).click();
    await bar.waitFor({ state: "detached" });
    expect(await page.locator(".card").getByText(words).count()).toBe(1);
  });

  test("no answer is on record too, says when it is asked for again, and comes back by itself", async () => {
    api().world.redialMs = 1_000;
    const page = await seat();
    await openRequest(page, "推搡老人");
    await silent(page);
    await page.getByRole("button", { name: "无人接听" }).click();
    await page.locator(".flash", { hasText: "已记入经过：无人接听；20 秒后再提示拨打" }).waitFor();
    await page.locator(".dial-number").waitFor({ state: "detached" });
    await page.locator(".dial-number", { hasText: "0471-000-0110" }).waitFor();
    const calls = page.locator(".timeline .entry", { hasText: "拨打电话" });
    expect(await calls.allTextContents()).toEqual([expect.stringContaining("无人接听")]);
  });

  test("a unit that leaves its order lying is rung from a quiet line that names whose number it is, and that gives way to every danger (yn:4.1.2, REQ-34)", async () => {
    const page = await seat();
    const { hotline } = api().world.nodes;
    const copy = copyOf(hotline, "推搡老人");
    const rings = { nameZh: "市政设施管护中心", nameEn: "Municipal works" };
    raise(hotline, "notTakenUp", "clock-1", copy, { dial: "0471-000-0300", level: 2, rings });
    for (const ear of hotline.alarmEars) ear();
    const line = page.locator(".ring");
    await line.getByText("市政设施管护中心 0471-000-0300").waitFor();
    await line.getByText("前 1 次拨打无人接听").waitFor();
    expect(await page.locator(".alarms").count()).toBe(0);
    if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/ring.png`, animations: "disabled" });
    await silent(page);
    await line.waitFor({ state: "detached" });
    await page.locator(".dials").getByRole("button", { name: "已接通并告知" }).click();
    await line.getByRole("button", { name: "无人接听" }).click();
    const flash = page.locator(".flash", { hasText: "已记入经过：无人接听" });
    await flash.waitFor();
    expect(await flash.textContent()).not.toContain("秒后再提示");
    await line.waitFor({ state: "detached" });
  });

  test("what came of the call is said by a key while one writes, and found by its words in the palette (nmg:2.2.1)", async () => {
    const page = await seat();
    await openRequest(page, "推搡老人");
    await page.keyboard.press("Alt+7");
    await page.locator(".flash", { hasText: "没有亮着按键的待拨电话" }).waitFor();
    await silent(page);
    await page.keyboard.press("m");
    await page.locator(".action-form textarea:focus").waitFor();
    // The keys wait until a press can be meant for this number.
    await page.locator(".dial-outcome [aria-keyshortcuts='Alt+7']").waitFor();
    await page.keyboard.press("Alt+8");
    await page.locator(".flash", { hasText: "已记入经过：无人接听" }).waitFor();
    expect(await page.locator(".action-form textarea").inputValue()).toBe("");
    await page.locator(".dial-number").waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    const { hotline } = api().world.nodes;
    raise(hotline, "noPeer", "l-2", copyOf(hotline, "推搡老人"));
    for (const ear of hotline.alarmEars) ear();
    await page.locator(".dial-outcome [aria-keyshortcuts='Alt+7']").waitFor();
    await page.keyboard.press("Control+k");
    await page.locator(".palette input").fill("已接通并告知");
    await page.keyboard.press("Enter");
    await page.locator(".dials").waitFor({ state: "detached" });
    const calls = page.locator(".timeline .entry", { hasText: "拨打电话" });
    await expect.poll(() => calls.count()).toBe(2);
    expect((await calls.allTextContents()).join(" ")).toContain("已接通并告知");
  });
});
