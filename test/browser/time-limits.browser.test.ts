import { describe, expect, test } from "vitest";
import { freshDesks } from "./fresh-desks.ts";
import { openRequest } from "./tour.ts";

/** Folder to keep pictures in, when somebody wants to look at them. */
const PICTURES = process.env["LIANDONG_PICTURES"];

describe("time limits on screens (nmg:2.2.5)", () => {
  const { seat, given, carried } = freshDesks();

  test("a request says where its time went, behind one press: who had to act, for how long, and who had it when it fell due", async () => {
    const page = await seat("hotline", "super");
    await openRequest(page, "诉求人反映小区供暖");
    await page.getByText("用时", { exact: true }).click();
    const spent = page.locator("details", { hasText: "用时" });
    await spent.getByText("12345", { exact: true }).waitFor();
    expect(await spent.innerText()).toMatch(/12345 1 小时 0 分/);
    expect(await spent.innerText()).toMatch(/25 小时 15 分 · 工作时间内 8 小时 0 分/);
    expect(await spent.innerText()).toMatch(/已超时限，到期时在/);
    if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/spent.png`, animations: "disabled" });
  });

  test("a unit asks for more time, the supervisor reads why and gives it", async () => {
    const unit = await seat("hotline", "unit");
    const order = unit.locator(".unit-order", { hasText: "诉求人反映小区供暖" });
    await order.getByRole("button", { name: "申请延期" }).click();
    await order.getByRole("radio", { name: "3", exact: true }).check();
    await order.getByRole("radio", { name: "需要施工" }).check();
    await unit.keyboard.press("Control+Enter");
    expect(given("askExtension")).toHaveLength(0);
    await order.locator(".action-form textarea").fill("须开挖路面");
    await unit.keyboard.press("Control+Enter");
    await order.getByText("申请延期 3小时").waitFor();
    expect((await carried("askExtension"))[0]?.body).toEqual({ amount: 3, reason: "worksNeeded", note: "须开挖路面" });
    // Who asks is not the one who gives it.
    expect(await order.getByRole("button", { name: "同意延期", exact: true }).count()).toBe(0);

    const supervisor = await seat("hotline", "super");
    await openRequest(supervisor, "诉求人反映小区供暖");
    const card = supervisor.locator(".card", { hasText: "须开挖路面" });
    await card.getByText("需要施工").waitFor();
    await card.getByRole("button", { name: "同意延期", exact: true }).click();
    // What was asked stands there, and never more; less is given by keyboard, the caret is in it already.
    const give = supervisor.locator("fieldset.field", { hasText: "同意延长多少" });
    expect(await give.locator("input").count()).toBe(3);
    expect(await give.locator("input:checked").getAttribute("value")).toBe("3");
    await supervisor.keyboard.press("ArrowLeft");
    if (PICTURES !== undefined)
      await supervisor.screenshot({ path: `${PICTURES}/give-less.png`, animations: "disabled" });
    await supervisor.keyboard.press("Control+Enter");
    await supervisor.locator(".card", { hasText: "已延期 2小时" }).waitFor();
    expect((await carried("approveExtension"))[0]?.body).toEqual({ amount: 2, passOn: false });
    await supervisor.locator(".timeline", { hasText: "同意延期" }).waitFor();
  });

  test("a unit takes its wish for more time back while nobody has answered it", async () => {
    const unit = await seat("hotline", "unit");
    const order = unit.locator(".unit-order", { hasText: "诉求人反映小区供暖" });
    await order.getByRole("button", { name: "申请延期" }).click();
    await order.getByRole("radio", { name: "3", exact: true }).check();
    await order.getByRole("radio", { name: "需要施工" }).check();
    await order.locator(".action-form textarea").fill("须开挖路面");
    await unit.keyboard.press("Control+Enter");
    await order.getByRole("button", { name: "撤回延期申请" }).click();
    await order.getByText("申请延期 3小时").waitFor({ state: "detached" });
    expect((await carried("withdrawExtension"))[0]?.body).toEqual({});
    await order.getByRole("button", { name: "申请延期", exact: true }).waitFor();
  });

  test("a unit waits for the requester, says what for, and lets the time run on", async () => {
    const unit = await seat("hotline", "unit");
    const order = unit.locator(".unit-order", { hasText: "诉求人反映小区供暖" });
    await order.getByRole("button", { name: "等待诉求人" }).click();
    await order.locator(".action-form textarea").fill("请补门牌号");
    await unit.keyboard.press("Control+Enter");
    await order.getByText("请补门牌号").waitFor();
    expect((await carried("awaitRequester"))[0]?.body).toEqual({ days: 3, note: "请补门牌号" });
    await order.getByRole("button", { name: "恢复计时" }).click();
    await order.getByRole("button", { name: "申请延期" }).waitFor();
  });
});
