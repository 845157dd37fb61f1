import { createCaseStore } from "./cases/case-store.ts";
import { createInbox } from "./exchange-rows/inbox.ts";
import { createOutbox } from "./exchange-rows/outbox.ts";
import { createNotices } from "./ledger/notices.ts";
import { createReadLog } from "./ledger/read-log.ts";
import { createTimers } from "./ledger/timers.ts";
import type { Stores } from "./memory/memory-store.ts";
import type { Store } from "./open-store.ts";
import { createDeadLetterDesk } from "./queries/dead-letters.ts";
import { createQueries } from "./queries/queries.ts";
import { createAccounts } from "./records/accounts.ts";
import { createPeers } from "./records/peers.ts";

/** All stores of one node in PostgreSQL. */
export function createStores(store: Store): Stores {
  return {
    cases: createCaseStore(store),
    queries: createQueries(store),
    inbox: createInbox(store),
    outbox: createOutbox(store),
    timers: createTimers(store),
    notices: createNotices(store),
    deadLetterDesk: createDeadLetterDesk(store),
    readLog: createReadLog(store),
    accounts: createAccounts(store),
    peers: createPeers(store),
  };
}
