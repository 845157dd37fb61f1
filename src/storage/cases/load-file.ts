import type { FileKey, StoredFile } from "../../app/ports/store.ts";
import type { CaseId } from "../../kernel/index.ts";
import type { Store } from "../open-store.ts";
import { run, statement } from "../statement.ts";
import type { Statement } from "../statement.ts";
import { isUuid, parseCase, parseLinkage, parseOrder } from "./parse.ts";

const fileWhere = (caseId: string): Statement =>
  statement(`
  select c.state, c.phone_index, k.wrapped,
    coalesce((select jsonb_agg(l.state order by l.linkage_id) from liandong.linkages l
      where l.home_region = c.home_region and l.case_id = c.case_id), '[]') as linkages,
    coalesce((select jsonb_agg(o.state order by o.order_id) from liandong.orders o
      where o.home_region = c.home_region and o.case_id = c.case_id), '[]') as orders
  from liandong.cases c
  left join liandong.case_keys k on k.home_region = c.home_region and k.case_id = c.case_id
  where c.home_region = $1 and c.case_id = ${caseId}`);

const BY_ID = fileWhere("$2");
const BY = {
  // Parts split off under one number share it: the number names the first of them. The fence (offset 0) keeps the planner
  // from walking all requests in the order of their registration until it meets the number.
  request: fileWhere(`(select n.case_id
    from (select * from liandong.cases where home_region = $1 and request_no = $2 offset 0) n
    order by n.registered_at, n.case_id limit 1)`),
  linkage: fileWhere("(select n.case_id from liandong.linkages n where n.home_region = $1 and n.linkage_id = $2)"),
  order: fileWhere("(select n.case_id from liandong.orders n where n.home_region = $1 and n.order_id = $2)"),
} as const satisfies Readonly<Record<FileKey["kind"], Statement>>;

type Row = {
  readonly state: unknown;
  readonly phone_index: string | null;
  readonly wrapped: Buffer | null;
  readonly linkages: readonly unknown[];
  readonly orders: readonly unknown[];
};

async function load(store: Store, hot: Statement, key: string): Promise<StoredFile | null> {
  const [row] = await run<Row>(store.pool, hot, [store.home, key]);
  if (row === undefined) return null;
  return {
    case: parseCase(row.state),
    linkages: row.linkages.map(parseLinkage),
    orders: row.orders.map(parseOrder),
    phoneIndex: row.phone_index,
    wrappedKey: row.wrapped,
  };
}

/** One request with its linkages and orders (in the order of their ids, that is of their birth), in one round trip. */
export async function loadFile(store: Store, caseId: CaseId): Promise<StoredFile | null> {
  return isUuid(caseId) ? load(store, BY_ID, caseId) : null;
}

/** The same by what names it outside, also in one round trip. */
export async function findFile(store: Store, by: FileKey): Promise<StoredFile | null> {
  if (by.kind === "request") return load(store, BY.request, by.no);
  return isUuid(by.id) ? load(store, BY[by.kind], by.id) : null;
}
