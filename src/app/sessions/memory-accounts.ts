import type { UserId } from "../../kernel/index.ts";
import type { Accounts, Session, User } from "../ports/accounts.ts";

/** Accounts kept in memory: for the simulation and for tests. `reads` counts session look-ups, `marks` notes stream marks. */
export type MemoryAccounts = Accounts & {
  readonly reads: () => number;
  readonly marks: () => readonly string[];
  readonly hashOf: (login: string) => string | null;
  readonly openHashes: () => readonly string[];
};

/** An empty set of accounts. */
export function createMemoryAccounts(): MemoryAccounts {
  const accounts = new Map<UserId, { readonly user: User; readonly passwordHash: string }>();
  const sessions = new Map<string, Session>();
  const marks: string[] = [];
  let reads = 0;
  const byLogin = (login: string) => [...accounts.values()].find((a) => a.user.login === login) ?? null;
  const change = (idHash: string, part: Partial<Session>): void => {
    const session = sessions.get(idHash);
    if (session !== undefined) sessions.set(idHash, { ...session, ...part });
  };
  return {
    findByLogin: async (login) => byLogin(login),
    findUser: async (id) => accounts.get(id)?.user ?? null,
    users: async () => [...accounts.values()].map((a) => a.user),
    saveUser: async (user, passwordHash) => {
      accounts.set(user.id, { user, passwordHash: passwordHash ?? accounts.get(user.id)?.passwordHash ?? "" });
    },
    openSession: async (session) => {
      sessions.set(session.idHash, session);
    },
    findSession: async (idHash) => {
      reads += 1;
      const session = sessions.get(idHash);
      const user = session === undefined ? undefined : accounts.get(session.userId)?.user;
      return session === undefined || user === undefined ? null : { session, user };
    },
    touchSession: async (idHash, seenAt, expiresAt) => change(idHash, { seenAt, expiresAt }),
    setDuty: async (idHash, onDuty) => change(idHash, { onDuty }),
    closeSession: async (idHash) => {
      sessions.delete(idHash);
    },
    seatsOnDuty: async () => [...sessions.values()].filter((s) => s.onDuty && marks.includes(s.idHash)).length,
    markStream: async (idHash) => {
      marks.push(idHash);
    },
    reads: () => reads,
    marks: () => marks,
    hashOf: (login) => byLogin(login)?.passwordHash ?? null,
    openHashes: () => [...sessions.keys()],
  };
}
