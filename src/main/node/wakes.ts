import type { Wake } from "../../app/ports/clock.ts";
import { ordinarily } from "../../app/ports/urgency.ts";

type Topic = Parameters<Wake["wake"]>[0];

/**
 * Hints within one process. Other processes of the node find out by their polls. Whoever is woken does not work for the one who
 * woke it: a danger wakes ordinary lanes too, and they must not go on with its reserved capacity.
 */
export type Wakes = Wake & { readonly listen: (topic: Topic, listener: () => void) => () => void };

export function createWakes(): Wakes {
  const listeners: Record<Topic, Set<() => void>> = {
    feed: new Set(),
    outbox: new Set(),
    timers: new Set(),
    letters: new Set(),
    alarms: new Set(),
    catalogue: new Set(),
  };
  return {
    wake: (topic) => {
      ordinarily(() => {
        for (const listener of listeners[topic]) listener();
      });
    },
    listen: (topic, listener) => {
      listeners[topic].add(listener);
      return () => listeners[topic].delete(listener);
    },
  };
}
