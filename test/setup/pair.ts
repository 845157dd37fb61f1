import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { DESKS } from "../../src/main/pair/desks.ts";
import type { Desk } from "../../src/main/pair/desks.ts";
import { killServerOf, startEmbeddedServer } from "../../src/storage/server/index.ts";
import { childrenOf, endProcesses, postmasterOf, processesWith, signal } from "./pair-processes.ts";
import { makeTestFolder } from "./test-database.ts";

export type Side = "hotline" | "police";
export const SIDES: readonly Side[] = ["hotline", "police"];

/** An account of the demonstration with its password and the address of its desk. */
export type PairAccount<Node extends Desk["name"] = Side> = {
  readonly node: Node;
  readonly login: string;
  readonly password: string;
  readonly unit: string | null;
  readonly url: string;
};

/** What a kill can aim at; null = does not live now. */
export type PairPids = {
  readonly supervisor: number | null;
  readonly hotline: number | null;
  readonly police: number | null;
  readonly postmaster: number | null;
};

/** What both forms of a running pair have in common. */
export type PairFacts = {
  readonly folder: string;
  readonly urls: Readonly<Record<Side, string>>;
  readonly accounts: readonly PairAccount<Desk["name"]>[];
  readonly account: <Node extends Desk["name"]>(node: Node, login: string) => PairAccount<Node>;
  readonly config: (side: Side) => PairConfig;
  readonly pids: () => PairPids;
  /** Everything its processes have printed. */
  readonly printed: () => string;
};

/** The pair as people start it: supervisor, two nodes, one server. */
export type TestPair = PairFacts & {
  /** Starts the supervisor again on the same ports and folder; resolves when it says that it is ready. */
  readonly startAgain: () => Promise<void>;
  readonly end: () => Promise<void>;
};

/** The two nodes each as a process of its own, to stop and start one alone. */
export type TestNodes = PairFacts & {
  readonly start: (side: Side) => Promise<void>;
  /** `SIGTERM` lets it finish, `SIGKILL` does not. Resolves when it is gone. */
  readonly stop: (side: Side, how: "SIGTERM" | "SIGKILL") => Promise<void>;
  readonly end: () => Promise<void>;
};

/** What a test needs of a node's configuration file. */
export type PairConfig = {
  readonly file: string;
  readonly node: { readonly code: string; readonly region: string };
  readonly listen: { readonly port: number };
  readonly database: { readonly url: string; readonly migratorUrl: string };
  readonly storage: { readonly keys: string; readonly files: string };
};

const ROOT = join(import.meta.dirname, "../..");
export const CLI = join(ROOT, "src/main/cli.ts");
/** The same cache of compiled sources that `npm start` gives its processes: without it a restart costs twice as much. */
export const ENVIRONMENT: NodeJS.ProcessEnv = {
  NODE_COMPILE_CACHE: join(ROOT, "node_modules", ".cache", "liandong"),
  ...process.env,
};
/** How long a pair may take to start on a busy machine. */
export const START_MS = 60_000;
const STOP_MS = 20_000;

type Started = { readonly child: ChildProcess; readonly gone: Promise<void> };

/** Starts a command of the program and resolves when it prints `ready`; all it prints goes to `hear`. */
async function run(args: readonly string[], ready: string, hear: (text: string) => void): Promise<Started> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ["ignore", "pipe", "pipe"], env: ENVIRONMENT });
  let said = "";
  const gone = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
  });
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`${args[0]} is not ready after ${START_MS} ms:\n${said}`)),
      START_MS,
    );
    const listen = (part: Buffer): void => {
      said += part.toString();
      hear(part.toString());
      if (!said.includes(ready)) return;
      clearTimeout(late);
      resolve();
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("error", reject);
    child.once("close", (code, by) => {
      clearTimeout(late);
      reject(new Error(`${args[0]} ended (${by ?? code}) before it was ready:\n${said}`));
    });
  });
  return { child, gone };
}

