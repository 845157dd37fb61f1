import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** What a running server writes into `postmaster.pid`; `port` and `status` are absent in its first moments. */
export type PostmasterRecord = {
  readonly pid: number;
  readonly port: number | undefined;
  readonly status: "starting" | "stopping" | "ready" | "standby" | undefined;
};

const STATUSES = ["starting", "stopping", "ready", "standby"] as const;
const ORPHANS_MAY_FINISH_MS = 5_000;

/** The record of the data folder's lock file, or undefined when there is none (or only a torn one). */
export function readPostmaster(pgdata: string): PostmasterRecord | undefined {
  let lines: readonly string[];
  try {
    lines = readFileSync(join(pgdata, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const port = Number(lines[3]);
  return {
    pid,
    port: Number.isInteger(port) && port > 0 ? port : undefined,
    status: STATUSES.find((status) => status === lines[7]?.trim()),
  };
}

/**
 * Whether process `pid` is a living process of this data folder: not a zombie, and working in that folder (every server
 * process does). The number alone proves nothing: after a restart of the machine it may belong to anybody.
 */
export function isServerProcess(pid: number, pgdata: string): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const state = stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3);
    return state !== "Z" && state !== "X" && readlinkSync(`/proc/${pid}/cwd`) === realpathSync(pgdata);
  } catch {
    return false;
  }
}

/** All living processes of this data folder, the postmaster included. */
export function listServerProcesses(pgdata: string): readonly number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && isServerProcess(pid, pgdata));
}

/** Children of one process, as the kernel knows them now. */
export function listChildren(parent: number): readonly number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && parentOf(pid) === parent);
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}

/** Sends a signal; false when the process is gone. */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Resolves true when no process `pid` of this data folder is left, false after `timeoutMs`. */
export async function waitForEnd(pid: number, pgdata: string, timeoutMs: number): Promise<boolean> {
  const until = Date.now() + timeoutMs;
  while (isServerProcess(pid, pgdata)) {
    if (Date.now() >= until) return false;
    await delay(20);
  }
  return true;
}

/** Kills the postmaster of this data folder (first, so that it restarts nobody) and all that belongs to it. */
export async function killServer(pgdata: string): Promise<void> {
  const postmaster = readPostmaster(pgdata)?.pid;
  if (postmaster !== undefined && isServerProcess(postmaster, pgdata)) signalProcess(postmaster, "SIGKILL");
  const all = listServerProcesses(pgdata);
  for (const pid of all) signalProcess(pid, "SIGKILL");
  for (const pid of all) await waitForEnd(pid, pgdata, ORPHANS_MAY_FINISH_MS);
}

/**
 * Clears what a dead postmaster left: waits for its last children (killed after 5 s: their server is gone, and recovery
 * needs the shared memory), then removes a lock file that the server itself would mistake for a living one because the
 * number now belongs to a zombie or to another process of the same account.
 */
export async function clearAfterDeath(pgdata: string): Promise<void> {
  const until = Date.now() + ORPHANS_MAY_FINISH_MS;
  let left = listServerProcesses(pgdata);
  while (left.length > 0 && Date.now() < until) {
    await delay(20);
    left = listServerProcesses(pgdata);
  }
  for (const pid of left) signalProcess(pid, "SIGKILL");
  for (const pid of left) await waitForEnd(pid, pgdata, ORPHANS_MAY_FINISH_MS);
  const record = readPostmaster(pgdata);
  if (record !== undefined && !isServerProcess(record.pid, pgdata)) {
    rmSync(join(pgdata, "postmaster.pid"), { force: true });
  }
}
