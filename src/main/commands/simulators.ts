import { spawn } from "node:child_process";
import { join } from "node:path";
import { PROGRAM_ROOT } from "../node/program-path.ts";
import { pairPaths } from "../pair/pair-files.ts";
import { defaultDataRoot } from "../../storage/server/index.ts";
import type { Command } from "./command.ts";

/** Runs a program of `simulators/`: they know nothing of ours, so they are processes of their own. */
function runSimulator(file: string, args: readonly string[]): Promise<number> {
  const accounts = join(pairPaths(defaultDataRoot()).accounts, "../accounts-for-tools.json");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(PROGRAM_ROOT, "simulators", file), ...args], {
      stdio: "inherit",
      env: { LIANDONG_ACCOUNTS: accounts, ...process.env },
    });
    const pass = (signal: NodeJS.Signals): void => {
      child.kill(signal);
    };
    process.on("SIGINT", pass);
    process.on("SIGTERM", pass);
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

export const importCommand: Command = {
  name: "import",
  summary: ["通过接口导入诉求（JSONL）", "register requests from a file through the API (JSONL)"],
  usage: "import FILE.jsonl [--dry-run] [--to URL] [--rate R] …",
  run: (args) => runSimulator("import/main.ts", args),
};

export const replayCommand: Command = {
  name: "replay",
  summary: [
    "按速率回放诉求，模拟双方席位与承办单位办理",
    "replay requests at a rate with simulated people on both desks",
  ],
  usage: "replay FILE.jsonl --rate R [--seed S] …",
  run: (args) => runSimulator("replay/main.ts", args),
};
