import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PROGRAM_ROOT } from "../node/program-path.ts";

const STAMP = "dist/web/.built-from";
const SOURCES = ["web", "src/http/contract", "src/core", "src/kernel", "package-lock.json"];

/** Builds the screens when their sources changed since the last build. true = built now. */
export async function buildScreens(): Promise<boolean> {
  const digest = await digestOf(SOURCES);
  const stamp = join(PROGRAM_ROOT, STAMP);
  if (existsSync(stamp) && (await readFile(stamp, "utf8")) === digest) return false;
  await run(["node_modules/vite/bin/vite.js", "build", "--config", "web/vite.config.ts", "--logLevel", "warn"]);
  await writeFile(stamp, digest);
  return true;
}

async function digestOf(paths: readonly string[]): Promise<string> {
  const hash = createHash("sm3");
  for (const path of paths) {
    for (const file of await filesOf(path)) hash.update(file).update(await readFile(join(PROGRAM_ROOT, file)));
  }
  return hash.digest("hex");
}

async function filesOf(path: string): Promise<readonly string[]> {
  if (path.endsWith(".json")) return [path];
  const found = await readdir(join(PROGRAM_ROOT, path), { recursive: true, withFileTypes: true });
  return found
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name).slice(PROGRAM_ROOT.length + 1))
    .sort();
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
