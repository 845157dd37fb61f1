import { epochMs, err, ok } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";
import type { Accounts, User } from "../ports/accounts.ts";
import type { Clock, Ids } from "../ports/clock.ts";
import { sessionEnd, sessionHash } from "./live-session.ts";
import type { LiveSession, SessionPolicy } from "./live-session.ts";
import { createLockout } from "./lockout.ts";
import type { LockoutPolicy } from "./lockout.ts";
import { checkPassword, hashPassword, PASSWORD_COST, unknownLoginHash } from "./password.ts";
import type { ScryptCost } from "./password.ts";
import { createGate } from "./queue-gate.ts";

export type LogInRefusal =
  /** Unknown login, wrong password, inactive account: one answer for all, and the same time to give it. */
  | { readonly code: "LOGIN_FAILED" }
  | { readonly code: "LOCKED_OUT"; readonly retryAfterSeconds: number }
  | { readonly code: "BUSY" };

export type LogInInput = {
  readonly login: string;
  readonly password: string;
  /** Network address of the seat. */
  readonly address: string;
};

/** `sessionId` goes into the cookie and is known to nobody else afterwards. */
export type LoggedIn = LiveSession & { readonly sessionId: string };

export type LogIn = (input: LogInInput) => Promise<Result<LoggedIn, LogInRefusal>>;

export type LogInDeps = {
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly policy: SessionPolicy;
  readonly allowDemoUsers: boolean;
  readonly cost?: ScryptCost;
};

/** The fifth wrong password in a row costs 30 s, each further one the double: 1 min, … 15 min. */
export const LOGIN_LOCKOUT: LockoutPolicy = {
  free: 5,
  firstMs: 30_000,
  maxMs: 900_000,
  forgetMs: 3_600_000,
  capacity: 50_000,
};
/** A whole desk may stand behind one address. */
export const ADDRESS_LOCKOUT: LockoutPolicy = { ...LOGIN_LOCKOUT, free: 30 };

/**
 * Opens a session for who knows the password.
 * A seat from which this login succeeded before is counted by itself: who guesses from elsewhere cannot lock a duty officer out.
 * Errors: LOGIN_FAILED, LOCKED_OUT (with the seconds to wait), BUSY.
 * @source nmg:2.3.2
 */
export function createLogIn(deps: LogInDeps): LogIn {
  const cost = deps.cost ?? PASSWORD_COST;
  const nobody = unknownLoginHash(deps.ids.random(16), cost);
  const logins = createLockout(LOGIN_LOCKOUT);
  const addresses = createLockout(ADDRESS_LOCKOUT);
  const gate = createGate(2, 64);
  const familiar = new Set<string>();

  async function rightUser(input: LogInInput): Promise<User | null> {
    const account = await deps.accounts.findByLogin(input.login);
    const check = await checkPassword(input.password, account?.passwordHash ?? nobody, cost);
    if (account === null || !check.right || !account.user.active) return null;
    if (account.user.demo && !deps.allowDemoUsers) return null;
    if (check.weak) {
      const stronger = await hashPassword(input.password, deps.ids.random(16), cost);
      await deps.accounts.saveUser(account.user, stronger, deps.clock.now());
    }
    return account.user;
  }

  return async (input) => {
    const seat = JSON.stringify([input.login, input.address]);
    const who = familiar.has(seat) ? `seat:${seat}` : `login:${input.login}`;
    const now = epochMs(deps.clock.now());
    const wait = Math.max(logins.waitMs(who, now), addresses.waitMs(input.address, now));
    if (wait > 0) return err({ code: "LOCKED_OUT", retryAfterSeconds: Math.ceil(wait / 1000) });
    logins.strike(who, now);
    addresses.strike(input.address, now);
    const checked = await gate(async () => ({ user: await rightUser(input) }));
    if (checked === null) {
      logins.refund(who);
      return err({ code: "BUSY" });
    }
    if (checked.user === null) return err({ code: "LOGIN_FAILED" });
    logins.pardon(who);
    addresses.refund(input.address);
    remember(familiar, seat);
    return ok(await open(deps, checked.user));
  };
}

async function open(deps: LogInDeps, user: User): Promise<LoggedIn> {
  const sessionId = Buffer.from(deps.ids.random(32)).toString("base64url");
  const createdAt = deps.clock.now();
  const session = {
    idHash: sessionHash(sessionId),
    userId: user.id,
    csrf: Buffer.from(deps.ids.random(24)).toString("base64url"),
    createdAt,
    seenAt: createdAt,
    expiresAt: sessionEnd(createdAt, createdAt, deps.policy),
    onDuty: false,
  };
  await deps.accounts.openSession(session);
  return { sessionId, session, user };
}

function remember(familiar: Set<string>, seat: string): void {
  familiar.delete(seat);
  familiar.add(seat);
  if (familiar.size <= 50_000) return;
  const oldest = familiar.values().next();
  if (oldest.done !== true) familiar.delete(oldest.value);
}
