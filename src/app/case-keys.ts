import type { CaseId, Sealed } from "../kernel/index.ts";
import type { Keys } from "./ports/keys.ts";
import type { EnclosedValue } from "./ports/outbox.ts";
import type { CaseStore, VaultRow } from "./ports/store.ts";

const SALT_BYTES = 16;
const KEY_BYTES = 32;
const DECODER = new TextDecoder();

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

/** Opens one vault row. A row that was tampered with is a fault of the store, not of the reader: it throws. */
export function openValue(keys: Keys, caseKey: CaseKey, row: VaultRow): EnclosedValue {
  const opened = keys.open(caseKey.key, row.box, contextOf(row.caseId, row.field, row.version));
  if (!opened.ok) throw new Error(`vault row ${row.caseId}/${row.field}/${row.version}: ${opened.error.code}`);
  const length = opened.value[0] ?? 0;
  const salt = opened.value.subarray(1, 1 + length);
  return {
    field: row.field,
    version: row.version,
    value: DECODER.decode(opened.value.subarray(1 + length)),
    salt: Buffer.from(salt).toString("hex"),
  };
}

/** The values behind references, by `field/version`; erased ones are missing. */
export async function openRefs(
  deps: { readonly keys: Keys; readonly store: Pick<CaseStore, "loadVault"> },
  caseKey: CaseKey,
  refs: readonly Sealed[],
): Promise<ReadonlyMap<string, EnclosedValue>> {
  if (refs.length === 0) return new Map();
  const rows = await deps.store.loadVault(refs.map((ref) => ({ ...ref, caseId: caseKey.caseId })));
  return new Map(rows.map((row) => [refKey(row), openValue(deps.keys, caseKey, row)]));
}

/** Map key of a reference. */
export function refKey(ref: { readonly field: string; readonly version: number }): string {
  return `${ref.field}/${ref.version}`;
}

function contextOf(caseId: CaseId, field: string, version: number): string {
  return `${caseId}/${field}/${version}`;
}
