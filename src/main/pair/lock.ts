import { readFile, rm } from "node:fs/promises";
import { open } from "node:fs/promises";
import { writePrivate } from "./pair-files.ts";

/** The pair runs already; `urls` says where, when the other start has got that far. */
export class AlreadyRunning extends Error {
  readonly code = "ALREADY_RUNNING";
  readonly pid: number;
  readonly urls: Readonly<Record<string, string>>;
  constructor(pid: number, urls: Readonly<Record<string, string>>) {
    super(`already running (process ${pid})`);
    this.name = "AlreadyRunning";
    this.pid = pid;
    this.urls = urls;
  }
}

export type Lock = {
  /** The process that held it was killed: its nodes may still be on their way out. */
  readonly takenOver: boolean;
  readonly tell: (facts: { readonly urls: Readonly<Record<string, string>> }) => Promise<void>;
  readonly release: () => Promise<void>;
};

type Held = { readonly pid: number; readonly urls?: Readonly<Record<string, string>> };

/** Takes the data folder for this process. A lock whose process is gone is taken over. Errors: AlreadyRunning. */
export async function claimLock(file: string): Promise<Lock> {
  const held = await readLock(file);
  if (held !== null && isAlive(held.pid)) throw new AlreadyRunning(held.pid, held.urls ?? {});
  if (held !== null) await rm(file, { force: true });
  try {
    const handle = await open(file, "wx", 0o600);
    await handle.writeFile(JSON.stringify({ pid: process.pid }));
    await handle.close();
  } catch {
    const other = await readLock(file);
    throw new AlreadyRunning(other?.pid ?? 0, other?.urls ?? {});
  }
  return {
    takenOver: held !== null,
    tell: ({ urls }) => writePrivate(file, JSON.stringify({ pid: process.pid, urls })),
    release: () => rm(file, { force: true }),
  };
}

async function readLock(file: string): Promise<Held | null> {
  try {
    return parseHeld(await readFile(file, "utf8"));
  } catch {
    return null;
  }
}

function parseHeld(text: string): Held {
  const held: unknown = JSON.parse(text);
  if (typeof held !== "object" || held === null || !("pid" in held) || typeof held.pid !== "number")
    throw new Error("a lock that names no process");
  return held as Held;
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return fault instanceof Error && "code" in fault && fault.code === "EPERM";
  }
}
