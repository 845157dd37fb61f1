import { Pool, types as standardTypes } from "pg";
import type { PoolConfig } from "pg";
import type { Instant, RegionCode } from "../kernel/index.ts";
import { instantOf } from "../kernel/index.ts";

/** A connection pool to one node's database and the region all its big rows belong to. */
export type Store = {
  readonly pool: Pool;
  /** First column of every big key. A node has one; a commit for another region is a programmer's mistake. */
  readonly home: RegionCode;
  readonly close: () => Promise<void>;
};

export type StoreOptions = {
  readonly home: RegionCode;
  /** Most connections of this process; 10 serve a desk node. */
  readonly max?: number;
  /** Told when an idle connection breaks (the server restarted); the pool replaces it by itself. */
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
  };
}

/** Opens a pool; nothing connects before the first query. */
export function openStore(url: string, options: StoreOptions): Store {
  const pool = new Pool(poolSettings(url, options.max));
  // Without a listener a restart of the server would end this process.
  pool.on("error", (error) => options.onIdleError?.(error));
  return { pool, home: options.home, close: () => pool.end() };
}
