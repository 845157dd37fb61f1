import type { AlarmRow } from "../../app/ports/queries.ts";
import { ordinarily } from "../../app/ports/urgency.ts";
import { CLOCK_ALARMS, DECISION_ALARMS } from "../../core/file/index.ts";
import type { CaseId, Instant, RegionCode, UnitCode, UserId } from "../../kernel/index.ts";
import type { Store } from "../open-store.ts";
import type { Statement } from "../statement.ts";
import { run, statement } from "../statement.ts";
import { regionPatterns } from "./regions.ts";

const quoted = (kinds: readonly string[]): string => kinds.map((kind) => `'${kind}'`).join(", ");
const LATE_ALARMS = CLOCK_ALARMS.filter((kind) => !DECISION_ALARMS.some((one) => one === kind));

/** Late requests may be thousands; a list that nobody can read must not cost what the others wait for. */
const MOST_OF_A_KIND = 200;
/** What waits for a person's decision is left out only where no person could decide it all in a day. */
const MOST_DECISIONS = 2_000;
/** Those left out of the list are counted up to here. */
const MOST_COUNTED = 1_000;
/** So many of a kind at the node, the first of their list, are looked through for those of the reader's divisions: they may be 10^6, and he waits. What stands behind them is neither listed nor counted. */
const MOST_LOOKED_THROUGH = 20_000;
/** So long the marks of clocks may keep the others waiting for them. */
const LATE_MS = 500;

const COLUMNS =
  "a.kind, a.subject, a.case_id, a.level, a.dial, a.audience, a.raised_at, a.acknowledged_at, a.acknowledged_by, a.outcome";

const marks = (which: string): Statement =>
  statement(`
  select ${COLUMNS}, c.request_no, c.place, c.state->'completion'->>'missing' as missing, null as rings, 0 as left_out
  from liandong.alarms a
  left join lateral (
    select * from liandong.cases q where q.home_region = a.home_region and q.case_id = a.case_id limit 1) c on true
  where a.home_region = $1 and a.audience = any($2::text[]) and ${which}
  order by a.level desc, a.raised_at desc, a.subject, a.kind`);

/** `most` of a kind are listed, in the order of a mark's columns. */
type List = { readonly most: number; readonly order: string };

/**
 * The first of a kind within the reader's divisions ($3, patterns; null = the whole node), and how many more stand there. Each audience
 * is read in the order of an index and no further than what is listed and counted, whatever stands behind it.
 */
const firstOf = (kind: string, { most, order }: List): string => `
  (select n.*, least(n.of_kind - ${most}, ${MOST_COUNTED}) as left_out from (
    select s.*, row_number() over (order by ${order}, subject) as nth, count(*) over ()::int as of_kind
    from unnest($2::text[]) seat(audience) cross join lateral (
      select ${COLUMNS}, c.request_no, c.place, null::text as missing
      from (
        select * from liandong.alarms m
        where m.home_region = $1 and m.kind = '${kind}' and m.audience = seat.audience
        order by ${order} limit ${MOST_LOOKED_THROUGH}) a
      left join lateral (
        select q.request_no, q.place from liandong.cases q where q.home_region = $1 and q.case_id = a.case_id limit 1) c on true
      where $3::text[] is null or c.place is null or c.place like any($3::text[])
      order by ${order}
      limit ${most + MOST_COUNTED}) s) n
  where n.nth <= ${most})`;

const MARKS = marks(`a.kind not in (${quoted(CLOCK_ALARMS)})`);
const OF_SUBJECT = marks("a.subject = $3");

/** Whose number the mark of a silent unit names. Asked with the marks of clocks alone: no other waits for a look at clocks. */
const RINGS = `
  left join lateral (
    select k.state->'rung'->-1->>'unit' as rings from liandong.clocks k
    where k.home_region = $1 and k.case_id = a.case_id
      and k.clock_id = case a.kind when 'notTakenUp' then a.subject::uuid end) r on true`;

