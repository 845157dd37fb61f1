import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { openFileKeys } from "./file-keys.ts";
import type { OpenKeys } from "./secret-keys.ts";

// Real signatures in threads: a loaded machine may take its time.
vi.setConfig({ testTimeout: 40_000 });

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "keys-"));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "keys");
}

async function opened(dir: string): Promise<OpenKeys> {
  const keys = await openFileKeys(dir);
  if (!keys.ok) throw new Error(keys.error.code);
  cleanups.push(keys.value.close);
  return keys.value;
}

test("first use makes a folder of mode 0700 with files of mode 0600, and the next opens the same keys", async () => {
  const dir = await aFolder();
  const first = await opened(dir);
  expect((await stat(dir)).mode & 0o777).toBe(0o700);
  const names = (await readdir(dir)).toSorted();
  expect(names).toEqual(["blind-index-key.hex", "master-key.hex", "signing-key.pem"]);
  for (const name of names) expect((await stat(join(dir, name))).mode & 0o777).toBe(0o600);

  const second = await opened(dir);
  expect(second.nodePublicKey).toBe(first.nodePublicKey);
  expect(second.keyId).toMatch(/^[0-9a-f]{16}$/);
  expect(second.blindIndex("04710000000")).toBe(first.blindIndex("04710000000"));
  const caseKey = first.randomBytes(32);
  const unwrapped = await second.unwrap(await first.wrap(caseKey, "case-1"), "case-1");
  expect(unwrapped.ok && Buffer.from(unwrapped.value).equals(caseKey)).toBe(true);
  expect((await second.unwrap(await first.wrap(caseKey, "case-1"), "case-2")).ok).toBe(false);
});

test("processes that start at the same moment end with the same keys", async () => {
  const dir = await aFolder();
  const all = await Promise.all([1, 2, 3, 4].map(() => opened(dir)));
  expect(new Set(all.map((keys) => keys.nodePublicKey)).size).toBe(1);
  expect((await readdir(join(dir, ".."))).length).toBe(1);
});

test("a key file or folder that others can reach is refused by name", async () => {
  const dir = await aFolder();
  await opened(dir);
  const master = join(dir, "master-key.hex");
  await chmod(master, 0o640);
  expect(await openFileKeys(dir)).toEqual({ ok: false, error: { code: "KEY_FILE_TOO_OPEN", file: master } });
  await chmod(master, 0o600);
  await chmod(dir, 0o755);
  expect(await openFileKeys(dir)).toEqual({ ok: false, error: { code: "KEY_FILE_TOO_OPEN", file: dir } });
});

test("a missing key among others is never made anew, a broken one never guessed", async () => {
  const dir = await aFolder();
  await opened(dir);
  const master = join(dir, "master-key.hex");
  const text = await readFile(master, "utf8");
  await rm(master);
  expect(await openFileKeys(dir)).toEqual({ ok: false, error: { code: "KEY_FILE_MISSING", file: master } });
  await writeFile(master, text.slice(2), { mode: 0o600 });
  expect(await openFileKeys(dir)).toEqual({ ok: false, error: { code: "KEY_FILE_BROKEN", file: master } });
});

test("values seal and open with a case key, and only in their context", async () => {
  const keys = await opened(await aFolder());
  const caseKey = keys.randomBytes(32);
  const box = keys.seal(caseKey, Buffer.from("井盖缺失"), "case-1/content/1");
  const results = ["case-1/content/1", "case-1/content/2"].map((context) => keys.open(caseKey, [{ box, context }])[0]);
  expect(results).toEqual([
    { ok: true, value: Buffer.from("井盖缺失") },
    { ok: false, error: { code: "BOX_FORGED" } },
  ]);
});
