import type { DeadLetter, DeadLetterDesk } from "../../app/ports/queries.ts";
import type { CaseId, Instant, LinkageId, MessageId, NodeCode } from "../../kernel/index.ts";
import { isUuid } from "../cases/parse.ts";
import type { Store } from "../open-store.ts";
import { change, run, statement } from "../statement.ts";

// A danger does not wait for its last try: once the loop has tried it in vain, a person must know.
const DEAD = statement(`
  select message_id, 'out' as direction, peer, lane, conversation, type, case_id, coalesce(code, '') as error, attempts, ended_at as since
  from liandong.outbox where home_region = $1 and status = 'dead'
  union all
  select message_id, 'in', sender, message ->> 'lane', conversation, type, case_id, coalesce(error, ''), attempts, received_at
  from liandong.inbox_kept where home_region = $1 and status = 'dead'
  union all
  select message_id, 'in', sender, message ->> 'lane', conversation, type, case_id, coalesce(error, ''), attempts, received_at
  from liandong.inbox_kept where home_region = $1 and status = 'failed' and attempts > 0 and message ->> 'lane' = 'urgent'
  order by since desc, message_id`);

const RETRY_OUT = statement(`
  update liandong.outbox set status = 'pending', attempts = 0, lease_until = null, retry_at = null, ended_at = null
  where home_region = $1 and message_id = $2 and status = 'dead'`);

const RETRY_IN = statement(`
  update liandong.inbox_kept set status = 'failed', attempts = 0, lease_until = null, retry_at = null
  where home_region = $1 and message_id = $2 and (status = 'dead' or status = 'failed' and attempts > 0)`);

type Row = {
  readonly message_id: MessageId;
  readonly direction: "out" | "in";
  readonly peer: NodeCode;
  readonly lane: DeadLetter["lane"];
  readonly conversation: LinkageId;
  readonly type: string;
  readonly case_id: CaseId;
  readonly error: string;
  readonly attempts: number;
  readonly since: Instant;
};

/** Messages of both directions that wait for a person, newest first. */
export async function deadLetters(store: Store): Promise<readonly DeadLetter[]> {
  const rows = await run<Row>(store.pool, DEAD, [store.home]);
  return rows.map((row) => ({
    messageId: row.message_id,
    direction: row.direction,
    peer: row.peer,
    lane: row.lane,
    conversation: row.conversation,
    type: row.type,
    caseId: row.case_id,
    error: row.error,
    attempts: row.attempts,
    since: row.since,
  }));
}

/** Gives a dead letter another life at once, in its old place. */
export function createDeadLetterDesk(store: Store): DeadLetterDesk {
  return {
    retry: async (messageId, direction) =>
      isUuid(messageId) &&
      (await change(store.pool, direction === "out" ? RETRY_OUT : RETRY_IN, [store.home, messageId])) === 1,
  };
}
