import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, rmdir, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { instantOf } from "../kernel/index.ts";
import { aNotice, checkNotify } from "./conformance.ts";
import type { Received } from "./conformance.ts";
import { createFileSender } from "./file-sender.ts";

// 16:30 UTC is the next day in Shanghai.
const clock = { now: () => instantOf(Date.UTC(2026, 10, 21, 16, 30)) };
const FILE = "notices-261122.jsonl";
const made: string[] = [];

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "liandong-notices-"));
  made.push(folder);
  return join(folder, "outgoing");
}

async function linesOf(dir: string): Promise<readonly string[]> {
  const text = await readFile(join(dir, FILE), "utf8").catch(() => "");
  return text.split("\n").filter((line) => line !== "");
}

function parseReceived(line: string): Received {
  const { id, address, text } = JSON.parse(line) as Received;
  return { id, address, text };
}

afterEach(async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true });
});

checkNotify("a dated file", async () => {
  const dir = await freshFolder();
  return {
    notify: createFileSender(dir, clock),
    received: async () => {
      const isFolder = (await stat(join(dir, FILE)).catch(() => null))?.isDirectory() === true;
      return isFolder ? [] : (await linesOf(dir)).map(parseReceived);
    },
    breakDown: async () => {
      await mkdir(join(dir, FILE), { recursive: true });
    },
    mend: () => rmdir(join(dir, FILE)),
    close: async () => undefined,
  };
});

test("the file is named by the day in Shanghai and nobody but its owner can read it", async () => {
  const dir = await freshFolder();
  await createFileSender(dir, clock).send(aNotice("n-1"));
  expect(await readdir(dir)).toEqual([FILE]);
  expect((await stat(dir)).mode & 0o777).toBe(0o700);
  expect((await stat(join(dir, FILE))).mode & 0o777).toBe(0o600);
});

test("a line torn by a full disk or a killed process does not swallow the next notice", async () => {
  const dir = await freshFolder();
  const sender = createFileSender(dir, clock);
  await sender.send(aNotice("n-1"));
  await appendFile(join(dir, FILE), '{"id":"n-2","at":"20');
  await sender.send(aNotice("n-3"));
  const lines = await linesOf(dir);
  expect(lines).toHaveLength(3);
  expect([lines[0], lines[2]].map((line) => parseReceived(line ?? "").id)).toEqual(["n-1", "n-3"]);
});

test("three processes write into one file and one of them killed by -9 loses nothing it was told (P1)", async () => {
  const dir = await freshFolder();
  const writers = ["a", "b", "c"].map((name) => startWriter(dir, name));
  const [first] = writers;
  await first?.told(5);
  process.kill(first?.pid ?? 0, "SIGKILL");
  await Promise.all(writers.slice(1).map((writer) => writer.told(60)));
  for (const writer of writers.slice(1)) process.kill(writer.pid, "SIGKILL");
  await Promise.all(writers.map((writer) => writer.ended));
  const kept = new Set((await linesOf(dir)).filter(isWhole).map((line) => parseReceived(line).id));
  const acknowledged = writers.flatMap((writer) => writer.acknowledged());
  expect(acknowledged.length).toBeGreaterThan(120);
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
});

function isWhole(line: string): boolean {
  try {
    parseReceived(line);
    return true;
  } catch {
    return false;
  }
}

type Writer = {
  readonly pid: number;
  readonly acknowledged: () => readonly string[];
  readonly told: (count: number) => Promise<void>;
  readonly ended: Promise<unknown>;
};

/** A process that sends without end and says after each which one is safe. */
function startWriter(dir: string, name: string): Writer {
  const sender = fileURLToPath(new URL("file-sender.ts", import.meta.url));
  const program = `
    import { createFileSender } from ${JSON.stringify(sender)};
    const sender = createFileSender(${JSON.stringify(dir)}, { now: () => ${JSON.stringify(clock.now())} });
    for (let i = 0; ; i += 1) {
      const id = "${name}-" + i;
      await sender.send({ notice: { id, to: "requester", unit: null, template: "t" }, address: "1", text: "文".repeat(i % 900) });
      process.stdout.write(id + "\\n");
    }`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => (output += part));
  const acknowledged = (): readonly string[] => output.split("\n").slice(0, -1);
  const ended = once(child, "close");
  return {
    pid: child.pid ?? 0,
    acknowledged,
    ended,
    told: async (count) => {
      while (acknowledged().length < count) await Promise.race([once(child.stdout, "data"), ended.then(died)]);
    },
  };
}

function died(): never {
  throw new Error("the writer ended by itself");
}
