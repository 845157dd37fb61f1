import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { PROGRAM_ROOT } from "../node/program-path.ts";
import { CACHE_ENVIRONMENT } from "./compile-cache.ts";
import { NODE_ARGUMENTS, NODE_ENVIRONMENT } from "./node-bounds.ts";

const CLI = join(PROGRAM_ROOT, "src/main/cli.ts");

/** One node as a process of its own, started again when it dies. */
export type NodeChild = { readonly stop: () => Promise<void>; readonly pid: () => number | null };

const AGAIN_MS = 300;
const STOP_MS = 10_000;

/** Starts `liandong node --config FILE` and resolves when it listens. A death that nobody asked for is mended by a new start. */
export async function startChild(name: string, config: string, log: (line: string) => void): Promise<NodeChild> {
  const state: { stopping: boolean; child: ChildProcess | null } = { stopping: false, child: null };
  const launch = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [...NODE_ARGUMENTS, CLI, "node", "--config", config], {
        stdio: ["ignore", "inherit", "inherit", "ipc"],
        env: { ...CACHE_ENVIRONMENT, ...NODE_ENVIRONMENT, ...process.env, LIANDONG_CHILD: "1" },
      });
      state.child = child;
      child.once("message", () => resolve());
      child.once("exit", (code, signal) => {
        state.child = null;
        if (state.stopping) return;
        reject(new Error(`${name} 未能启动 ended (${signal ?? code}) before it listened`));
        log(`${name} 意外退出，正在重启 ended (${signal ?? code}); starting it again`);
        setTimeout(() => {
          if (!state.stopping) launch().catch((fault: unknown) => log(String(fault)));
        }, AGAIN_MS);
      });
    });
  await launch();
  return {
    pid: () => state.child?.pid ?? null,
    stop: async () => {
      state.stopping = true;
      const { child } = state;
      if (child === null || child.exitCode !== null) return;
      await new Promise<void>((resolve) => {
        const hard = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
        child.once("exit", () => {
          clearTimeout(hard);
          resolve();
        });
        child.kill("SIGTERM");
      });
    },
  };
}
