import type { Subject } from "../core/access/index.ts";
import type { CaseId, OrderId } from "../kernel/index.ts";
import type { CaseStore, FileKey, StoredFile } from "./ports/store.ts";
import { subjectOf } from "./present/request-view.ts";
import { fileOf } from "./write-file.ts";

/**
 * What a command or a reader names: the request by its number, or one of its linkages or orders. `timed` = what a time limit measures:
 * an order, or a request by its own id.
 */
export type Target = { readonly kind: "new" } | { readonly kind: "timed"; readonly id: string } | FileKey;

/** The whole file the target belongs to, in one round trip, two for the time limit of a request; null = this node does not know it. */
export async function findTarget(store: CaseStore, target: Target): Promise<StoredFile | null> {
  if (target.kind === "new") return null;
  if (target.kind !== "timed") return store.findFile(target);
  const { id } = target;
  return (await store.findFile({ kind: "order", id: id as OrderId })) ?? (await store.loadFile(id as CaseId));
}

/** What a permission is asked about: a time limit of an order is its unit's, that of the request no unit's. @source nmg:2.2.2 */
export function subjectOfTarget(target: Target, found: StoredFile): Subject {
  const subject = subjectOf(fileOf(found));
  if (target.kind !== "timed") return subject;
  return { ...subject, units: found.orders.filter(({ id }) => id === target.id).map(({ unit }) => unit) };
}
