/**
 * Decides what one use case does from end to end: find, permit, seal, decide by the pure rules, write in one step, wake who waits.
 * Refuses to know which database, carrier, clock, switch or screen serves it: those are its ports.
 * Serves the promises of the linkage at run time. @source nmg:2.2.1 @source nmg:2.3.1 @source nmg:2.3.2
 */
export * from "./command-input.ts";
export * from "./consume-unread.ts";
export * from "./deps.ts";
export * from "./enclose.ts";
export * from "./find-target.ts";
export * from "./fire-timer.ts";
export * from "./fold-receipt.ts";
export * from "./give-command.ts";
export * from "./ports/clock.ts";
export * from "./ports/keys.ts";
export * from "./ports/outbox.ts";
export * from "./ports/queries.ts";
export * from "./ports/read-log.ts";
export * from "./ports/store.ts";
export { SILENT_CLOCK_EVENTS } from "./present/timeline-view.ts";
export * from "./read-requests.ts";
export * from "./receive-message.ts";
export * from "./request-numbers.ts";
export * from "./translate.ts";
export * from "./watch-cover.ts";
