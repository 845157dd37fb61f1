import type { Instant, RegionCode, UnitCode, UserId } from "../../kernel/index.ts";

/** What an account may do; predicates over roles and scope are in core/access. */
export type Role = "callTaker" | "dispatcher" | "unitClerk" | "supervisor" | "operator";

export type User = {
  readonly id: UserId;
  readonly login: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  /** Divisions the account may see, as prefixes; the node's own region = everything. */
  readonly regions: readonly RegionCode[];
  /** The unit a clerk works for. */
  readonly unit: UnitCode | null;
  readonly active: boolean;
  /** Made by the demonstration; refused in production. */
  readonly demo: boolean;
};

export type Session = {
  readonly idHash: string;
  readonly userId: UserId;
  readonly csrf: string;
  readonly createdAt: Instant;
  readonly seenAt: Instant;
  readonly expiresAt: Instant;
  /** The person said: I am on duty at this seat. Only such a session can receive an urgent push. */
  readonly onDuty: boolean;
};

export type Accounts = {
  readonly findByLogin: (login: string) => Promise<{ readonly user: User; readonly passwordHash: string } | null>;
  readonly findUser: (id: UserId) => Promise<User | null>;
  readonly users: () => Promise<readonly User[]>;
  readonly saveUser: (user: User, passwordHash: string | null, at: Instant) => Promise<void>;
  readonly openSession: (session: Session) => Promise<void>;
  readonly findSession: (idHash: string) => Promise<{ readonly session: Session; readonly user: User } | null>;
  readonly touchSession: (idHash: string, seenAt: Instant, expiresAt: Instant) => Promise<void>;
  readonly setDuty: (idHash: string, onDuty: boolean) => Promise<void>;
  readonly closeSession: (idHash: string) => Promise<void>;
  /** On-duty sessions of `SEAT_ROLES` whose live stream was seen after `since`. */
  readonly seatsOnDuty: (since: Instant) => Promise<number>;
  /** The live stream of this session is open now. */
  readonly markStream: (idHash: string, at: Instant) => Promise<void>;
};
