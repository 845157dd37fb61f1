import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** Processes that live now and have `argument` among their arguments, e.g. the configuration file of one node. */
export function processesWith(argument: string): readonly number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && argumentsOf(pid).includes(argument) && isAlive(pid));
}

/** Whether the process lives: a zombie does not. */
export function isAlive(pid: number): boolean {
  const state = statOf(pid)?.state;
  return state !== undefined && state !== "Z" && state !== "X";
}

/** Children of a process as the kernel knows them now. */
export function childrenOf(parent: number): readonly number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && statOf(pid)?.parent === parent);
}

/** Process of the PostgreSQL server of a data folder, null when none lives. */
export function postmasterOf(folder: string): number | null {
  try {
    const pid = Number(readFileSync(join(folder, "data", "postmaster.pid"), "utf8").split("\n")[0]);
    return isAlive(pid) && argumentsOf(pid).includes(join(folder, "data")) ? pid : null;
  } catch {
    return null;
  }
}

/** Sends a signal; false when the process is gone. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/** Ends processes: told first when there is time, then at once. Resolves when none of them lives. */
export async function endProcesses(pids: readonly number[], patienceMs: number): Promise<void> {
  for (const pid of pids) signal(pid, patienceMs > 0 ? "SIGTERM" : "SIGKILL");
  const until = Date.now() + patienceMs;
  while (pids.some(isAlive) && Date.now() < until) await delay(20);
  for (const pid of pids) if (isAlive(pid)) signal(pid, "SIGKILL");
  while (pids.some(isAlive)) await delay(20);
}

function argumentsOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return [];
  }
}

function statOf(pid: number): { readonly state: string; readonly parent: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { state: state ?? "", parent: Number(parent) };
  } catch {
    return undefined;
  }
}
