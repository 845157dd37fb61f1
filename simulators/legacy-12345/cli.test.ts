import { afterEach, beforeEach, expect, test } from "vitest";
import { aPeer, type Running, startLegacy } from "../legacy/running.test-data.ts";

/** A process on a busy machine takes more than the second that is waited by default. */
const PATIENCE = { timeout: 15_000 };
const running: Running[] = [];
let peer: Awaited<ReturnType<typeof aPeer>>;

beforeEach(async () => {
  peer = await aPeer();
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.kill()));
  peer.end();
});

test("an order dispatched to 110 reaches it, and what 110 concludes is seen by who calls back", async () => {
  const desk = await startLegacy(
    "legacy-12345",
    "--now",
    "2026-11-20 08:00:00",
    "--peer",
    peer.url,
    "--police-office",
    "GA",
  );
  running.push(desk);
  const { orderNum } = await desk.control("/take", { majorContent: "有人打架" });
  await desk.control("/accept", { orderNum });
  await desk.control("/dispatch", { orderNum, organizationCode: "GA" });
  await expect.poll(() => peer.calls.map(({ path }) => path), PATIENCE).toEqual(["/status", "/order"]);
  expect(JSON.parse(String(peer.calls[1]?.bytes))).toMatchObject({ orderNum, majorContent: "有人打架" });
  const conclude = { orderNum, handling: { handleContent: "已调解" } };
  const response = await fetch(`${desk.url}/openapi/order/conclude`, {
    method: "POST",
    body: JSON.stringify(conclude),
  });
  expect(await response.json()).toMatchObject({ code: 200, data: { orderNum, stage: "回访", state: "待回访" } });
  await desk.control("/callback", { orderNum, visit: { satisfaction: "满意" } });
  await desk.control("/close", { orderNum });
  expect(await desk.control("")).toMatchObject({ orders: [{ state: "已结案", visitCount: "1" }] });
});
