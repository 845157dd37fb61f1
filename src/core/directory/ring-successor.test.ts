import { expect, test } from "vitest";
import type { UnitCode } from "../../kernel/index.ts";
import { NOON, unit } from "./a-unit.test-data.ts";
import { openDirectory, ringOrder } from "./index.ts";

test("in the place of a unit that has retired its successor is rung, by the successor's own order (yn:4.1.2, REQ-34)", () => {
  const gone = { from: "2026-11-01", successor: "new" as UnitCode };
  const leader = (phone: string) => ({ step: 1, to: null, functionZh: "值班领导", phone, afterMinutes: 3 });
  const book = openDirectory([
    unit("city"),
    unit("other"),
    { ...unit("a", { escalation: [leader("000-oldleader")] }, "other"), retired: gone },
    unit("new", { escalation: [leader("000-newleader")] }, "city"),
  ]);
  const order = ringOrder(book, "a" as UnitCode, NOON, () => 1).map(({ unit: whose, phone }) => `${whose} ${phone}`);
  expect(order).toContain("new 000-newleader");
  expect(order).not.toContain("a 000-oldleader");
});
