import type { CaseId, Sealed } from "../kernel/index.ts";
import type { Keys } from "./ports/keys.ts";
import type { EnclosedValue } from "./ports/outbox.ts";
import type { CaseStore, VaultRow } from "./ports/store.ts";

const SALT_BYTES = 16;
const KEY_BYTES = 32;

/** The key of one case in memory, for the length of one use case. */
export type CaseKey = {
  readonly caseId: CaseId;
  readonly key: Uint8Array;
  readonly wrapped: Uint8Array;
  readonly fresh: boolean;
};

/** Unlocks the case's key, or makes one when the case is new. */
export async function openCaseKey(keys: Keys, caseId: CaseId, wrapped: Uint8Array | null): Promise<CaseKey> {
  if (wrapped === null) {
    const key = keys.randomBytes(KEY_BYTES);
    return { caseId, key, wrapped: await keys.wrap(key, caseId), fresh: true };
  }
  const key = await keys.unwrap(wrapped, caseId);
  if (!key.ok) throw new Error(`case key of ${caseId} cannot be opened: ${key.error.code}`);
  return { caseId, key: key.value, wrapped, fresh: false };
}

/** A value ready for the vault and the reference that may stand in events. */
export type SealedValue = { readonly ref: Sealed; readonly row: VaultRow };

/** Encrypts one value under the case key. With `salt` the commitment of another node's value is kept. */
export function sealValue(
  keys: Keys,
  caseKey: CaseKey,
  field: string,
  version: number,
  value: string,
  salt?: Uint8Array,
): SealedValue {
  const own = salt ?? keys.randomBytes(SALT_BYTES);
  const commitment = keys.commit(own, value);
  const plain = Buffer.allocUnsafe(1 + own.length + Buffer.byteLength(value));
  plain[0] = own.length;
  plain.set(own, 1);
  plain.write(value, 1 + own.length);
  const box = keys.seal(caseKey.key, plain, contextOf(caseKey.caseId, field, version));
  return { ref: { field, version, commitment }, row: { caseId: caseKey.caseId, field, version, commitment, box } };
}

type Box = Pick<VaultRow, "caseId" | "field" | "version" | "box">;

/** What rows hold: one byte with the length of the salt, the salt, the value. A row that was tampered with is a fault of the store, not of the reader: it throws. */
function openRows(keys: Keys, caseKey: CaseKey, rows: readonly Box[]): readonly Buffer[] {
  const boxes = rows.map(({ caseId, field, version, box }) => ({ box, context: contextOf(caseId, field, version) }));
  return keys.open(caseKey.key, boxes).map((opened, n) => {
    if (!opened.ok) throw new Error(`vault row ${boxes[n]?.context}: ${opened.error.code}`);
    return opened.value;
  });
}

/** The values of vault rows of one case, by `field/version`. Throws when one was tampered with. */
export function openTexts(keys: Keys, caseKey: CaseKey, rows: readonly Box[]): ReadonlyMap<string, string> {
  const opened = openRows(keys, caseKey, rows);
  return new Map(rows.map((row, n) => [refKey(row), opened[n]?.toString("utf8", 1 + (opened[n][0] ?? 0)) ?? ""]));
}

/** The same with their salts, as another node needs them. Throws when one was tampered with. */
export function openValues(keys: Keys, caseKey: CaseKey, rows: readonly VaultRow[]): readonly EnclosedValue[] {
  const opened = openRows(keys, caseKey, rows);
  return rows.map(({ field, version }, n) => {
    const plain = opened[n] ?? Buffer.alloc(0);
    const length = 1 + (plain[0] ?? 0);
    return { field, version, value: plain.toString("utf8", length), salt: plain.toString("hex", 1, length) };
  });
}

/** The values behind references, by `field/version`; erased ones are missing. */
export async function openRefs(
  deps: { readonly keys: Keys; readonly store: Pick<CaseStore, "loadVault"> },
  caseKey: CaseKey,
  refs: readonly Sealed[],
): Promise<ReadonlyMap<string, EnclosedValue>> {
  if (refs.length === 0) return new Map();
  const rows = await deps.store.loadVault(refs.map((ref) => ({ ...ref, caseId: caseKey.caseId })));
  return new Map(openValues(deps.keys, caseKey, rows).map((value) => [refKey(value), value]));
}

/** Map key of a reference. */
export function refKey(ref: { readonly field: string; readonly version: number }): string {
  return `${ref.field}/${ref.version}`;
}

function contextOf(caseId: CaseId, field: string, version: number): string {
  return `${caseId}/${field}/${version}`;
}
