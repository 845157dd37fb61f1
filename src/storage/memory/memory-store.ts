import type { Accounts } from "../../app/ports/accounts.ts";
import type { Clock } from "../../app/ports/clock.ts";
import type { PeerStore } from "../../app/ports/directory.ts";
import type { OutboxPort } from "../../app/ports/outbox.ts";
import type { DeadLetterDesk, Queries } from "../../app/ports/queries.ts";
import type { ReadLog, ReadLogRow } from "../../app/ports/read-log.ts";
import type { CaseStore, InboxStore, TimerStore } from "../../app/ports/store.ts";
import type { RegionCode } from "../../kernel/index.ts";
import type { NoticeStore } from "../ledger/notices.ts";
import { memoryAccounts, memoryPeers } from "./accounts.ts";
import { memoryCaseStore } from "./case-store.ts";
import { memoryInbox, memoryOutbox } from "./messages.ts";
import { memoryNotices, memoryReadLog } from "./notices.ts";
import { memoryDeadLetterDesk, memoryQueries } from "./queries.ts";
import { emptyState } from "./state.ts";
import { memoryTimers } from "./timers.ts";

/** The stores of one node. */
export type Stores = {
  readonly cases: CaseStore;
  readonly queries: Queries;
  readonly inbox: InboxStore;
  readonly outbox: OutboxPort;
  readonly timers: TimerStore;
  readonly notices: NoticeStore;
  readonly deadLetterDesk: DeadLetterDesk;
  readonly readLog: ReadLog;
  readonly accounts: Accounts;
  readonly peers: PeerStore;
};

/**
 * All stores of one node in memory, for simulations and for tests of use cases: passes the same conformance suite as
 * PostgreSQL, knows no time but the given clock, and does the same on every run. `reads` is the read log, open to tests.
 */
export function createMemoryStores(home: RegionCode, clock: Clock): Stores & { readonly reads: readonly ReadLogRow[] } {
  const state = emptyState(home, clock);
  return {
    cases: memoryCaseStore(state),
    queries: memoryQueries(state),
    inbox: memoryInbox(state),
    outbox: memoryOutbox(state),
    timers: memoryTimers(state),
    notices: memoryNotices(state),
    deadLetterDesk: memoryDeadLetterDesk(state),
    readLog: memoryReadLog(state.reads),
    accounts: memoryAccounts(),
    peers: memoryPeers(),
    reads: state.reads,
  };
}
