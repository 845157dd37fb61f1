import type { Accounts, Session, User } from "../../app/ports/accounts.ts";
import type { Peer, PeerStore } from "../../app/ports/directory.ts";
import { SEAT_ROLES } from "../../core/access/index.ts";
import type { Instant } from "../../kernel/index.ts";

type OpenSession = { readonly session: Session; readonly streamAt: Instant | null };

/** Accounts and sessions in memory. */
export function memoryAccounts(): Accounts {
  const users = new Map<string, { readonly user: User; readonly hash: string | null }>();
  const sessions = new Map<string, OpenSession>();
  const set = (idHash: string, make: (open: OpenSession) => OpenSession): void => {
    const open = sessions.get(idHash);
    if (open !== undefined) sessions.set(idHash, make(open));
  };
  return {
    findByLogin: async (login) => {
      const found = [...users.values()].find(({ user }) => user.login === login);
      return found === undefined || found.hash === null ? null : { user: found.user, passwordHash: found.hash };
    },
    findUser: async (id) => users.get(id)?.user ?? null,
    users: async () => [...users.values()].map(({ user }) => user).sort((a, b) => (a.login < b.login ? -1 : 1)),
    saveUser: async (user, hash) => {
      users.set(user.id, { user, hash: hash ?? users.get(user.id)?.hash ?? null });
      if (user.active) return;
      for (const [idHash, { session }] of sessions) if (session.userId === user.id) sessions.delete(idHash);
    },
    openSession: async (session) => {
      sessions.set(session.idHash, { session, streamAt: null });
    },
    findSession: async (idHash) => {
      const session = sessions.get(idHash)?.session;
      const user = session === undefined ? undefined : users.get(session.userId)?.user;
      return session === undefined || user === undefined ? null : { session, user };
    },
    touchSession: async (idHash, seenAt, expiresAt) =>
      set(idHash, (open) => ({ ...open, session: { ...open.session, seenAt, expiresAt } })),
    setDuty: async (idHash, onDuty) => set(idHash, (open) => ({ ...open, session: { ...open.session, onDuty } })),
    closeSession: async (idHash) => {
      sessions.delete(idHash);
    },
    seatsOnDuty: async (since) =>
      [...sessions.values()].filter(({ session, streamAt }) => {
        const user = users.get(session.userId)?.user;
        const seat = user?.active === true && user.roles.some((role) => SEAT_ROLES.includes(role));
        return seat && session.onDuty && streamAt !== null && streamAt > since;
      }).length,
    markStream: async (idHash, at) => set(idHash, (open) => ({ ...open, streamAt: at })),
  };
}

/** The peers of a node, in memory. */
export function memoryPeers(): PeerStore {
  const peers = new Map<string, Peer>();
  return {
    peers: async () => [...peers.values()].sort((a, b) => (a.nodeCode < b.nodeCode ? -1 : 1)),
    savePeer: async (peer) => {
      peers.set(peer.nodeCode, peer);
    },
  };
}
