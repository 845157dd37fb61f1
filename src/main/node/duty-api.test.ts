import { Errors } from "typebox/value";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DutyBoard } from "../../http/contract/index.ts";
import { aNode } from "./a-node.test-data.ts";
import type { TestNode } from "./a-node.test-data.ts";

let node: TestNode;

beforeAll(async () => {
  node = await aNode();
});
afterAll(() => node.server.close());

test("a call taker finds whom to ring by kind and area; a unit's clerk has no directory (yn:4.1.2, REQ-34)", async () => {
  const taker = await node.seat({ login: "taker", roles: ["callTaker"], unit: null });
  const all = (await taker.read("/duty")).json();
  expect(Errors(DutyBoard, all)).toEqual([]);
  const [first] = all.rows;
  const found = (await taker.read(`/duty?q=${encodeURIComponent(`${first.kind.nameEn} ${first.dutyPhone}`)}`)).json();
  expect(found.rows.map((row: { code: string }) => row.code)).toContain(first.code);
  expect((await taker.read(`/duty?q=${encodeURIComponent("没有这样的单位")}`)).json()).toMatchObject({
    rows: [],
    more: 0,
  });
  const clerk = await node.seat({ login: "clerk", roles: ["unitClerk"], unit: first.code });
  expect((await clerk.read("/duty")).statusCode).toBe(403);
});
