import { lastAlarmChanges, lastTimerChanges } from "../last-change.ts";
import type { CommitSection } from "./commit-section.ts";
import { rowsOnly } from "./commit-section.ts";

const caseKey: CommitSection = {
  name: "key",
  values: ({ caseKey: k }) => (k === null ? null : [k.caseId, Buffer.from(k.wrapped)]),
  text: (p) => `case_key as (
    insert into liandong.case_keys (home_region, case_id, wrapped) values ($1, ${p(0)}, ${p(1)}) returning 1)`,
  cte: "case_key",
  guarded: false,
};

const vault: CommitSection = {
  name: "vault",
  values: ({ vault: rows }) =>
    rows.length === 0
      ? null
      : [
          rows.map((row) => row.caseId),
          rows.map((row) => row.field),
          rows.map((row) => row.version),
          rows.map((row) => row.commitment),
          rows.map((row) => Buffer.from(row.box)),
        ],
  text: (p) => `vault as (
    insert into liandong.vault (home_region, case_id, field, version, commitment, box)
    select $1, r.* from unnest(${p(0)}::uuid[], ${p(1)}::text[], ${p(2)}::integer[], ${p(3)}::text[], ${p(4)}::bytea[]) as r
    returning 1)`,
  cte: "vault",
  guarded: false,
};

const outbox: CommitSection = {
  name: "outbox",
  values: ({ outbox: messages }) =>
    rowsOnly(
      messages.map((message) => ({
        message_id: message.id,
        peer: message.receiver,
        lane: message.lane,
        conversation: message.conversation,
        seq: message.seq,
        case_id: message.caseId,
        type: message.body.type,
        message,
      })),
    ),
  text: (p) => `outbox as (
    insert into liandong.outbox (home_region, message_id, peer, lane, conversation, seq, case_id, type, message)
    select $1, r.* from jsonb_to_recordset(${p(0)}::jsonb) as r(message_id uuid, peer text, lane text, conversation uuid,
      seq integer, case_id uuid, type text, message jsonb) returning 1)`,
  cte: "outbox",
  guarded: false,
};

const timersSet: CommitSection = {
  name: "timers.set",
  values: ({ timers }) =>
    rowsOnly(
      lastTimerChanges(timers).flatMap((timer) =>
        "set" in timer
          ? [
              {
                owner: timer.owner,
                owner_id: timer.ownerId,
                kind: timer.set,
                case_id: timer.caseId,
                due_at: timer.dueAt,
              },
            ]
          : [],
      ),
    ),
  text: (p) => `timers_set as (
    insert into liandong.timers (home_region, owner, owner_id, kind, case_id, due_at)
    select $1, r.* from jsonb_to_recordset(${p(0)}::jsonb) as r(owner text, owner_id text, kind text, case_id uuid, due_at timestamptz)
    on conflict (home_region, owner, owner_id, kind) do update
      set case_id = excluded.case_id, due_at = excluded.due_at, lease_until = null returning 1)`,
  cte: "timers_set",
  guarded: false,
};

const timersCancel: CommitSection = {
  name: "timers.cancel",
  values: ({ timers }) => {
    const gone = lastTimerChanges(timers).flatMap((timer) => ("cancel" in timer ? [timer] : []));
    if (gone.length === 0) return null;
    return [gone.map(({ owner }) => owner), gone.map(({ ownerId }) => ownerId), gone.map(({ cancel }) => cancel)];
  },
  text: (p) => `timers_cancel as (
    delete from liandong.timers t using unnest(${p(0)}::text[], ${p(1)}::text[], ${p(2)}::text[]) as r(owner, owner_id, kind)
    where t.home_region = $1 and t.owner = r.owner and t.owner_id = r.owner_id and t.kind = r.kind returning 1)`,
  cte: "timers_cancel",
  guarded: false,
};

/**
 * A mark that stands is only lifted: its level never falls, and an acknowledgement falls away only when the level
 * rises, so a repeating timer does not ring at somebody who has already answered. It has waited since it was raised and nobody had
 * answered: a further push does not make it younger. @source nmg:2.2.1
 */
const alarmsRaise: CommitSection = {
  name: "alarms.raise",
  values: ({ alarms }) =>
    rowsOnly(
      lastAlarmChanges(alarms).flatMap((alarm) =>
        "raise" in alarm
          ? [
              {
                subject: alarm.subject,
                kind: alarm.raise,
                case_id: alarm.caseId,
                level: alarm.level,
                dial: alarm.dial,
                audience: alarm.audience,
                at: alarm.at,
              },
            ]
          : [],
      ),
    ),
  text: (p) => `alarms_raise as (
    insert into liandong.alarms as a (home_region, subject, kind, case_id, level, dial, audience, raised_at)
    select $1, r.* from jsonb_to_recordset(${p(0)}::jsonb) as r(subject text, kind text, case_id uuid, level integer, dial text,
      audience text, at timestamptz)
    on conflict (home_region, subject, kind) do update set
      level = greatest(a.level, excluded.level),
      case_id = coalesce(excluded.case_id, a.case_id),
      dial = coalesce(excluded.dial, a.dial),
      audience = case when excluded.level >= a.level then excluded.audience else a.audience end,
      raised_at = case when excluded.level > a.level and a.acknowledged_at is not null then excluded.raised_at else a.raised_at end,
      acknowledged_at = case when excluded.level > a.level then null else a.acknowledged_at end,
      acknowledged_by = case when excluded.level > a.level then null else a.acknowledged_by end,
      outcome = case when excluded.level > a.level then null else a.outcome end
    returning 1)`,
  cte: "alarms_raise",
  guarded: false,
};

const alarmsClear: CommitSection = {
  name: "alarms.clear",
  values: ({ alarms }) =>
    rowsOnly(
      lastAlarmChanges(alarms).flatMap((alarm) =>
        "clear" in alarm ? [{ subject: alarm.subject, kind: alarm.clear, at: alarm.at }] : [],
      ),
    ),
  text: (p) => `alarms_gone as (
    delete from liandong.alarms a using jsonb_to_recordset(${p(0)}::jsonb) as r(subject text, kind text, at timestamptz)
    where a.home_region = $1 and a.subject = r.subject and a.kind = r.kind returning a.*, r.at),
  alarms_clear as (
    insert into liandong.alarm_history (home_region, subject, kind, what, at, case_id, level, dial, audience, raised_at, by_user, outcome)
    select home_region, subject, kind, 'cleared', at, case_id, level, dial, audience, raised_at, acknowledged_by, outcome
    from alarms_gone returning 1)`,
  cte: "alarms_clear",
  guarded: false,
};

const notices: CommitSection = {
  name: "notices",
  values: ({ notices: rows }) =>
    rowsOnly(
      rows.map((row) => ({
        notice_id: row.id,
        case_id: row.caseId,
        recipient: row.to,
        unit: row.unit,
        template: row.template,
        params: row.params,
      })),
    ),
  text: (p) => `notices as (
    insert into liandong.notices (home_region, notice_id, case_id, recipient, unit, template, params)
    select $1, r.* from jsonb_to_recordset(${p(0)}::jsonb) as r(notice_id text, case_id uuid, recipient text, unit text,
      template text, params jsonb)
    on conflict (home_region, notice_id) do nothing returning 1)`,
  cte: "notices",
  guarded: false,
};

/** Parts that follow from the truth: sealed values, and what must happen next. */
export const EFFECT_SECTIONS: readonly CommitSection[] = [
  caseKey,
  vault,
  outbox,
  timersSet,
  timersCancel,
  alarmsRaise,
  alarmsClear,
  notices,
];
