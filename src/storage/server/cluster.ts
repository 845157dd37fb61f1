import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolderFor, type ServerAccount } from "./account.ts";
import type { ServerBinaries } from "./binaries.ts";
import { ServerError } from "./server-error.ts";

/** Where things lie in a server's data folder. */
export type ClusterPaths = { readonly dataDir: string; readonly pgdata: string; readonly passwordFile: string };

/** The folder's parts: `data` belongs to the server's account, the password file to us alone. */
export function clusterPaths(dataDir: string): ClusterPaths {
  return { dataDir, pgdata: join(dataDir, "data"), passwordFile: join(dataDir, "superuser.password") };
}

/** The environment a server program gets: nothing of ours but the path, so that no PG* variable leads it astray. */
export function serverEnvironment(): Readonly<Record<string, string>> {
  return { PATH: process.env["PATH"] ?? "/usr/bin:/bin", LC_ALL: "C.UTF-8", TZ: "UTC" };
}

/** Reads the password made at initdb. Errors: PASSWORD_FILE_MISSING. */
export function readPassword(paths: ClusterPaths): string {
  try {
    return readFileSync(paths.passwordFile, "utf8").trim();
  } catch {
    throw new ServerError("PASSWORD_FILE_MISSING", paths.passwordFile);
  }
}

function initdbArguments(
  binaries: ServerBinaries,
  pgdata: string,
  passwordFile: string,
  sync: boolean,
): readonly string[] {
  return [
    "--pgdata",
    pgdata,
    "--username=postgres",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    // From 17 on the server brings this locale itself: an index stays right when the operating system is upgraded.
    ...(binaries.major >= 17 ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] : []),
    "--auth=scram-sha-256",
    `--pwfile=${passwordFile}`,
    "--data-checksums",
    ...(sync ? [] : ["--no-sync"]),
  ];
}

function runInitdb(binaries: ServerBinaries, args: readonly string[], account: ServerAccount): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(binaries.binDir, "initdb"), args, {
      ...account,
      cwd: binaries.binDir,
      env: serverEnvironment(),
      stdio: ["ignore", "ignore", "pipe"],
    });
    let errors = "";
    child.stderr.on("data", (chunk: Buffer) => {
      errors = `${errors}${chunk.toString("utf8")}`.slice(-4_000);
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new ServerError("INITDB_FAILED", `exit ${code}: ${errors.trim()}`));
    });
  });
}

/**
 * Makes the database cluster if there is none: in a draft folder renamed at the end, so that an interrupted first start
 * leaves nothing that looks like data. `sync` false leaves out the flush to disk (tests). Errors: INITDB_FAILED, DATA_OF_OTHER_MAJOR.
 */
export async function ensureCluster(
  paths: ClusterPaths,
  binaries: ServerBinaries,
  account: ServerAccount,
  sync: boolean,
): Promise<"made" | "found"> {
  const versionFile = join(paths.pgdata, "PG_VERSION");
  if (existsSync(versionFile)) {
    const major = Number.parseInt(readFileSync(versionFile, "utf8"), 10);
    if (major === binaries.major) return "found";
    throw new ServerError(
      "DATA_OF_OTHER_MAJOR",
      `${paths.pgdata} is of PostgreSQL ${major}, the program brings ${binaries.major}: back up with the old program, restore with the new`,
    );
  }
  for (const name of readdirSync(paths.dataDir)) {
    if (name.startsWith("draft-")) rmSync(join(paths.dataDir, name), { recursive: true, force: true });
  }
  const draft = join(paths.dataDir, `draft-${randomBytes(6).toString("hex")}`);
  makeFolderFor(account, draft, 0o700);
  const password = randomBytes(24).toString("base64url");
  const handed = join(paths.dataDir, `draft-password-${randomBytes(6).toString("hex")}`);
  writeFileSync(handed, password, { mode: 0o600 });
  if (account !== undefined) chownSync(handed, account.uid, account.gid);
  try {
    await runInitdb(binaries, initdbArguments(binaries, join(draft, "data"), handed, sync), account);
    writeFileSync(paths.passwordFile, `${password}\n`, { mode: 0o600, flush: true });
    renameSync(join(draft, "data"), paths.pgdata);
  } finally {
    rmSync(handed, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
  return "made";
}
