import { sql } from "kysely";
import type { CompiledQuery } from "kysely";
import type { Queries, QueuedCase, QueueFilter } from "../../app/ports/queries.ts";
import type { CaseIndex } from "../../app/ports/store.ts";
import type { Case } from "../../core/case/index.ts";
import type { CaseId, Instant, NodeCode, RequestNo, UnitCode } from "../../kernel/index.ts";
import { parseCase } from "../cases/parse.ts";
import { decodePageCursor, encodeCursor } from "../cursor.ts";
import type { Store } from "../open-store.ts";
import { run, statement } from "../statement.ts";
import { builder } from "./builder.ts";
import { regionPatterns } from "./regions.ts";
import { VIEW_CONDITIONS } from "./views.ts";

type Row = {
  readonly case_id: CaseId;
  readonly request_no: RequestNo;
  readonly file_version: number;
  readonly status: Case["status"];
  readonly responsible: boolean;
  readonly danger_open: boolean;
  readonly danger: boolean;
  readonly item: string | null;
  readonly place: string | null;
  readonly peer: NodeCode | null;
  readonly units: readonly UnitCode[];
  readonly phone_index: string | null;
  readonly registered_at: Instant;
  readonly changed_at: Instant;
  readonly due: CaseIndex["due"];
  readonly state: unknown;
  readonly wrapped: Buffer | null;
  readonly hand_over: (NonNullable<QueuedCase["handOver"]> & Pick<QueuedCase, "unread">) | null;
};

/** What the other desk added or told and nobody here has read; a copy from before this was counted has none. */
const UNREAD = `case when l.state->>'state' <> 'handedBack'
  then coalesce((l.state->>'additionsReceived')::int - (l.state->>'additionsRead')::int, 0) else 0 end`;

/**
 * The newest hand-over of the ordinary part and what is unread over all of them, looked up for each request of the page: joined, the
 * planner hashed all of the node. The sum is a window over the rows that are sorted anyway: a second look-up would read them twice.
 */
const HAND_OVER = `(select jsonb_build_object('role', l.state->>'role', 'state', l.state->>'state', 'unread', sum(${UNREAD}) over ())
  from liandong.linkages l
  where l.home_region = c.home_region and l.case_id = c.case_id and l.state->>'part' = 'ordinary'
  order by l.state->>'openedAt' desc limit 1)`;

/** The query of one page: one row more than asked for tells whether there is a next page. */
export function queueQuery(home: string, filter: QueueFilter): CompiledQuery {
  const patterns = regionPatterns(filter.regions);
  const after = decodePageCursor(filter.cursor);
  let query = builder
    .selectFrom("liandong.cases as c")
    .leftJoin("liandong.case_keys as k", (join) =>
      join.onRef("k.home_region", "=", "c.home_region").onRef("k.case_id", "=", "c.case_id"),
    )
    .select([
      "k.wrapped",
      "c.case_id",
      "c.request_no",
      "c.file_version",
      "c.status",
      "c.responsible",
      "c.danger_open",
      "c.danger",
      "c.item",
      "c.place",
      "c.peer",
      "c.units",
      "c.phone_index",
      "c.registered_at",
      "c.changed_at",
      "c.due",
      "c.state",
      sql<Row["hand_over"]>`${sql.raw(HAND_OVER)}`.as("hand_over"),
    ])
    .where("c.home_region", "=", home)
    .where(sql<boolean>`${sql.raw(VIEW_CONDITIONS[filter.view])}`);
  if (filter.status !== null) query = query.where(sql<boolean>`c.status = any(${[...filter.status]}::text[])`);
  if (filter.item !== null) query = query.where("c.item", "=", filter.item);
  if (filter.place !== null) query = query.where("c.place", "like", regionPatterns([filter.place])?.[0] ?? "");
  if (filter.unit !== null) query = query.where(sql<boolean>`c.units @> array[${filter.unit}]::text[]`);
  if (filter.phoneIndex !== null) query = query.where("c.phone_index", "=", filter.phoneIndex);
  if (patterns !== null)
    query = query.where(sql<boolean>`(c.place is null or c.place like any(${[...patterns]}::text[]))`);
  if (after !== null)
    query = query.where(sql<boolean>`(c.registered_at, c.case_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return query
    .orderBy("c.registered_at", "desc")
    .orderBy("c.case_id", "desc")
    .limit(sql.lit(filter.limit + 1))
    .compile();
}

function indexOf(row: Row): CaseIndex {
  return {
    caseId: row.case_id,
    requestNo: row.request_no,
    status: row.status,
    responsible: row.responsible,
    dangerOpen: row.danger_open,
    danger: row.danger,
    item: row.item,
    place: row.place,
    peer: row.peer,
    units: row.units,
    registeredAt: row.registered_at,
    changedAt: row.changed_at,
    fileVersion: row.file_version,
    phoneIndex: row.phone_index,
    due: row.due,
  };
}

function handedOver({ hand_over: found }: Row): Pick<QueuedCase, "handOver" | "unread"> {
  if (found === null) return { handOver: null, unread: 0 };
  const { role, state, unread } = found;
  return { handOver: { role, state }, unread };
}

/**
 * One page of a view, newest registration first. The sort key never changes, so a request cannot jump over a page border
 * while somebody turns pages. Requests whose place is not known yet are everybody's: nobody may be kept from a danger that has no address.
 */
export async function queue(store: Store, filter: QueueFilter): ReturnType<Queries["queue"]> {
  const query = queueQuery(store.home, filter);
  const rows = await run<Row>(store.pool, statement(query.sql), query.parameters);
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    rows: page.map((row) => ({
      index: indexOf(row),
      case: parseCase(row.state),
      wrappedKey: row.wrapped,
      ...handedOver(row),
    })),
    next: rows.length > filter.limit && last !== undefined ? encodeCursor([last.registered_at, last.case_id]) : null,
  };
}
