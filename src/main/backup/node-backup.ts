import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Result } from "../../kernel/index.ts";
import { migrate, readMigrations } from "../../storage/index.ts";
import { backupDatabase, copyTreeWithManifest, restoreDatabase, restoreTree } from "../../storage/backup/index.ts";
import type { NodeConfig } from "../config/load.ts";
import { prepareDatabase } from "../node/prepare-database.ts";

/** A step of a backup or a restore was refused; the message names what and why. */
export class BackupError extends Error {
  readonly code: string;
  constructor(step: string, refusal: { readonly code: string }) {
    super(`${step}: ${refusal.code} ${JSON.stringify(refusal)}`);
    this.name = "BackupError";
    this.code = refusal.code;
  }
}

function need<T>(step: string, result: Result<T, { readonly code: string }>): T {
  if (!result.ok) throw new BackupError(step, result.error);
  return result.value;
}

type Tell = (line: string) => void;

/**
 * One node, while it works: database first, then files and keys, so that every file the database knows is there.
 * Whoever holds this folder can read every request: it holds the keys.
 */
export async function backupNode(config: NodeConfig, dir: string, tell: Tell): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await chmod(dir, 0o700);
  const url = config.database.migratorUrl ?? config.database.url;
  need(
    "database",
    await backupDatabase({
      url,
      dir: join(dir, "database"),
      onProgress: ({ table, rows, tablesDone, tables }) =>
        tell(`${config.node.code} ${tablesDone}/${tables} ${table} ${rows}`),
    }),
  );
  need("files", await copyTreeWithManifest(config.storage.files, join(dir, "files")));
  need("keys", await copyTreeWithManifest(config.storage.keys, join(dir, "keys")));
}

/** Brings one node back into an empty database and absent folders. Errors: BackupError with the refusal's code. */
export async function restoreNode(config: NodeConfig, dir: string, tell: Tell): Promise<void> {
  const url = config.database.migratorUrl ?? config.database.url;
  const known = (await readMigrations()).at(-1)?.number ?? 0;
  need(
    "database",
    await restoreDatabase({
      url,
      dir: join(dir, "database"),
      knownLevel: known,
      migrate: async () => {
        await migrate(url);
      },
      onProgress: ({ table, rows, tablesDone, tables }) =>
        tell(`${config.node.code} ${tablesDone}/${tables} ${table} ${rows}`),
    }),
  );
  await prepareDatabase(config);
  need("files", await restoreTree(join(dir, "files"), config.storage.files));
  need("keys", await restoreTree(join(dir, "keys"), config.storage.keys));
}
