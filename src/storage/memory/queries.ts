import type {
  AlarmCount,
  AlarmRow,
  DeadLetter,
  DeadLetterDesk,
  Page,
  Queries,
  QueuedCase,
  QueueFilter,
} from "../../app/ports/queries.ts";
import { CLOCK_ALARMS, DECISION_ALARMS } from "../../core/file/index.ts";
import type { CaseIndex } from "../../app/ports/store.ts";
import type { RegionCode } from "../../kernel/index.ts";
import { decodeCursor, decodePageCursor, encodeCursor } from "../cursor.ts";
import { regionPrefix } from "../queries/regions.ts";
import type { QueueView } from "../queries/views.ts";
import { COUNT_CAP, VIEW_TESTS } from "../queries/views.ts";
import { memoryAwaited, memoryPeerFigures } from "./peer-figures.ts";
import type { MemoryState } from "./state.ts";

function inRegions(place: string | null, regions: readonly (RegionCode | string)[] | null): boolean {
  return regions === null || regions.some((region) => place?.startsWith(regionPrefix(region)) === true);
}

/** The newest hand-over of the ordinary part, and what the other desk added to any of them that is unread here. */
function handOverOf(state: MemoryState, caseId: CaseIndex["caseId"]): Pick<QueuedCase, "handOver" | "unread"> {
  const rows = [...state.linkages.values()].filter((row) => row.caseId === caseId && row.state.part === "ordinary");
  const own = rows.map((row) => row.state).sort((a, b) => (a.openedAt > b.openedAt ? -1 : 1));
  const unread = own
    .filter(({ state: stage }) => stage !== "handedBack")
    .reduce((sum, { additionsReceived = 0, additionsRead = 0 }) => sum + additionsReceived - additionsRead, 0);
  const [newest] = own;
  return { handOver: newest === undefined ? null : { role: newest.role, state: newest.state }, unread };
}

/** Whether a hand-over of this desk was given back and waits for its word. */
function returnedHere(state: MemoryState, caseId: CaseIndex["caseId"]): boolean {
  return [...state.linkages.values()].some(
    (row) => row.caseId === caseId && row.state.role === "S" && row.state.state === "returned",
  );
}

function fits(state: MemoryState, index: CaseIndex, filter: QueueFilter): boolean {
  return (
    VIEW_TESTS[filter.view](index, returnedHere(state, index.caseId)) &&
    (filter.status === null || filter.status.includes(index.status)) &&
    (filter.item === null || filter.item === index.item) &&
    (filter.place === null || inRegions(index.place, [filter.place])) &&
    (filter.unit === null || index.units.includes(filter.unit)) &&
    (filter.phoneIndex === null || filter.phoneIndex === index.phoneIndex) &&
    (index.place === null || inRegions(index.place, filter.regions))
  );
}

/** A page of rows sorted newest first by (instant, id). */
function page<T>(
  rows: readonly T[],
  keyOfRow: (row: T) => readonly [string, string],
  cursor: string | null,
  limit: number,
): Page<T> {
  const text = (row: T): string => keyOfRow(row).join(" ");
  const after = decodePageCursor(cursor)?.join(" ") ?? null;
  const rest = rows.filter((row) => after === null || text(row) < after).sort((a, b) => (text(a) > text(b) ? -1 : 1));
  const last = rest[limit - 1];
  return {
    rows: rest.slice(0, limit),
    next: rest.length > limit && last !== undefined ? encodeCursor(keyOfRow(last)) : null,
  };
}

function countViews(state: MemoryState, regions: readonly RegionCode[] | null): Readonly<Record<QueueView, number>> {
  const seen = [...state.cases.values()].filter(({ index }) => index.place === null || inRegions(index.place, regions));
  const count = (view: QueueView): number =>
    Math.min(COUNT_CAP, seen.filter(({ index }) => VIEW_TESTS[view](index, returnedHere(state, index.caseId))).length);
  return {
    mine: count("mine"),
    incoming: count("incoming"),
    returned: count("returned"),
    theirs: count("theirs"),
    danger: count("danger"),
    closed: count("closed"),
    all: count("all"),
  };
}

