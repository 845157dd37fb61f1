import { AsyncLocalStorage } from "node:async_hooks";
import type { Lane } from "./outbox.ts";

const lane = new AsyncLocalStorage<"urgent">();

/**
 * Runs the work of a danger: whatever it awaits may use the capacity that is kept free for it (database connections,
 * signatures). Ordinary load can fill everything else. @source nmg:2.2.1
 */
export function urgently<T>(work: () => T): T {
  return lane.run("urgent", work);
}

/** Runs work that is no danger's, whoever caused it: also what it sets off later (a timer, a promise) has no reserved capacity. */
export function ordinarily<T>(work: () => T): T {
  return lane.exit(work);
}

/** What belongs to an urgent message runs with reserved capacity, all else never, also when a danger set it off. @source nmg:2.2.1 */
export function inLaneOf<T>(of: Lane, work: () => T): T {
  return of === "urgent" ? urgently(work) : ordinarily(work);
}

/** Whether the caller works on a danger now. */
export function isUrgent(): boolean {
  return lane.getStore() === "urgent";
}

/** The same work, always in the urgent lane: for the few small things that every danger passes through. */
export function alwaysUrgent<A extends readonly unknown[], T>(work: (...args: A) => T): (...args: A) => T {
  return (...args) => urgently(() => work(...args));
}