/** Starts the pair in a fresh folder on free ports, with the desks beside it if asked. `end` stops it by its pids and removes the folder. */
export async function startTestPair({ neighbours = false } = {}): Promise<TestPair> {
  const folder = makeTestFolder();
  const lines: string[] = [];
  const state: { supervisor: Started | null } = { supervisor: null };
  const start = async (ports: Readonly<Record<Side, number>>): Promise<void> => {
    const given = [
      ...(neighbours ? ["--neighbours"] : []),
      "--hotline-port",
      String(ports.hotline),
      "--police-port",
      String(ports.police),
    ];
    state.supervisor = await run(["start", "--no-screens", "--data", folder, ...given], "stop.", (t) => lines.push(t));
  };
  const end = async (): Promise<void> => {
    const pid = state.supervisor?.child.pid;
    if (pid !== undefined) await endProcesses([pid], STOP_MS);
    await clearPair(folder);
  };
  try {
    await start({ hotline: 0, police: 0 });
  } catch (fault) {
    await clearPair(folder);
    throw fault;
  }
  const facts = factsOf(folder, lines);
  return {
    ...facts,
    startAgain: () => start({ hotline: portOf(facts.urls.hotline), police: portOf(facts.urls.police) }),
    end,
  };
}

/** Makes a pair, stops it, and starts its server and its nodes one by one by their configuration files. */
export async function startTestNodes(): Promise<TestNodes> {
  const made = await startTestPair();
  const { folder } = made;
  const supervisor = made.pids().supervisor;
  if (supervisor !== null) await endProcesses([supervisor], STOP_MS);
  const lines: string[] = [];
  const running = new Map<Side, Started>();
  const facts = factsOf(folder, lines);
  const { port } = new URL(facts.config("hotline").database.url);
  await startEmbeddedServer({ dataDir: serverFolder(folder), port: Number(port) });
  const nodes: TestNodes = {
    ...facts,
    start: async (side) => {
      const { file, node } = facts.config(side);
      running.set(side, await run(["node", "--config", file], `${node.code} http`, (t) => lines.push(t)));
    },
    stop: async (side, how) => {
      const started = running.get(side);
      running.delete(side);
      const pid = started?.child.pid;
      if (pid === undefined) return;
      signal(pid, how);
      await started?.gone;
    },
    end: () => clearPair(folder),
  };
  try {
    for (const side of SIDES) await nodes.start(side);
  } catch (fault) {
    await nodes.end();
    throw fault;
  }
  return nodes;
}

/** What tests need to know of the pair that runs in a folder. `lines` = what its processes print. */
export function factsOf(folder: string, lines: readonly string[]): PairFacts {
  const accounts: readonly PairAccount<Desk["name"]>[] = JSON.parse(
    readFileSync(join(folder, "pair", "accounts-for-tools.json"), "utf8"),
  );
  const urlOf = (side: Side): string => accounts.find((a) => a.node === side)?.url ?? "";
  return {
    folder,
    accounts,
    urls: { hotline: urlOf("hotline"), police: urlOf("police") },
    account: <Node extends Desk["name"]>(node: Node, login: string) => {
      const of = (a: PairAccount<Desk["name"]>): a is PairAccount<Node> => a.node === node && a.login === login;
      const found = accounts.find(of);
      if (found === undefined) throw new Error(`no account ${login} at the ${node} desk`);
      return found;
    },
    config: (side) => readConfig(folder, side),
    pids: () => pidsOf(folder),
    printed: () => lines.join(""),
  };
}

function pidsOf(folder: string): PairPids {
  return {
    supervisor: processesWith(folder).at(-1) ?? null,
    hotline: processesWith(configFile(folder, "hotline")).at(-1) ?? null,
    police: processesWith(configFile(folder, "police")).at(-1) ?? null,
    postmaster: postmasterOf(serverFolder(folder)),
  };
}

/** Kills the server and every process of it at the same moment: the power cut of a database. */
export function killServerAtOnce(postmaster: number): void {
  const children = childrenOf(postmaster);
  for (const pid of [postmaster, ...children]) signal(pid, "SIGKILL");
}

/** Ends whatever still belongs to this folder, then removes it. */
export async function clearPair(folder: string): Promise<void> {
  const left = [folder, ...DESKS.map(({ name }) => configFile(folder, name))].flatMap(processesWith);
  await endProcesses(left, 0);
  await killServerOf(serverFolder(folder));
  rmSync(folder, { recursive: true, force: true });
}

function readConfig(folder: string, side: Side): PairConfig {
  const file = configFile(folder, side);
  return { file, ...parse(readFileSync(file, "utf8")) };
}

function configFile(folder: string, name: Desk["name"]): string {
  return join(folder, "pair", name, "liandong.yaml");
}

function serverFolder(folder: string): string {
  return join(folder, "postgres");
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
