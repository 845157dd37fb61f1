import { describe, expect, test } from "vitest";
import { comeReply, copyOf } from "./fake-api/from-peer.ts";
import { freshDesks } from "./fresh-desks.ts";
import { openRequest } from "./tour.ts";

describe("a row of the queue says what waits behind it", () => {
  const { api, seat, carried } = freshDesks();

  test("a unit's reply stands in the row, and so does what is owed after the conclusion (nmg:2.2.1)", async () => {
    const page = await seat();
    const { hotline } = api().world.nodes;
    const line = page.locator(".line", { hasText: "诉求人反映小区供暖" });
    await line.getByText("办理中").waitFor();
    comeReply(api().world, hotline, copyOf(hotline, "诉求人反映小区供暖"), "已入户测温");
    await line.getByText("单位已答复，待办结").waitFor();
    expect(await line.textContent()).not.toContain("办理中");
    const done = page.locator(".line", { has: page.getByText("已办结，待归档") });
    await done.first().waitFor();
  });

  test("words of the other desk that nobody has read are marked, ending it waits for them and names the key, and Y takes the mark away (REQ-14)", async () => {
    const page = await seat();
    const police = await seat("police");
    const copy = copyOf(api().world.nodes.hotline, "井盖没了");
    const [offer] = copy.linkages;
    if (offer === undefined) throw new Error("nothing was offered");
    // It was offered before and taken back; nothing is unread there.
    copy.linkages.unshift({ ...offer, id: "l-before", state: "withdrawn", additionsUnread: 0 });
    await page.keyboard.press("2");
    await openRequest(page, "井盖没了");
    const line = page.locator(".line", { hasText: "井盖没了" });
    await line.getByText("补充 1 条未读").waitFor();
    await page.keyboard.press("y");
    await line.getByText("补充 1 条未读").waitFor({ state: "detached" });
    await page.keyboard.press("F2");
    await carried("acceptOffer");
    await page.keyboard.press("1");
    await line.waitFor();
    expect(await line.textContent()).not.toContain("未读");
    await police.keyboard.press("3");
    await openRequest(police, "井盖没了");
    await police.keyboard.press("m");
    await police.locator(".action-form textarea").fill("报警人说旁边还有一处");
    await police.keyboard.press("Control+Enter");
    await line.getByText("补充 1 条未读").waitFor();
    await page.getByText("办结还不能做：先阅读补充（1 条），按 Y 已阅").waitFor();
    await page.keyboard.press("y");
    await line.getByText("补充 1 条未读").waitFor({ state: "detached" });
    // Row and request are read again each by itself: whichever comes first.
    await expect.poll(() => page.getByText("按 Y 已阅").count()).toBe(0);
  });
});
