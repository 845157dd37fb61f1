import type { LockedValue, VaultKey, VaultRow } from "../../app/ports/store.ts";
import type { CaseId } from "../../kernel/index.ts";
import type { Store } from "../open-store.ts";
import { run, statement } from "../statement.ts";

// The limit keeps every look-up one descent of the primary key: as a join, before the first analyze, the whole vault is read.
const LOAD_VAULT = statement(`
  select r.case_id, r.field, r.version, v.commitment, v.box
  from unnest($2::uuid[], $3::text[], $4::integer[]) with ordinality as r(case_id, field, version, n)
  cross join lateral (
    select commitment, box from liandong.vault
    where home_region = $1 and case_id = r.case_id and field = r.field and version = r.version limit 1) v
  order by r.n`);

type Row = {
  readonly case_id: CaseId;
  readonly field: string;
  readonly version: number;
  readonly commitment: string;
  readonly box: Buffer;
};

/** The sealed values asked for, in the order asked; what was erased is left out. */
export async function loadVault(store: Store, refs: readonly VaultKey[]): Promise<readonly VaultRow[]> {
  if (refs.length === 0) return [];
  const rows = await run<Row>(store.pool, LOAD_VAULT, [
    store.home,
    refs.map(({ caseId }) => caseId),
    refs.map(({ field }) => field),
    refs.map(({ version }) => version),
  ]);
  return rows.map(rowOf);
}

function rowOf({ case_id: caseId, field, version, commitment, box }: Row): VaultRow {
  return { caseId, field, version, commitment, box };
}

// What no event refers to is a secret of the request itself, kept once.
const LOAD_STANDING = statement(`
  select c.case_id, f.field, v.version, v.commitment, v.box, k.wrapped
  from unnest($2::uuid[]) with ordinality as c(case_id, n)
  cross join lateral (
    select state from liandong.cases where home_region = $1 and case_id = c.case_id limit 1) q
  cross join lateral (select wrapped from liandong.case_keys where home_region = $1 and case_id = c.case_id limit 1) k
  cross join unnest($3::text[]) as f(field)
  cross join lateral (
    select version, commitment, box from liandong.vault
    where home_region = $1 and case_id = c.case_id and field = f.field
      and version = coalesce((q.state -> 'sealed' -> f.field ->> 'version')::integer, 1) limit 1) v
  order by c.n`);

/** The value of each field that each request refers to now, with the request's locked key; what was erased is left out. */
export async function loadStanding(
  store: Store,
  caseIds: readonly CaseId[],
  fields: readonly string[],
): Promise<readonly LockedValue[]> {
  if (caseIds.length === 0) return [];
  const rows = await run<Row & { readonly wrapped: Buffer }>(store.pool, LOAD_STANDING, [store.home, caseIds, fields]);
  return rows.map((row) => ({ row: rowOf(row), wrappedKey: row.wrapped }));
}
