import type { ReadLog, ReadLogRow } from "../../app/ports/read-log.ts";
import { plusMs } from "../../kernel/index.ts";
import type { NoticeStore } from "../ledger/notices.ts";
import type { MemoryState } from "./state.ts";
import { isFree } from "./state.ts";

/** Messages to people, under a lease. */
export function memoryNotices(state: MemoryState): NoticeStore {
  return {
    claim: async (limit, leaseMs) => {
      const now = state.clock.now();
      return [...state.notices.values()]
        .filter((row) => row.status === "pending" && isFree(row, now))
        .slice(0, limit)
        .map((row) => {
          state.notices.set(row.notice.id, { ...row, attempts: row.attempts + 1, leaseUntil: plusMs(now, leaseMs) });
          return { notice: row.notice, attempts: row.attempts };
        });
    },
    sent: async (id, at) => {
      const row = state.notices.get(id);
      if (row !== undefined)
        state.notices.set(id, { ...row, status: "sent", error: null, leaseUntil: null, retryAt: null, endedAt: at });
    },
    failed: async (id, error, retryAt) => {
      const row = state.notices.get(id);
      if (row === undefined || row.status === "sent") return;
      const status = retryAt === null ? "failed" : "pending";
      state.notices.set(id, {
        ...row,
        status,
        error,
        retryAt,
        leaseUntil: null,
        endedAt: retryAt === null ? state.clock.now() : null,
      });
    },
    failures: async (limit) =>
      [...state.notices.values()]
        .filter(({ status }) => status === "failed")
        .toReversed()
        .slice(0, limit)
        .map((row) => ({
          notice: row.notice,
          attempts: row.attempts,
          error: row.error ?? "",
          since: row.endedAt ?? state.clock.now(),
        })),
  };
}

/** The read log as a list that tests can look into. */
export function memoryReadLog(rows: ReadLogRow[]): ReadLog {
  return {
    write: async (more) => {
      rows.push(...more);
    },
  };
}
