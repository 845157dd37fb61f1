import type { CaseIndex, Commit, StreamWrite } from "../../app/ports/store.ts";
import { versionedEvents } from "./check-commit.ts";
import type { CommitSection } from "./commit-section.ts";
import { insertSection } from "./commit-section.ts";
import { orderColumns } from "./parse.ts";

/** The idempotency record; comes first, so that a repeated command is a duplicate and never a conflict. */
const command = insertSection({
  name: "command",
  into: "commands",
  columns: [
    ["command_id", "uuid"],
    ["user_id", "text"],
    ["digest", "text"],
    ["answer", "jsonb"],
    ["at", "timestamptz"],
  ],
  rows: ({ command: c }) => (c === null ? [] : [[c.id, c.user, c.digest, JSON.stringify(c.answer ?? null), c.at]]),
  first: true,
});

/** The consumed message; a second delivery of it breaks inbox_pkey. */
const inbox: CommitSection = {
  name: "inbox",
  values: ({ inbox: i }) =>
    i === null
      ? null
      : [i.messageId, i.conversation, i.sender, i.seq, i.receivedAt, i.noted, JSON.stringify(i.message)],
  text: (p) => `inbox as (
    insert into liandong.inbox (home_region, message_id, conversation, sender, seq, received_at, noted, message)
    values ($1, ${p(0)}, ${p(1)}, ${p(2)}, ${p(3)}, ${p(4)}, ${p(5)}, ${p(6)}::jsonb) returning 1),
  kept as (delete from liandong.inbox_kept where home_region = $1 and message_id = ${p(0)})`,
  awaited: { cte: "inbox", guarded: false },
};

/** How many events the commit adds: the file version before it is index.fileVersion less these. */
function added({ streams }: Commit): number {
  return versionedEvents(streams);
}

function caseStream(commit: Commit): StreamWrite | null {
  return commit.streams.find(({ kind }) => kind === "case") ?? null;
}

function indexValues(i: CaseIndex): readonly unknown[] {
  return [
    i.caseId,
    i.fileVersion,
    i.status,
    i.responsible,
    i.dangerOpen,
    i.danger,
    i.item,
    i.place,
    i.peer,
    i.units,
    i.phoneIndex,
    i.changedAt,
    i.due === null ? null : JSON.stringify(i.due),
  ];
}

/** A request this node did not have. */
const caseNew = insertSection({
  name: "file_new",
  into: "cases",
  columns: [
    ["case_id", "uuid"],
    ["file_version", "integer"],
    ["status", "text"],
    ["responsible", "boolean"],
    ["danger_open", "boolean"],
    ["danger", "boolean"],
    ["item", "text"],
    ["place", "text"],
    ["peer", "text"],
    ["units", "text[]"],
    ["phone_index", "text"],
    ["changed_at", "timestamptz"],
    ["due", "jsonb"],
    ["version", "integer"],
    ["state", "jsonb"],
    ["request_no", "text"],
    ["registered_at", "timestamptz"],
  ],
  rows: (commit) => {
    const stream = caseStream(commit);
    if (stream === null || stream.expectedVersion !== 0 || commit.index === null) return [];
    const { requestNo, registeredAt } = commit.index;
    const state = JSON.stringify(stream.state);
    return [[...indexValues(commit.index), stream.events.length, state, requestNo, registeredAt]];
  },
});

const setIndex = (p: (index: number) => string): string => `
    file_version = ${p(1)}, status = ${p(2)}, responsible = ${p(3)}, danger_open = ${p(4)}, danger = ${p(5)}, item = ${p(6)},
    place = ${p(7)}, peer = ${p(8)}, units = ${p(9)}, phone_index = ${p(10)}, changed_at = ${p(11)}, due = ${p(12)}::jsonb`;

/** The row of a known request whose own stream grew. */
const caseSet: CommitSection = {
  name: "case.set",
  values: (commit) => {
    const stream = caseStream(commit);
    if (stream === null || stream.expectedVersion === 0 || commit.index === null) return null;
    const { expectedVersion: before, events, state } = stream;
    const fileBefore = commit.index.fileVersion - added(commit);
    return [...indexValues(commit.index), before + events.length, JSON.stringify(state), before, fileBefore, 1];
  },
  text: (p) => `file as (
    update liandong.cases set ${setIndex(p)}, version = ${p(13)}, state = ${p(14)}::jsonb
    where home_region = $1 and case_id = ${p(0)} and version = ${p(15)} and file_version = ${p(16)} returning 1)`,
  awaited: { cte: "file", guarded: true },
};

/**
 * The row of a request of which only linkages or orders changed. The index is derived from the whole file, so two
 * writers of different streams of one request must not both succeed from the same reading: file_version decides.
 */