/** The index keeps the place as text, as the table does. */
function placeOf(place: string | null): RegionCode | null {
  return place === null ? null : (place as RegionCode);
}

function deadLetters(state: MemoryState): readonly DeadLetter[] {
  const out = [...state.outbox.values()]
    .filter(({ status }) => status === "dead")
    .map((row) => ({
      row: row.message,
      direction: "out" as const,
      peer: row.message.receiver,
      error: row.code,
      attempts: row.attempts,
      since: row.endedAt ?? row.insertedAt,
    }));
  const kept = [...state.kept.values()]
    .filter(
      ({ status, attempts, message }) =>
        status === "dead" || (status === "failed" && attempts > 0 && message.lane === "urgent"),
    )
    .map((row) => ({
      row: row.message,
      direction: "in" as const,
      peer: row.message.sender,
      error: row.error,
      attempts: row.attempts,
      since: row.receivedAt,
    }));
  return [...out, ...kept]
    .sort((a, b) => (a.since > b.since ? -1 : 1))
    .map(({ row, direction, peer, error, attempts, since }) => ({
      messageId: row.id,
      direction,
      peer,
      lane: row.lane,
      conversation: row.conversation,
      type: row.body.type,
      caseId: row.caseId,
      error: error ?? "",
      attempts,
      since,
    }));
}

/** What screens read, over the rows in memory. */
export function memoryQueries(state: MemoryState): Queries {
  return {
    queue: async (filter) => {
      const rows = [...state.cases.values()].filter(({ index }) => fits(state, index, filter));
      const found = page(rows, ({ index }) => [index.registeredAt, index.caseId], filter.cursor, filter.limit);
      return {
        rows: found.rows.map((row) => ({
          index: row.index,
          case: row.state,
          wrappedKey: state.keys.get(row.index.caseId) ?? null,
          ...handOverOf(state, row.index.caseId),
        })),
        next: found.next,
      };
    },
    queueCounts: async (regions) => countViews(state, regions),
    unitOrders: async (unit, open, cursor, limit) => {
      const rows = [...state.orders.values()].flatMap(({ state: order, caseId }) => {
        const file = state.cases.get(caseId);
        const wanted = order.unit === unit && (order.endedAt === null) === open;
        if (!wanted || file === undefined) return [];
        const clocks = [...state.clocks.values()].map((row) => row.state).filter(({ subject }) => subject === order.id);
        return [{ order, clocks, case: file.state, wrappedKey: state.keys.get(caseId) ?? null }];
      });
      return page(rows, ({ order }) => [order.dispatchedAt, order.id], cursor, limit);
    },
    alarms: async (audiences, regions = null) =>
      alarmsFor(state, audiences).filter(
        (row) => row.place === null || !isClockMark(row) || inRegions(row.place, regions),
      ),
    alarmsOf: async (audiences, subject) => alarmsFor(state, audiences).filter((row) => row.subject === subject),
    feed: async (cursor, limit) => {
      const [place] = (cursor === null ? null : decodeCursor(cursor, 1)) ?? [String(state.events.length)];
      const rows = state.events.slice(Number(place), Number(place) + limit).map((event) => ({
        cursor: encodeCursor([String(event.position)]),
        caseId: event.caseId,
        requestNo: state.cases.get(event.caseId)?.index.requestNo ?? null,
        stream: event.kind,
        streamId: event.streamId,
        type: event.type,
        at: event.at,
        place: placeOf(state.cases.get(event.caseId)?.index.place ?? null),
        units: [...new Set(standing(state, event).map(({ state: order }) => order.unit))],
      }));
      return { rows, cursor: rows.at(-1)?.cursor ?? encodeCursor([place ?? "0"]) };
    },
    deadLetters: async () => deadLetters(state),
    awaitedHandOvers: async (cursor, limit) => memoryAwaited(state, cursor, limit),
    peerFigures: (since) => memoryPeerFigures(state, since),
    alarmCounts: async () => countAlarms(state),
  };
}

