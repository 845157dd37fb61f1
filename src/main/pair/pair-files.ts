import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { inventAccounts } from "./demo-accounts.ts";
import type { DemoAccount } from "./demo-accounts.ts";
import { DESKS, PAIR } from "./desks.ts";
import type { Desk } from "./desks.ts";

/** Which desks run: the pair; the neighbours when they are asked for, and from then on, because they hold requests. */
export function desksOf(root: string, neighbours = false): readonly Desk[] {
  return DESKS.filter(
    (desk) => PAIR.includes(desk.name) || neighbours || existsSync(pairPaths(root).desk(desk).folder),
  );
}

/** Where everything of the pair lies below the data folder. */
export function pairPaths(root: string): {
  readonly postgres: string;
  readonly secrets: string;
  readonly accounts: string;
  readonly lock: string;
  readonly desk: (desk: Desk) => {
    readonly folder: string;
    readonly keys: string;
    readonly files: string;
    readonly config: string;
  };
} {
  const pair = join(root, "pair");
  return {
    postgres: join(root, "postgres"),
    secrets: join(pair, "secrets.json"),
    accounts: join(pair, "accounts.json"),
    lock: join(pair, "running.json"),
    desk: (desk) => {
      const folder = join(pair, desk.name);
      return {
        folder,
        keys: join(folder, "keys"),
        files: join(folder, "files"),
        config: join(folder, "liandong.yaml"),
      };
    },
  };
}

/** Passwords of the database roles, by role name. */
export type Secrets = Readonly<Record<string, string>>;

/** Reads or makes the passwords of the desks' database roles, two each; roles that came since are added to the file. */
export async function pairSecrets(root: string): Promise<Secrets> {
  const roles = DESKS.flatMap((d) => [`liandong_${d.name}_owner`, `liandong_${d.name}`]);
  const make = (known: Secrets): Secrets =>
    Object.fromEntries(roles.map((r) => [r, known[r] ?? randomBytes(18).toString("base64url")]));
  const file = pairPaths(root).secrets;
  const known = await readOrMake(file, () => make({}), parseSecrets);
  const all = make(known);
  if (roles.some((role) => known[role] === undefined)) await writePrivate(file, JSON.stringify(all, null, 2));
  return all;
}

/** Reads or makes the demonstration's accounts with their passwords; accounts that came since are added to the file. */
export async function pairAccounts(root: string): Promise<readonly DemoAccount[]> {
  const file = pairPaths(root).accounts;
  const known = await readOrMake(file, () => inventAccounts(), parseAccounts);
  const all = inventAccounts(known);
  if (all.length > known.length) await writePrivate(file, JSON.stringify(all, null, 2));
  return all;
}

/** Both files are this program's own and private; a look at the form catches a file of another kind. */
function parseSecrets(read: unknown): Secrets {
  if (typeof read !== "object" || read === null || Array.isArray(read)) throw new Error("not the secrets of a pair");
  return read as Secrets;
}

function parseAccounts(read: unknown): readonly DemoAccount[] {
  if (!Array.isArray(read)) throw new Error("not the accounts of a pair");
  return read as readonly DemoAccount[];
}

async function readOrMake<T>(file: string, make: () => T, parse: (read: unknown) => T): Promise<T> {
  try {
    return parse(JSON.parse(await readFile(file, "utf8")));
  } catch (fault) {
    if (!(fault instanceof Error && "code" in fault && fault.code === "ENOENT")) throw fault;
  }
  const made = make();
  await writePrivate(file, JSON.stringify(made, null, 2));
  return made;
}

/** Writes a file that only this account may read; a crash leaves the old one or the new one. */
export async function writePrivate(file: string, text: string): Promise<void> {
  await mkdir(join(file, ".."), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** The port a desk had when the pair ran last, by its configuration; null = it never did. */
export async function formerPort(root: string, desk: Desk): Promise<number | null> {
  try {
    return parsePort(await readFile(pairPaths(root).desk(desk).config, "utf8"));
  } catch {
    // No configuration, or one that a crash left behind unreadable: it is written anew in a moment.
    return null;
  }
}

function parsePort(config: string): number | null {
  const read = parse(config) as { readonly listen?: { readonly port?: unknown } } | null;
  const port = read?.listen?.port;
  return typeof port === "number" && port > 0 ? port : null;
}

export type DeskConfig = {
  readonly desk: Desk;
  readonly port: number;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly peers: readonly { readonly desk: Desk; readonly port: number; readonly publicKey: string }[];
};

/** A desk beside the pair has a few people; all five share one server. */
const NEIGHBOUR_CONNECTIONS = 5;

/** The configuration file of one desk: the same form as an operator's own. */
export function deskConfigText(root: string, { desk, port, ownerUrl, appUrl, peers }: DeskConfig): string {
  const paths = pairPaths(root).desk(desk);
  return stringify({
    node: { code: desk.code, side: desk.side, region: desk.region, dutyPhone: desk.dutyPhone },
    listen: { host: "127.0.0.1", port },
    database: {
      url: appUrl,
      migratorUrl: ownerUrl,
      ...(PAIR.includes(desk.name) ? {} : { connections: NEIGHBOUR_CONNECTIONS }),
    },
    storage: { keys: paths.keys, files: paths.files },
    catalogue: { routing: "catalogue/demo" },
    demo: true,
    peers: peers.map((peer) => ({
      code: peer.desk.code,
      side: peer.desk.side,
      regions: [peer.desk.region],
      url: `http://127.0.0.1:${peer.port}`,
      publicKey: peer.publicKey,
      dutyPhone: peer.desk.dutyPhone,
    })),
  });
}
