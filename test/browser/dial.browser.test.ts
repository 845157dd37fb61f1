import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { copyOf } from "./fake-api/from-peer.ts";
import { raise } from "./fake-api/world.ts";
import { freshDesks } from "./fresh-desks.ts";
import { openRequest } from "./tour.ts";

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
});
