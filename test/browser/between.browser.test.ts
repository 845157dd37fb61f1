import { describe, expect, test } from "vitest";
import { comeDoubtful, comeFacts, comeOwed, copyOf } from "./fake-api/from-peer.ts";
import { freshDesks } from "./fresh-desks.ts";
import { openRequest } from "./tour.ts";

describe("what comes from the other desk stands beside what is known here", () => {
  const { api, seat } = freshDesks();

  test("a fact that the other desk tells is named by who said it, and marked where it differs (nmg:2.3.1)", async () => {
    const page = await seat();
    const { hotline } = api().world.nodes;
    await openRequest(page, "推搡老人");
    comeFacts(api().world, hotline, copyOf(hotline, "推搡老人"), {
      place: "150105",
      requestKind: "complaint",
      item: "A01-10",
    });
    const place = page.locator(".fact", { hasText: "区划" });
    await place.getByText("110 告知：赛罕区").waitFor();
    await place.getByText("与本台不同").waitFor();
    expect(await place.textContent()).toContain("新城区");
    const kind = page.locator(".fact", { hasText: "诉求类型" });
    await kind.getByText("110 告知：投诉").waitFor();
    expect(await kind.getByText("与本台不同").count()).toBe(0);
    await page.locator(".verdict", { hasText: "110 告知：A01-10 井盖" }).getByText("与本台不同").waitFor();
    await page.locator(".timeline .entry", { hasText: "区划 赛罕区" }).waitFor();
  });

  test("the judgement of the other desk says whose it is", async () => {
    const page = await seat();
    await page.keyboard.press("2");
    await openRequest(page, "井盖没了");
    await page.locator(".verdict", { hasText: "110 判定" }).waitFor();
    expect(await page.locator(".verdict").textContent()).not.toContain("人工判定");
  });

  test("a hand-over without an item says so, and what the other desk then judges stands with it and in the history (nmg:2.2.1)", async () => {
    const page = await seat();
    const { hotline } = api().world.nodes;
    await openRequest(page, "听不清");
    await page.keyboard.press("F8");
    const card = page.locator(".card", { hasText: "移交给 110" });
    await card.getByText("转办（移交时还没有选定事项）").waitFor();
    expect(await page.locator(".request").textContent()).not.toContain("明确转办");
    comeFacts(api().world, hotline, copyOf(hotline, "听不清"), { item: "B01-02" });
    await card.getByText("110 判定为 B01-02 公安机关管辖的行政（治安）案件").waitFor();
    await page.locator(".timeline .entry", { hasText: "事项 B01-02 公安机关管辖的行政（治安）案件" }).waitFor();
  });

  test("a return says reason, basis and proposed owner where the sender decides what becomes of it (nmg:2.2.1)", async () => {
    const police = await seat("police");
    const hotline = await seat();
    await openRequest(police, "井盖没了");
    const line = police.locator(".line", { hasText: "井盖没了" });
    await line.getByText("等待 12345 接收").waitFor();
    await hotline.keyboard.press("3");
    await hotline.locator(".line", { hasText: "车管所" }).getByText("110 办理中").waitFor();
    await hotline.keyboard.press("2");
    await openRequest(hotline, "井盖没了");
    await hotline.locator(".card").getByRole("button", { name: "退回", exact: true }).click();
    await hotline.getByRole("radio", { name: "不属于本平台受理范围" }).check();
    // The clause of the reason and what the judgement rests on are there to be taken over; own words may follow.
    await hotline.getByRole("button", { name: /^井盖.*（清单 A01-10，nmg:a1）$/ }).waitFor();
    await hotline.getByRole("button", { name: "不属于本平台受理范围（nmg:2.1）" }).click();
    expect(await hotline.getByRole("textbox", { name: "依据" }).inputValue()).toBe("不属于本平台受理范围（nmg:2.1）");
    await hotline.getByRole("textbox", { name: "依据" }).fill("nmg:a1.1 权属单位");
    // A unit of the directory is taken over with a press; who stands in none is written.
    await hotline.getByRole("button", { name: /110$/ }).last().waitFor();
    await hotline.getByLabel("建议由谁办理").fill("供热");
    await hotline.locator(".offers").getByRole("button", { name: "市供热公司值班室" }).click();
    expect(await hotline.getByLabel("建议由谁办理").inputValue()).toBe("市供热公司值班室");
    await hotline.getByLabel("建议由谁办理").fill("道路养护单位");
    await hotline.keyboard.press("Control+Enter");
    await hotline.locator(".returned", { hasText: "本台已退回：不属于本平台受理范围" }).waitFor();
    // What was given back is not called stopped, over there either.
    await hotline.locator(".who-holds", { hasText: "本台已退回" }).waitFor();
    await line.getByText("12345 退回，待本台决定").waitFor();
    expect(await line.locator(".badge.warn svg").count()).toBe(1);
    // Whoever must decide finds it above everything of the day, and among what comes from the other desk.
    expect(await police.locator(".line").first().textContent()).toContain("井盖没了");
    await police.getByRole("button", { name: "对方来件 1" }).click();
    await line.getByText("12345 退回，待本台决定").waitFor();
    await hotline.keyboard.press("5");
    await hotline.locator(".line", { hasText: "井盖没了" }).getByText("已退回 110").waitFor();
    const decide = police.locator(".card", { has: police.locator(".returned.due") });
    for (const words of ["12345 退回：不属于本平台受理范围", "nmg:a1.1 权属单位", "道路养护单位", "由本台决定"]) {
      await decide.getByText(words).waitFor();
    }
    // F8 says that it is taken back first, and brings the caret to the button that does it.
    await police.keyboard.press("F8");
    await police.locator(".flash", { hasText: "12345 已退回：先接回本台（按回车）" }).waitFor();
    const back = decide.getByRole("button", { name: "接回本台", exact: true });
    expect(await back.evaluate((one) => one.matches(":focus"))).toBe(true);
    await decide.getByRole("button", { name: "要求协商" }).click();
    await police.locator(".action-form").waitFor();
    await police.keyboard.press("Control+Enter");
    await decide.getByRole("button", { name: "先行受理" }).waitFor();
    expect(await decide.textContent()).toContain("道路养护单位");
  });

  test("a missing half is named in the bar and on the request, with the step that sends it (nmg:a3)", async () => {
    const page = await seat();
    const { hotline } = api().world.nodes;
    const copy = copyOf(hotline, "听不清");
    comeOwed(hotline, copy, "place", 2);
    const bar = page.locator(".strip.owed", { hasText: "区划未选" });
    await bar.getByText("第 2 次催补").waitFor();
    await bar.getByRole("link", { name: "补选区划" }).click();
    await page.locator(".action-form").getByLabel("区划").waitFor();
    const place = page.getByRole("combobox", { name: "区划" });
    await expect.poll(() => place.evaluate((one) => one.matches(":focus"))).toBe(true);
    // Also when the form stands open already with the caret in the text.
    await page.locator(".action-form textarea").focus();
    await page.locator(".request .notice").getByRole("button", { name: "补选区划" }).click();
    await expect.poll(() => place.evaluate((one) => one.matches(":focus"))).toBe(true);
    await page.locator(".request .notice", { hasText: "政府值班单位还没有派出：区划未选" }).waitFor();
    await page.keyboard.press("Escape");
    comeOwed(hotline, copy, "unit", 3);
    await page.locator(".strip.owed", { hasText: "没有登记单位" }).waitFor();
    await page.locator(".request .notice").getByRole("button", { name: "派给单位" }).click();
    await page.locator(".action-form", { hasText: "派单" }).waitFor();
    expect(await page.locator(".request .notice", { hasText: "政府值班单位还没有派出" }).count()).toBe(1);
  });

  test("a value that does not fit its message stands apart with what to do, until it was compared (nmg:2.3.2)", async () => {
    const page = await seat();
    const { hotline } = api().world.nodes;
    await page.keyboard.press("2");
    await openRequest(page, "井盖没了");
    comeDoubtful(api().world, hotline, copyOf(hotline, "井盖没了"), "address", "另一条街 9 号");
    const block = page.locator(".doubtful");
    await block.getByText("据称是：详细地点").waitFor();
    await block.getByText("请拨打 0471-000-0110，与 110 逐项核对").waitFor();
    expect(await page.locator(".facts").textContent()).not.toContain("另一条街");
    await block.getByRole("button", { name: /查看/ }).click();
    await block.getByRole("button", { name: "核对身份" }).click();
    await block.getByText("另一条街 9 号").waitFor();
    await page
      .locator(".timeline .entry", { hasText: "收到存疑内容" })
      .getByText("存疑内容", { exact: true })
      .waitFor();
    await block.getByRole("button", { name: "已核对：内容不符" }).click();
    await block.getByText("已与对方核对").waitFor();
    expect(hotline.alarms.find((one) => one.kind === "doubtfulValue")?.acknowledgedAt).not.toBeNull();
  });
});
