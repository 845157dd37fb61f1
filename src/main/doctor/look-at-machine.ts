import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { access, lstat, readdir, readFile, realpath, stat, statfs } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { openFileKeys } from "../../keys/index.ts";
import type { DiskFacts, FolderFacts, KeyFacts, RuntimeFacts } from "./probe.ts";

/** The Node that runs this, the Node that comes with the packages, and whether the packages are those of the lock file. */
export async function lookAtRuntime(root: string): Promise<RuntimeFacts> {
  const pins = parsePins(await readFile(join(root, "package.json"), "utf8"));
  const system = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${system}-${process.arch}`;
  const binary = process.platform === "win32" ? "node.exe" : "node";
  const present = await exists(join(root, "node_modules", name, "bin", binary));
  return {
    version: process.versions.node,
    pinned: pins[name] ?? Object.values(pins)[0] ?? "24",
    packaged: pins[name] === undefined ? "none" : present ? "present" : "absent",
    packages: await packagesIn(root),
  };
}

/** Versions of the packaged Nodes by package name. */
function parsePins(packageJson: string): Readonly<Record<string, string>> {
  const { optionalDependencies = {} } = JSON.parse(packageJson) as { optionalDependencies?: Record<string, string> };
  return Object.fromEntries(Object.entries(optionalDependencies).filter(([name]) => name.startsWith("node-")));
}

async function packagesIn(root: string): Promise<RuntimeFacts["packages"]> {
  const modules = join(root, "node_modules");
  const found = await lstat(modules).catch(() => null);
  if (found === null) return "missing";
  if (found.isSymbolicLink()) return "linked";
  // The stamp that scripts/bootstrap/install.mjs leaves.
  const stamp = await readFile(join(modules, ".liandong-lock"), "utf8").catch(() => null);
  if (stamp === null) return "unstamped";
  const lock = await readFile(join(root, "package-lock.json"));
  return stamp.trim() === createHash("sha256").update(lock).digest("hex") ? "asLock" : "stale";
}

/** What the node writes to. An absent folder is judged by the nearest parent that is there. */
export async function lookAtFolder(path: string): Promise<FolderFacts> {
  const ownUid = process.getuid?.() ?? null;
  const found = await stat(path).catch(() => null);
  const judged = found === null ? await nearestParent(path) : path;
  const writable = await access(judged, constants.W_OK | constants.X_OK).then(
    () => found === null || found.isDirectory(),
    () => false,
  );
  return { path, exists: found !== null, writable, ownerUid: ownUid === null ? null : (found?.uid ?? null), ownUid };
}

export async function lookAtDisk(path: string): Promise<DiskFacts> {
  const at = (await exists(path)) ? path : await nearestParent(path);
  const { bavail, blocks, bsize } = await statfs(at);
  return { path: at, freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

async function nearestParent(path: string): Promise<string> {
  let at = resolve(path);
  while (!(await exists(at)) && dirname(at) !== at) at = dirname(at);
  return at;
}

/** The keys as the node itself would open them; an empty folder is left empty. With the public key when they are good. */
export async function lookAtKeys(folder: string): Promise<KeyFacts & { readonly publicKey: string | null }> {
  const names = await readdir(folder).catch(() => []);
  if (names.length === 0) return { state: "absent", folder, publicKey: null };
  const opened = await openFileKeys(folder);
  if (!opened.ok) return { state: "bad", folder, ...opened.error, publicKey: null };
  await opened.value.close();
  return { state: "good", folder, publicKey: opened.value.nodePublicKey };
}

/** Processes of this machine that run `… cli.ts node --config <this file>`. Knows nothing where there is no /proc. */
export async function lookForInstances(configFile: string): Promise<readonly number[]> {
  const wanted = await realpath(configFile).catch(() => resolve(configFile));
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map(async (pid) => ((await runsNode(pid, wanted)) ? [pid] : [])));
  return found.flat().filter((pid) => pid !== process.pid);
}

async function runsNode(pid: number, configFile: string): Promise<boolean> {
  const words = (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).split("\0");
  const program = words.findIndex((word) => /(?:^|[\\/])main[\\/]cli\.ts$/.test(word));
  const given = words[words.indexOf("--config") + 1];
  if (program < 0 || words[program + 1] !== "node" || !words.includes("--config") || given === undefined) return false;
  const folder = await realpath(`/proc/${pid}/cwd`).catch(() => "/");
  const file = resolve(folder, given);
  return (await realpath(file).catch(() => file)) === configFile;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
