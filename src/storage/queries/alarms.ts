import type { AlarmRow } from "../../app/ports/queries.ts";
import { ordinarily } from "../../app/ports/urgency.ts";
import { CLOCK_ALARMS } from "../../core/file/index.ts";
import type { CaseId, Instant, UserId } from "../../kernel/index.ts";
import type { Store } from "../open-store.ts";
import type { Statement } from "../statement.ts";
import { run, statement } from "../statement.ts";

const CLOCK_KINDS = CLOCK_ALARMS.map((kind) => `'${kind}'`).join(", ");

const marks = (which: string, order: string): Statement =>
  statement(`
  select a.kind, a.subject, a.case_id, c.request_no, c.place, c.state->'completion'->>'missing' as missing, a.level, a.dial, a.audience, a.raised_at, a.acknowledged_at, a.acknowledged_by, a.outcome
  from liandong.alarms a
  left join lateral (
    select * from liandong.cases q where q.home_region = a.home_region and q.case_id = a.case_id limit 1) c on true
  where a.home_region = $1 and a.audience = any($2::text[]) and a.kind ${which}
  order by a.level desc, a.raised_at desc, a.subject, a.kind ${order}`);

/** Late requests may be thousands; a list that nobody can read must not cost what the others wait for. */
const MOST_CLOCK_MARKS = 200;
/** So long the marks of clocks may keep the others waiting for them. */
const LATE_MS = 500;
const MARKS = marks(`not in (${CLOCK_KINDS})`, "");
const CLOCK_MARKS = marks(`in (${CLOCK_KINDS})`, `limit ${MOST_CLOCK_MARKS}`);

type Row = {
  readonly kind: string;
  readonly subject: string;
  readonly case_id: CaseId | null;
  readonly request_no: string | null;
  readonly place: AlarmRow["place"];
  readonly missing: "place" | "unit" | null;
  readonly level: number;
  readonly dial: string | null;
  readonly audience: AlarmRow["audience"];
  readonly raised_at: Instant;
  readonly acknowledged_at: Instant | null;
  readonly acknowledged_by: UserId | null;
  readonly outcome: string | null;
};

/**
 * Red marks that stand, highest level first, then newest; after them the worst of those of clocks, read with ordinary capacity: when
 * there is none left for them the others come all the same, half a second later at most. @source nmg:2.2.1
 */
export async function alarms(store: Store, audiences: readonly AlarmRow["audience"][]): Promise<readonly AlarmRow[]> {
  const ask = (which: Statement): Promise<readonly Row[]> => run<Row>(store.pool, which, [store.home, audiences]);
  const late = ordinarily(() => ask(CLOCK_MARKS)).catch(() => []);
  const rows = [...(await ask(MARKS)), ...(await withinMs(LATE_MS, late))];
  return rows.map((row) => ({
    kind: row.kind,
    subject: row.subject,
    caseId: row.case_id,
    requestNo: row.request_no,
    place: row.place,
    ...(row.kind === "completionOwed" && row.missing !== null ? { missing: row.missing } : {}),
    level: row.level,
    dial: row.dial,
    audience: row.audience,
    raisedAt: row.raised_at,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_by,
    outcome: row.outcome,
  }));
}

/** What is there in time; nothing when it is not. */
async function withinMs<T>(ms: number, rows: Promise<readonly T[]>): Promise<readonly T[]> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<readonly T[]>((resolve) => {
    timer = setTimeout(() => resolve([]), ms);
  });
  try {
    return await Promise.race([rows, over]);
  } finally {
    clearTimeout(timer);
  }
}
