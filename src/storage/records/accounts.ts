import { SEAT_ROLES } from "../../core/access/index.ts";
import type { Accounts, Role, Session, User } from "../../app/ports/accounts.ts";
import type { Instant, RegionCode, UnitCode, UserId } from "../../kernel/index.ts";
import type { Store } from "../open-store.ts";
import { change, run, statement } from "../statement.ts";

const USER = "u.user_id, u.login, u.display_name, u.roles, u.regions, u.unit, u.active, u.demo";
const BY_LOGIN = statement(
  `select ${USER}, u.password_hash from liandong.users u where u.login = $1 and u.password_hash is not null`,
);
const BY_ID = statement(`select ${USER} from liandong.users u where u.user_id = $1`);
const ALL = statement(`select ${USER} from liandong.users u order by u.login`);

// An account that is switched off loses its open sessions in the same moment.
const SAVE = statement(`
  with saved as (
    insert into liandong.users as u (user_id, login, display_name, roles, regions, unit, active, demo, password_hash, changed_at)
    values ($1, $2, $3, $4::text[], $5::text[], $6, $7, $8, $9, $10)
    on conflict (user_id) do update set login = excluded.login, display_name = excluded.display_name, roles = excluded.roles,
      regions = excluded.regions, unit = excluded.unit, active = excluded.active, demo = excluded.demo,
      password_hash = coalesce(excluded.password_hash, u.password_hash), changed_at = excluded.changed_at
    returning ${USER}),
  ended as (delete from liandong.sessions where user_id = $1 and not $7)
  insert into liandong.record_history (record, key, at, body)
  select 'user', user_id, $10, to_jsonb(saved) || jsonb_build_object('passwordChanged', $9::text is not null) from saved`);

const OPEN = statement(`
  insert into liandong.sessions (id_hash, user_id, csrf, created_at, seen_at, expires_at, on_duty) values ($1, $2, $3, $4, $5, $6, $7)`);
const FIND = statement(`
  select s.id_hash, s.csrf, s.created_at, s.seen_at, s.expires_at, s.on_duty, ${USER}
  from liandong.sessions s join liandong.users u on u.user_id = s.user_id where s.id_hash = $1`);
const TOUCH = statement(`update liandong.sessions set seen_at = $2, expires_at = $3 where id_hash = $1`);
const DUTY = statement(`update liandong.sessions set on_duty = $2 where id_hash = $1`);
const CLOSE = statement(`delete from liandong.sessions where id_hash = $1`);
const STREAM = statement(`update liandong.sessions set stream_at = $2 where id_hash = $1`);
const SEATS = statement(`
  select count(*)::int as seats from liandong.sessions s join liandong.users u on u.user_id = s.user_id
  where s.on_duty and s.stream_at > $1 and u.active and u.roles && $2::text[]`);

type UserRow = {
  readonly user_id: UserId;
  readonly login: string;
  readonly display_name: string;
  readonly roles: readonly Role[];
  readonly regions: readonly RegionCode[];
  readonly unit: UnitCode | null;
  readonly active: boolean;
  readonly demo: boolean;
};

type SessionRow = UserRow & {
  readonly id_hash: string;
  readonly csrf: string;
  readonly created_at: Instant;
  readonly seen_at: Instant;
  readonly expires_at: Instant;
  readonly on_duty: boolean;
};

function userOf(row: UserRow): User {
  const { user_id: id, login, display_name: displayName, roles, regions, unit, active, demo } = row;
  return { id, login, displayName, roles, regions, unit, active, demo };
}

function sessionOf(row: SessionRow): { readonly session: Session; readonly user: User } {
  const session: Session = {
    idHash: row.id_hash,
    userId: row.user_id,
    csrf: row.csrf,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
    onDuty: row.on_duty,
  };
  return { session, user: userOf(row) };
}

async function act(...args: Parameters<typeof change>): Promise<void> {
  await change(...args);
}

/** Accounts and sessions of this node. Whether a session has expired is for the caller's clock to say. */
export function createAccounts(store: Store): Accounts {
  return {
    findByLogin: async (login) => {
      const [row] = await run<UserRow & { readonly password_hash: string }>(store.pool, BY_LOGIN, [login]);
      return row === undefined ? null : { user: userOf(row), passwordHash: row.password_hash };
    },
    findUser: async (id) => {
      const [row] = await run<UserRow>(store.pool, BY_ID, [id]);
      return row === undefined ? null : userOf(row);
    },
    users: async () => (await run<UserRow>(store.pool, ALL, [])).map((row) => userOf(row)),
    saveUser: (u, hash, at) =>
      act(store.pool, SAVE, [u.id, u.login, u.displayName, u.roles, u.regions, u.unit, u.active, u.demo, hash, at]),
    openSession: (s) =>
      act(store.pool, OPEN, [s.idHash, s.userId, s.csrf, s.createdAt, s.seenAt, s.expiresAt, s.onDuty]),
    findSession: async (idHash) => {
      const [row] = await run<SessionRow>(store.pool, FIND, [idHash]);
      return row === undefined ? null : sessionOf(row);
    },
    touchSession: (idHash, seenAt, expiresAt) => act(store.pool, TOUCH, [idHash, seenAt, expiresAt]),
    setDuty: (idHash, onDuty) => act(store.pool, DUTY, [idHash, onDuty]),
    closeSession: (idHash) => act(store.pool, CLOSE, [idHash]),
    seatsOnDuty: async (since) => (await run<{ seats: number }>(store.pool, SEATS, [since, SEAT_ROLES]))[0]?.seats ?? 0,
    markStream: (idHash, at) => act(store.pool, STREAM, [idHash, at]),
  };
}
