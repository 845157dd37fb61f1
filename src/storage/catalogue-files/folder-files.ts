import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { HEAD_FILE } from "../../core/catalogue/index.ts";
import type { CatalogueProblem } from "../../core/catalogue/index.ts";
import { err, ok } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";

/** The files of a catalogue folder byte by byte, by name. They are read once: what was checked is what is kept. */
export type FolderFiles = ReadonlyMap<string, Uint8Array>;

const KINDS = /^[a-z0-9-]+\.(csv|yaml|txt)$/;

/** All sheets, heads and texts of a folder. Errors: FILE_MISSING when there is no such folder. */
export async function readFolderFiles(folder: string): Promise<Result<FolderFiles, readonly CatalogueProblem[]>> {
  const files = new Map<string, Uint8Array>();
  try {
    const names = (await readdir(folder)).filter((name) => KINDS.test(name)).toSorted();
    for (const name of names) files.set(name, new Uint8Array(await readFile(join(folder, name))));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")))
      throw error;
    return err([{ file: HEAD_FILE, row: null, code: "FILE_MISSING", detail: folder }]);
  }
  return ok(files);
}

/** Writes the files into a folder that is empty or not there yet. false = something lies in it; nothing is written then. */
export async function writeFolderFiles(folder: string, files: FolderFiles): Promise<boolean> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) return false;
  for (const [name, bytes] of files) await writeFile(join(folder, name), bytes, { flag: "wx" });
  return true;
}

/** What a version is recognised and signed by: SM3 over every file with its name and length, and over the base. Hex. */
export function digestOfFiles(files: FolderFiles, baseDigest: string | null): string {
  const hash = createHash("sm3").update(`base ${baseDigest ?? "none"}\n`);
  for (const [name, bytes] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${name} ${bytes.length}\n`).update(bytes);
  return hash.digest("hex");
}
