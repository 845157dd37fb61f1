import type { CaseIndex, CaseStore } from "../../app/ports/store.ts";
import type { CaseId } from "../../kernel/index.ts";
import { commitInMemory } from "./commit.ts";
import type { MemoryState } from "./state.ts";
import { keyOf } from "./state.ts";

function ofCase<T>(
  rows: ReadonlyMap<string, { readonly state: T; readonly caseId: CaseId }>,
  caseId: CaseId,
): readonly T[] {
  return [...rows]
    .filter(([, row]) => row.caseId === caseId)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row.state);
}

function byBirth({ index }: { readonly index: CaseIndex }): string {
  return index.registeredAt + index.caseId;
}

/** The truth of one node, in memory. */
export function memoryCaseStore(state: MemoryState): CaseStore {
  return {
    commit: async (change) => commitInMemory(state, change),
    loadFile: async (caseId) => {
      const row = state.cases.get(caseId);
      if (row === undefined) return null;
      return {
        case: row.state,
        linkages: ofCase(state.linkages, caseId),
        orders: ofCase(state.orders, caseId),
        phoneIndex: row.index.phoneIndex,
        wrappedKey: state.keys.get(caseId) ?? null,
      };
    },
    findCaseByNo: async (requestNo) => {
      const found = [...state.cases.values()].filter(({ index }) => index.requestNo === requestNo);
      return found.sort((a, b) => (byBirth(a) < byBirth(b) ? -1 : 1))[0]?.index.caseId ?? null;
    },
    findCaseByLinkage: async (id) => state.linkages.get(id)?.caseId ?? null,
    findCaseByOrder: async (id) => state.orders.get(id)?.caseId ?? null,
    findCommand: async (id) => state.commands.get(id) ?? null,
    loadVault: async (caseId, refs) =>
      refs.flatMap(({ field, version }) => {
        const row = state.vault.get(keyOf(caseId, field, version));
        return row === undefined ? [] : [row];
      }),
    takeSerials: async (region, day, size) => {
      if (!Number.isInteger(size) || size < 1) throw new Error(`a block of ${size} serial numbers`);
      const taken = state.serials.get(keyOf(region, day)) ?? 0;
      state.serials.set(keyOf(region, day), taken + size);
      return taken + 1;
    },
  };
}
