import type { NoticeRow } from "../../app/ports/store.ts";
import type { CaseId, Instant, UnitCode } from "../../kernel/index.ts";
import { parseNotice } from "../cases/parse.ts";
import { checkLease, isFreeRow } from "../free-again.ts";
import type { Store } from "../open-store.ts";
import { change, limited, run, statement } from "../statement.ts";
import { writeTogether } from "../write-together.ts";

/** A notice on its way out. `attempts` = how often it was claimed before, 0 at first. */
export type ClaimedNotice = { readonly notice: NoticeRow; readonly attempts: number };

export type FailedNotice = ClaimedNotice & { readonly error: string; readonly since: Instant };

/** Messages to people: claimed under a lease, then sent, tried again, or given up. */
export type NoticeStore = {
  readonly claim: (limit: number, leaseMs: number) => Promise<readonly ClaimedNotice[]>;
  readonly sent: (id: string, at: Instant) => Promise<void>;
  /** `retryAt` null = given up: it appears in `failures`. */
  readonly failed: (id: string, error: string, retryAt: Instant | null) => Promise<void>;
  /** Given-up notices, newest first. */
  readonly failures: (limit: number) => Promise<readonly FailedNotice[]>;
};

const TOGETHER = { atOnce: 1, atMost: 100 };

const CLAIM = limited(
  (limit) => `
  with due as (
    select notice_id from liandong.notices w
    where home_region = $1 and status = 'pending' and ${isFreeRow("w")}
    order by created_at limit ${limit} for update skip locked),
  claimed as (
    update liandong.notices n set lease_until = now() + $2 * interval '1 millisecond', attempts = n.attempts + 1
    where n.home_region = $1 and n.notice_id = any(array(select notice_id from due))
    returning n.*)
  select notice_id, case_id, recipient, unit, template, params, attempts - 1 as attempts from claimed order by created_at, notice_id`,
);

const SENT = statement(`
  update liandong.notices n set status = 'sent', ended_at = r.at, error = null, lease_until = null, retry_at = null
  from unnest($2::text[], $3::timestamptz[]) as r(id, at)
  where n.home_region = $1 and n.notice_id = any($2::text[]) and n.notice_id = r.id`);

const FAILED = statement(`
  update liandong.notices set status = case when $4::timestamptz is null then 'failed' else 'pending' end,
    error = $3, retry_at = $4, lease_until = null, ended_at = case when $4::timestamptz is null then now() end
  where home_region = $1 and notice_id = $2 and status <> 'sent'`);

const FAILURES = limited(
  (limit) => `
  select notice_id, case_id, recipient, unit, template, params, attempts, coalesce(error, '') as error, ended_at as since
  from liandong.notices where home_region = $1 and status = 'failed' order by created_at desc, notice_id limit ${limit}`,
);

type Row = {
  readonly notice_id: string;
  readonly case_id: CaseId | null;
  readonly recipient: string;
  readonly unit: UnitCode | null;
  readonly template: string;
  readonly params: unknown;
  readonly attempts: number;
};

function claimedOf(row: Row): ClaimedNotice {
  const { notice_id: id, case_id: caseId, recipient, unit, template, params, attempts } = row;
  return { notice: parseNotice(id, caseId, recipient, unit, template, params), attempts };
}

export function createNotices(store: Store): NoticeStore {
  const markSent = writeTogether<{ readonly id: string; readonly at: Instant }>(async (rows) => {
    await change(store.pool, SENT, [store.home, rows.map(({ id }) => id), rows.map(({ at }) => at)]);
  }, TOGETHER);
  return {
    claim: async (limit, leaseMs) => {
      checkLease(leaseMs);
      return (await run<Row>(store.pool, CLAIM(limit), [store.home, leaseMs])).map((row) => claimedOf(row));
    },
    sent: (id, at) => markSent({ id, at }),
    failed: async (id, error, retryAt) => {
      await change(store.pool, FAILED, [store.home, id, error, retryAt]);
    },
    failures: async (limit) => {
      type Failure = Row & { readonly error: string; readonly since: Instant };
      const rows = await run<Failure>(store.pool, FAILURES(limit), [store.home]);
      return rows.map((row) => ({ ...claimedOf(row), error: row.error, since: row.since }));
    },
  };
}
