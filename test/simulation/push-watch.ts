import type { World } from "./world.ts";

/**
 * Rounds and time in which a push must reach the other log once both nodes run and the wires are good (P3). The time is that
 * of a clock set back by less than the store can tell from a long lease; without one it takes seconds.
 */
const ROUNDS = 12;
const MS = 150_000;

/** Watches every push until the other node holds it. */
export type PushWatch = {
  readonly look: () => void /** Most good rounds any push needed. */;
  readonly slowest: () => number;
};

export function createPushWatch(world: World): PushWatch {
  const { witness, calm } = world;
  const waiting = new Map<string, { readonly ms: number; readonly rounds: number }>();
  let slowest = 0;
  return {
    look: () => {
      for (const message of witness.sent()) {
        if (message.body.type !== "push") continue;
        const since = waiting.get(message.id);
        if (since === undefined) {
          waiting.set(message.id, { ms: world.now(), rounds: calm.rounds });
          continue;
        }
        if (since.rounds < 0) continue;
        const before = since.ms >= calm.sinceMs ? since.rounds : 0;
        const rounds = calm.rounds - before;
        if (witness.consumed(message.receiver).has(message.id)) {
          waiting.set(message.id, { ms: since.ms, rounds: -1 });
          slowest = Math.max(slowest, rounds);
        } else if (rounds > ROUNDS && world.now() - Math.max(since.ms, calm.sinceMs) > MS) {
          witness.broken("P3", `a push waits ${rounds} good rounds for ${message.receiver}`);
          waiting.set(message.id, { ms: since.ms, rounds: -1 });
        }
      }
    },
    slowest: () => slowest,
  };
}
