import { expect, test } from "vitest";
import { rowsOf, tableOf } from "./document.ts";
import type { Measured } from "./document.ts";
import { judge } from "./verdict.ts";

const run = (what: string, measured: number): Measured => ({
  machine: "2 cores",
  verdicts: [judge({ question: "q", what, measured, limit: 1, direction: "atMost", unit: "ms", detail: "behind" })],
  quick: false,
  asked: ["q"],
  load: 0.5,
});

test("a run replaces the rows it measured anew and leaves those of earlier runs with their time", () => {
  const first = tableOf(run("push, p99", 2), new Map(), new Date(0));
  const second = tableOf(run("transfer, p99", 1), rowsOf(first), new Date(60_000));
  const third = tableOf(run("push, p99", 1), rowsOf(second), new Date(120_000));
  expect([...rowsOf(third)]).toEqual([
    ["push, p99", "| push, p99 | ≤ 1 ms | **1 ms** | yes | 1970-01-01 00:02 | behind |"],
    ["transfer, p99", "| transfer, p99 | ≤ 1 ms | **1 ms** | yes | 1970-01-01 00:01 | behind |"],
  ]);
  expect([...rowsOf(first).values()]).toEqual([
    "| push, p99 | ≤ 1 ms | **2 ms** | **no** | 1970-01-01 00:00 | behind |",
  ]);
});
