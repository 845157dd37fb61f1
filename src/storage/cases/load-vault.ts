import type { VaultRow } from "../../app/ports/store.ts";
import type { CaseId } from "../../kernel/index.ts";
import type { Store } from "../open-store.ts";
import { run, statement } from "../statement.ts";

const LOAD_VAULT = statement(`
  select v.field, v.version, v.commitment, v.box
  from unnest($3::text[], $4::integer[]) with ordinality as r(field, version, n)
  join liandong.vault v on v.home_region = $1 and v.case_id = $2 and v.field = r.field and v.version = r.version
  order by r.n`);

type Row = { readonly field: string; readonly version: number; readonly commitment: string; readonly box: Buffer };

/** The sealed values asked for, in the order asked; what was erased is left out. */
export async function loadVault(
  store: Store,
  caseId: CaseId,
  refs: readonly { readonly field: string; readonly version: number }[],
): Promise<readonly VaultRow[]> {
  if (refs.length === 0) return [];
  const fields = refs.map(({ field }) => field);
  const versions = refs.map(({ version }) => version);
  const rows = await run<Row>(store.pool, LOAD_VAULT, [store.home, caseId, fields, versions]);
  return rows.map((row) => ({
    caseId,
    field: row.field,
    version: row.version,
    commitment: row.commitment,
    box: row.box,
  }));
}
