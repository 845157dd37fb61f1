import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makeFolder, defaultDataRoot, startEmbeddedServer } from "../src/storage/server/index.ts";
import { processTree } from "./processes.ts";

/** A log-in of one desk. */
export type Account = {
  readonly node: "hotline" | "police";
  readonly login: string;
  readonly password: string;
  readonly url: string;
};

/** The pair as `npx liandong start` runs it, in a folder of its own. */
export type Pair = {
  readonly folder: string;
  readonly urls: Readonly<Record<Account["node"], string>>;
  readonly account: (node: Account["node"], login: string) => Account;
  readonly superuserUrl: string;
  readonly databasePid: number;
  /** Processes of now: nodes and their starter, and the server with all its sessions. */
  readonly processes: () => {
    readonly nodes: readonly number[];
    readonly starter: number;
    readonly database: readonly number[];
  };
  readonly stop: () => Promise<void>;
};

const START_MS = 120_000;

/** Starts the pair as a process of its own, with the settings it ships with. */
export async function startBenchPair(): Promise<Pair> {
  const parent = join(defaultDataRoot(), "bench");
  makeFolder(parent, 0o711);
  const folder = mkdtempSync(join(parent, `b-${process.pid}-`));
  chmodSync(folder, 0o711);
  const cli = join(import.meta.dirname, "../src/main/cli.ts");
  const args = ["start", "--no-screens", "--data", folder, "--hotline-port", "0", "--police-port", "0"];
  const child = spawn(process.execPath, [cli, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    await untilReady(child);
    return await describePair(folder, child);
  } catch (fault) {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
    throw fault;
  }
}

async function describePair(folder: string, child: ChildProcess): Promise<Pair> {
  const running = JSON.parse(readFileSync(join(folder, "pair/running.json"), "utf8")) as { urls: Pair["urls"] };
  const accounts = JSON.parse(readFileSync(join(folder, "pair/accounts-for-tools.json"), "utf8")) as readonly Account[];
  const server = await startEmbeddedServer({ dataDir: join(folder, "postgres") });
  const starter = child.pid ?? 0;
  return {
    folder,
    urls: running.urls,
    account: (node, login) => {
      const found = accounts.find((a) => a.node === node && a.login === login);
      if (found === undefined) throw new Error(`the pair has no account ${login} at ${node}`);
      return found;
    },
    superuserUrl: server.superuserUrl,
    databasePid: server.pid,
    processes: () => {
      const database = processTree(server.pid);
      const nodes = processTree(starter).filter((pid) => pid !== starter && !database.includes(pid));
      return { nodes, starter, database };
    },
    stop: async () => {
      await ended(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function untilReady(child: ChildProcess): Promise<void> {
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the pair did not start:\n${said.join("")}`)), START_MS);
    child.once("exit", (code) => reject(new Error(`the pair ended (${code}):\n${said.join("")}`)));
    child.stdout?.on("data", (chunk: Buffer) => {
      said.push(chunk.toString());
      if (!said.join("").includes("is ready\n")) return;
      clearTimeout(late);
      resolve();
    });
  });
}

const STOP_MS = 30_000;

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const hard = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    child.once("exit", () => {
      clearTimeout(hard);
      resolve();
    });
    child.kill("SIGTERM");
  });
}
