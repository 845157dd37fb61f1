import { describe, expect, test } from "vitest";
import { freshDesks } from "./fresh-desks.ts";
import { openRequest } from "./tour.ts";

/** Folder to keep pictures in, when somebody wants to look at them. */
const PICTURES = process.env["LIANDONG_PICTURES"];

describe("a rule that stands on a screen is said by the node (P6, REQ-08)", () => {
  const { seat, carried } = freshDesks();

  test("taking a hand-over back says what it means before it is done, and stands explained in the history afterwards (nmg:2.2.1)", async () => {
    const page = await seat();
    await openRequest(page, "听不清");
    await page.keyboard.press("F8");
    const card = page.locator(".card", { hasText: "移交给 110" });
    await card.getByRole("button", { name: "收回", exact: true }).click();
    // What follows from each stands under it before anybody chooses.
    for (const words of ["本台继续负责，想好再办或再移交；对方那一件随即停止", "本台自己办到底"])
      await page.locator(".action-form .choice-row").getByText(words).waitFor();
    await page.getByRole("radio", { name: "收回", exact: true }).check();
    const form = page.locator(".action-form");
    await form.locator(".why-say", { hasText: "我们收回了这次移交" }).waitFor();
    await page.keyboard.press("Control+Enter");
    const entry = page.locator(".timeline .entry", { has: page.locator(".why-later") });
    expect((await carried("withdraw"))[0]?.body).toEqual({ reason: "takeBack" });
    await entry.getByText("收回依据").click();
    await entry.locator(".why-say", { hasText: "这件事由我们负责" }).waitFor();
    if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/taken-back.png`, animations: "disabled" });
  });

  test("who guides a caller elsewhere reads what 12345 does not take as a hint with its clause, and picks the ground himself (nmg:2.1, REQ-06)", async () => {
    const page = await seat();
    await openRequest(page, "法院判下来");
    await page.getByRole("button", { name: /^引导/ }).first().click();
    const hints = page.locator(".exclusions");
    await hints.getByText("12345 不受理的情形（提示）").click();
    await hints.getByText("是不是属于这些情形由工作人员判断，系统不作判定。").waitFor();
    expect(await page.locator(".action-form input[type=radio]:checked").count()).toBe(0);
    await hints.getByText("个人隐私", { exact: true }).click();
    await hints.locator(".why-say", { hasText: "仍然可以找110" }).waitFor();
    await hints.getByText("nmg:2.1").first().waitFor();
    await page.getByRole("radio", { name: "诉讼" }).check();
    await hints.locator(".why", { hasText: "12345不受理" }).waitFor();
    if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/exclusions.png`, animations: "disabled" });
  });

  test("until when an offer may be given back stands on it, and whose number that is (nmg:2.2.5)", async () => {
    const page = await seat();
    await page.keyboard.press("2");
    await openRequest(page, "井盖没了");
    const card = page.locator(".card", { hasText: "可退回至" });
    // Fixed when it was handed over: who calls back, and whose yardstick counts.
    await card.getByText("回访由 12345 负责 · 按 12345 对成员单位的办法考核").waitFor();
    // By the version that set it, whatever is in force since.
    const asked = page.waitForRequest((request) => request.url().includes("handOverAnswerMinutes"));
    await card.getByText("退回时限依据").click();
    expect(new URL((await asked).url()).searchParams.get("version")).toBe("nmg-2022-89@2");
    await card.locator(".why-say", { hasText: "分钟内可以退回" }).waitFor();
    expect(await card.locator(".why-later[open]").textContent()).toContain("建议做法，待会商");
    if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/return-until.png`, animations: "disabled" });
  });

  test("a unit reads why its order is due by then, by the rule it was frozen with (nmg:2.2.5)", async () => {
    const unit = await seat("hotline", "unit");
    const order = unit.locator(".unit-order", { hasText: "诉求人反映小区供暖" });
    await order.getByText("时限依据").click();
    await order.locator(".why-say").waitFor();
    expect(await order.locator(".why-source").textContent()).toContain("nmg:2.2.5");
    if (PICTURES !== undefined) await unit.screenshot({ path: `${PICTURES}/unit-why.png`, animations: "disabled" });
  });
});
