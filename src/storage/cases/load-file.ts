import type { StoredFile } from "../../app/ports/store.ts";
import type { CaseId } from "../../kernel/index.ts";
import type { Store } from "../open-store.ts";
import { run, statement } from "../statement.ts";
import { isUuid, parseCase, parseLinkage, parseOrder } from "./parse.ts";

const LOAD_FILE = statement(`
  select c.state, c.phone_index, k.wrapped,
    coalesce((select jsonb_agg(l.state order by l.linkage_id) from liandong.linkages l
      where l.home_region = c.home_region and l.case_id = c.case_id), '[]') as linkages,
    coalesce((select jsonb_agg(o.state order by o.order_id) from liandong.orders o
      where o.home_region = c.home_region and o.case_id = c.case_id), '[]') as orders
  from liandong.cases c
  left join liandong.case_keys k on k.home_region = c.home_region and k.case_id = c.case_id
  where c.home_region = $1 and c.case_id = $2`);

type Row = {
  readonly state: unknown;
  readonly phone_index: string | null;
  readonly wrapped: Buffer | null;
  readonly linkages: readonly unknown[];
  readonly orders: readonly unknown[];
};

/** One request with its linkages and orders (in the order of their ids, that is of their birth), in one round trip. */
export async function loadFile(store: Store, caseId: CaseId): Promise<StoredFile | null> {
  if (!isUuid(caseId)) return null;
  const [row] = await run<Row>(store.pool, LOAD_FILE, [store.home, caseId]);
  if (row === undefined) return null;
  return {
    case: parseCase(row.state),
    linkages: row.linkages.map(parseLinkage),
    orders: row.orders.map(parseOrder),
    phoneIndex: row.phone_index,
    wrappedKey: row.wrapped,
  };
}
