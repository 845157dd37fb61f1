import type { AlarmCount, Delays, PeerFigures, PeerFiguresSince } from "../../app/ports/queries.ts";
import type { Lane } from "../../app/ports/outbox.ts";
import type { Instant, NodeCode } from "../../kernel/index.ts";
import { epochMs } from "../../kernel/index.ts";
import { createOutbox } from "../exchange-rows/outbox.ts";
import type { Store } from "../open-store.ts";
import { run, statement } from "../statement.ts";
import { AWAITED, AWAITED_ORDER } from "./awaited.ts";

/** So many rows are looked through for one figure, the newest or the oldest of them: what it costs does not grow with the node. */
export const MOST_FIGURED = 20_000;

/** States in which S waits for the other desk's word: it has neither taken it over nor given it back, nor looked at the push. */
export const UNANSWERED_STATES: readonly string[] = ["offered", "negotiating", "held", "bound", "pushed"];

const UNANSWERED = statement(`
  select s.peer, case s.part when 'danger' then 'urgent' else 'ordinary' end as lane, count(*)::int as of, min(s."openedAt") as oldest
  from (
    select l.state from liandong.linkages l where l.home_region = $1 and ${AWAITED}
    order by ${AWAITED_ORDER}
    limit ${MOST_FIGURED}) w
  cross join lateral jsonb_to_record(w.state) as s(peer text, role text, part text, state text, "openedAt" text)
  where s.role = 'S' and s.state in (${UNANSWERED_STATES.map((state) => `'${state}'`).join(", ")})
  group by 1, 2`);

// Two clocks may not agree: an answer from before its question took no time. What is not there yet is no number.
const spread = `count(*)::int as of,
    greatest(percentile_disc(0.5) within group (order by ms), 0)::float8 as median,
    greatest(percentile_disc(0.9) within group (order by ms), 0)::float8 as p90`;

/** Ids carry the time at which they were made: the newest of the day are found by the primary key. */
const RECEIPTS = statement(`
  select peer, lane, ${spread}
  from (
    select o.peer, o.lane, o.status, extract(epoch from o.ended_at - o.inserted_at) * 1000 as ms
    from liandong.outbox o where o.home_region = $1 and o.message_id >= $2::uuid
    order by o.message_id desc limit ${MOST_FIGURED}) m
  where status = 'receipted' and ms is not null
  group by peer, lane`);

/**
 * What this desk handed over lately: how long answers took, and what came back. An offer is answered when it was taken over or came
 * back; a push when somebody on duty had it on screen. Each copy is taken apart once: field by field, the server unpacks it for each.
 */
const SENT = statement(`
  with sent as materialized (
    select s.peer, case s.part when 'danger' then 'urgent' else 'ordinary' end as lane, s."requestNo" as request_no,
      s."returnedAt" is not null as returned, s.state = 'handedBack' as handed_back,
      extract(epoch from
        case s.part when 'danger' then s."deliveredAt" else least(s."confirmedAt", s."returnedAt") end - s."openedAt") * 1000 as ms
    from (
      select l.state from liandong.linkages l where l.home_region = $1 and l.linkage_id >= $2::uuid
      order by l.linkage_id desc limit ${MOST_FIGURED}) n
    cross join lateral jsonb_to_record(n.state) as s(peer text, role text, part text, state text, "requestNo" text, "openedAt" timestamptz,
      "confirmedAt" timestamptz, "returnedAt" timestamptz, "deliveredAt" timestamptz)
    where s.role = 'S')
  select peer, lane, ${spread}, 0 as returned, 0 as bounced from sent where ms is not null group by peer, lane
  union all
  select peer, 'returned', 0, 0, 0, sum(returned)::int, count(*) filter (where returned > 1 or handed_back)::int
  from (
    select peer, request_no, count(*) filter (where returned)::int as returned, bool_or(handed_back) as handed_back
    from sent where lane = 'ordinary' group by peer, request_no) r
  group by peer`);

type Counted = { readonly peer: NodeCode; readonly lane: Lane; readonly of: number };
type Waiting = Counted & { readonly oldest: Instant | null };
type Spread = Counted & { readonly median: number; readonly p90: number };
type Returns = { readonly peer: NodeCode; readonly returned: number; readonly bounced: number };
/** Delays of a lane, or in a row of its own what came back from a peer. */
type Sent = Omit<Spread, "lane"> & Returns & { readonly lane: Lane | "returned" };

/** The least id that could have been made at this instant: ids are UUIDs of version 7. */
export function leastIdAt(at: Instant): string {
  const hex = Math.max(0, epochMs(at)).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

const delays = (row: Spread | undefined): Delays =>
  row === undefined
    ? { of: 0, medianMs: null, p90Ms: null }
    : { of: row.of, medianMs: Math.round(row.median), p90Ms: Math.round(row.p90) };

/** How each peer keeps up, by lane; peers and lanes of which nothing is known are left out. @source nmg:2.3.1 */
export async function peerFigures(store: Store, since: PeerFiguresSince): Promise<readonly PeerFigures[]> {
  const backlog = await createOutbox(store).backlog();
  const waiting = await run<Waiting>(store.pool, UNANSWERED, [store.home]);
  const receipts = await run<Spread>(store.pool, RECEIPTS, [store.home, leastIdAt(since.receipts)]);
  const sent = await run<Sent>(store.pool, SENT, [store.home, leastIdAt(since.answers)]);
  const answers = sent.flatMap(({ lane, ...row }) => (lane === "returned" ? [] : [{ ...row, lane }]));
  const returns: readonly Returns[] = sent.filter(({ lane }) => lane === "returned");
  const known = [...backlog, ...waiting, ...receipts, ...answers];
  const pairs = new Map(known.map(({ peer, lane }) => [`${peer} ${lane}`, { peer, lane }]));
  for (const { peer } of returns) pairs.set(`${peer} ordinary`, { peer, lane: "ordinary" });
  return [...pairs.values()]
    .sort((a, b) => (`${a.peer} ${a.lane}` < `${b.peer} ${b.lane}` ? -1 : 1))
    .map(({ peer, lane }) => {
      const here = <T extends { readonly peer: NodeCode; readonly lane: Lane }>(rows: readonly T[]): T | undefined =>
        rows.find((row) => row.peer === peer && row.lane === lane);
      const back = lane === "ordinary" ? returns.find((row) => row.peer === peer) : undefined;
      return {
        peer,
        lane,
        unsent: here(backlog)?.waiting ?? 0,
        oldestUnsentAt: here(backlog)?.oldestAt ?? null,
        dead: here(backlog)?.dead ?? 0,
        unanswered: here(waiting)?.of ?? 0,
        oldestUnansweredAt: here(waiting)?.oldest ?? null,
        receipts: delays(here(receipts)),
        answers: delays(here(answers)),
        returned: back?.returned ?? 0,
        bounced: back?.bounced ?? 0,
      };
    });
}

const ALARM_COUNTS = statement(`
  select kind, level, count(*)::int as of
  from (select kind, level from liandong.alarms where home_region = $1 limit ${MOST_FIGURED}) a
  group by kind, level order by kind, level`);

/** How many marks of each kind and level stand at the node, whoever sees them. @source nmg:2.3.1 */
export function alarmCounts(store: Store): Promise<readonly AlarmCount[]> {
  return run<AlarmCount>(store.pool, ALARM_COUNTS, [store.home]);
}