const caseIndex: CommitSection = {
  name: "case.index",
  values: (commit) => {
    if (commit.index === null || caseStream(commit) !== null) return null;
    return [...indexValues(commit.index), commit.index.fileVersion - added(commit), 1];
  },
  text: (p) => `file as (
    update liandong.cases set ${setIndex(p)}
    where home_region = $1 and case_id = ${p(0)} and file_version = ${p(13)} returning 1)`,
  awaited: { cte: "file", guarded: true },
};

const events = insertSection({
  name: "events",
  into: "events",
  columns: [
    ["stream_id", "uuid"],
    ["stream_kind", "text"],
    ["version", "integer"],
    ["case_id", "uuid"],
    ["type", "text"],
    ["type_version", "smallint"],
    ["at", "timestamptz"],
    ["body", "jsonb"],
  ],
  rows: ({ streams }) =>
    streams.flatMap(({ kind, id, caseId, expectedVersion, events: added }) =>
      added.map(({ type, typeVersion, at, body }, n) => {
        return [id, kind, expectedVersion + n + 1, caseId, type, typeVersion, at, JSON.stringify(body ?? null)];
      }),
    ),
});

type StateRow = {
  readonly id: string;
  readonly caseId: string;
  readonly before: number;
  readonly version: number;
  readonly state: unknown;
};

function stateRows(commit: Commit, kind: "linkage" | "order", isNew: boolean): readonly StateRow[] {
  return commit.streams
    .filter((stream) => stream.kind === kind && (stream.expectedVersion === 0) === isNew)
    .map((stream) => ({
      id: stream.id,
      caseId: stream.caseId,
      before: stream.expectedVersion,
      version: stream.expectedVersion + stream.events.length,
      state: stream.state,
    }));
}

/**
 * Known rows go in as arrays, not as one jsonb: the planner sees how long an array is, but takes every jsonb for a hundred
 * rows and would read a table of some ten thousand from end to end.
 */
function stateArrays(rows: readonly StateRow[]): readonly unknown[] {
  return [
    rows.map(({ id }) => id),
    rows.map(({ before }) => before),
    rows.map(({ version }) => version),
    rows.map(({ state }) => JSON.stringify(state)),
  ];
}

const linkagesNew = insertSection({
  name: "linkages_new",
  into: "linkages",
  columns: [
    ["linkage_id", "uuid"],
    ["case_id", "uuid"],
    ["version", "integer"],
    ["state", "jsonb"],
  ],
  rows: (commit) =>
    stateRows(commit, "linkage", true).map(({ id, caseId, version, state }) => [
      id,
      caseId,
      version,
      JSON.stringify(state),
    ]),
});

const linkagesSet: CommitSection = {
  name: "linkages.set",
  values: (commit) => {
    const rows = stateRows(commit, "linkage", false);
    return rows.length === 0 ? null : [...stateArrays(rows), rows.length];
  },
  text: (p) => `linkages_set as (
    update liandong.linkages l set version = r.version, state = r.state::jsonb
    from unnest(${p(0)}::uuid[], ${p(1)}::integer[], ${p(2)}::integer[], ${p(3)}::text[]) as r(id, before, version, state)
    where l.home_region = $1 and l.linkage_id = r.id and l.version = r.before returning 1)`,
  awaited: { cte: "linkages_set", guarded: true },
};

const ordersNew = insertSection({
  name: "orders_new",
  into: "orders",
  columns: [
    ["order_id", "uuid"],
    ["case_id", "uuid"],
    ["version", "integer"],
    ["unit", "text"],
    ["open", "boolean"],
    ["dispatched_at", "timestamptz"],
    ["state", "jsonb"],
  ],
  rows: (commit) =>
    stateRows(commit, "order", true).map(({ id, caseId, version, state }) => {
      const { unit, open, dispatchedAt } = orderColumns(state);
      return [id, caseId, version, unit, open, dispatchedAt, JSON.stringify(state)];
    }),
});

const ordersSet: CommitSection = {
  name: "orders.set",
  values: (commit) => {
    const rows = stateRows(commit, "order", false);
    if (rows.length === 0) return null;
    const columns = rows.map(({ state }) => orderColumns(state));
    return [...stateArrays(rows), columns.map(({ unit }) => unit), columns.map(({ open }) => open), rows.length];
  },
  text: (p) => `orders_set as (
    update liandong.orders o set version = r.version, state = r.state::jsonb, unit = r.unit, open = r.open
    from unnest(${p(0)}::uuid[], ${p(1)}::integer[], ${p(2)}::integer[], ${p(3)}::text[], ${p(4)}::text[], ${p(5)}::boolean[])
      as r(id, before, version, state, unit, open)
    where o.home_region = $1 and o.order_id = r.id and o.version = r.before returning 1)`,
  awaited: { cte: "orders_set", guarded: true },
};

/** Parts that are the truth, in the order in which they are carried out. */
export const TRUTH_SECTIONS: readonly CommitSection[] = [
  command,
  inbox,
  caseNew,
  caseSet,
  caseIndex,
  events,
  linkagesNew,
  linkagesSet,
  ordersNew,
  ordersSet,
];
