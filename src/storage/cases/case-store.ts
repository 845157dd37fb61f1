import type { CaseStore } from "../../app/ports/store.ts";
import type { Store } from "../open-store.ts";
import { createCommit } from "./commit.ts";
import { findCommand } from "./find-command.ts";
import { findFile, findHistory, findWhole, loadFile } from "./load-file.ts";
import { loadStanding, loadVault } from "./load-vault.ts";
import { takeSerials } from "./take-serials.ts";

/** The truth of one node, in PostgreSQL. */
export function createCaseStore(store: Store): CaseStore {
  return {
    commit: createCommit(store),
    loadFile: (caseId) => loadFile(store, caseId),
    findFile: (by) => findFile(store, by),
    findWhole: (no) => findWhole(store, no),
    findHistory: (no, silent) => findHistory(store, no, silent),
    findCommand: (id) => findCommand(store, id),
    loadVault: (refs) => loadVault(store, refs),
    loadStanding: (caseIds, fields) => loadStanding(store, caseIds, fields),
    takeSerials: (region, day, size) => takeSerials(store, region, day, size),
  };
}
