import { expect, test } from "vitest";
import type { Push } from "./danger-strip.tsx";
import { withEarlier } from "./earlier-pushes.ts";

const pressed = (no: string | null): Push => ({
  id: `here ${no}`,
  at: "2026-11-22T08:00:09.000Z",
  state: no === null ? "sending" : "sent",
  tries: 0,
  no,
  order: null,
  sentMs: null,
  failure: null,
});

test("after a reload the pushes that nobody has signed are there again, as sent and with their time (nmg:2.2.1)", () => {
  const told = [
    { requestNo: "2", at: "2026-11-22T08:00:02.000Z" },
    { requestNo: "1", at: "2026-11-22T08:00:01.000Z" },
  ];
  expect(withEarlier([], told)).toMatchObject([
    { no: "2", at: "2026-11-22T08:00:02.000Z", state: "sent" },
    { no: "1", at: "2026-11-22T08:00:01.000Z", state: "sent" },
  ]);
});

test("what was pressed on this page meanwhile stays first and has one line", () => {
  const told = [{ requestNo: "1", at: "2026-11-22T08:00:01.000Z" }];
  expect(withEarlier([pressed(null), pressed("1")], told).map(({ id }) => id)).toEqual(["here null", "here 1"]);
  expect(withEarlier([pressed("2")], told).map(({ no }) => no)).toEqual(["2", "1"]);
});
