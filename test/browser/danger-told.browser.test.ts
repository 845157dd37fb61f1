import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { freshDesks } from "./fresh-desks.ts";
import { openRequest } from "./tour.ts";

const ANSWERED = "有人被困吗？ 是\n\nIs anybody trapped? yes";

/** Kept for who wants to look at it; without a folder nothing is written. */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env["LIANDONG_SHOTS"];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

describe("what 110 is told of a danger, and what it tells", () => {
  const { api, seat, carried } = freshDesks();

  test("the answers stand in the bar and on the request; unsigned too long is said; the end says how and when (nmg:2.2.1, P4)", async () => {
    const hotline = await seat("hotline");
    await openRequest(hotline, "推搡老人");
    await hotline.keyboard.press("F9");
    await carried("danger");
    const { nodes } = api().world;
    for (const { copies } of Object.values(nodes)) {
      const copy = [...copies.values()].find((one) => one.texts["text"]?.includes("推搡老人"));
      if (copy !== undefined) copy.texts["note.asked.1"] = ANSWERED;
    }
    const long = new Date(Date.now() - 61_000).toISOString();
    nodes.police.alarms = nodes.police.alarms.map((one) => ({ ...one, raisedAt: long }));
    const police = await seat("police");
    await police.locator(".urgent-answers", { hasText: "有人被困吗？ 是" }).waitFor();
    await police.locator(".urgent-step.worst", { hasText: "超过 60 秒无人签收，已列入值班长督导页" }).waitFor();
    await look(police, "unsigned");
    await police.keyboard.press("F1");
    await police.locator(".addition", { hasText: "追问与回答" }).getByText("有人被困吗？ 是").waitFor();
    expect(await police.locator(".addition", { hasText: "追问与回答" }).textContent()).not.toContain("trapped");
    await police.locator(".urgent").waitFor({ state: "detached" });
    await police.keyboard.press("z");
    await police.getByRole("radio", { name: "未发现险情" }).check();
    await police.locator(".action-form textarea").fill("现场已无人。");
    await look(police, "end");
    await police.keyboard.press("Control+Enter");
    for (const page of [police, hotline]) {
      await page.locator(".steps", { hasText: "处置结束：未发现险情" }).waitFor();
      await page.getByText("现场已无人。").first().waitFor();
    }
    await look(hotline, "ended");
  });

  test("while officers are out the form asks why it ends (P4)", async () => {
    const hotline = await seat("hotline");
    await openRequest(hotline, "推搡老人");
    await hotline.keyboard.press("F9");
    await carried("danger");
    const police = await seat("police");
    await police.locator(".urgent").waitFor();
    await police.keyboard.press("F1");
    await police.locator(".urgent").waitFor({ state: "detached" });
    const copy = [...api().world.nodes.police.copies.values()].find((one) => one.texts["text"]?.includes("推搡老人"));
    copy?.orders.push({
      id: "0d5e9a4e-0000-4000-8000-000000000001",
      kind: "police",
      unit: "150102030000",
      unitName: "某派出所",
      role: "lead",
      status: "dispatched",
      dispatchedAt: new Date().toISOString(),
      acknowledgedAt: null,
      arrivedAt: null,
      endedAt: null,
      instruction: null,
      reply: null,
      resolution: null,
    });
    await police.reload();
    await police.locator(".order, .card", { hasText: "某派出所" }).first().waitFor();
    await police.keyboard.press("z");
    await police.getByRole("radio", { name: "已处置" }).check();
    await police.keyboard.press("Control+Enter");
    const reason = police.getByRole("textbox", { name: /出警单位未答复/ });
    await reason.waitFor();
    await look(police, "end-officers-out");
    await reason.fill("指挥室电话确认现场已控制。");
    await police.keyboard.press("Control+Enter");
    const [ended] = await carried("endDanger");
    expect(ended?.body).toMatchObject({ outcome: "handled", ordersOpen: "指挥室电话确认现场已控制。" });
  });
});
