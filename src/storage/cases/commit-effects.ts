import { lastAlarmChanges, timersOfOthers } from "../last-change.ts";
import type { CommitSection } from "./commit-section.ts";
import { insertSection, rowsJson } from "./commit-section.ts";
import { READ_LOG, valuesOfAct } from "../ledger/read-log-rows.ts";

const caseKey = insertSection({
  name: "case_key",
  into: "case_keys",
  columns: [
    ["case_id", "uuid"],
    ["wrapped", "bytea"],
  ],
  rows: ({ caseKey: k }) => (k === null ? [] : [[k.caseId, Buffer.from(k.wrapped)]]),
});

const vault = insertSection({
  name: "vault",
  into: "vault",
  columns: [
    ["case_id", "uuid"],
    ["field", "text"],
    ["version", "integer"],
    ["commitment", "text"],
    ["box", "bytea"],
  ],
  rows: ({ vault: rows }) =>
    rows.map(({ caseId, field, version, commitment, box }) => [caseId, field, version, commitment, Buffer.from(box)]),
});

const outbox = insertSection({
  name: "outbox",
  into: "outbox",
  columns: [
    ["message_id", "uuid"],
    ["peer", "text"],
    ["lane", "text"],
    ["conversation", "uuid"],
    ["seq", "integer"],
    ["case_id", "uuid"],
    ["type", "text"],
    ["message", "jsonb"],
  ],
  rows: ({ outbox: messages }) =>
    messages.map((message) => {
      const { id, receiver, lane, conversation, seq, caseId, body } = message;
      return [id, receiver, lane, conversation, seq, caseId, body.type, JSON.stringify(message)];
    }),
});

const timersSet = insertSection({
  name: "timers_set",
  into: "timers",
  columns: [
    ["owner", "text"],
    ["owner_id", "text"],
    ["kind", "text"],
    ["case_id", "uuid"],
    ["due_at", "timestamptz"],
  ],
  rows: ({ timers }) =>
    timersOfOthers(timers).flatMap((timer) =>
      "set" in timer ? [[timer.owner, timer.ownerId, timer.set, timer.caseId, timer.dueAt]] : [],
    ),
  tail: `on conflict (home_region, owner, owner_id, kind) do update
      set case_id = excluded.case_id, due_at = excluded.due_at, lease_until = null`,
});

const timersCancel: CommitSection = {
  name: "timers.cancel",
  values: ({ timers }) => {
    const gone = timersOfOthers(timers).flatMap((timer) => ("cancel" in timer ? [timer] : []));
    if (gone.length === 0) return null;
    return [gone.map(({ owner }) => owner), gone.map(({ ownerId }) => ownerId), gone.map(({ cancel }) => cancel)];
  },
  text: (p) => `timers_cancel as (
    delete from liandong.timers t using unnest(${p(0)}::text[], ${p(1)}::text[], ${p(2)}::text[]) as r(owner, owner_id, kind)
    where t.home_region = $1 and t.owner = r.owner and t.owner_id = r.owner_id and t.kind = r.kind)`,
};

const ASKED_ANEW = "(excluded.level > a.level or coalesce(excluded.dial <> a.dial, false))";

/**
 * A mark that stands is only lifted: its level never falls, and an acknowledgement falls away only when the level
 * rises or another number is to be dialled, so a repeating timer does not ring at somebody who has already answered. It has waited since it was raised and nobody had
 * answered: a further push does not make it younger. @source nmg:2.2.1
 */
