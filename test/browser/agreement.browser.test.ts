import { describe, expect, test } from "vitest";
import { freshDesks } from "./fresh-desks.ts";

describe("the page on which versions of the catalogue are agreed", () => {
  const { api, seat } = freshDesks();

  test("a version is compared and signed by keyboard alone, asked for once more, and stays signed (nmg:2.2.5)", async () => {
    const page = await seat("hotline", "super");
    await page.goto(`${api().url.hotline}/agreement`);
    const row = page.locator("tr:has(th[scope=row])", { hasText: "city-1501@1" });
    await row.getByText("对方已签，待本方").waitFor();
    await row.getByRole("button").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "nmg-2022-89@4 → city-1501@1：2 处不同" }).waitFor();
    const focused = (): Promise<string> => page.evaluate<string>("document.activeElement?.textContent ?? ''");
    await expect.poll(focused).toContain("2 处不同");
    const change = page.locator("li", { hasText: "duplicate" });
    for (const words of ["修改", "退回理由", "重复件", "重复反映", "方案 → 双方约定", "依据文件 minutes3"])
      expect(await change.textContent()).toContain(words);
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("签署 city-1501@1");
    await page.keyboard.press("Enter");
    await page.getByText("签署后不能撤回").waitFor();
    await expect.poll(focused).toBe("确认签署");
    expect(api().world.nodes.hotline.signedVersions.size).toBe(0);
    await page.keyboard.press("Enter");
    await row.getByText("双方已签，待首日").waitFor();
    await expect.poll(focused).toContain("已签署 city-1501@1");
    expect(await row.textContent()).toContain("值班长");
    expect(api().world.nodes.hotline.signedVersions.get("city-1501@1")?.by).toBe("值班长");
  });

  test("a call taker is told that the page is not his, and nothing of it is shown (nmg:2.3.2)", async () => {
    const page = await seat("hotline", "taker");
    await page.goto(`${api().url.hotline}/agreement`);
    await page.getByText("你的账号看不到这一栏。").waitFor();
    expect(await page.locator("button[aria-expanded]", { hasText: "签署" }).count()).toBe(0);
    expect(await page.getByText("city-1501").count()).toBe(0);
  });

  test("leads there from the page of supervision", async () => {
    const page = await seat("hotline", "super");
    await page.goto(`${api().url.hotline}/supervision`);
    await page.getByRole("link", { name: "事项目录版本：签署与比较" }).click();
    await page.getByRole("heading", { name: "事项目录版本" }).waitFor();
    await page.getByText("自始生效，双方未另行签署").waitFor();
    await page.getByText("本节点还没有，正向对方索取").waitFor();
    expect(new URL(page.url()).pathname).toBe("/agreement");
  });
});
