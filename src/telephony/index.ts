/**
 * Joins voice to requests. Decides how a number gets dialled. Refuses to know who must be called and when: the core raises the task,
 * with the number, in the same commit as its cause, and reads what a person says came of the call.
 * Serves nmg:2.2.1 and the duty phones of yn:3.3.
 */
export { createByHandPhone } from "./by-hand.ts";
