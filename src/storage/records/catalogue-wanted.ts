import type { Instant, NodeCode } from "../../kernel/index.ts";
import type { Store } from "../open-store.ts";
import { change, run, statement } from "../statement.ts";

/** Why a version that came cannot be used: file, row, rule, words. */
export type WantedProblem = {
  readonly file: string;
  readonly row: number | null;
  readonly code: string;
  readonly detail: string;
};

/** A version that a peer named and this node does not keep. */
export type WantedVersion = {
  readonly version: string;
  readonly peer: NodeCode;
  readonly askedAt: Instant;
  readonly tries: number;
  /** When the peer is asked again; null = it came and cannot be used. */
  readonly nextAt: Instant | null;
  readonly problems: readonly WantedProblem[];
};

export type CatalogueWantedStore = {
  /** Notes that a version is wanted. false = it is noted already, is kept, or this peer has named too many unknown ones. */
  readonly want: (version: string, peer: NodeCode, at: Instant) => Promise<boolean>;
  /** As an operator wants it: anew and at once, however many this peer has named. */
  readonly ask: (version: string, peer: NodeCode, at: Instant) => Promise<void>;
  /** Takes away what was first asked for before an instant, also what lies aside; gives it. */
  readonly giveUp: (before: Instant) => Promise<readonly WantedVersion[]>;
  readonly due: (at: Instant) => Promise<readonly WantedVersion[]>;
  /** All, those that cannot be used too. */
  readonly wanted: () => Promise<readonly WantedVersion[]>;
  readonly tryAgain: (version: string, peer: NodeCode, nextAt: Instant) => Promise<void>;
  /** Puts what came aside, with the reasons for which it cannot be used. */
  readonly setAside: (
    version: string,
    peer: NodeCode,
    problems: readonly WantedProblem[],
    document: unknown,
  ) => Promise<void>;
  /** The version is kept now, or an operator wants it asked for anew. */
  readonly forget: (version: string) => Promise<void>;
};

/** A peer out of its mind names a new version with every message: it must not fill the table. */
const MOST_OF_ONE_PEER = 64;

const COLUMNS = "version, peer, asked_at, tries, next_at, problems";
const WANT = statement(`
  insert into liandong.catalogue_wanted (version, peer, asked_at, next_at)
  select $1, $2, $3, $3
  where not exists (select from liandong.catalogue_versions where version = $1)
    and (select count(*) from liandong.catalogue_wanted where peer = $2) < ${MOST_OF_ONE_PEER}
  on conflict do nothing`);
const ASK = statement(`
  insert into liandong.catalogue_wanted (version, peer, asked_at, next_at) values ($1, $2, $3, $3)
  on conflict (version, peer) do update
  set asked_at = excluded.asked_at, next_at = excluded.next_at, tries = 0, problems = null, document = null`);
const GIVE_UP = statement(`delete from liandong.catalogue_wanted where asked_at < $1 returning ${COLUMNS}`);
const DUE = statement(
  `select ${COLUMNS} from liandong.catalogue_wanted where next_at <= $1 order by next_at, version, peer`,
);
const ALL = statement(`select ${COLUMNS} from liandong.catalogue_wanted order by version, peer`);
const AGAIN = statement(
  `update liandong.catalogue_wanted set tries = tries + 1, next_at = $3 where version = $1 and peer = $2`,
);
const ASIDE = statement(`
  update liandong.catalogue_wanted set tries = tries + 1, next_at = null, problems = $3::jsonb, document = $4::jsonb
  where version = $1 and peer = $2`);
const FORGET = statement(`delete from liandong.catalogue_wanted where version = $1`);

type Row = {
  readonly version: string;
  readonly peer: NodeCode;
  readonly asked_at: Instant;
  readonly tries: number;
  readonly next_at: Instant | null;
  readonly problems: readonly WantedProblem[] | null;
};

function wantedOf({ version, peer, asked_at: askedAt, tries, next_at: nextAt, problems }: Row): WantedVersion {
  return { version, peer, askedAt, tries, nextAt, problems: problems ?? [] };
}

/** The versions this node has still to fetch, and those that came and cannot be used. */
export function createCatalogueWanted({ pool }: Store): CatalogueWantedStore {
  return {
    want: async (version, peer, at) => (await change(pool, WANT, [version, peer, at])) === 1,
    ask: async (version, peer, at) => {
      await change(pool, ASK, [version, peer, at]);
    },
    giveUp: async (before) => (await run<Row>(pool, GIVE_UP, [before])).map(wantedOf),
    due: async (at) => (await run<Row>(pool, DUE, [at])).map(wantedOf),
    wanted: async () => (await run<Row>(pool, ALL, [])).map(wantedOf),
    tryAgain: async (version, peer, nextAt) => {
      await change(pool, AGAIN, [version, peer, nextAt]);
    },
    setAside: async (version, peer, problems, document) => {
      await change(pool, ASIDE, [version, peer, JSON.stringify(problems), JSON.stringify(document)]);
    },
    forget: async (version) => {
      await change(pool, FORGET, [version]);
    },
  };
}
