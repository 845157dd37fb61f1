import type { Lane, OutboxBacklog, OutboxEntry, OutboxPort, ReceiptedEntry } from "../../app/ports/outbox.ts";
import type { LinkageMessage } from "../../core/linkage/index.ts";
import { type Instant, type MessageId, type NodeCode, plusMs } from "../../kernel/index.ts";

type Row = {
  readonly message: LinkageMessage;
  attempts: number;
  /** Free from this instant on; null = from the beginning. */
  freeAt: Instant | null;
  error: string | null;
  dead: string | null;
};

/** An outbox that lives as long as the process: for tests and the simulation. */
export type MemoryOutbox = OutboxPort & {
  /** Messages in the order they were committed. */
  readonly commit: (messages: readonly LinkageMessage[]) => void;
  /** What receipts said, in the order they came. */
  readonly receipts: () => readonly ReceiptedEntry[];
  readonly deadLetters: () => readonly { readonly id: MessageId; readonly code: string }[];
  /** A person's retry of a dead letter. */
  readonly revive: (id: MessageId) => void;
  /** Errors of the messages that wait, by id. */
  readonly errors: () => ReadonlyMap<MessageId, string>;
};

/** `onReceipt` runs inside `receipted`, where a database would fold the receipt. */
export function createMemoryOutbox(
  clock: { readonly now: () => Instant },
  onReceipt: (entry: ReceiptedEntry) => void = () => undefined,
): MemoryOutbox {
  const rows = new Map<MessageId, Row>();
  const receipts: ReceiptedEntry[] = [];

  function isFree(row: Row, peer: NodeCode, lane: Lane): boolean {
    const { message, freeAt, dead } = row;
    const due = freeAt === null || freeAt <= clock.now();
    return dead === null && due && message.receiver === peer && message.lane === lane;
  }

  function claim(peer: NodeCode, lane: Lane, limit: number, leaseMs: number): readonly OutboxEntry[] {
    const claimed: OutboxEntry[] = [];
    for (const [id, row] of rows) {
      if (claimed.length >= limit) break;
      if (!isFree(row, peer, lane)) continue;
      row.freeAt = plusMs(clock.now(), leaseMs);
      claimed.push({ id, peer, lane, message: row.message, attempts: row.attempts });
    }
    return claimed;
  }

  function backlog(): readonly OutboxBacklog[] {
    const lines = new Map<string, OutboxBacklog>();
    for (const { message, dead } of rows.values()) {
      const { receiver: peer, lane, issuedAt } = message;
      const line = lines.get(`${peer} ${lane}`) ?? { peer, lane, waiting: 0, oldestAt: null, dead: 0 };
      const isOldest = dead === null && (line.oldestAt === null || issuedAt < line.oldestAt);
      lines.set(`${peer} ${lane}`, {
        ...line,
        waiting: line.waiting + (dead === null ? 1 : 0),
        oldestAt: isOldest ? issuedAt : line.oldestAt,
        dead: line.dead + (dead === null ? 0 : 1),
      });
    }
    return [...lines.values()];
  }

  return {
    commit: (messages) => {
      for (const message of messages) {
        rows.set(message.id, { message, attempts: 0, freeAt: null, error: null, dead: null });
      }
    },
    claim: async (peer, lane, limit, leaseMs) => claim(peer, lane, limit, leaseMs),
    receipted: async (entries) => {
      for (const entry of entries) {
        if (!rows.delete(entry.id)) continue;
        receipts.push(entry);
        onReceipt(entry);
      }
    },
    release: async (ids, retryAt, error) => {
      for (const row of ids.map((id) => rows.get(id))) {
        if (row === undefined) continue;
        row.attempts++;
        row.freeAt = retryAt;
        row.error = error;
      }
    },
    bury: async (id, code) => {
      const row = rows.get(id);
      if (row !== undefined) row.dead = code;
    },
    backlog: async () => backlog(),
    receipts: () => receipts,
    deadLetters: () => [...rows].flatMap(([id, row]) => (row.dead === null ? [] : [{ id, code: row.dead }])),
    revive: (id) => {
      const row = rows.get(id);
      if (row !== undefined) Object.assign(row, { dead: null, freeAt: null, attempts: 0 });
    },
    errors: () => new Map([...rows].flatMap(([id, row]) => (row.error === null ? [] : [[id, row.error]]))),
  };
}
