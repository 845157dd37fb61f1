import { chmodSync, chownSync, mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { ServerError } from "./server-error.ts";

/** The unprivileged account that works everywhere without adding a user; initdb wants a passwd entry, and it has one. */
const NOBODY = 65_534;

/** Under whose ids the server runs; undefined = the ids we already have. */
export type ServerAccount = { readonly uid: number; readonly gid: number } | undefined;

/**
 * PostgreSQL refuses root: as root the owner of existing data (`pgdata`), else uid 65534; as anybody else ourselves.
 */
export function serverAccount(pgdata: string): ServerAccount {
  if (process.getuid?.() !== 0) return undefined;
  const found = statSync(pgdata, { throwIfNoEntry: false });
  if (found !== undefined && found.uid !== 0) return { uid: found.uid, gid: found.gid };
  return { uid: NOBODY, gid: NOBODY };
}

/** Makes `folder` and its parents if absent; those made get exactly `mode`, whatever the umask of a hardened machine says. */
export function makeFolder(folder: string, mode: number): void {
  const first = mkdirSync(folder, { recursive: true, mode });
  if (first === undefined) return;
  for (let at = resolve(folder); at.startsWith(first); at = dirname(at)) chmodSync(at, mode);
}

/** Makes `folder` if absent and gives it to the account. Mode as octal number, e.g. 0o700. */
export function makeFolderFor(account: ServerAccount, folder: string, mode: number): void {
  mkdirSync(folder, { recursive: true, mode });
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
}

/** Whether the account may pass through `folder` to what lies in it. Group membership beyond the main group is not counted. */
export function canTraverse(account: ServerAccount, folder: string): boolean {
  if (account === undefined) return true;
  const stat = statSync(folder);
  if (stat.uid === account.uid) return (stat.mode & 0o100) !== 0;
  if (stat.gid === account.gid) return (stat.mode & 0o010) !== 0;
  return (stat.mode & 0o001) !== 0;
}

/** Throws FOLDER_NOT_TRAVERSABLE naming the first folder from the top that shuts the account out. `path` must exist. */
export function requireTraversable(account: ServerAccount, path: string): void {
  const chain: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    chain.unshift(at);
    if (dirname(at) === at) break;
  }
  const shut = chain.find((folder) => !canTraverse(account, folder));
  if (shut !== undefined) {
    throw new ServerError(
      "FOLDER_NOT_TRAVERSABLE",
      `${shut} cannot be entered by uid ${account?.uid}; choose a data folder under /var/lib or run as an ordinary user`,
    );
  }
}
