import { describe, expect, test } from "vitest";
import { deliverLate } from "./fake-api/commands.ts";
import { comeFeedback, comeRest, copyOf } from "./fake-api/from-peer.ts";
import { freshDesks } from "./fresh-desks.ts";
import { openRequest } from "./tour.ts";

describe("the history says who did what, and says it once", () => {
  const { api, seat } = freshDesks();

  test("what the other desk told stands once, with when it was written and how late it came; a copy at rest is this desk's (nmg:2.3.1)", async () => {
    const page = await seat("police");
    const { police } = api().world.nodes;
    await openRequest(page, "井盖没了");
    comeRest(api().world, police, copyOf(police, "井盖没了"), "现场已无危险", 5);
    const told = page.locator(".timeline .entry", { hasText: "现场已无危险" });
    await told.waitFor();
    expect(await told.count()).toBe(1);
    const line = await told.textContent();
    expect(line).toMatch(/12345对方进展对方 [\d:]+ 发出，晚 5 分钟 才收到/);
    const rest = page.locator(".timeline .entry", { hasText: "本台副本自动归档" });
    expect(await rest.textContent()).toMatch(/110本台副本自动归档系统 · 危险处置结束/);
    expect(line).not.toContain("补充修改");
    await page.locator(".timeline").getByRole("button", { name: "详情" }).click();
    await told.getByText("补充修改").waitFor();
  });

  test("what the other desk found stands with the step it came with, on the hand-over itself (nmg:2.3.1)", async () => {
    const page = await seat("police");
    const { police } = api().world.nodes;
    await openRequest(page, "井盖没了");
    comeFeedback(api().world, police, copyOf(police, "井盖没了"), "已放置警示牌，待更换");
    const step = page.locator(".card .progress li", { hasText: "已反馈" });
    await step.getByText("已放置警示牌，待更换").waitFor();
    expect(await step.count()).toBe(1);
  });

  test("who handed over sees until when it can come back, and by whose clock, as long as it can (nmg:2.2.1)", async () => {
    const police = await seat("police");
    await openRequest(police, "井盖没了");
    const card = police.locator(".card", { hasText: "移交给 12345" });
    expect(await card.textContent()).toMatch(/12345 可退回至 [\d:]+（以 12345 的时钟为准）/);
    const hotline = await seat();
    await hotline.keyboard.press("2");
    await openRequest(hotline, "井盖没了");
    await hotline.keyboard.press("y");
    await hotline.locator(".addition.unread").waitFor({ state: "detached" });
    await hotline.keyboard.press("F2");
    await card.getByText("已受理").waitFor();
    expect(await card.textContent()).not.toContain("可退回至");
  });

  test("a push that the link held up says at both desks when the key was pressed and how late it came (nmg:2.2.1)", async () => {
    const hotline = await seat();
    const police = await seat("police");
    const { world } = api();
    await openRequest(hotline, "推搡老人");
    world.linkUp = false;
    await hotline.keyboard.press("F9");
    const card = hotline.locator(".card", { hasText: "紧急推送" });
    await card.getByText(/按键 [\d:]+/).waitFor();
    expect(await card.textContent()).not.toContain("才到达");
    world.linkUp = true;
    deliverLate(world, world.nodes.hotline, copyOf(world.nodes.hotline, "推搡老人"), 6);
    const ring = police.locator(".urgent", { hasText: "推搡老人" });
    await ring.getByText(/按键 [\d:]+，[\d:]+ 才到达，晚 6 分钟/).waitFor();
    await police.keyboard.press("F1");
    await police
      .locator(".card", { hasText: "紧急推送" })
      .getByText(/晚 6 分钟/)
      .waitFor();
    await card.getByText(/晚 6 分钟/).waitFor();
    expect(await card.textContent()).toMatch(/按键 [\d:]+，[\d:]+ 才到达，晚 6 分钟/);
  });
});
