import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { err, ok, type Result } from "../../kernel/index.ts";
import { digestOfText } from "./digest.ts";

/** Raised when a reader of the old form could misread the new one. */
export const BACKUP_FORMAT = 1;
/** The one file that says what the others are; written last, so that a backup cut short has none. */
export const MANIFEST_FILE = "manifest.json";

/** One table: rows as text of COPY, gzipped. `digest` is SM3 of the file as it lies there; `bytes` its size. */
export type TableEntry = {
  readonly table: string;
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly bytes: number;
  readonly digest: string;
};

/** Where a sequence stood; `value` as text because it is a 64-bit number. */
export type SequenceEntry = { readonly sequence: string; readonly value: string; readonly called: boolean };

/** What a backup holds. `level` is the number of the last migration, 0 when the schema has no table of migrations. */
export type BackupManifest = {
  readonly format: number;
  readonly schema: string;
  readonly serverVersion: string;
  readonly takenAt: string;
  readonly level: number;
  readonly migrations: readonly unknown[];
  readonly tables: readonly TableEntry[];
  readonly sequences: readonly SequenceEntry[];
};

/** MANIFEST_UNREADABLE: absent, cut short or of an unknown format. DIGEST_MISMATCH: its text was changed. */
export type ManifestRefusal =
  | { readonly code: "MANIFEST_UNREADABLE"; readonly file: string }
  | { readonly code: "DIGEST_MISMATCH"; readonly file: string };

/** Writes a manifest with the digest of its own text, flushed to disk. */
export async function writeManifest(dir: string, file: string, manifest: object): Promise<void> {
  const text = JSON.stringify({ digest: digestOfText(JSON.stringify(manifest)), manifest }, null, 2);
  const handle = await open(join(dir, file), "wx", 0o600);
  try {
    await handle.writeFile(`${text}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Reads what `writeManifest` wrote; the shape is for the caller to check. */
export async function readManifest(dir: string, file: string): Promise<Result<unknown, ManifestRefusal>> {
  const unreadable = err({ code: "MANIFEST_UNREADABLE", file } as const);
  let outer: unknown;
  try {
    outer = JSON.parse(await readFile(join(dir, file), "utf8"));
  } catch {
    return unreadable;
  }
  if (typeof outer !== "object" || outer === null || !("digest" in outer) || !("manifest" in outer)) return unreadable;
  if (digestOfText(JSON.stringify(outer.manifest)) !== outer.digest) return err({ code: "DIGEST_MISMATCH", file });
  return ok(outer.manifest);
}

/** A backup's manifest, checked for format and digest. What passes the digest was written by us and has our shape. */
export async function readBackupManifest(dir: string): Promise<Result<BackupManifest, ManifestRefusal>> {
  const read = await readManifest(dir, MANIFEST_FILE);
  if (!read.ok) return read;
  const manifest = parseBackupManifest(read.value);
  return manifest === undefined ? err({ code: "MANIFEST_UNREADABLE", file: MANIFEST_FILE }) : ok(manifest);
}

function parseBackupManifest(value: unknown): BackupManifest | undefined {
  if (typeof value !== "object" || value === null || !("format" in value) || value.format !== BACKUP_FORMAT) {
    return undefined;
  }
  const manifest = value as BackupManifest;
  // A file name is used in a path: nothing may lead out of the folder.
  return manifest.tables.every((table) => /^[^/\\]+\.copy\.gz$/.test(table.file)) ? manifest : undefined;
}
