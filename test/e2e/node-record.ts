import type { Case, CaseEvent } from "../../src/core/case/index.ts";
import { evolveClock } from "../../src/core/clock/index.ts";
import type { Clock, ClockEvent } from "../../src/core/clock/index.ts";
import type { Linkage, LinkageEvent } from "../../src/core/linkage/index.ts";
import type { Order, OrderEvent } from "../../src/core/order/index.ts";
import type { PairFacts, Side } from "../setup/pair.ts";
import { eventually } from "../setup/pair-seat.ts";
import { openNodeLog } from "./node-log.ts";

type Of<K extends string, E> = {
  readonly kind: K;
  readonly stream: string;
  readonly version: number;
  readonly caseId: string;
  readonly tx: string;
  readonly body: E;
};

/** One stored event of a node with the transaction that wrote it. */
export type RecordedEvent =
  | Of<"case", CaseEvent>
  | Of<"linkage", LinkageEvent>
  | Of<"order", OrderEvent>
  | Of<"clock", ClockEvent>;

/** One row of an outbox or inbox. `sender` and `seq` number it within its conversation. */
export type RecordedMessage = {
  readonly id: string;
  readonly conversation: string;
  readonly sender: string;
  readonly seq: number;
  readonly type: string;
  readonly status: string;
};

/** Everything a node has on record, read at rest. Events stand in the order in which they were committed. */
export type NodeRecord = {
  readonly side: Side;
  readonly code: string;
  readonly events: readonly RecordedEvent[];
  readonly cases: ReadonlyMap<string, Case>;
  readonly linkages: ReadonlyMap<string, Linkage>;
  readonly orders: ReadonlyMap<string, Order>;
  readonly clocks: ReadonlyMap<string, Clock>;
  readonly sent: readonly RecordedMessage[];
  readonly received: readonly RecordedMessage[];
  /** Messages that could not be folded yet. */
  readonly kept: readonly RecordedMessage[];
  readonly commands: ReadonlyMap<string, { readonly requestNo: string; readonly caseId: string }>;
};

/** Reads one node's record through its database's owner. */
export async function readRecord(pair: PairFacts, side: Side): Promise<NodeRecord> {
  const log = await openNodeLog(pair, side);
  const states = async <T>(table: string, id: string): Promise<ReadonlyMap<string, T>> => {
    const rows = await log.rows<{ id: string; state: T }>(`select ${id}::text as id, state from liandong.${table}`);
    return new Map(rows.map((row) => [row.id, row.state]));
  };
  const messages = (table: string, status: string): Promise<readonly RecordedMessage[]> =>
    log.rows<RecordedMessage>(
      `select message_id::text as id, conversation::text, message->>'sender' as sender, seq, message->'body'->>'type' as type,
       ${status} as status from liandong.${table} order by conversation, seq`,
    );
  // The row of a clock holds only what has changed since its first event.
  const clocks = async (): Promise<ReadonlyMap<string, Clock>> => {
    const rows = await log.rows<{ started: ClockEvent; changes: Partial<Clock>; version: number }>(
      `select s.body as started, d.state as changes, d.version from liandong.clocks d
       join liandong.events s on s.stream_kind = 'clock' and s.stream_id = d.clock_id and s.version = 1`,
    );
    const read = rows.map(({ started, changes, version }) => ({ ...evolveClock(null, started), ...changes, version }));
    return new Map(read.map((clock) => [clock.id, clock]));
  };
  // One snapshot: timers go on while this reads.
  await log.rows("begin isolation level repeatable read read only");
  const commands = await log.rows<{ id: string; answer: { requestNo: string; caseId: string } }>(
    "select command_id::text as id, answer from liandong.commands",
  );
  try {
    return {
      side,
      code: pair.config(side).node.code,
      events: await log.rows<RecordedEvent>(
        `select stream_kind as kind, stream_id::text as stream, version, case_id::text as "caseId", tx::text, body
         from liandong.events order by events.tx, position`,
      ),
      cases: await states("cases", "case_id"),
      linkages: await states("linkages", "linkage_id"),
      orders: await states("orders", "order_id"),
      clocks: await clocks(),
      sent: await messages("outbox", "status"),
      received: await messages("inbox", "coalesce(noted, 'applied')"),
      kept: await messages("inbox_kept", "status"),
      commands: new Map(commands.map((c) => [c.id, c.answer])),
    };
  } finally {
    await log.close();
  }
}

type Rest = { readonly pending: string; readonly kept: string; readonly unsealed: string };

/** Waits until nothing is under way any more: outboxes sent, inboxes folded, every event sealed. Gives the time it took, ms. */
export async function untilAtRest(pair: PairFacts, sides: readonly Side[], withinMs: number): Promise<number> {
  const began = Date.now();
  let last = "";
  const quiet = async (): Promise<true | null> => {
    const rests: Rest[] = [];
    for (const side of sides) {
      const log = await openNodeLog(pair, side);
      const [rest] = await log.rows<Rest>(
        `select (select count(*) from liandong.outbox where status = 'pending') as pending,
         (select count(*) from liandong.inbox_kept where status <> 'dead') as kept,
         (select count(*) from liandong.events) - coalesce((select max(no) from liandong.seal_heads), 0) as unsealed`,
      );
      await log.close();
      if (rest !== undefined) rests.push(rest);
    }
    last = JSON.stringify(rests);
    return rests.every((r) => [r.pending, r.kept, r.unsealed].every((n) => Number(n) === 0)) ? true : null;
  };
  try {
    await eventually("both nodes at rest", quiet, withinMs);
  } catch {
    const stuck = await Promise.all(sides.map((side) => stuckAt(pair, side)));
    throw new Error(`not at rest after ${withinMs} ms: ${last} ${JSON.stringify(stuck.flat(), null, 1)}`);
  }
  return Date.now() - began;
}

/** What keeps a node from being at rest, for the failure's text. */
async function stuckAt(pair: PairFacts, side: Side): Promise<readonly object[]> {
  const log = await openNodeLog(pair, side);
  const rows = await log.rows(
    `select 'kept' as what, k.conversation, k.sender, k.seq, k.type, k.status, k.error, k.attempts, k.retry_at::text, k.lease_until::text,
       (select array_agg(i.seq order by i.seq) from liandong.inbox i where i.conversation = k.conversation and i.sender = k.sender)
       as consumed, (select l.state->>'seqIn' from liandong.linkages l where l.linkage_id = k.conversation) as "seqIn"
     from liandong.inbox_kept k where k.status <> 'dead'
     union all select 'outbox', conversation, peer, seq, type, status, code, attempts, retry_at::text, lease_until::text, null, null
     from liandong.outbox where status = 'pending' limit 20`,
  );
  await log.close();
  return rows.map((row) => ({ side, ...row }));
}
