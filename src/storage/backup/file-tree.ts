import { createReadStream, createWriteStream, type Dirent } from "node:fs";
import { chmod, lstat, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { err, ok, type Result } from "../../kernel/index.ts";
import { digestingStream, digestOfFile } from "./digest.ts";
import { makeEmptyFolder } from "./empty-folder.ts";
import { type ManifestRefusal, readManifest, writeManifest } from "./manifest.ts";

/** Lies at the top of every copied tree and is not part of it. */
const TREE_MANIFEST_FILE = "tree.json";

/** One file or folder below the top; `path` with `/`. Mode in octal digits, e.g. `600`. Folders have no digest and 0 bytes. */
export type TreeEntry = {
  readonly path: string;
  readonly kind: "file" | "folder";
  readonly mode: string;
  readonly bytes: number;
  readonly digest: string;
};

/** What a copied tree holds, sorted by path. */
export type TreeManifest = { readonly format: 1; readonly entries: readonly TreeEntry[] };

/** FOLDER_NOT_EMPTY: the target has files. UNSUPPORTED_ENTRY: a link or device, which a backup would not bring back. */
export type CopyTreeRefusal =
  | { readonly code: "FOLDER_NOT_EMPTY"; readonly dir: string }
  | { readonly code: "UNSUPPORTED_ENTRY"; readonly file: string };

/** Which file is not as it was copied; FILE_UNKNOWN: one that the manifest does not name. */
export type VerifyTreeRefusal =
  | ManifestRefusal
  | { readonly code: "FILE_MISSING" | "FILE_UNKNOWN" | "MODE_MISMATCH"; readonly file: string };

function modeText(mode: number): string {
  return (mode & 0o777).toString(8);
}

async function listBelow(top: string, under = ""): Promise<readonly { path: string; entry: Dirent }[]> {
  const found = await readdir(join(top, under), { withFileTypes: true });
  const lists = await Promise.all(
    found
      .filter((entry) => !(under === "" && entry.name === TREE_MANIFEST_FILE))
      .map(async (entry) => {
        const path = under === "" ? entry.name : `${under}/${entry.name}`;
        return [{ path, entry }, ...(entry.isDirectory() ? await listBelow(top, path) : [])];
      }),
  );
  return lists.flat().sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function copyFile(from: string, to: string, mode: number): Promise<{ digest: string; bytes: number }> {
  const digesting = digestingStream();
  const target = createWriteStream(to, { flags: "wx", mode: 0o600, flush: true });
  try {
    await pipeline(createReadStream(from), digesting.stream, target);
  } catch (cause) {
    await rm(to, { force: true });
    throw cause;
  }
  await chmod(to, mode & 0o777);
  return digesting.finish();
}

async function copyEntries(from: string, to: string): Promise<Result<readonly TreeEntry[], CopyTreeRefusal>> {
  if (!(await makeEmptyFolder(to))) return err({ code: "FOLDER_NOT_EMPTY", dir: to });
  const found = await listBelow(from).catch(rethrowUnlessAbsent);
  const entries: TreeEntry[] = [];
  for (const { path, entry } of found ?? []) {
    if (!entry.isDirectory() && !entry.isFile()) return err({ code: "UNSUPPORTED_ENTRY", file: path });
    const stat = await lstat(join(from, path)).catch(rethrowUnlessAbsent);
    if (stat === undefined) continue;
    const mode = modeText(stat.mode);
    if (entry.isDirectory()) {
      await mkdir(join(to, path), { mode: 0o700 });
      entries.push({ path, kind: "folder", mode, bytes: 0, digest: "" });
      continue;
    }
    const copied = await copyFile(join(from, path), join(to, path), stat.mode).catch(rethrowUnlessAbsent);
    if (copied !== undefined) entries.push({ path, kind: "file", mode, ...copied });
  }
  // Folders last and from below: one without the right to write could not be filled.
  for (const { path, mode } of entries.filter((entry) => entry.kind === "folder").toReversed()) {
    await chmod(join(to, path), Number.parseInt(mode, 8));
  }
  return ok(entries);
}

/**
 * Copies a folder of files (keys, recordings, attachments) with their modes and writes down each one's SM3, taken from
 * the very bytes written. An absent source is an empty tree. A file that vanishes meanwhile is left out: such files are
 * written once and only ever removed. Errors by code: `CopyTreeRefusal`.
 */
export async function copyTreeWithManifest(from: string, to: string): Promise<Result<TreeManifest, CopyTreeRefusal>> {
  const copied = await copyEntries(from, to);
  if (!copied.ok) return copied;
  const manifest: TreeManifest = { format: 1, entries: copied.value };
  await writeManifest(to, TREE_MANIFEST_FILE, manifest);
  return ok(manifest);
}

/** Brings a copied tree back, checked before and without its manifest. Errors by code: those of both steps. */
export async function restoreTree(
  from: string,
  to: string,
): Promise<Result<TreeManifest, CopyTreeRefusal | VerifyTreeRefusal>> {
  const verified = await verifyTree(from);
  if (!verified.ok) return verified;
  const copied = await copyEntries(from, to);
  return copied.ok ? verified : copied;
}

function rethrowUnlessAbsent(cause: NodeJS.ErrnoException): undefined {
  if (cause.code !== "ENOENT") throw cause;
}

function parseTree(value: unknown): TreeManifest | undefined {
  if (typeof value !== "object" || value === null || !("format" in value) || value.format !== 1) return undefined;
  return value as TreeManifest;
}

async function verifyEntry(dir: string, entry: TreeEntry): Promise<VerifyTreeRefusal | undefined> {
  const path = join(dir, entry.path);
  const stat = await lstat(path).catch(rethrowUnlessAbsent);
  const isKind = entry.kind === "file" ? stat?.isFile() : stat?.isDirectory();
  if (stat === undefined || isKind !== true) return { code: "FILE_MISSING", file: entry.path };
  if (modeText(stat.mode) !== entry.mode) return { code: "MODE_MISMATCH", file: entry.path };
  if (entry.kind === "file" && (await digestOfFile(path)) !== entry.digest) {
    return { code: "DIGEST_MISMATCH", file: entry.path };
  }
  return undefined;
}

/** Whether a copied tree is exactly what its manifest says: every file, mode and digest, and nothing else. */
export async function verifyTree(dir: string): Promise<Result<TreeManifest, VerifyTreeRefusal>> {
  const read = await readManifest(dir, TREE_MANIFEST_FILE);
  if (!read.ok) return read;
  const manifest = parseTree(read.value);
  if (manifest === undefined) return err({ code: "MANIFEST_UNREADABLE", file: TREE_MANIFEST_FILE });
  for (const entry of manifest.entries) {
    const refusal = await verifyEntry(dir, entry);
    if (refusal !== undefined) return err(refusal);
  }
  const named = new Set(manifest.entries.map((entry) => entry.path));
  const stranger = (await listBelow(dir)).find(({ path }) => !named.has(path));
  return stranger === undefined ? ok(manifest) : err({ code: "FILE_UNKNOWN", file: stranger.path });
}
