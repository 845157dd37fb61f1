import { describe, expect, test } from "vitest";
import { freshDesks } from "./fresh-desks.ts";

describe("a request that changes in the moment of a press", () => {
  const { api, seat, given } = freshDesks();

  /** Opens the first request of the queue; gives the copy behind it. */
  async function opened() {
    const page = await seat();
    await page.locator(".line").first().press("Enter");
    await page.getByRole("button", { name: /^受理/ }).first().waitFor();
    const no = /requests\/(\d+)/.exec(page.url())?.[1] ?? "";
    const copy = [...api().world.nodes.hotline.copies.values()].find((one) => one.no === no);
    if (copy === undefined) throw new Error(`no request ${no}`);
    return { page, copy };
  }

  test("by nothing that says anything to a person takes the press all the same", async () => {
    const { page, copy } = await opened();
    copy.version += 1;
    await page.getByRole("button", { name: /^受理/ }).first().click();
    await expect.poll(() => given("accept").length).toBe(1);
    expect(await page.locator(".wrong-box").count()).toBe(0);
  });

  test("by a word says so, and nothing is done until it was looked at", async () => {
    const { page, copy } = await opened();
    copy.version += 1;
    copy.texts["text"] = "还有一人受伤";
    await page.getByRole("button", { name: /^受理/ }).first().click();
    await page.locator(".wrong-box").waitFor();
    expect(given("accept")).toHaveLength(0);
  });
});
