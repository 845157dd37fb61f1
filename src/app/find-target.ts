import type { CaseStore, FileKey, StoredFile } from "./ports/store.ts";

/** What a command or a reader names: the request by its number, or one of its linkages or orders. */
export type Target = { readonly kind: "new" } | FileKey;

/** The whole file the target belongs to, in one round trip; null = this node does not know it. */
export function findTarget(store: CaseStore, target: Target): Promise<StoredFile | null> {
  return target.kind === "new" ? Promise.resolve(null) : store.findFile(target);
}
