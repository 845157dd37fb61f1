import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { copyTreeWithManifest, restoreTree, verifyTree } from "./file-tree.ts";

let folder: string;
let source: string;
let copy: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tree-"));
  source = join(folder, "source");
  copy = join(folder, "copy");
  mkdirSync(join(source, "keys", "old"), { recursive: true });
  writeFileSync(join(source, "keys", "node.key"), "secret");
  writeFileSync(join(source, "keys", "old", "录音.wav"), Buffer.from([0, 255, 10, 13]));
  chmodSync(join(source, "keys"), 0o700);
  chmodSync(join(source, "keys", "old"), 0o500);
  chmodSync(join(source, "keys", "node.key"), 0o600);
  chmodSync(join(source, "keys", "old", "录音.wav"), 0o640);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("a tree comes back with every byte and mode, and without the manifest", async () => {
  const copied = await copyTreeWithManifest(source, copy);
  expect(copied.ok && copied.value.entries.map(({ path, mode, bytes }) => [path, mode, bytes])).toEqual([
    ["keys", "700", 0],
    ["keys/node.key", "600", 6],
    ["keys/old", "500", 0],
    ["keys/old/录音.wav", "640", 4],
  ]);
  const back = join(folder, "back");
  expect((await restoreTree(copy, back)).ok).toBe(true);
  expect(readFileSync(join(back, "keys", "old", "录音.wav"))).toEqual(Buffer.from([0, 255, 10, 13]));
  expect(statSync(join(back, "keys", "old")).mode & 0o777).toBe(0o500);
  expect(statSync(join(back, "tree.json"), { throwIfNoEntry: false })).toBeUndefined();
});

const damages: readonly (readonly [string, () => void])[] = [
  ["DIGEST_MISMATCH keys/node.key", () => writeFileSync(join(copy, "keys", "node.key"), "Secret")],
  ["FILE_MISSING keys/node.key", () => rmSync(join(copy, "keys", "node.key"))],
  ["MODE_MISMATCH keys/node.key", () => chmodSync(join(copy, "keys", "node.key"), 0o644)],
  ["FILE_UNKNOWN keys/more", () => writeFileSync(join(copy, "keys", "more"), "")],
  ["MANIFEST_UNREADABLE tree.json", () => rmSync(join(copy, "tree.json"))],
  [
    "DIGEST_MISMATCH tree.json",
    () => {
      const text = readFileSync(join(copy, "tree.json"), "utf8");
      writeFileSync(join(copy, "tree.json"), text.replace('"mode": "600"', '"mode": "644"'));
    },
  ],
];

for (const [expected, damage] of damages) {
  test(`a damaged tree is refused, naming what is wrong: ${expected}`, async () => {
    await copyTreeWithManifest(source, copy);
    damage();
    const back = await restoreTree(copy, join(folder, "back"));
    expect(back.ok ? "ok" : `${back.error.code} ${"file" in back.error ? back.error.file : ""}`).toBe(expected);
    expect(statSync(join(folder, "back"), { throwIfNoEntry: false })).toBeUndefined();
  });
}

test("a link is refused, because a backup would not bring back what it points at", async () => {
  symlinkSync("/etc/passwd", join(source, "link"));
  const copied = await copyTreeWithManifest(source, copy);
  expect(copied).toEqual({ ok: false, error: { code: "UNSUPPORTED_ENTRY", file: "link" } });
});

test("a folder with anything in it is no target, and an absent source is an empty tree", async () => {
  mkdirSync(copy);
  writeFileSync(join(copy, "x"), "");
  expect(await copyTreeWithManifest(source, copy)).toEqual({
    ok: false,
    error: { code: "FOLDER_NOT_EMPTY", dir: copy },
  });
  const none = await copyTreeWithManifest(join(folder, "absent"), join(folder, "none"));
  expect(none).toEqual({ ok: true, value: { format: 1, entries: [] } });
  expect((await verifyTree(join(folder, "none"))).ok).toBe(true);
});