/** A statement that is not waited for without end, and the stores that still owe its answer: until it comes nobody asks again, so that lost questions never pile up. */
type Patient = { readonly which: Statement; readonly lost: WeakSet<Store> };

const patient = (kinds: readonly string[], list: List): Patient => ({
  which: statement(
    `select a.*, r.rings from (${kinds.map((kind) => firstOf(kind, list)).join(" union all ")}) a${RINGS} order by ${list.order}, subject, kind`,
  ),
  lost: new WeakSet(),
});
/** What waits for a person's decision: a statement of its own, and the oldest first, so that neither late requests nor newer ones hide it. */
const DECISIONS = patient(DECISION_ALARMS, { most: MOST_DECISIONS, order: "raised_at" });
const LATE = patient(LATE_ALARMS, { most: MOST_OF_A_KIND, order: "level desc, raised_at desc" });

type Row = {
  readonly kind: string;
  readonly subject: string;
  readonly case_id: CaseId | null;
  readonly request_no: string | null;
  readonly place: AlarmRow["place"];
  readonly missing: "place" | "unit" | null;
  readonly rings: UnitCode | null;
  readonly level: number;
  readonly dial: string | null;
  readonly audience: AlarmRow["audience"];
  readonly raised_at: Instant;
  readonly acknowledged_at: Instant | null;
  readonly acknowledged_by: UserId | null;
  readonly outcome: string | null;
  readonly left_out: number;
};

/**
 * Red marks that stand, highest level first, then newest; after them those of clocks within `regions` (null = the whole node), decisions
 * that are asked for first and the oldest of them before the others, then the worst of each kind. These are read with ordinary capacity:
 * when there is none left for them the others come all the same, half a second later at most. @source nmg:2.2.1
 */
export async function alarms(
  store: Store,
  audiences: readonly AlarmRow["audience"][],
  regions: readonly RegionCode[] | null = null,
): Promise<readonly AlarmRow[]> {
  const late = clockMarks(store, [store.home, audiences, regionPatterns(regions)]);
  return [...(await run<Row>(store.pool, MARKS, [store.home, audiences])), ...(await late)].map(markOf);
}

/** All marks of one subject, by its key: also those of a clock that the list leaves out. @source nmg:2.2.1 */
export async function alarmsOf(
  store: Store,
  audiences: readonly AlarmRow["audience"][],
  subject: string,
): Promise<readonly AlarmRow[]> {
  return (await run<Row>(store.pool, OF_SUBJECT, [store.home, audiences, subject])).map(markOf);
}

/** One after the other, so that they take one connection; what is late is not asked for while decisions are. */
async function clockMarks(store: Store, values: readonly unknown[]): Promise<readonly Row[]> {
  const until = performance.now() + LATE_MS;
  const decisions = await inTime(store, DECISIONS, values, LATE_MS);
  if (DECISIONS.lost.has(store)) return decisions;
  return [...decisions, ...(await inTime(store, LATE, values, Math.max(0, until - performance.now())))];
}

async function inTime(
  store: Store,
  { which, lost }: Patient,
  values: readonly unknown[],
  ms: number,
): Promise<readonly Row[]> {
  if (lost.has(store)) return [];
  let ended = false;
  const rows = ordinarily(() => run<Row>(store.pool, which, values))
    .catch(() => [])
    .finally(() => {
      ended = true;
      lost.delete(store);
    });
  const there = await withinMs(ms, rows);
  if (!ended) lost.add(store);
  return there;
}

function markOf(row: Row): AlarmRow {
  return {
    kind: row.kind,
    subject: row.subject,
    caseId: row.case_id,
    requestNo: row.request_no,
    place: row.place,
    ...(row.kind === "completionOwed" && row.missing !== null ? { missing: row.missing } : {}),
    ...(row.rings === null ? {} : { rings: row.rings }),
    level: row.level,
    dial: row.dial,
    audience: row.audience,
    raisedAt: row.raised_at,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_by,
    outcome: row.outcome,
    ...(row.left_out > 0 ? { leftOut: row.left_out } : {}),
  };
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
