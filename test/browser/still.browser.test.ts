import { describe, expect, test } from "vitest";
import { comeLong, copyOf } from "./fake-api/from-peer.ts";
import { freshDesks } from "./fresh-desks.ts";

describe("what stands still on the page of supervision (nmg:2.2.1, nmg:2.3.1)", () => {
  const { api, seat } = freshDesks();

  async function supervision() {
    const page = await seat("hotline", "super");
    await page.goto(`${api().url.hotline}/supervision`);
    await page.locator(".panel table").last().waitFor();
    return page;
  }

  test("comes into the list without a reload when its time is over, with who must act, and goes when it moves", async () => {
    const { hotline } = api().world.nodes;
    const page = await supervision();
    const rows = page.locator("tr.opens");
    expect(await rows.count()).toBe(0);
    const copy = copyOf(hotline, "井盖没了");
    comeLong(copy, 31);
    await rows.first().waitFor();
    const words = await rows.first().innerText();
    expect(words).toContain(copy.no);
    expect(words).toContain("本台（12345）");
    expect(words).toContain("受理、退回或提出协商");
    for (const linkage of copy.linkages) linkage.state = "accepted";
    await rows.first().waitFor({ state: "detached" });
  });

  test("opens its request by a click anywhere in the line, and by Enter", async () => {
    const { hotline } = api().world.nodes;
    const copy = copyOf(hotline, "井盖没了");
    comeLong(copy, 31);
    const page = await supervision();
    // As the mouse does it: what lies under the pointer at the end of the line is the line's link.
    const end = await page.locator("tr.opens td").last().boundingBox();
    if (end === null) throw new Error("the line is not on the page");
    await page.mouse.click(end.x + end.width - 8, end.y + end.height / 2);
    await page.waitForURL(`**/requests/${copy.no}`);
    await page.goBack();
    await page.locator("tr.opens a").focus();
    await page.keyboard.press("Enter");
    await page.locator(".request").waitFor();
    expect(page.url()).toContain(`/requests/${copy.no}`);
  });

  test("who answers for no desk sees neither list, and the page says so", async () => {
    const page = await seat("hotline", "seat");
    await page.goto(`${api().url.hotline}/supervision`);
    await page.locator(".panel", { hasText: "停滞的移交" }).locator(".empty").waitFor();
    expect(await page.locator("tr.opens").count()).toBe(0);
  });
});
