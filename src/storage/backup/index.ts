/**
 * Decides what a node's backup consists of and how it comes back: one snapshot of every table taken while the node works,
 * checked byte for byte before anything is restored. Refuses to know what the tables mean, but for the few values that are
 * about one database only (see `after-restore.ts`). Serves P1 and the hand-over of data between server versions.
 */
export { type BackupOptions, type BackupProgress, type BackupRefusal, backupDatabase } from "./backup-database.ts";
export {
  type CopyTreeRefusal,
  copyTreeWithManifest,
  restoreTree,
  type TreeEntry,
  type TreeManifest,
  type VerifyTreeRefusal,
  verifyTree,
} from "./file-tree.ts";
export type { BackupManifest, ManifestRefusal, SequenceEntry, TableEntry } from "./manifest.ts";
export { type RestoreOptions, type RestoreRefusal, restoreDatabase, verifyBackup } from "./restore-database.ts";
