import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { isBlobDigest } from "../app/ports/blob.ts";
import type { Blob, BlobDigest, BlobOpenRefusal } from "../app/ports/blob.ts";
import { openDigestFiles } from "./digest-files.ts";

const MEGABYTE = 1_048_576;
const made: string[] = [];

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "liandong-blobs-"));
  made.push(folder);
  return join(folder, "files");
}

function sm3(bytes: Uint8Array | string): BlobDigest {
  const digest = createHash("sm3").update(bytes).digest("hex");
  if (!isBlobDigest(digest)) throw new Error("no digest");
  return digest;
}

function pathOf(dir: string, digest: string): string {
  return join(dir, digest.slice(0, 2), digest.slice(2, 4), digest);
}

async function contentOf(blob: Blob, digest: BlobDigest): Promise<Buffer | BlobOpenRefusal> {
  const found = await blob.open(digest);
  if (!found.ok) return found.error;
  const parts: Uint8Array[] = [];
  for await (const part of found.value.read()) parts.push(part);
  return Buffer.concat(parts);
}

async function namesOf(blob: Blob): Promise<readonly BlobDigest[]> {
  return collected(blob.list());
}

async function collected<T>(from: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const one of from) all.push(one);
  return all;
}

async function* inParts(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

afterEach(async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true });
});

test("a content is named by its SM3 and comes back byte for byte, given whole or in parts", async () => {
  const blob = await openDigestFiles(await freshFolder(), { maxBytes: MEGABYTE });
  const content = randomBytes(300_000);
  expect(await blob.put(content)).toEqual({ ok: true, value: sm3(content) });
  expect(await blob.put(inParts(content, 7001))).toEqual({ ok: true, value: sm3(content) });
  expect(await contentOf(blob, sm3(content))).toEqual(content);
  // The digest of "abc" is printed in the SM3 standard.
  expect(await blob.put(Buffer.from("abc"))).toMatchObject({
    value: "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
  });
});

test("an empty content is a content", async () => {
  const blob = await openDigestFiles(await freshFolder(), { maxBytes: 0 });
  expect(await blob.put(new Uint8Array())).toMatchObject({ ok: true });
  expect(await contentOf(blob, sm3(""))).toEqual(Buffer.alloc(0));
});

test("files lie two folders deep and nobody but the owner can enter or read them", async () => {
  const dir = await freshFolder();
  const blob = await openDigestFiles(dir, { maxBytes: 10 });
  await blob.put(Buffer.from("abc"));
  const path = pathOf(dir, sm3("abc"));
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  for (const folder of [dir, join(path, "../.."), join(path, ".."), join(dir, "incoming")])
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect(await readdir(join(dir, "incoming"))).toEqual([]);
});

test("a content over the limit is refused with the limit and leaves nothing behind", async () => {
  const dir = await freshFolder();
  const blob = await openDigestFiles(dir, { maxBytes: 10 });
  const refused = { ok: false, error: { code: "BLOB_TOO_LARGE", limit: 10 } };
  expect(await blob.put(Buffer.alloc(11))).toEqual(refused);
  expect(await blob.put(inParts(Buffer.alloc(11), 2))).toEqual(refused);
  expect(await blob.put(Buffer.alloc(10))).toMatchObject({ ok: true });
  expect(await namesOf(blob)).toEqual([sm3(Buffer.alloc(10))]);
  expect(await readdir(join(dir, "incoming"))).toEqual([]);
});

test("a source that breaks off is nobody's content", async () => {
  const dir = await freshFolder();
  const blob = await openDigestFiles(dir, { maxBytes: 10 });
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from("abc");
    throw new Error("the caller hung up");
  }
  await expect(blob.put(broken())).rejects.toThrow("the caller hung up");
  expect(await namesOf(blob)).toEqual([]);
  expect(await readdir(join(dir, "incoming"))).toEqual([]);
});

test("a changed or shortened file is damaged, and putting its content again heals it", async () => {
  const dir = await freshFolder();
  const blob = await openDigestFiles(dir, { maxBytes: MEGABYTE });
  const content = randomBytes(200_000);
  const digest = sm3(content);
  await blob.put(content);
  const opened = await blob.open(digest);
  await writeFile(pathOf(dir, digest), Buffer.concat([content.subarray(0, -1), Buffer.from([0, 1])]));
  expect(await contentOf(blob, digest)).toEqual({ code: "BLOB_DAMAGED" });
  if (!opened.ok) throw new Error("was whole when it was opened");
  await expect(collected(opened.value.read())).rejects.toThrow("BLOB_DAMAGED");
  await truncate(pathOf(dir, digest), 100);
  expect(await blob.has(digest)).toBe(true);
  expect(await contentOf(blob, digest)).toEqual({ code: "BLOB_DAMAGED" });
  await blob.put(content);
  expect(await contentOf(blob, digest)).toEqual(content);
});

