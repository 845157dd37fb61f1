import type { Case } from "../core/case/index.ts";
import type { CommandId, Sealed } from "../kernel/index.ts";
import { refKey, sealValue } from "./case-keys.ts";
import type { CaseKey } from "./case-keys.ts";
import type { FieldsInput } from "./command-input.ts";
import type { Keys } from "./ports/keys.ts";
import type { VaultRow } from "./ports/store.ts";

/** Gathers what one command puts into the vault: texts go in, references come out. */
export type Sealer = {
  /** A spoken or written entry of its own (`note`, `reply`, …), named after the command so that no two nodes can clash. */
  readonly entry: (kind: string, text: string | undefined) => Sealed | null;
  /** The base fields that were given, each as its next version. */
  readonly fields: (fields: FieldsInput) => readonly Sealed[];
  /** A secret of the case itself, once; no event refers to it. */
  readonly secret: (field: string, text: string) => void;
  readonly rows: () => readonly VaultRow[];
  /** What was sealed, in clear, by `field/version`. */
  readonly inClear: () => ReadonlyMap<string, string>;
};

const BASE = [
  ["requesterName", "requester.name"],
  ["requesterPhone", "requester.phone"],
  ["requesterContact", "requester.contact"],
  ["address", "address"],
  ["text", "text"],
] as const satisfies readonly (readonly [keyof FieldsInput, string])[];

/** Empty or blank text counts as not given. */
export function createSealer(keys: Keys, caseKey: CaseKey, known: Case | null, commandId: CommandId): Sealer {
  const rows: VaultRow[] = [];
  const inClear = new Map<string, string>();
  const put = (field: string, version: number, text: string): Sealed => {
    const sealed = sealValue(keys, caseKey, field, version, text);
    rows.push(sealed.row);
    inClear.set(refKey(sealed.ref), text);
    return sealed.ref;
  };
  return {
    entry: (kind, text) => (text === undefined || text.trim() === "" ? null : put(`${kind}.${commandId}`, 1, text)),
    fields: (fields) =>
      BASE.flatMap(([key, field]) => {
        const text = fields[key];
        if (text === undefined || text.trim() === "") return [];
        return [put(field, (known?.sealed[field]?.version ?? 0) + 1, text)];
      }),
    secret: (field, text) => {
      put(field, 1, text);
    },
    rows: () => rows,
    inClear: () => inClear,
  };
}

/** Digits only, so that the same number written differently is found: +86 or 0086 before it and spaces fall away. */
export function normalPhone(phone: string): string {
  return phone.replaceAll(/\D/g, "").replace(/^(?:00)?86(?=\d{11}$)/, "");
}
