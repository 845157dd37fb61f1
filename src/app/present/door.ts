import type { Actor } from "../../core/access/index.ts";
import type { Case } from "../../core/case/index.ts";
import { maskField, showingOf } from "../../core/disclosure/index.ts";
import type { Viewer } from "../../core/disclosure/index.ts";
import { isConfidential } from "../../core/file/index.ts";
import type { CaseId, Sealed } from "../../kernel/index.ts";
import { markPresented } from "../present-brand.ts";
import type { Presented } from "../present-brand.ts";
import { openCaseKey, openRefs, openTexts, refKey } from "../case-keys.ts";
import type { CaseKey } from "../case-keys.ts";
import type { Deps } from "../deps.ts";
import type { VaultKey, VaultRow } from "../ports/store.ts";
import type { FieldShown, RevealedField } from "./cards.ts";

/** Who reads and why; it decides the scope and goes into the read log. */
export type Reader = { readonly actor: Actor; readonly viewer: Viewer; readonly purpose: string };

/** The reader's scope follows from the account: a clerk of a unit sees what its unit needs to handle. */
export function readerOf(actor: Actor, purpose: string): Reader {
  const onlyUnit = actor.roles.every((r) => r === "unitClerk");
  return { actor, viewer: onlyUnit ? "unit" : "desk", purpose };
}

/** Shows sealed values of one case to one reader. */
export type Show = (ref: Sealed) => FieldShown;

type Asked = {
  readonly state: Case;
  readonly wrappedKey: Uint8Array | null;
  readonly refs: readonly Sealed[];
  /** Values that the reader's own command has just sealed, by `field/version`: they need not be opened again. */
  readonly known?: ReadonlyMap<string, string> | undefined;
  /** Sealed values that came with the request; the others are asked for. */
  readonly vault?: readonly VaultRow[] | undefined;
};

/**
 * The single door: every value of a request that leaves this node for a person passes here, by the scope of its reader,
 * and what was shown is in the read log before it is shown.
 * @source nmg:2.3.2 @req REQ-56 @req REQ-57
 */
export async function present<T extends object>(
  deps: Deps,
  reader: Reader,
  asked: readonly Asked[],
  make: (show: (caseId: CaseId) => Show) => T,
): Promise<Presented<T>> {
  const opened = await openAll(deps, reader, asked);
  const states = new Map(asked.map((a) => [a.state.id, a.state]));
  const read = new Map<CaseId, Set<string>>();
  const value = make((caseId) => (ref) => {
    const state = states.get(caseId);
    const showing = state === undefined ? "hidden" : showingOf(reader.viewer, ref.field, isConfidential(state));
    if (showing === "hidden") return { showing, value: null, revealable: false };
    const value = opened.get(caseId)?.get(refKey(ref));
    if (value === undefined) return { showing: "erased", value: null, revealable: false };
    const masked = showing === "masked";
    read.set(caseId, (read.get(caseId) ?? new Set()).add(masked ? `${ref.field} (masked)` : ref.field));
    if (masked) return { showing, value: maskField(ref.field, value), revealable: reader.viewer === "desk" };
    return { showing, value, revealable: false };
  });
  await logReading(deps, reader, read);
  return markPresented(value);
}

/** The values within this reader's scope, by request and `field/version`; at most one question to the vault, however many requests. */
async function openAll(
  deps: Deps,
  reader: Reader,
  asked: readonly Asked[],
): Promise<ReadonlyMap<CaseId, ReadonlyMap<string, string>>> {
  const opened = new Map<CaseId, Map<string, string>>();
  const keys = new Map<CaseId, CaseKey>();
  const missing: VaultKey[] = [];
  const open = (caseId: CaseId, rows: readonly VaultRow[]): void => {
    const key = keys.get(caseId);
    if (key !== undefined)
      for (const [ref, text] of openTexts(deps.keys, key, rows)) opened.get(caseId)?.set(ref, text);
  };
  for (const one of asked) {
    const { state, wrappedKey, known, vault } = one;
    if (wrappedKey === null) continue;
    opened.set(state.id, new Map(known));
    const wanted = wantedOf(reader, one);
    if (wanted.size === 0) continue;
    keys.set(state.id, await openCaseKey(deps.keys, state.id, wrappedKey));
    open(
      state.id,
      (vault ?? []).filter((row) => wanted.delete(refKey(row))),
    );
    missing.push(...wanted.values());
  }
  if (missing.length === 0) return opened;
  const come = await deps.store.loadVault(missing);
  for (const caseId of new Set(missing.map((one) => one.caseId)))
    open(
      caseId,
      come.filter((row) => row.caseId === caseId),
    );
  return opened;
}

/** What must be opened for this reader: within the scope and not known in clear already; each value once. */
function wantedOf(reader: Reader, { state, refs, known }: Asked): Map<string, VaultKey> {
  const confidential = isConfidential(state);
  const wanted = new Map<string, VaultKey>();
  for (const { field, version } of refs) {
    const key = refKey({ field, version });
    if (known?.has(key) || showingOf(reader.viewer, field, confidential) === "hidden") continue;
    wanted.set(key, { caseId: state.id, field, version });
  }
  return wanted;
}

/**
 * One masked field in clear, for a stated reason.
 * @source nmg:2.3.2 @req REQ-57
 */
export async function presentRevealed(
  deps: Deps,
  reader: Reader,
  asked: {
    readonly state: Case;
    readonly wrappedKey: Uint8Array | null;
    readonly ref: Sealed;
    readonly reason: string;
  },
): Promise<Presented<RevealedField>> {
  const { state, wrappedKey, ref, reason } = asked;
  await logReading(deps, { ...reader, purpose: `reveal: ${reason}` }, new Map([[state.id, new Set([ref.field])]]));
  const opened =
    wrappedKey === null ? null : await openRefs(deps, await openCaseKey(deps.keys, state.id, wrappedKey), [ref]);
  const value = opened?.get(refKey(ref))?.value ?? null;
  return markPresented({
    field: ref.field,
    value: { showing: value === null ? "erased" : "clear", value, revealable: false },
  });
}

async function logReading(deps: Deps, reader: Reader, read: ReadonlyMap<CaseId, ReadonlySet<string>>): Promise<void> {
  if (read.size === 0) return;
  const fields = new Set([...read.values()].flatMap((f) => [...f]));
  await deps.readLog.write([
    {
      at: deps.clock.now(),
      reader: { kind: "user", id: reader.actor.id },
      purpose: reader.purpose,
      caseIds: [...read.keys()],
      fields: [...fields].sort(),
    },
  ]);
}
