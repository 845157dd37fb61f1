import type { DoubtfulRef } from "../core/file/index.ts";
import type { LinkageMessage } from "../core/linkage/index.ts";
import { refKey, sealValue } from "./case-keys.ts";
import type { CaseKey } from "./case-keys.ts";
import type { Keys } from "./ports/keys.ts";
import type { ArrivedValue } from "./ports/outbox.ts";
import type { VaultRow } from "./ports/store.ts";
import { refsIn } from "./present/timeline-view.ts";

/** Values as they came: those that are what the message refers to, and all others. */
export type SortedValues = { readonly fitting: readonly ArrivedValue[]; readonly odd: readonly ArrivedValue[] };

/** Checks each value against the commitment of its reference, whatever the carrier said of it. */
export function sortValues(
  keys: Keys,
  message: Pick<LinkageMessage, "body">,
  enclosure: readonly ArrivedValue[],
): SortedValues {
  const refs = new Map(refsIn(message.body).map((ref) => [refKey(ref), ref.commitment]));
  const fits = (value: ArrivedValue): boolean =>
    value.code === undefined && keys.commit(Buffer.from(value.salt, "hex"), value.value) === refs.get(refKey(value));
  return { fitting: enclosure.filter(fits), odd: enclosure.filter((value) => !fits(value)) };
}

/** Such values in the vault, each under a name of its own, and what the rules are told of them. */
export type KeptDoubtful = { readonly rows: readonly VaultRow[]; readonly refs: readonly DoubtfulRef[] };

/** Whatever it is, it was said: it is sealed as it came. Its own salt proves nothing, so it gets a new one. */
export function keepDoubtful(
  keys: Keys,
  caseKey: CaseKey,
  message: Pick<LinkageMessage, "id">,
  odd: readonly ArrivedValue[],
): KeptDoubtful {
  const sealed = odd.map((value, n) => {
    const own = `doubtful.${message.id.slice(0, 36)}.${n}`;
    return { value, ...sealValue(keys, caseKey, own, 1, value.value) };
  });
  return {
    rows: sealed.map((s) => s.row),
    refs: sealed.map(({ ref, value }) => ({
      ref,
      field: FIELD.test(value.field) ? value.field : "unknown",
      code: value.code ?? "EXCHANGE_ENCLOSURE_MISMATCH",
    })),
  };
}

/** A name as fields have it. Anything else may be what should have been sealed, and is not written in clear. @source nmg:2.3.2 */
const FIELD = /^[a-z][A-Za-z]{0,31}(?:\.(?:[a-z][A-Za-z]{0,31}|\d{1,4}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))?$/;

/** What came beside a message that nobody understood, whatever its shape; every value of it is doubtful for `code`. */
export function readLooseValues(enclosure: unknown, code: string): readonly ArrivedValue[] {
  const items: readonly unknown[] = Array.isArray(enclosure) ? enclosure : [enclosure];
  return items.flatMap((item) => {
    const { field, value } = { field: "", value: null, ...(typeof item === "object" ? item : null) };
    const said =
      typeof value === "string" ? value : typeof item === "string" ? item : (JSON.stringify(item ?? "") ?? "");
    if (["", '""', "{}", "[]"].includes(said)) return [];
    return [{ field: typeof field === "string" ? field : "", version: 1, value: said, salt: "", code }];
  });
}