const alarmsRaise = insertSection({
  name: "alarms_raise",
  into: "alarms as a",
  columns: [
    ["subject", "text"],
    ["kind", "text"],
    ["case_id", "uuid"],
    ["level", "integer"],
    ["dial", "text"],
    ["audience", "text"],
    ["raised_at", "timestamptz"],
  ],
  rows: ({ alarms }) =>
    lastAlarmChanges(alarms).flatMap((alarm) => {
      if (!("raise" in alarm)) return [];
      const { subject, raise, caseId, level, dial, audience, at } = alarm;
      return [[subject, raise, caseId, level, dial, audience, at]];
    }),
  tail: `on conflict (home_region, subject, kind) do update set
      level = greatest(a.level, excluded.level),
      case_id = coalesce(excluded.case_id, a.case_id),
      dial = coalesce(excluded.dial, a.dial),
      audience = case when excluded.level >= a.level then excluded.audience else a.audience end,
      raised_at = case when ${ASKED_ANEW} and a.acknowledged_at is not null then excluded.raised_at else a.raised_at end,
      acknowledged_at = case when ${ASKED_ANEW} then null else a.acknowledged_at end,
      acknowledged_by = case when ${ASKED_ANEW} then null else a.acknowledged_by end,
      outcome = case when ${ASKED_ANEW} then null else a.outcome end`,
});

const alarmsClear: CommitSection = {
  name: "alarms.clear",
  values: ({ alarms }) => {
    const gone = rowsJson(
      lastAlarmChanges(alarms).flatMap((alarm) =>
        "clear" in alarm ? [{ subject: alarm.subject, kind: alarm.clear, at: alarm.at }] : [],
      ),
    );
    return gone === null ? null : [gone];
  },
  text: (p) => `alarms_gone as (
    delete from liandong.alarms a using jsonb_to_recordset(${p(0)}::jsonb) as r(subject text, kind text, at timestamptz)
    where a.home_region = $1 and a.subject = r.subject and a.kind = r.kind returning a.*, r.at),
  alarms_clear as (
    insert into liandong.alarm_history (home_region, subject, kind, what, at, case_id, level, dial, audience, raised_at, by_user, outcome)
    select home_region, subject, kind, 'cleared', at, case_id, level, dial, audience, raised_at, acknowledged_by, outcome
    from alarms_gone)`,
};

/** A number that must be called is only answered with what came of the call. */
const alarmsAnswer: CommitSection = {
  name: "alarms.answer",
  values: ({ alarms }) => {
    const given = lastAlarmChanges(alarms).flatMap((alarm) =>
      "answer" in alarm ? [{ ...alarm, kind: alarm.answer, by_user: alarm.by }] : [],
    );
    const rows = rowsJson(given);
    return rows === null ? null : [rows, given.length];
  },
  text: (p) => `alarms_answered as (
    update liandong.alarms a set acknowledged_at = r.at, acknowledged_by = r.by_user, outcome = r.outcome
    from jsonb_to_recordset(${p(0)}::jsonb) as r(subject text, kind text, seen timestamptz, by_user text, at timestamptz, outcome text)
    where a.home_region = $1 and a.subject = r.subject and a.kind = r.kind and a.acknowledged_at is not distinct from r.seen
      and (a.dial is null or r.outcome is not null) returning a.*),
  alarms_answer as (
    insert into liandong.alarm_history (home_region, subject, kind, what, at, case_id, level, dial, audience, raised_at, by_user, outcome)
    select home_region, subject, kind, 'acknowledged', acknowledged_at, case_id, level, dial, audience, raised_at, acknowledged_by, outcome
    from alarms_answered)`,
  awaited: { cte: "alarms_answered", guarded: true },
};

const notices = insertSection({
  name: "notices",
  into: "notices",
  columns: [
    ["notice_id", "text"],
    ["case_id", "uuid"],
    ["recipient", "text"],
    ["unit", "text"],
    ["template", "text"],
    ["params", "jsonb"],
  ],
  rows: ({ notices: rows }) =>
    rows.map(({ id, caseId, to, unit, template, params }) => [id, caseId, to, unit, template, JSON.stringify(params)]),
  tail: "on conflict (home_region, notice_id) do nothing",
});

const reads = insertSection({ name: "reads", ...READ_LOG, rows: ({ reads: acts }) => acts.map(valuesOfAct) });

/** Parts that follow from the truth: sealed values, and what must happen next. */
export const EFFECT_SECTIONS: readonly CommitSection[] = [
  caseKey,
  vault,
  outbox,
  timersSet,
  timersCancel,
  alarmsRaise,
  alarmsClear,
  alarmsAnswer,
  notices,
  reads,
];
