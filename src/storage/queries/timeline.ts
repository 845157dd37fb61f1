import type { TimelineRow } from "../../app/ports/queries.ts";
import type { StreamKind } from "../../app/ports/store.ts";
import type { CaseId, Instant } from "../../kernel/index.ts";
import { isUuid } from "../cases/parse.ts";
import type { Store } from "../open-store.ts";
import { run, statement } from "../statement.ts";

const TIMELINE = statement(`
  select e.at, e.position, e.stream_kind, e.stream_id, e.version, e.type, e.type_version, e.body
  from liandong.events e
  where e.home_region = $1 and e.case_id = $2
  order by e.tx, e.position`);

type Row = {
  readonly at: Instant;
  readonly position: string;
  readonly stream_kind: StreamKind;
  readonly stream_id: string;
  readonly version: number;
  readonly type: string;
  readonly type_version: number;
  readonly body: unknown;
};

/** The events of all streams of one request, in the order in which their transactions began, within one as written. */
export async function timeline(store: Store, caseId: CaseId): Promise<readonly TimelineRow[]> {
  if (!isUuid(caseId)) return [];
  const rows = await run<Row>(store.pool, TIMELINE, [store.home, caseId]);
  return rows.map((row) => ({
    at: row.at,
    position: row.position,
    stream: row.stream_kind,
    streamId: row.stream_id,
    version: row.version,
    type: row.type,
    typeVersion: row.type_version,
    body: row.body,
  }));
}
