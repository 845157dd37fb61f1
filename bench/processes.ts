import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const TICKS_PER_SECOND = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

type Stat = { readonly pid: number; readonly parent: number; readonly ticks: number };

/** Fields of /proc/PID/stat after the name, which may hold spaces and brackets. Undefined: it has ended. */
function readStat(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const own = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0);
    return { pid, parent: Number(fields[1]), ticks: own };
  } catch {
    return undefined;
  }
}

/** A process and everything it started that lives now. */
export function processTree(root: number): readonly number[] {
  const all = readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? (readStat(Number(name)) ?? []) : []));
  const found = [root];
  for (let at = 0; at < found.length; at++) {
    for (const { pid, parent } of all) if (parent === found[at]) found.push(pid);
  }
  return found;
}

/** Processor seconds that these processes and their ended children have used. */
export function cpuSeconds(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (readStat(pid)?.ticks ?? 0), 0) / TICKS_PER_SECOND;
}

/** Processor seconds that all cores of the machine have been busy. */
export function machineBusySeconds(): number {
  const [line = ""] = readFileSync("/proc/stat", "utf8").split("\n");
  const [user = 0, nice = 0, system = 0, , , irq = 0, soft = 0, steal = 0] = line.split(/\s+/).slice(1).map(Number);
  return (user + nice + system + irq + soft + steal) / TICKS_PER_SECOND;
}

/**
 * From here on the most memory of a process is counted anew. What it had ever before is returned, in MB: a figure of a load must not
 * hold what another load needed, nor hide it.
 */
export function countMemoryAnew(pid: number): number {
  const before = mostResidentMb(pid);
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
  return before;
}

/** The most memory one process has had resident since its start, or since it was counted anew, in MB, shared pages counted in full. 0: it has ended. */
export function mostResidentMb(pid: number): number {
  return field(`/proc/${pid}/status`, "VmHWM");
}

/** Memory of these processes together in MB: a page shared by n of them counts 1/n each (PSS). */
export function proportionalMb(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + field(`/proc/${pid}/smaps_rollup`, "Pss"), 0);
}

function field(file: string, name: string): number {
  try {
    const found = new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(readFileSync(file, "utf8"));
    return Number(found?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
