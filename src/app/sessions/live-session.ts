import { hash } from "node:crypto";
import type { Actor } from "../../core/access/index.ts";
import { epochMs, plusMs } from "../../kernel/index.ts";
import type { Instant } from "../../kernel/index.ts";
import type { Accounts, Session, User } from "../ports/accounts.ts";
import type { Clock } from "../ports/clock.ts";

/** A session and whose it is. */
export type LiveSession = { readonly session: Session; readonly user: User };

/** The account behind a request to this node: permission, and what the logs name it by. */
export type ActingUser = Actor & {
  readonly sessionHash: string;
  readonly displayName: string;
  readonly onDuty: boolean;
};

/** How long a session lives. All in milliseconds. */
export type SessionPolicy = {
  /** Without any request: one shift. */
  readonly idleMs: number;
  /** However busy. */
  readonly absoluteMs: number;
  /** A request within this time of the last noted one is not noted again. */
  readonly touchMs: number;
  /** A looked-up session is believed for so long: another process's log-out takes effect after it at the latest. */
  readonly cacheMs: number;
};

/** One shift idle, two shifts at most, whatever happens. */
export const SESSION_POLICY: SessionPolicy = {
  idleMs: 12 * 3_600_000,
  absoluteMs: 24 * 3_600_000,
  touchMs: 60_000,
  cacheMs: 2_000,
};

const REMEMBERED = 10_000;

/** Only this hash of a session id is ever stored: who reads the table cannot act. */
export function sessionHash(sessionId: string): string {
  return hash("sm3", sessionId, "hex");
}

/** The account as permission and logs see it. */
export function actingUser(live: LiveSession): ActingUser {
  const { user, session } = live;
  return {
    id: user.id,
    roles: user.roles,
    regions: user.regions,
    unit: user.unit,
    displayName: user.displayName,
    sessionHash: session.idHash,
    onDuty: session.onDuty,
  };
}

/** When a session ends if nobody asks anything after `seenAt`. */
export function sessionEnd(createdAt: Instant, seenAt: Instant, policy: SessionPolicy): Instant {
  const idle = plusMs(seenAt, policy.idleMs);
  const absolute = plusMs(createdAt, policy.absoluteMs);
  return idle < absolute ? idle : absolute;
}

export type SessionLookUp = {
  /** The live session of this id, or null: unknown, ended, or of an account that is no longer active. */
  readonly find: (sessionId: string) => Promise<LiveSession | null>;
  readonly findByHash: (idHash: string) => Promise<LiveSession | null>;
  /** Forgets what was looked up. */
  readonly forget: (idHash: string) => void;
};

/** Looks sessions up, at most once in `cacheMs`, and notes that they are in use, at most once in `touchMs`. */
export function createSessionLookUp(accounts: Accounts, clock: Clock, policy: SessionPolicy): SessionLookUp {
  const cache = new Map<string, { readonly at: number; readonly live: Promise<LiveSession | null> }>();

  async function load(idHash: string): Promise<LiveSession | null> {
    const found = await accounts.findSession(idHash);
    const now = clock.now();
    if (found === null || !found.user.active || found.session.expiresAt <= now) return null;
    return found;
  }

  function cached(idHash: string): Promise<LiveSession | null> {
    const now = epochMs(clock.now());
    const hit = cache.get(idHash);
    if (hit !== undefined && Math.abs(now - hit.at) < policy.cacheMs) return hit.live;
    const live = load(idHash);
    cache.delete(idHash);
    cache.set(idHash, { at: now, live });
    live.catch(() => cache.delete(idHash));
    const oldest = cache.size > REMEMBERED ? cache.keys().next() : null;
    if (oldest !== null && oldest.done !== true) cache.delete(oldest.value);
    return live;
  }

  async function findByHash(idHash: string): Promise<LiveSession | null> {
    const live = await cached(idHash);
    return live === null || live.session.expiresAt <= clock.now() ? null : live;
  }

  return {
    findByHash,
    find: async (sessionId) => {
      const idHash = sessionHash(sessionId);
      const live = await findByHash(idHash);
      if (live === null) return null;
      const now = clock.now();
      if (epochMs(now) - epochMs(live.session.seenAt) < policy.touchMs) return live;
      const expiresAt = sessionEnd(live.session.createdAt, now, policy);
      const seen = { ...live, session: { ...live.session, seenAt: now, expiresAt } };
      cache.set(idHash, { at: epochMs(now), live: Promise.resolve(seen) });
      await accounts.touchSession(idHash, now, expiresAt);
      return seen;
    },
    forget: (idHash) => {
      cache.delete(idHash);
    },
  };
}
