import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { freshDesks } from "./fresh-desks.ts";
import { openRequest } from "./tour.ts";

const ASKED = "请街道和司法所当面调解";
const RESULT = "双方当面和解";

describe("联合调处: each desk works on a part of its own (nmg:2.2.2)", () => {
  const { seat, carried } = freshDesks();
  const picture = process.env["LIANDONG_PICTURES"];

  test("it is asked for with a key, signed and ended over there, and both desks see who answers for which part (REQ-23, REQ-24)", async () => {
    const police = await seat("police");
    const hotline = await seat();
    await openRequest(police, "邻居占用车位");
    await police.keyboard.press("9");
    const form = police.locator(".action-form");
    await form.getByRole("radio", { checked: true }).waitFor();
    await police.keyboard.type(ASKED);
    await police.keyboard.press("Control+Enter");
    const card = police.locator(".card", { hasText: "联合调处" });
    await card.getByText("双方各办一部分；都结束后由请求方归档").waitFor();
    expect((await carried("askJoint"))[0]?.body).toMatchObject({ what: ASKED });
    expect(await police.locator(".who-holds").textContent()).toMatch(/调处部分：\s*本台负责/);

    const line = hotline.locator(".told-line", { hasText: "对方请求联合调处，待签收" });
    await line.getByRole("link", { name: "去查看" }).click();
    const there = hotline.locator(".card", { hasText: "联合调处" });
    await there.getByText(ASKED).waitFor();
    // Open on a seat on duty it is taken over: the desk that asked sees whose it is now.
    await police.locator(".who-holds", { hasText: /调处部分：\s*12345 负责/ }).waitFor();
    if (picture !== undefined) {
      mkdirSync(picture, { recursive: true });
      await hotline.screenshot({ path: join(picture, "joint-there.png") });
      await police.screenshot({ path: join(picture, "joint-here.png") });
    }
    await there.getByRole("button", { name: "签收" }).click();
    await line.waitFor({ state: "detached" });
    await hotline.keyboard.press("9");
    const ending = hotline.locator(".action-form");
    // What came of it must be said.
    await ending.getByText("未达成一致，已告知其他途径").waitFor();
    await ending.getByRole("radio", { name: "达成一致", exact: true }).check();
    await ending.getByLabel("调处情况").fill(RESULT);
    await hotline.keyboard.press("Control+Enter");
    await card.getByText("达成一致").first().waitFor();
    await card.getByText(RESULT).waitFor();
    expect((await carried("endJoint"))[0]?.body).toEqual({ outcome: "settled", result: RESULT });
    await police.locator(".told-line", { hasText: "对方的调处部分已结束" }).waitFor();
    expect(await police.locator(".who-holds").textContent()).toMatch(/调处部分：\s*已结束/);
  });
});
