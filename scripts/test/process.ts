import { type ChildProcess, spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";
import type { Captured, RunOptions, StepContext } from "./step.ts";

const running = new Set<ChildProcess>();

/** Ends the programs that are running now; asked again, they are killed. */
export function endCurrent(hard: boolean): void {
  for (const child of running) child.kill(hard ? "SIGKILL" : "SIGTERM");
}

/** How steps start programs: the pinned Node first in PATH, no standard input, the reader's NODE_OPTIONS left out. */
export function contextFor(root: string): StepContext {
  return {
    root,
    run: async (command, args, options = {}) => (await start(root, command, args, options, "inherit")).code,
    capture: (command, args, options = {}) => start(root, command, args, options, "pipe"),
  };
}

/** The same for a step that runs beside another one: what its programs say is kept back and told when asked for. */
export function quietly(context: StepContext): { readonly context: StepContext; readonly told: () => string } {
  let told = "";
  const run: StepContext["run"] = async (command, args, options) => {
    const { code, stdout, stderr } = await context.capture(command, args, options);
    told += stdout + stderr;
    return code;
  };
  return { context: { ...context, run }, told: () => told };
}

function start(
  root: string,
  command: string,
  args: readonly string[],
  options: RunOptions,
  output: "inherit" | "pipe",
): Promise<Captured> {
  const env = { ...environment(), ...options.env };
  const child = spawn(command, args, { cwd: options.cwd ?? root, env, stdio: ["ignore", output, output] });
  running.add(child);
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const minutes = options.limitMinutes ?? 20;
  const limit = setTimeout(() => {
    console.log(`  not ended after ${minutes} minutes: ${command} ${args.join(" ")}`);
    child.kill("SIGKILL");
  }, minutes * 60_000);
  return new Promise((resolve) => {
    const end = (code: number): void => {
      clearTimeout(limit);
      running.delete(child);
      resolve({ code, stdout, stderr });
    };
    child.on("error", (error) => {
      stderr += error.message;
      end(127);
    });
    child.on("close", (code) => end(code ?? 1));
  });
}

function environment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, ...env } = process.env;
  const plain = process.stdout.isTTY ? {} : { NO_COLOR: "1" };
  return { ...env, ...plain, PATH: [dirname(process.execPath), env["PATH"] ?? ""].join(delimiter) };
}
