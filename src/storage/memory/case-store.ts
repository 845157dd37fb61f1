import type { CaseIndex, CaseStore, FileKey, StoredFile, VaultRow } from "../../app/ports/store.ts";
import type { Case } from "../../core/case/index.ts";
import type { CaseId } from "../../kernel/index.ts";
import { commitInMemory } from "./commit.ts";
import type { MemoryState } from "./state.ts";
import { eventsOf, keyOf } from "./state.ts";

function ofCase<T extends object>(
  rows: ReadonlyMap<string, { readonly state: T; readonly caseId: CaseId }>,
  caseId: CaseId,
): readonly T[] {
  return [...rows]
    .filter(([, row]) => row.caseId === caseId)
    .sort(([a, { state: x }], [b, { state: y }]) => (bornAt(x) + a < bornAt(y) + b ? -1 : 1))
    .map(([, row]) => row.state);
}

/** When it was opened here, for what has such an instant; last where it is missing. */
function bornAt(state: object): string {
  return "openedAt" in state ? String(state.openedAt) : "~";
}

/** The triple fixed at birth; the id only between copies that do not differ in it. */
function byBirth({ index, state }: { readonly index: CaseIndex; readonly state: Case }): string {
  const { nodeCode, requestNo } = state.firstReceiver;
  return [index.registeredAt, nodeCode, requestNo, index.caseId].join("\n");
}

function loadFrom(state: MemoryState, caseId: CaseId | undefined): StoredFile | null {
  const row = caseId === undefined ? undefined : state.cases.get(caseId);
  if (caseId === undefined || row === undefined) return null;
  return {
    case: row.state,
    linkages: ofCase(state.linkages, caseId),
    orders: ofCase(state.orders, caseId),
    clocks: ofCase(state.clocks, caseId),
    phoneIndex: row.index.phoneIndex,
    wrappedKey: state.keys.get(caseId) ?? null,
  };
}

function caseIdOf(state: MemoryState, by: FileKey): CaseId | undefined {
  if (by.kind === "linkage") return state.linkages.get(by.id)?.caseId;
  if (by.kind === "order") return state.orders.get(by.id)?.caseId;
  const found = [...state.cases.values()].filter(({ index }) => index.requestNo === by.no);
  return found.sort((a, b) => (byBirth(a) < byBirth(b) ? -1 : 1))[0]?.index.caseId;
}

function vaultOf(state: MemoryState, id: CaseId): readonly VaultRow[] {
  return [...state.vault.values()].filter(({ caseId }) => caseId === id);
}

/** The truth of one node, in memory. */
export function memoryCaseStore(state: MemoryState): CaseStore {
  return {
    commit: async (change) => commitInMemory(state, change),
    loadFile: async (caseId) => loadFrom(state, caseId),
    findFile: async (by) => loadFrom(state, caseIdOf(state, by)),
    findWhole: async (no) => {
      const stored = loadFrom(state, caseIdOf(state, { kind: "request", no }));
      return stored === null ? null : { stored, vault: vaultOf(state, stored.case.id) };
    },
    findHistory: async (no, silent) => {
      const stored = loadFrom(state, caseIdOf(state, { kind: "request", no }));
      if (stored === null) return null;
      const { clocks: _clocks, ...rest } = stored;
      const events = eventsOf(state, stored.case.id).filter((e) => e.stream !== "clock" || !silent.includes(e.type));
      return { stored: rest, vault: vaultOf(state, stored.case.id), events };
    },
    findCommand: async (id) => state.commands.get(id) ?? null,
    loadVault: async (refs) =>
      refs.flatMap(({ caseId, field, version }) => {
        const row = state.vault.get(keyOf(caseId, field, version));
        return row === undefined ? [] : [row];
      }),
    loadStanding: async (caseIds, fields) =>
      caseIds.flatMap((caseId) => {
        const wrappedKey = state.keys.get(caseId);
        const known = state.cases.get(caseId)?.state;
        return fields.flatMap((field) => {
          const row = state.vault.get(keyOf(caseId, field, known?.sealed[field]?.version ?? 1));
          return wrappedKey === undefined || row === undefined ? [] : [{ row, wrappedKey }];
        });
      }),
    takeSerials: async (region, day, size) => {
      if (!Number.isInteger(size) || size < 1) throw new Error(`a block of ${size} serial numbers`);
      const taken = state.serials.get(keyOf(region, day)) ?? 0;
      state.serials.set(keyOf(region, day), taken + size);
      return taken + 1;
    },
  };
}
