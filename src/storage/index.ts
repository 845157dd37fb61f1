/**
 * Keeps what use cases decided: PostgreSQL (any server from 15 on) and, for tests and simulations, the same in memory.
 * Decides nothing about requests; refuses to know what a state means beyond the columns it is found by.
 * Serves the promise "never lost": one statement a use case, everything or nothing.
 */
export { createCaseStore } from "./cases/case-store.ts";
export { createInbox } from "./exchange-rows/inbox.ts";
export { createEvidence } from "./exchange-rows/evidence.ts";
export type { EvidenceRow } from "./exchange-rows/evidence.ts";
export { createOutbox } from "./exchange-rows/outbox.ts";
export { createSentMessages } from "./exchange-rows/sent-messages.ts";
export { freeLeases } from "./free-leases.ts";
export { grantApp } from "./grants.ts";
export * from "./ledger/notices.ts";
export { createReadLog } from "./ledger/read-log.ts";
export { canonicalJson, eventDigest, nextLink } from "./ledger/seal-digest.ts";
export type { SealedEvent } from "./ledger/seal-digest.ts";
export * from "./ledger/sealer.ts";
export { createTimers } from "./ledger/timers.ts";
export * from "./ledger/verify-chain.ts";
export * from "./memory/memory-store.ts";
export * from "./migrate.ts";
export * from "./open-store.ts";
export { createDeadLetterDesk } from "./queries/dead-letters.ts";
export { createQueries } from "./queries/queries.ts";
export { createAccounts } from "./records/accounts.ts";
export { createCatalogueApprovals } from "./records/catalogue-approvals.ts";
export type { CatalogueApprovalStore, KeptApproval } from "./records/catalogue-approvals.ts";
export * from "./records/catalogue-versions.ts";
export { createCatalogueWanted } from "./records/catalogue-wanted.ts";
export type { CatalogueWantedStore, WantedProblem, WantedVersion } from "./records/catalogue-wanted.ts";
export { createPeers } from "./records/peers.ts";
export * from "./records/units.ts";
export { schemaDump } from "./schema-dump.ts";
export { createStores } from "./stores.ts";
export { isBusy, isUnavailable } from "./unavailable.ts";
export { createConsultations } from "./records/consultations.ts";
export type { ConsultationRow, ConsultationStore } from "./records/consultations.ts";
