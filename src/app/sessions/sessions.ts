import type { UserId } from "../../kernel/index.ts";
import type { Accounts } from "../ports/accounts.ts";
import type { Clock, Ids } from "../ports/clock.ts";
import type { Keys } from "../ports/keys.ts";
import { draftKeys } from "./draft-keys.ts";
import type { DraftKey } from "./draft-keys.ts";
import { createSessionLookUp, SESSION_POLICY } from "./live-session.ts";
import type { LiveSession, SessionLookUp, SessionPolicy } from "./live-session.ts";
import { createLogIn } from "./log-in.ts";
import type { LogIn } from "./log-in.ts";
import type { ScryptCost } from "./password.ts";

/** All that a node does with sessions. */
export type Sessions = {
  readonly logIn: LogIn;
  readonly find: SessionLookUp["find"];
  readonly findByHash: SessionLookUp["findByHash"];
  /** Ends the session at once in this process, within `cacheMs` in others. */
  readonly logOut: (idHash: string) => Promise<void>;
  /** On duty = this seat may receive urgent pushes; null when the session has ended. @source nmg:2.2.1 */
  readonly setDuty: (idHash: string, onDuty: boolean) => Promise<LiveSession | null>;
  /** The live stream of this session is open now. */
  readonly markStream: (idHash: string) => Promise<void>;
  /** Under which this account's drafts lie on its machine, newest first. */
  readonly draftKeys: (user: UserId) => readonly DraftKey[];
};

export type SessionsDeps = {
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly ids: Ids;
  /** The node's keyed hash; draft keys are made of it. */
  readonly keyedHash: Keys["blindIndex"];
  /** Accounts made by the demonstration may log in; never in production. */
  readonly allowDemoUsers: boolean;
  readonly policy?: SessionPolicy;
  /** Lower only in tests. */
  readonly cost?: ScryptCost;
};

/** Wires log-in, look-up, log-out and duty over the accounts of a node. */
export function createSessions(deps: SessionsDeps): Sessions {
  const { accounts, clock, ids, allowDemoUsers } = deps;
  const policy = deps.policy ?? SESSION_POLICY;
  const lookUp = createSessionLookUp(accounts, clock, policy);
  return {
    logIn: createLogIn({
      accounts,
      clock,
      ids,
      policy,
      allowDemoUsers,
      ...(deps.cost === undefined ? {} : { cost: deps.cost }),
    }),
    find: lookUp.find,
    findByHash: lookUp.findByHash,
    logOut: async (idHash) => {
      lookUp.forget(idHash);
      await accounts.closeSession(idHash);
      lookUp.forget(idHash);
    },
    setDuty: async (idHash, onDuty) => {
      await accounts.setDuty(idHash, onDuty);
      lookUp.forget(idHash);
      return lookUp.findByHash(idHash);
    },
    markStream: (idHash) => accounts.markStream(idHash, clock.now()),
    draftKeys: (user) => draftKeys(deps.keyedHash, user, clock.now()),
  };
}