test("what was never put is unknown, and a name that is no digest leads nowhere", async () => {
  const dir = await freshFolder();
  const blob = await openDigestFiles(dir, { maxBytes: 10 });
  await writeFile(join(dir, "secret"), "x");
  expect(await blob.has(sm3("abc"))).toBe(false);
  expect(await blob.open(sm3("abc"))).toEqual({ ok: false, error: { code: "BLOB_UNKNOWN" } });
  for (const name of ["../secret", "", "..", sm3("abc").toUpperCase()]) {
    expect(isBlobDigest(name)).toBe(false);
    expect(await blob.has(name as BlobDigest)).toBe(false);
    expect(await blob.open(name as BlobDigest)).toMatchObject({ error: { code: "BLOB_UNKNOWN" } });
  }
});

test("the list is in ascending order and holds names only", async () => {
  const dir = await freshFolder();
  const blob = await openDigestFiles(dir, { maxBytes: 10 });
  const contents = Array.from({ length: 30 }, (_, i) => Buffer.from(`n${i}`));
  for (const content of contents) await blob.put(content);
  const stranger = sm3("stranger");
  await mkdir(join(dir, "00", "00"), { recursive: true });
  await writeFile(join(dir, "00", "00", stranger), "in a folder of other names");
  await writeFile(join(dir, "00", "00", "README"), "no digest");
  expect(await namesOf(blob)).toEqual(contents.map(sm3).toSorted());
});

test("the same content put twenty times at once through two openings is there once", async () => {
  const dir = await freshFolder();
  const two = [await openDigestFiles(dir, { maxBytes: MEGABYTE }), await openDigestFiles(dir, { maxBytes: MEGABYTE })];
  const content = randomBytes(50_000);
  const put = await Promise.all(Array.from({ length: 10 }, () => two.map((blob) => blob.put(content))).flat());
  expect(new Set(put.map((done) => (done.ok ? done.value : done.error.code)))).toEqual(new Set([sm3(content)]));
  const [blob] = two;
  if (blob === undefined) throw new Error("no folder");
  expect(await namesOf(blob)).toEqual([sm3(content)]);
  expect(await contentOf(blob, sm3(content))).toEqual(content);
  expect(await readdir(join(dir, "incoming"))).toEqual([]);
});

test("half contents older than a day are removed on opening, younger ones belong to somebody", async () => {
  const dir = await freshFolder();
  await openDigestFiles(dir, { maxBytes: 10 });
  const [old, young] = [join(dir, "incoming", "old"), join(dir, "incoming", "young")];
  await writeFile(old, "x");
  await writeFile(young, "x");
  const dayAgo = new Date(Date.now() - 25 * 3_600_000);
  await utimes(old, dayAgo, dayAgo);
  await openDigestFiles(dir, { maxBytes: 10 });
  expect(await readdir(join(dir, "incoming"))).toEqual(["young"]);
});

test("kill -9 among many puts leaves every acknowledged content whole and no half file under a name (P1)", async () => {
  const dir = await freshFolder();
  const seen = new Set<string>();
  for (const kills of [1, 4, 9]) {
    const child = startPutter(
      dir,
      `for (;;) {
        const bytes = randomBytes(1 + Math.floor(Math.random() * 400000));
        const done = await blob.put(bytes);
        process.stdout.write(done.value + "\\n");
      }`,
    );
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => (output += part));
    while (output.split("\n").length <= kills) await once(child.stdout, "data");
    child.kill("SIGKILL");
    await once(child, "close");
    for (const digest of output.split("\n").slice(0, -1)) seen.add(digest);
  }
  const blob = await openDigestFiles(dir, { maxBytes: MEGABYTE });
  const names = await namesOf(blob);
  expect([...seen].filter((digest) => !names.some((name) => name === digest))).toEqual([]);
  for (const name of names) expect(sm3(await readFile(pathOf(dir, name)))).toBe(name);
});

test("kill -9 in the middle of one content leaves no name at all (P1)", async () => {
  const dir = await freshFolder();
  const child = startPutter(
    dir,
    `async function* endless() {
      yield randomBytes(100000);
      process.stdout.write("begun\\n");
      setInterval(() => undefined, 1000);
      await new Promise(() => undefined);
    }
    await blob.put(endless());`,
  );
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "close");
  const [half = ""] = await readdir(join(dir, "incoming"));
  expect((await stat(join(dir, "incoming", half))).size).toBe(100_000);
  const blob = await openDigestFiles(dir, { maxBytes: MEGABYTE });
  expect(await namesOf(blob)).toEqual([]);
  const content = randomBytes(10);
  await blob.put(content);
  expect(await namesOf(blob)).toEqual([sm3(content)]);
});

/** A process that opens the folder as `blob` and runs `body`. */
function startPutter(dir: string, body: string) {
  const module = fileURLToPath(new URL("digest-files.ts", import.meta.url));
  const program = `
    import { randomBytes } from "node:crypto";
    import { openDigestFiles } from ${JSON.stringify(module)};
    const blob = await openDigestFiles(${JSON.stringify(dir)}, { maxBytes: ${MEGABYTE} });
    ${body}`;
  return spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "pipe", "inherit"] });
}
