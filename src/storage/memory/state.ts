import type { Clock } from "../../app/ports/clock.ts";
import type { Clock as LimitClock } from "../../core/clock/index.ts";
import type { Lane } from "../../app/ports/outbox.ts";
import type { AlarmRow } from "../../app/ports/queries.ts";
import type { ReadLogRow } from "../../app/ports/read-log.ts";
import type {
  CaseIndex,
  CommandRecord,
  DueTimer,
  InboxRow,
  NoticeRow,
  StoredEvent,
  StreamKind,
  VaultRow,
  TimelineRow,
} from "../../app/ports/store.ts";
import type { Case } from "../../core/case/index.ts";
import type { Linkage, LinkageMessage } from "../../core/linkage/index.ts";
import type { Order } from "../../core/order/index.ts";
import { plusMs } from "../../kernel/index.ts";
import type { CaseId, Instant, NodeCode, RegionCode } from "../../kernel/index.ts";
import { TURNED_BACK_SECONDS } from "../free-again.ts";

export type MemoryEvent = StoredEvent & {
  readonly position: number;
  readonly kind: StreamKind;
  readonly streamId: string;
  readonly version: number;
  readonly caseId: CaseId;
};

export type MemoryOutboxRow = {
  readonly message: LinkageMessage;
  readonly insertedAt: Instant;
  readonly status: "pending" | "dead";
  readonly attempts: number;
  readonly leaseUntil: Instant | null;
  readonly retryAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly code: string | null;
};

export type MemoryReceipt = { readonly id: string; readonly peer: NodeCode; readonly lane: Lane; readonly ms: number };

export type MemoryKeptRow = {
  readonly message: LinkageMessage;
  readonly enclosure: unknown;
  readonly receivedAt: Instant;
  readonly status: "waiting" | "failed" | "dead";
  readonly error: string | null;
  readonly attempts: number;
  readonly leaseUntil: Instant | null;
  readonly retryAt: Instant | null;
};

export type MemoryTimer = DueTimer & { readonly leaseUntil: Instant | null };

export type MemoryAlarm = Omit<AlarmRow, "requestNo" | "place"> & { readonly outcome: string | null };

export type MemoryNotice = {
  readonly notice: NoticeRow;
  readonly status: "pending" | "sent" | "failed";
  readonly attempts: number;
  readonly leaseUntil: Instant | null;
  readonly retryAt: Instant | null;
  readonly error: string | null;
  readonly endedAt: Instant | null;
};

/** All rows of one node. Rows are replaced, never changed in place; maps keep the order of insertion. */
export type MemoryState = {
  readonly home: RegionCode;
  readonly clock: Clock;
  readonly events: MemoryEvent[];
  readonly cases: Map<string, { readonly state: Case; readonly version: number; readonly index: CaseIndex }>;
  readonly linkages: Map<string, { readonly state: Linkage; readonly version: number; readonly caseId: CaseId }>;
  readonly orders: Map<string, { readonly state: Order; readonly version: number; readonly caseId: CaseId }>;
  readonly clocks: Map<string, { readonly state: LimitClock; readonly version: number; readonly caseId: CaseId }>;
  readonly keys: Map<string, Uint8Array>;
  readonly vault: Map<string, VaultRow>;
  readonly outbox: Map<string, MemoryOutboxRow>;
  /** (conversation, sequence) of everything ever sent. */
  readonly said: Set<string>;
  /** How long the last receipts took, oldest first: the rows themselves are gone by then. */
  readonly receipts: MemoryReceipt[];
  readonly inbox: Map<string, InboxRow>;
  readonly kept: Map<string, MemoryKeptRow>;
  readonly timers: Map<string, MemoryTimer>;
  readonly alarms: Map<string, MemoryAlarm>;
  readonly notices: Map<string, MemoryNotice>;
  readonly commands: Map<string, CommandRecord>;
  readonly serials: Map<string, number>;
  readonly reads: ReadLogRow[];
};

export function emptyState(home: RegionCode, clock: Clock): MemoryState {
  return {
    home,
    clock,
    events: [],
    cases: new Map(),
    linkages: new Map(),
    orders: new Map(),
    clocks: new Map(),
    keys: new Map(),
    vault: new Map(),
    outbox: new Map(),
    said: new Set(),
    receipts: [],
    inbox: new Map(),
    kept: new Map(),
    timers: new Map(),
    alarms: new Map(),
    notices: new Map(),
    commands: new Map(),
    serials: new Map(),
    reads: [],
  };
}

/** One text for several parts of a key. */
export function keyOf(...parts: readonly (string | number)[]): string {
  return JSON.stringify(parts);
}

/** What a row looks like after it was written as JSON and read back; the caller's object stays the caller's. */
export function parseStored<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** The instant is over, or so far ahead that the clock must have been set back. Instants are compared as text: all have the same form. */
export function isOver(at: Instant | null, now: Instant): boolean {
  return at === null || at <= now || at > plusMs(now, TURNED_BACK_SECONDS * 1_000);
}

/** Not leased and not waiting for its next try at `now`. */
export function isFree(
  row: { readonly leaseUntil: Instant | null; readonly retryAt: Instant | null },
  now: Instant,
): boolean {
  return isOver(row.leaseUntil, now) && isOver(row.retryAt, now);
}

/** The events of one request as a history shows them. */
export function eventsOf(state: MemoryState, caseId: CaseId): readonly TimelineRow[] {
  return state.events
    .filter((event) => event.caseId === caseId)
    .map(({ at, position, kind, streamId, version, type, typeVersion, body }) => ({
      at,
      position: String(position),
      stream: kind,
      streamId,
      version,
      type,
      typeVersion,
      body,
    }));
}
