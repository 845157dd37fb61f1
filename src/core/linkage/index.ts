/**
 * Linkage (对接事项): one hand-over of one part of a request between two nodes.
 * Decides what a command, message, receipt or timer does to every linkage of a request at this node, as tables read by
 * one engine; refuses only commands, never a message and never a push. Knows nothing of carriers, stores, clocks, names
 * or texts. Serves nmg:2.2.1, nmg:2.2.2, nmg:a3, nmg:a4, yn:3.1, yn:3.2.
 */
export * from "./allowed.ts";
export * from "./command.ts";
export * from "./context.ts";
export * from "./decide.ts";
export * from "./event.ts";
export * from "./evolve.ts";
export * from "./grant.ts";
export * from "./linkage.ts";
export * from "./message.ts";
export * from "./unread.ts";
export * from "./refusal.ts";
export type { Row } from "./row.ts";
export { LINKAGE_RULES, LINKAGE_TABLES, rulesOf } from "./rules.ts";
export type { LinkageRules, LinkageTables } from "./rules.ts";
export { RESTING, STANDING } from "./standing-table.ts";
export type { StandingAct, StandingActor } from "./standing-table.ts";
export * from "./standing.ts";
export * from "./talk.ts";
export { TIMERS } from "./timer-table.ts";
export type { LinkageEffect, LinkageTrigger } from "./work.ts";
