import type {
  FileKey,
  History,
  StoredFile,
  StreamKind,
  TimelineRow,
  VaultRow,
  WholeFile,
} from "../../app/ports/store.ts";
import { instantOf } from "../../kernel/index.ts";
import type { CaseId, RequestNo } from "../../kernel/index.ts";
import type { Store } from "../open-store.ts";
import { run, statement } from "../statement.ts";
import type { Statement } from "../statement.ts";
import { clocksOf, readClocks } from "./clock-rows.ts";
import { isUuid, parseCase, parseLinkage, parseOrder } from "./parse.ts";

const CLOCKS = `${clocksOf("c")} as clocks`;

const fileWhere = (caseId: string, more: string = CLOCKS): Statement =>
  statement(`
  select c.state, c.phone_index, k.wrapped,
    coalesce((select json_agg(l.state order by l.state->>'openedAt' collate "C", l.linkage_id) from liandong.linkages l
      where l.home_region = c.home_region and l.case_id = c.case_id), '[]') as linkages,
    coalesce((select json_agg(o.state order by o.order_id) from liandong.orders o
      where o.home_region = c.home_region and o.case_id = c.case_id), '[]') as orders,
    ${more}
  from liandong.cases c
  left join liandong.case_keys k on k.home_region = c.home_region and k.case_id = c.case_id
  where c.home_region = $1 and c.case_id = ${caseId}`);

// Parts split off under one number share it: the number names the first of them, by the triple that was fixed at birth, never by an
// id: an id holds the clock of whoever made it. The fence (offset 0) keeps the planner
// from walking all requests in the order of their registration until it meets the number.
const OF_NUMBER = `(select n.case_id
    from (select * from liandong.cases where home_region = $1 and request_no = $2 offset 0) n
    order by n.registered_at, n.state->'firstReceiver'->>'nodeCode' collate "C",
      n.state->'firstReceiver'->>'requestNo' collate "C", n.case_id limit 1)`;
const BY_ID = fileWhere("$2");
const BY = {
  request: fileWhere(OF_NUMBER),
  linkage: fileWhere("(select n.case_id from liandong.linkages n where n.home_region = $1 and n.linkage_id = $2)"),
  order: fileWhere("(select n.case_id from liandong.orders n where n.home_region = $1 and n.order_id = $2)"),
} as const satisfies Readonly<Record<FileKey["kind"], Statement>>;

// Twenty events and as many values cost less as two texts than as forty rows.
const SEALED = `
    (select json_agg(json_build_array(v.field, v.version, v.commitment, encode(v.box, 'base64'))) from liandong.vault v
      where v.home_region = $1 and v.case_id = c.case_id) as vault`;
const HAPPENED = `
    (select json_agg(json_build_array(trunc(extract(epoch from e.at) * 1000), e.position::text, e.stream_kind, e.stream_id,
        e.version, e.type, e.type_version, e.body) order by e.tx, e.position) from liandong.events e
      where e.home_region = $1 and e.case_id = c.case_id and (e.stream_kind <> 'clock' or e.type <> all($3))) as events`;
const WHOLE = fileWhere(OF_NUMBER, `${CLOCKS},${SEALED}`);
const HISTORY = fileWhere(OF_NUMBER, `${SEALED},${HAPPENED}`);

type Row = {
  readonly state: unknown;
  readonly phone_index: string | null;
  readonly wrapped: Buffer | null;
  readonly linkages: readonly unknown[];
  readonly orders: readonly unknown[];
};
type ClockedRow = Row & { readonly clocks: readonly unknown[] | null };

async function load(store: Store, hot: Statement, key: string): Promise<StoredFile | null> {
  const [row] = await run<ClockedRow>(store.pool, hot, [store.home, key]);
  return row === undefined ? null : clockedFileOf(row);
}

function clockedFileOf(row: ClockedRow): StoredFile {
  return { ...fileOf(row), clocks: readClocks(row.clocks) };
}

function fileOf(row: Row): Omit<StoredFile, "clocks"> {
  return {
    case: parseCase(row.state),
    linkages: row.linkages.map(parseLinkage),
    orders: row.orders.map(parseOrder),
    phoneIndex: row.phone_index,
    wrappedKey: row.wrapped,
  };
}

/**
 * One request in one round trip: its linkages in the order in which they were opened at this node (an offer of a peer bears an id
 * of the peer's clock), its orders and clocks in the order of their ids, which are our own.
 */
export async function loadFile(store: Store, caseId: CaseId): Promise<StoredFile | null> {
  return isUuid(caseId) ? load(store, BY_ID, caseId) : null;
}

/** The same by what names it outside, also in one round trip. */
export async function findFile(store: Store, by: FileKey): Promise<StoredFile | null> {
  if (by.kind === "request") return load(store, BY.request, by.no);
  return isUuid(by.id) ? load(store, BY[by.kind], by.id) : null;
}

type SealedRows = {
  readonly vault: readonly (readonly [field: string, version: number, commitment: string, box: string])[] | null;
};

function vaultOf({ vault }: SealedRows, caseId: CaseId): readonly VaultRow[] {
  return (vault ?? []).map(([field, version, commitment, box]) => ({
    caseId,
    field,
    version,
    commitment,
    box: Buffer.from(box, "base64"),
  }));
}

/** The request of a number with its sealed values, in one round trip. */
export async function findWhole(store: Store, no: RequestNo): Promise<WholeFile | null> {
  const [row] = await run<ClockedRow & SealedRows>(store.pool, WHOLE, [store.home, no]);
  if (row === undefined) return null;
  const stored = clockedFileOf(row);
  return { stored, vault: vaultOf(row, stored.case.id) };
}

type EventRow = readonly [number, string, StreamKind, string, number, string, number, unknown];

/** The request of a number with all that its history tells, in one round trip. */
export async function findHistory(store: Store, no: RequestNo, silent: readonly string[]): Promise<History | null> {
  type HistoryRow = Row & SealedRows & { readonly events: readonly EventRow[] | null };
  const [row] = await run<HistoryRow>(store.pool, HISTORY, [store.home, no, silent]);
  if (row === undefined) return null;
  const stored = fileOf(row);
  return { stored, vault: vaultOf(row, stored.case.id), events: (row.events ?? []).map(eventOf) };
}

function eventOf([at, position, stream, streamId, version, type, typeVersion, body]: EventRow): TimelineRow {
  return { at: instantOf(at), position, stream, streamId, version, type, typeVersion, body };
}
