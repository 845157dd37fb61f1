import type { LinkageId, OrderId, RequestNo } from "../kernel/index.ts";
import type { CaseStore, StoredFile } from "./ports/store.ts";

/** What a command or a reader names: the request by its number, or one of its linkages or orders. */
export type Target =
  | { readonly kind: "new" }
  | { readonly kind: "request"; readonly no: RequestNo }
  | { readonly kind: "linkage"; readonly id: LinkageId }
  | { readonly kind: "order"; readonly id: OrderId };

/** The whole file the target belongs to; null = this node does not know it. */
export async function findTarget(store: CaseStore, target: Target): Promise<StoredFile | null> {
  const caseId = await caseIdOf(store, target);
  return caseId === null ? null : store.loadFile(caseId);
}

function caseIdOf(store: CaseStore, target: Target): ReturnType<CaseStore["findCaseByNo"]> {
  switch (target.kind) {
    case "new":
      return Promise.resolve(null);
    case "request":
      return store.findCaseByNo(target.no);
    case "linkage":
      return store.findCaseByLinkage(target.id);
    case "order":
      return store.findCaseByOrder(target.id);
  }
}
