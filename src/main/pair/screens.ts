import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PROGRAM_ROOT } from "../node/program-path.ts";
import { digestOfSources } from "./source-digest.ts";

const STAMP = "dist/web/.built-from";
const SOURCES = ["web", "src/http/contract", "src/core", "src/kernel", "package-lock.json"];

/** Builds the screens when their sources changed since the last build. true = built now. */
export async function buildScreens(): Promise<boolean> {
  const digest = await digestOfSources(SOURCES);
  const stamp = join(PROGRAM_ROOT, STAMP);
  if (existsSync(stamp) && (await readFile(stamp, "utf8")) === digest) return false;
  await run(["node_modules/vite/bin/vite.js", "build", "--config", "web/vite.config.ts", "--logLevel", "warn"]);
  await writeFile(stamp, digest);
  return true;
}

function run(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: PROGRAM_ROOT, stdio: ["ignore", "ignore", "pipe"] });
    const errors: Buffer[] = [];
    child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`界面构建失败 building the screens failed:\n${Buffer.concat(errors).toString()}`)),
    );
  });
}
