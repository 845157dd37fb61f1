import { chmod, cp, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { NodeCode, RegionCode } from "../../kernel/index.ts";
import { defaultDataRoot, ensureDatabase, startEmbeddedServer } from "../../storage/server/index.ts";
import { loadConfig } from "../config/load.ts";
import type { NodeConfig } from "../config/load.ts";
import { claimLock } from "../pair/lock.ts";
import { DESKS } from "../pair/desks.ts";
import { desksOf, pairPaths, pairSecrets } from "../pair/pair-files.ts";
import { BackupError, backupNode, restoreNode } from "./node-backup.ts";

type Tell = (line: string) => void;

const PRIVATE_FILES = ["secrets.json", "accounts.json"];

/** Every node of the running demonstration, each into a folder of its own. */
export async function backupPair(dir: string, tell: Tell): Promise<void> {
  const root = defaultDataRoot();
  const paths = pairPaths(root);
  await refuseUsed(dir);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await chmod(dir, 0o700);
  for (const desk of desksOf(root))
    await backupNode(loadConfig(paths.desk(desk).config, process.env), join(dir, desk.name), tell);
  for (const file of PRIVATE_FILES) await cp(join(root, "pair", file), join(dir, file));
}

/** Brings the pair back into an empty data folder; afterwards `npm start` runs it. */
export async function restorePair(dir: string, tell: Tell): Promise<void> {
  const root = defaultDataRoot();
  const paths = pairPaths(root);
  await mkdir(join(root, "pair"), { recursive: true });
  const lock = await claimLock(paths.lock);
  const held = await readdir(join(root, "pair"));
  if (held.some((file) => PRIVATE_FILES.includes(file))) {
    await lock.release();
    throw new BackupError("data folder", { code: "DATA_FOLDER_USED" });
  }
  const server = await startEmbeddedServer({ dataDir: paths.postgres });
  try {
    for (const file of PRIVATE_FILES)
      await cp(join(dir, file), join(root, "pair", file), { force: false, errorOnExist: true });
    const secrets = await pairSecrets(root);
    const kept = await readdir(dir);
    for (const desk of DESKS.filter(({ name }) => kept.includes(name))) {
      const login = (role: string): { readonly role: string; readonly password: string } => ({
        role,
        password: secrets[role] ?? "",
      });
      const { ownerUrl, appUrl } = await ensureDatabase(server.superuserUrl, {
        database: `liandong_${desk.name}`,
        owner: login(`liandong_${desk.name}_owner`),
        app: login(`liandong_${desk.name}`),
      });
      await restoreNode(placeOf(root, desk, ownerUrl, appUrl ?? ownerUrl), join(dir, desk.name), tell);
    }
  } finally {
    await server.stop({ evenIfAttached: true });
    await lock.release();
  }
}

/** Where a desk of the pair lies; only what a restore needs of its configuration. */
function placeOf(root: string, desk: (typeof DESKS)[number], ownerUrl: string, appUrl: string): NodeConfig {
  const { keys, files } = pairPaths(root).desk(desk);
  return {
    node: {
      code: desk.code as NodeCode,
      side: desk.side,
      region: desk.region as RegionCode,
      dutyPhone: desk.dutyPhone,
    },
    listen: { host: "127.0.0.1", port: desk.port, behindTlsProxy: false },
    database: { url: appUrl, migratorUrl: ownerUrl, connections: 4 },
    storage: { keys, files },
    catalogue: { folder: "", units: "" },
    policy: { follow: "handOff", assessment: "nmg", callbackAttempts: 3, urgentSignSeconds: 60 },
    demo: true,
    peers: [],
  };
}

async function refuseUsed(dir: string): Promise<void> {
  const entries = await readdir(dir).catch(() => []);
  if (entries.length > 0) throw new BackupError("folder", { code: "FOLDER_NOT_EMPTY" });
}
