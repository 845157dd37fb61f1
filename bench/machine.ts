import { closeSync, fdatasyncSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { percentile } from "./statistics.ts";

/** The machine in plain terms. */
export type Machine = {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly postgres: string;
  readonly flushP50Ms: number;
  readonly flushP99Ms: number;
};

export function describeMachine(folder: string, postgres: string): Machine {
  const flushes = flushTimes(folder);
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: /^PRETTY_NAME="(.*)"$/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? process.platform,
    node: process.version,
    postgres,
    flushP50Ms: percentile(flushes, 0.5),
    flushP99Ms: percentile(flushes, 0.99),
  };
}

const FLUSHES = 300;
const BYTES = 8_192;

/** Milliseconds of writing 8 KiB and flushing it to the disk on which the database lies. */
function flushTimes(folder: string): readonly number[] {
  const file = join(folder, "flush-probe");
  const handle = openSync(file, "w", 0o600);
  const page = Buffer.alloc(BYTES, 1);
  try {
    return Array.from({ length: FLUSHES }, () => {
      const begin = performance.now();
      writeSync(handle, page);
      fdatasyncSync(handle);
      return performance.now() - begin;
    });
  } finally {
    closeSync(handle);
    rmSync(file, { force: true });
  }
}

/** Load of the last minute. */
export function loadNow(): number {
  return loadavg()[0] ?? Number.NaN;
}
