import type { CaseStore } from "../../app/ports/store.ts";
import type { Store } from "../open-store.ts";
import { commit } from "./commit.ts";
import { findCaseByLinkage, findCaseByNo, findCaseByOrder, findCommand } from "./find-case.ts";
import { loadFile } from "./load-file.ts";
import { loadVault } from "./load-vault.ts";
import { takeSerials } from "./take-serials.ts";

/** The truth of one node, in PostgreSQL. */
export function createCaseStore(store: Store): CaseStore {
  return {
    commit: (change) => commit(store, change),
    loadFile: (caseId) => loadFile(store, caseId),
    findCaseByNo: (requestNo) => findCaseByNo(store, requestNo),
    findCaseByLinkage: (linkageId) => findCaseByLinkage(store, linkageId),
    findCaseByOrder: (orderId) => findCaseByOrder(store, orderId),
    findCommand: (id) => findCommand(store, id),
    loadVault: (caseId, refs) => loadVault(store, caseId, refs),
    takeSerials: (region, day, size) => takeSerials(store, region, day, size),
  };
}
