import { createHash, randomBytes } from "node:crypto";
import type { Hash } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { isBlobDigest } from "../app/ports/blob.ts";
import type { Blob, BlobDigest, BlobOpenRefusal, BlobPutRefusal, OpenBlob } from "../app/ports/blob.ts";
import { err, ok } from "../kernel/index.ts";
import type { Result } from "../kernel/index.ts";

/** How much one content may hold; bytes. */
export type DigestFilesOptions = { readonly maxBytes: number };

/** Half-written contents lie here, outside the folders of names. */
const INCOMING = "incoming";
const ABANDONED_AFTER_MS = 24 * 3_600_000;

/**
 * Opens (or makes) a folder of digest-named files: `ab/cd/abcd…`, folders 0700, files 0600. A content is written to a
 * temporary name, synced, renamed and its folder synced, so that a name is there whole or not at all, through a kill at any
 * moment; several processes may put at once. Half contents older than a day, left by a kill, are removed here.
 */
export async function openDigestFiles(dir: string, options: DigestFilesOptions): Promise<Blob> {
  const top = resolve(dir);
  await mkdir(join(top, INCOMING), { recursive: true, mode: 0o700 });
  await syncFolder(top);
  await removeAbandoned(join(top, INCOMING));
  const synced = new Set<string>();
  return {
    put: async (content) => {
      const written = await writeIncoming(join(top, INCOMING), content, options.maxBytes);
      if (written.ok) await moveIn(top, written.value, synced);
      return written.ok ? ok(written.value.digest) : written;
    },
    open: (digest) => openVerified(top, digest),
    has: async (digest) => isBlobDigest(digest) && (await isFile(pathOf(top, digest))),
    list: () => listNames(top),
  };
}

function pathOf(top: string, digest: BlobDigest): string {
  return join(top, digest.slice(0, 2), digest.slice(2, 4), digest);
}

type Incoming = { readonly digest: BlobDigest; readonly path: string };

async function writeIncoming(
  folder: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Result<Incoming, BlobPutRefusal>> {
  const path = join(folder, randomBytes(16).toString("hex"));
  const hash = createHash("sm3");
  const handle = await open(path, "wx", 0o600);
  let fits = false;
  try {
    fits = await writeAll(handle, hash, content instanceof Uint8Array ? [content] : content, maxBytes);
    if (fits) await handle.sync();
  } catch (fault) {
    await rm(path, { force: true });
    throw fault;
  } finally {
    await handle.close();
  }
  if (fits) return ok({ digest: digestOf(hash), path });
  await rm(path, { force: true });
  return err({ code: "BLOB_TOO_LARGE", limit: maxBytes });
}

async function writeAll(
  handle: FileHandle,
  hash: Hash,
  parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<boolean> {
  let bytes = 0;
  for await (const part of parts) {
    bytes += part.byteLength;
    if (bytes > maxBytes) return false;
    hash.update(part);
    // writeFile goes on after a short write; write would leave the rest to us.
    await handle.writeFile(part);
  }
  return true;
}

function digestOf(hash: Hash): BlobDigest {
  return hash.digest("hex") as BlobDigest;
}

/** Renames over what may be there already: same name, same bytes, and a damaged file is healed by it. */
async function moveIn(top: string, { digest, path }: Incoming, synced: Set<string>): Promise<void> {
  const target = pathOf(top, digest);
  const leaf = dirname(target);
  await mkdir(leaf, { recursive: true, mode: 0o700 });
  await rename(path, target);
  await syncFolder(leaf);
  // Who made these folders may have been killed before it synced their names, so every process does it once.
  for (const folder of [leaf, dirname(leaf)]) {
    if (synced.has(folder)) continue;
    await syncFolder(dirname(folder));
    synced.add(folder);
  }
}

async function openVerified(top: string, digest: BlobDigest): Promise<Result<OpenBlob, BlobOpenRefusal>> {
  const path = isBlobDigest(digest) ? pathOf(top, digest) : null;
  if (path === null || !(await isFile(path))) return err({ code: "BLOB_UNKNOWN" });
  let bytes = 0;
  try {
    for await (const part of readVerified(path, digest)) bytes += part.byteLength;
  } catch (fault) {
    if (fault instanceof BlobDamaged) return err({ code: "BLOB_DAMAGED" });
    throw fault;
  }
  return ok({ bytes, read: () => readVerified(path, digest) });
}

class BlobDamaged extends Error {
  constructor(digest: BlobDigest) {
    super(`BLOB_DAMAGED: ${digest}`);
    this.name = "BlobDamaged";
  }
}

/** Streams the bytes and throws at the end when they were not those of the name: whoever passes them on must not finish. */
async function* readVerified(path: string, digest: BlobDigest): AsyncGenerator<Uint8Array> {
  const hash = createHash("sm3");
  const parts: AsyncIterable<Buffer> = createReadStream(path);
  for await (const part of parts) {
    hash.update(part);
    yield part;
  }
  if (digestOf(hash) !== digest) throw new BlobDamaged(digest);
}

async function* listNames(top: string): AsyncGenerator<BlobDigest> {
  for (const first of await foldersOf(top)) {
    for (const second of await foldersOf(join(top, first))) {
      const names = await readdir(join(top, first, second));
      for (const name of names.sort()) {
        if (isBlobDigest(name) && name.startsWith(first + second)) yield name;
      }
    }
  }
}

async function foldersOf(path: string): Promise<readonly string[]> {
  return (await readdir(path)).filter((name) => /^[0-9a-f]{2}$/.test(name)).sort();
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(ignoreAbsent))?.isFile() === true;
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const found = await stat(join(folder, name)).catch(ignoreAbsent);
    if (found !== undefined && Date.now() - found.mtimeMs > ABANDONED_AFTER_MS)
      await rm(join(folder, name), { force: true });
  }
}

function ignoreAbsent(fault: NodeJS.ErrnoException): undefined {
  if (fault.code !== "ENOENT") throw fault;
}

/** A name is durable only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
