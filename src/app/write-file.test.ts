import { expect, it } from "vitest";
import { LINKAGE_TABLES } from "../core/linkage/index.ts";

it("asks whether a seat is on duty for a push alone: no other row of the tables looks at it (nmg:2.2.1)", () => {
  const rows = Object.values(LINKAGE_TABLES).flat();
  const asking = rows.filter((row) => (row.when ?? []).includes("noSeat"));
  expect(asking.length).toBeGreaterThan(0);
  expect([...new Set(asking.map((row) => row.on))]).toEqual(["message:push"]);
});
