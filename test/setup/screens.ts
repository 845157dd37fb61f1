import { spawnSync } from "node:child_process";

/** Set-up of the browser tests (vitest `globalSetup`): what they look at is built from the sources as they are now. */
export function setup(): void {
  const args = ["node_modules/vite/bin/vite.js", "build", "--config", "web/vite.config.ts", "--logLevel", "warn"];
  // The builder keeps compiled sources in the system's temporary folder unless it is told where.
  const env = { NODE_COMPILE_CACHE: "node_modules/.cache/liandong", ...process.env };
  const built = spawnSync(process.execPath, args, { encoding: "utf8", env });
  if (built.status !== 0) throw new Error(`the screens do not build:\n${built.stderr}`);
}
