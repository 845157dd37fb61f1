import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Machine } from "./machine.ts";
import { specimenOptions } from "./specimen-options.test-data.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "legacy-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function aMachine(...args: readonly string[]): Machine<{ readonly count: number }> {
  const options = specimenOptions("--state", join(folder, "state.json"), ...args);
  return new Machine(
    options,
    ["forgetful"],
    () => ({ count: 0 }),
    () => 0,
  );
}

function waitingAfterRestart(...args: readonly string[]): { readonly count: number; readonly waiting: number } {
  const before = aMachine(...args);
  before.books.now = { count: 3 };
  before.outbox.add({ kind: "M4", key: "A", message: {} }, 0, false);
  before.keep();
  const after = aMachine(...args);
  return { count: after.books.now.count, waiting: after.outbox.kept.waiting.length };
}

test("a restart finds the books and what waited to be sent", () => {
  expect(waitingAfterRestart()).toEqual({ count: 3, waiting: 1 });
});

test("fault forgetful: a restart finds the books, and nothing that waited", () => {
  expect(waitingAfterRestart("--bug", "forgetful")).toEqual({ count: 3, waiting: 0 });
});

test("a restart that a test asks for loses the same and shows what was lost", () => {
  const machine = aMachine("--bug", "forgetful");
  machine.outbox.add({ kind: "M4", key: "A", message: {} }, 0, false);
  machine.controls()["POST /control/restart"]?.({});
  expect(machine.view()).toMatchObject({ outbox: [], lost: [{ kind: "M4", why: "restart" }] });
});

test("faults are switched while it runs; an unknown one is refused and changes nothing", () => {
  const machine = aMachine();
  const bugs = machine.controls()["POST /control/bugs"];
  expect(bugs?.({ bugs: ["forgetful"] })).toEqual({ bugs: ["forgetful"] });
  expect(() => bugs?.({ bugs: ["forgotten"] })).toThrow("no such fault");
  expect(machine.faults.names).toEqual(["forgetful"]);
});
