import type { OutboxBacklog, OutboxPort } from "../../app/ports/outbox.ts";
import type { InboxStore } from "../../app/ports/store.ts";
import { msBetween, plusMs } from "../../kernel/index.ts";
import type { MemoryKeptRow, MemoryOutboxRow, MemoryState } from "./state.ts";
import { isFree, parseStored } from "./state.ts";

function change<Row>(rows: Map<string, Row>, id: string, make: (row: Row) => Row): void {
  const row = rows.get(id);
  if (row !== undefined) rows.set(id, make(row));
}

const AT_REST = { leaseUntil: null, retryAt: null } as const;

/** Pending rows of the lane, conversation by conversation in the order of their heads, each cut at the first row held back. */
function claimable(state: MemoryState, peer: string, lane: string): readonly MemoryOutboxRow[] {
  const now = state.clock.now();
  const conversations = new Map<string, MemoryOutboxRow[]>();
  for (const row of state.outbox.values()) {
    if (row.status !== "pending") continue;
    conversations.set(row.message.conversation, [...(conversations.get(row.message.conversation) ?? []), row]);
  }
  return [...conversations.values()].flatMap((rows) => {
    rows.sort((a, b) => a.message.seq - b.message.seq);
    const held = rows.findIndex(({ message }, n) => {
      const row = rows[n];
      return row === undefined || message.receiver !== peer || message.lane !== lane || !isFree(row, now);
    });
    return held === -1 ? rows : rows.slice(0, held);
  });
}

/** So many receipts are remembered for the figures of a peer. */
const MOST_RECEIPTS = 1_000;

function noteReceipt({ receipts, clock }: MemoryState, { message, insertedAt }: MemoryOutboxRow): void {
  const ms = Math.max(0, msBetween(insertedAt, clock.now()));
  receipts.push({ id: message.id, peer: message.receiver, lane: message.lane, ms });
  if (receipts.length > MOST_RECEIPTS) receipts.shift();
}

/** Messages on their way out; leases run by the clock given to the store. */
export function memoryOutbox(state: MemoryState): OutboxPort {
  return {
    claim: async (peer, lane, limit, leaseMs) =>
      claimable(state, peer, lane)
        .slice(0, limit)
        .map((row) => {
          const leaseUntil = plusMs(state.clock.now(), leaseMs);
          state.outbox.set(row.message.id, { ...row, leaseUntil, attempts: row.attempts + 1 });
          return { id: row.message.id, peer, lane, message: row.message, attempts: row.attempts };
        }),
    receipted: async (entries) => {
      // Nothing in memory reads what the peer holds, and long simulations must not drag it along.
      for (const { id } of entries) {
        const row = state.outbox.get(id);
        if (row !== undefined) noteReceipt(state, row);
        state.outbox.delete(id);
      }
    },
    release: async (ids, retryAt, error) => {
      for (const id of ids) {
        change(state.outbox, id, (row) =>
          row.status === "pending" ? { ...row, leaseUntil: null, retryAt, code: error } : row,
        );
      }
    },
    bury: async (id, code) => {
      change(state.outbox, id, (row): MemoryOutboxRow => {
        const endedAt = state.clock.now();
        return row.status === "pending" ? { ...row, ...AT_REST, status: "dead", code, endedAt } : row;
      });
    },
    backlog: async () => {
      const lanes = new Map<string, OutboxBacklog>();
      for (const { message, status, insertedAt } of state.outbox.values()) {
        const key = `${message.receiver} ${message.lane}`;
        const old = lanes.get(key) ?? {
          peer: message.receiver,
          lane: message.lane,
          waiting: 0,
          oldestAt: null,
          dead: 0,
        };
        if (status === "dead") lanes.set(key, { ...old, dead: old.dead + 1 });
        else lanes.set(key, { ...old, waiting: old.waiting + 1, oldestAt: old.oldestAt ?? insertedAt });
      }
      return [...lanes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, lane]) => lane);
    },
  };
}

function byArrival(a: MemoryKeptRow, b: MemoryKeptRow): number {
  if (a.receivedAt === b.receivedAt) return a.message.seq - b.message.seq;
  return a.receivedAt < b.receivedAt ? -1 : 1;
}

/** Waits only because nobody has looked since the message before it was consumed. */
function isNext(state: MemoryState, { message, status }: MemoryKeptRow): boolean {
  if (status !== "waiting") return false;
  const { conversation, sender, seq } = message;
  return [...state.inbox.values()].some(
    (row) => row.conversation === conversation && row.sender === sender && row.seq === seq - 1,
  );
}

/** Messages that wait for their turn or failed to fold. */
export function memoryInbox(state: MemoryState): InboxStore {
  return {
    find: async (id) => {
      if (state.inbox.has(id)) return { status: "applied" };
      const row = state.kept.get(id);
      return row === undefined ? null : { status: row.status };
    },
    keep: async ({ message, enclosure, receivedAt, status, error }) => {
      if (state.inbox.has(message.id)) return;
      const old = state.kept.get(message.id);
      if (old?.status === "dead") return;
      const fresh = {
        message: parseStored(message),
        enclosure: parseStored(enclosure ?? null),
        receivedAt,
        attempts: 0,
        retryAt: null,
      };
      state.kept.set(message.id, { ...(old ?? fresh), status, error, leaseUntil: null });
    },
    nextWaiting: async (conversation, sender, seq) => {
      const row = [...state.kept.values()]
        .filter(
          ({ message: m, status }) =>
            m.conversation === conversation && m.sender === sender && m.seq === seq && status !== "dead",
        )
        .sort(byArrival)[0];
      return row === undefined ? null : { message: row.message, enclosure: row.enclosure };
    },
    claimFailed: async (limit, leaseMs, lane) => {
      const now = state.clock.now();
      return [...state.kept.values()]
        .filter((row) => (row.status === "failed" || isNext(state, row)) && isFree(row, now))
        .filter((row) => lane === undefined || row.message.lane === lane)
        .sort(byArrival)
        .slice(0, limit)
        .map((row) => {
          state.kept.set(row.message.id, { ...row, leaseUntil: plusMs(now, leaseMs), attempts: row.attempts + 1 });
          return { message: row.message, enclosure: row.enclosure, attempts: row.attempts + 1 };
        });
    },
    markFailed: async (id, error, retryAt) => {
      change(state.kept, id, (row): MemoryKeptRow => {
        const status = retryAt === null ? "dead" : "failed";
        return { ...row, status, error, retryAt, leaseUntil: null };
      });
    },
  };
}
