import { Pool, types as standardTypes } from "pg";
import type { PoolConfig } from "pg";
import { isUrgent } from "../app/ports/urgency.ts";
import type { Instant, RegionCode } from "../kernel/index.ts";
import { instantOf } from "../kernel/index.ts";
import { keepWarm } from "./warm-pool.ts";

/** The connections to one node's database and the region all its big rows belong to. */
export type Store = {
  /** Ask for it at every use: work on a danger gets reserved connections when no other is free at once. */
  readonly pool: Pool;
  /** First column of every big key. A node has one; a commit for another region is a programmer's mistake. */
  readonly home: RegionCode;
  /** Connects the reserve now, so that it is there when the server takes nobody any more; from then on it stays so by itself. */
  readonly warmReserve: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type StoreOptions = {
  readonly home: RegionCode;
  /** Most connections of this process besides the reserve; 10 serve a desk node. */
  readonly max?: number;
  /** Told when a connection breaks (the server restarted, or ended a transaction that stood still); the pool replaces it by itself. */
  readonly onIdleError?: (error: Error) => void;
};

const TIMESTAMPTZ = 1184;

/**
 * How values come out: timestamptz as Instant text whatever the session's time zone; int8 and xid8 as text, because a
 * JavaScript number would round the large ones in silence. Everything else as the driver does it.
 */
const types = {
  getTypeParser(oid: number, format?: "text" | "binary"): (value: string) => unknown {
    const standard: (value: string) => unknown = standardTypes.getTypeParser(oid, format ?? "text");
    if (oid !== TIMESTAMPTZ) return standard;
    return (value): Instant => {
      const parsed = standard(value);
      if (!(parsed instanceof Date)) throw new Error(`a timestamp outside the calendar: ${value}`);
      return instantOf(parsed.getTime());
    };
  },
};

/**
 * What every connection of a node tells the server at its start. Every statement is written for one plan whatever its values, by
 * index, and planned once a connection: planning anew for each call cost more than most calls themselves. Without the second word a
 * plan made on the empty tables of a new node would read them from end to end while they grow. The test of the plans looks at
 * exactly these; the doctor asks whether they arrive.
 */
export const SESSION_SETTINGS = {
  plan_cache_mode: "force_generic_plan",
  enable_seqscan: "off",
  jit: "off",
} as const;

/** Pool settings shared by everything that connects: how long to wait, and the parsers above. */
export function poolSettings(url: string, max = 10): PoolConfig {
  return {
    connectionString: url,
    max,
    types,
    application_name: "liandong",
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    options: Object.entries(SESSION_SETTINGS)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(" "),
  };
}

/** Connections that only work on a danger may take (P3). They are few: each is held for milliseconds. @source nmg:2.2.1 */
export const RESERVED_CONNECTIONS = 4;

/** Opens the pools; nothing connects before the first query. */
export function openStore(url: string, options: StoreOptions): Store {
  const settings = poolSettings(url, options.max);
  const pool = new Pool(settings);
  const reserve = new Pool({ ...settings, max: RESERVED_CONNECTIONS, idleTimeoutMillis: 0 });
  // Without a listener a restart of the server would end this process.
  for (const each of [pool, reserve]) {
    each.on("error", (error) => options.onIdleError?.(error));
    // One that is lent out is not the pool's to listen to: a machine that stood still comes back to transactions the server has ended.
    each.on("connect", (client) => client.on("error", (error) => options.onIdleError?.(error)));
  }
  const warmth = keepWarm(reserve, RESERVED_CONNECTIONS);
  return {
    get pool() {
      return isUrgent() && !isFree(pool) && !warmth.isCold() ? reserve : pool;
    },
    home: options.home,
    warmReserve: warmth.warm,
    close: async () => {
      warmth.stop();
      await Promise.all([pool.end(), reserve.end()]);
    },
  };
}

/**
 * Whoever asks now gets an open connection at once. That our own pool may still open one does not count: the server may take
 * nobody any more, and a danger does not find out by trying.
 */
function isFree(pool: Pool): boolean {
  return pool.idleCount > pool.waitingCount;
}
