import type { Random } from "./random.ts";

/** One life of a node's process: everything it has in memory ends with it, what it wrote to its store stays. */
export type Process = {
  readonly isAlive: () => boolean;
  /** The process is gone: whatever it was doing stops at the await where it stands and never goes on. */
  readonly kill: () => void;
  /** It dies by itself at the n-th port call from now, before or after that call took effect. */
  readonly dieIn: (calls: number) => void;
  /** The port with every call a place where the process may lose its turn or its life. */
  readonly guard: <Port extends object>(port: Port) => Port;
  readonly setTimer: (ms: number, act: () => void) => () => void;
  /** Runs the timers that are due, earliest first; each that is set meanwhile waits for the next time. */
  readonly takeDue: () => readonly (() => void)[];
};

/** Most turns a port call gives away, so that use cases of one process interleave in every way. */
const TURNS = 4;

/** Starts a process. `now` is the time of the world in ms, which no clock of a node can turn back. */
export function startProcess(random: Random, now: () => number, onDeath: () => void): Process {
  // Of this life alone: what waits for it for ever is held by it, and goes with the run.
  const never: Promise<never> = new Promise(() => undefined);
  let alive = true;
  let fuse = Number.POSITIVE_INFINITY;
  const timers = new Set<{ readonly at: number; readonly act: () => void }>();

  function kill(): void {
    if (!alive) return;
    alive = false;
    timers.clear();
    onDeath();
  }

  async function passage(): Promise<void> {
    if (!alive) return never;
    fuse -= 0.5;
    if (fuse < 0) {
      kill();
      return never;
    }
    for (let turns = random.int(TURNS); turns > 0; turns--) await Promise.resolve();
    return alive ? undefined : never;
  }

  function guarded(act: (...args: readonly unknown[]) => unknown): (...args: readonly unknown[]) => Promise<unknown> {
    return async (...args) => {
      await passage();
      const done = await act(...args);
      await passage();
      return done;
    };
  }

  return {
    isAlive: () => alive,
    kill,
    dieIn: (calls) => {
      fuse = calls;
    },
    guard: (port) =>
      Object.fromEntries(
        Object.entries(port).map(([name, member]) => [name, typeof member === "function" ? guarded(member) : member]),
      ) as typeof port,
    setTimer: (ms, act) => {
      const timer = { at: now() + ms, act };
      if (alive) timers.add(timer);
      return () => timers.delete(timer);
    },
    takeDue: () => {
      const due = [...timers].filter((t) => t.at <= now()).sort((a, b) => a.at - b.at);
      return due.map((timer) => () => {
        if (timers.delete(timer)) timer.act();
      });
    },
  };
}
