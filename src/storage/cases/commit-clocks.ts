import type { Commit, StreamWrite } from "../../app/ports/store.ts";
import type { Instant } from "../../kernel/index.ts";
import { lastTimerChanges } from "../last-change.ts";
import { clockChanges } from "./clock-rows.ts";
import type { CommitSection } from "./commit-section.ts";
import { insertSection } from "./commit-section.ts";

/** When each clock of a commit rings next; null = not any more. A clock that is not named rings as it did. */
function ringing({ timers }: Commit): ReadonlyMap<string, { readonly caseId: string; readonly at: Instant | null }> {
  return new Map(
    lastTimerChanges(timers).flatMap((timer) =>
      timer.owner === "clock"
        ? [[timer.ownerId, { caseId: timer.caseId, at: "set" in timer ? timer.dueAt : null }] as const]
        : [],
    ),
  );
}

function clocks(commit: Commit, isNew: boolean): readonly StreamWrite[] {
  return commit.streams.filter(({ kind, expectedVersion }) => kind === "clock" && (expectedVersion === 0) === isNew);
}

const clocksNew = insertSection({
  name: "clocks_new",
  into: "clocks",
  columns: [
    ["clock_id", "uuid"],
    ["case_id", "uuid"],
    ["version", "integer"],
    ["ring_at", "timestamptz"],
    ["state", "jsonb"],
  ],
  rows: (commit) => {
    const rings = ringing(commit);
    return clocks(commit, true).map(({ id, caseId, events, state }) => {
      const changes = JSON.stringify(clockChanges(state, events));
      return [id, caseId, events.length, rings.get(id)?.at ?? null, changes];
    });
  },
});

const clocksSet: CommitSection = {
  name: "clocks.set",
  values: (commit) => {
    const rows = clocks(commit, false);
    if (rows.length === 0) return null;
    const rings = ringing(commit);
    return [
      rows.map(({ id }) => id),
      rows.map(({ caseId }) => caseId),
      rows.map(({ expectedVersion }) => expectedVersion),
      rows.map(({ expectedVersion, events }) => expectedVersion + events.length),
      rows.map(({ state, events }) => JSON.stringify(clockChanges(state, events))),
      rows.map(({ id }) => rings.has(id)),
      rows.map(({ id }) => rings.get(id)?.at ?? null),
      rows.length,
    ];
  },
  text: (p) => `clocks_set as (
    update liandong.clocks d set version = r.version, state = d.state || r.state::jsonb,
      ring_at = case when r.moved then r.ring_at else d.ring_at end,
      lease_until = case when r.moved then null else d.lease_until end
    from unnest(${p(0)}::uuid[], ${p(1)}::uuid[], ${p(2)}::integer[], ${p(3)}::integer[], ${p(4)}::text[], ${p(5)}::boolean[],
      ${p(6)}::timestamptz[]) as r(id, case_id, before, version, state, moved, ring_at)
    where d.home_region = $1 and d.case_id = r.case_id and d.clock_id = r.id and d.version = r.before returning 1)`,
  awaited: { cte: "clocks_set", guarded: true },
};

/** Timers of clocks that did not change: one that fired early, or late, or for a clock that cannot be read. */
const clocksRing: CommitSection = {
  name: "clocks.ring",
  values: (commit) => {
    const written = new Set(commit.streams.map(({ id }) => id));
    const rows = [...ringing(commit)].filter(([id]) => !written.has(id));
    if (rows.length === 0) return null;
    return [rows.map(([id]) => id), rows.map(([, { caseId }]) => caseId), rows.map(([, { at }]) => at)];
  },
  text: (p) => `clocks_ring as (
    update liandong.clocks d set ring_at = r.ring_at, lease_until = null
    from unnest(${p(0)}::uuid[], ${p(1)}::uuid[], ${p(2)}::timestamptz[]) as r(id, case_id, ring_at)
    where d.home_region = $1 and d.case_id = r.case_id and d.clock_id = r.id)`,
};

/** Clocks and their timers: a clock's row is its timer. */
export const CLOCK_SECTIONS: readonly CommitSection[] = [clocksNew, clocksSet, clocksRing];