function alarmsFor(state: MemoryState, audiences: readonly AlarmRow["audience"][]): readonly AlarmRow[] {
  return [...state.alarms.values()]
    .filter(({ audience }) => audiences.includes(audience))
    .sort((a, b) => rank(a) - rank(b) || inOrder(a, b))
    .map((alarm) => {
      const index = alarm.caseId === null ? undefined : state.cases.get(alarm.caseId)?.index;
      return {
        ...alarm,
        ...missingHalf(state, alarm),
        ...ringsWhom(state, alarm),
        requestNo: index?.requestNo ?? null,
        place: placeOf(index?.place ?? null),
      };
    });
}

function countAlarms(state: MemoryState): readonly AlarmCount[] {
  const counts = new Map<string, AlarmCount>();
  for (const { kind, level } of state.alarms.values()) {
    const key = `${kind} ${level}`;
    counts.set(key, { kind, level, of: (counts.get(key)?.of ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => (a.kind === b.kind ? a.level - b.level : a.kind < b.kind ? -1 : 1));
}

function rank({ kind }: Pick<AlarmRow, "kind">): number {
  if (DECISION_ALARMS.some((one) => one === kind)) return 1;
  return isClockMark({ kind }) ? 2 : 0;
}

function isClockMark({ kind }: Pick<AlarmRow, "kind">): boolean {
  return CLOCK_ALARMS.some((one) => one === kind);
}

/** Of one rank: decisions the oldest first, the others the worst and of these the newest first. */
function inOrder(a: Ranked, b: Ranked): number {
  if (rank(a) === 1) return a.raisedAt < b.raisedAt ? -1 : 1;
  return b.level - a.level || (a.raisedAt > b.raisedAt ? -1 : 1);
}

type Ranked = Pick<AlarmRow, "kind" | "level" | "raisedAt">;

/** Orders that a frame is for: those that stand, and the one it tells of. */
function standing(state: MemoryState, { caseId, streamId }: { readonly caseId: string; readonly streamId: string }) {
  return [...state.orders.values()].filter(
    (row) => row.caseId === caseId && (row.state.status !== "recalled" || row.state.id === streamId),
  );
}

function missingHalf(
  state: MemoryState,
  { kind, caseId }: Pick<AlarmRow, "kind" | "caseId">,
): Pick<AlarmRow, "missing"> {
  const owed = kind === "completionOwed" && caseId !== null ? state.cases.get(caseId)?.state.completion : null;
  return owed === null || owed === undefined ? {} : { missing: owed.missing };
}

function ringsWhom(state: MemoryState, { kind, subject }: Pick<AlarmRow, "kind" | "subject">): Pick<AlarmRow, "rings"> {
  const clock = [...state.clocks.values()].find((row) => row.state.id === subject)?.state;
  const rings = kind === "notTakenUp" ? clock?.rung.at(-1)?.unit : undefined;
  return rings === undefined ? {} : { rings };
}

export function memoryDeadLetterDesk(state: MemoryState): DeadLetterDesk {
  const again = { attempts: 0, leaseUntil: null, retryAt: null } as const;
  return {
    retry: async (messageId, direction) => {
      const sent = state.outbox.get(messageId);
      const kept = state.kept.get(messageId);
      if (direction === "out" && sent?.status === "dead") {
        state.outbox.set(messageId, { ...sent, ...again, status: "pending", endedAt: null });
        return true;
      }
      if (direction === "in" && (kept?.status === "dead" || (kept?.status === "failed" && kept.attempts > 0))) {
        state.kept.set(messageId, { ...kept, ...again, status: "failed" });
        return true;
      }
      return false;
    },
  };
}
