import type { Wake } from "../../app/ports/clock.ts";

type Topic = Parameters<Wake["wake"]>[0];

/** Hints within one process. Other processes of the node find out by their polls. */
export type Wakes = Wake & { readonly listen: (topic: Topic, listener: () => void) => () => void };

export function createWakes(): Wakes {
  const listeners: Record<Topic, Set<() => void>> = {
    feed: new Set(),
    outbox: new Set(),
    timers: new Set(),
    letters: new Set(),
    alarms: new Set(),
  };
  return {
    wake: (topic) => {
      for (const listener of listeners[topic]) listener();
    },
    listen: (topic, listener) => {
      listeners[topic].add(listener);
      return () => listeners[topic].delete(listener);
    },
  };
}
