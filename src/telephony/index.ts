/**
 * Joins voice to requests. Decides how a number gets dialled and what a person must say of a call before its red task ends.
 * Refuses to know who must be called and when: the core raises the task, with the number, in the same commit as its cause.
 * Serves nmg:2.2.1 and the duty phones of yn:3.3.
 */
export { createByHandPhone, formatCallOutcome, parseCallOutcome } from "./by-hand.ts";
export type { CallOutcome, CallOutcomeRefusal } from "./by-hand.ts";
