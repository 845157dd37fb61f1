import type { Queries } from "../../app/ports/queries.ts";
import type { Store } from "../open-store.ts";
import { alarms, alarmsOf } from "./alarms.ts";
import { awaitedHandOvers } from "./awaited.ts";
import { deadLetters } from "./dead-letters.ts";
import { disputed } from "./disputed.ts";
import { feed } from "./feed.ts";
import { alarmCounts, peerFigures } from "./peer-figures.ts";
import { queueCounts } from "./queue-counts.ts";
import { queue } from "./queue.ts";
import { unitOrders } from "./unit-orders.ts";

/** Everything screens read, in PostgreSQL. */
export function createQueries(store: Store): Queries {
  return {
    queue: (filter) => queue(store, filter),
    queueCounts: (regions) => queueCounts(store, regions),
    unitOrders: (unit, open, cursor, limit) => unitOrders(store, unit, open, cursor, limit),
    alarms: (audiences, regions) => alarms(store, audiences, regions),
    alarmsOf: (audiences, subject) => alarmsOf(store, audiences, subject),
    feed: (cursor, limit) => feed(store, cursor, limit),
    deadLetters: () => deadLetters(store),
    awaitedHandOvers: (cursor, limit) => awaitedHandOvers(store, cursor, limit),
    disputed: (since) => disputed(store, since),
    peerFigures: (since) => peerFigures(store, since),
    alarmCounts: () => alarmCounts(store),
  };
}
