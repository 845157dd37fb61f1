import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { err, ok, type Result } from "../kernel/index.ts";
import { keysOf, type NodeSecrets, type OpenKeys } from "./secret-keys.ts";
import { makeSm2Pair, parsePairPem, pemOfPair } from "./sm2-pair.ts";

/**
 * Why a key folder cannot be used; `file` says where.
 * KEY_FILE_TOO_OPEN others than the owner can reach it; KEY_FILE_MISSING some keys are there and this one is not (a new
 * one would make everything locked under the old one unreadable); KEY_FILE_BROKEN it does not hold what it should.
 */
export type KeyFileFault = {
  readonly code: "KEY_FILE_TOO_OPEN" | "KEY_FILE_MISSING" | "KEY_FILE_BROKEN";
  readonly file: string;
};

const SIGNING_FILE = "signing-key.pem";
const MASTER_FILE = "master-key.hex";
const BLIND_INDEX_FILE = "blind-index-key.hex";
const NAMES = [SIGNING_FILE, MASTER_FILE, BLIND_INDEX_FILE] as const;

/** File modes mean nothing on Windows: there the folder's access list has to be set by the operator. */
const MODES_COUNT = process.platform !== "win32";

async function syncFolder(folder: string): Promise<void> {
  if (!MODES_COUNT) return;
  const handle = await open(folder, constants.O_RDONLY);
  await handle.sync();
  await handle.close();
}

async function writeSecret(file: string, text: string): Promise<void> {
  const handle = await open(file, "wx", 0o600);
  await handle.writeFile(text);
  await handle.sync();
  await handle.close();
}

/** Makes all keys beside the folder and moves them in at once: a kill in between leaves no half set. */
async function makeKeyFolder(folder: string): Promise<void> {
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  const fresh = `${folder}.new-${randomBytes(6).toString("hex")}`;
  await mkdir(fresh, { mode: 0o700 });
  await writeSecret(join(fresh, SIGNING_FILE), pemOfPair(makeSm2Pair()));
  await writeSecret(join(fresh, MASTER_FILE), `${randomBytes(32).toString("hex")}\n`);
  await writeSecret(join(fresh, BLIND_INDEX_FILE), `${randomBytes(32).toString("hex")}\n`);
  await syncFolder(fresh);
  try {
    await rename(fresh, folder);
  } catch {
    // Another process was first; its keys are the node's keys.
    await rm(fresh, { recursive: true, force: true });
  }
  await syncFolder(parent);
}

async function findTooOpen(paths: readonly string[]): Promise<string | null> {
  if (!MODES_COUNT) return null;
  for (const path of paths) {
    if (((await stat(path)).mode & 0o077) !== 0) return path;
  }
  return null;
}

function parseHexKey(text: string): Uint8Array | null {
  return /^[0-9a-f]{64}\n?$/.test(text) ? Buffer.from(text.trim(), "hex") : null;
}

async function readSecrets(folder: string): Promise<Result<NodeSecrets, KeyFileFault>> {
  const broken = (name: string): Result<never, KeyFileFault> =>
    err({ code: "KEY_FILE_BROKEN", file: join(folder, name) });
  const pair = parsePairPem(await readFile(join(folder, SIGNING_FILE), "utf8"));
  if (pair === null) return broken(SIGNING_FILE);
  const masterKey = parseHexKey(await readFile(join(folder, MASTER_FILE), "utf8"));
  if (masterKey === null) return broken(MASTER_FILE);
  const blindIndexKey = parseHexKey(await readFile(join(folder, BLIND_INDEX_FILE), "utf8"));
  if (blindIndexKey === null) return broken(BLIND_INDEX_FILE);
  return ok({ ...pair, masterKey, blindIndexKey });
}

/**
 * Opens the keys of a node in `dir`, making them when the folder is absent or empty (folder 0700, files 0600, synced):
 * the SM2 pair, the master key that locks case keys, the key of the blind index. Errors: see `KeyFileFault`.
 */
export async function openFileKeys(dir: string): Promise<Result<OpenKeys, KeyFileFault>> {
  const folder = resolve(dir);
  const before = await readdir(folder).catch(() => []);
  if (before.length === 0) await makeKeyFolder(folder);
  const present = new Set(await readdir(folder));
  for (const name of NAMES) {
    if (!present.has(name)) return err({ code: "KEY_FILE_MISSING", file: join(folder, name) });
  }
  const tooOpen = await findTooOpen([folder, ...NAMES.map((name) => join(folder, name))]);
  if (tooOpen !== null) return err({ code: "KEY_FILE_TOO_OPEN", file: tooOpen });
  const secrets = await readSecrets(folder);
  return secrets.ok ? ok(keysOf(secrets.value)) : secrets;
}

/** Keys that live only as long as the process: for tests and simulations. */
export function openPassingKeys(): OpenKeys {
  return keysOf({ ...makeSm2Pair(), masterKey: randomBytes(32), blindIndexKey: randomBytes(32) });
}
