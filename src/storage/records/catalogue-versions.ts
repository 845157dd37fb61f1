import type { Instant } from "../../kernel/index.ts";
import type { Store } from "../open-store.ts";
import { change, run, statement } from "../statement.ts";

/** One version of the catalogue; `body` is the whole of it, `checksum` what a peer compares. */
export type CatalogueVersion = {
  readonly version: string;
  readonly checksum: string;
  readonly body: unknown;
  readonly savedAt: Instant;
  readonly activatedAt: Instant | null;
};

export type CatalogueVersionStore = {
  /** false = this version is here with another checksum: a version never changes once saved. */
  readonly saveVersion: (version: string, checksum: string, body: unknown, at: Instant) => Promise<boolean>;
  /** Puts a saved version in force; false = not here. */
  readonly activate: (version: string, at: Instant) => Promise<boolean>;
  /** The version activated last, null before the first. */
  readonly active: () => Promise<CatalogueVersion | null>;
  readonly findVersion: (version: string) => Promise<CatalogueVersion | null>;
  /** All versions without their bodies, newest first. */
  readonly versions: () => Promise<readonly Omit<CatalogueVersion, "body">[]>;
};

const HEAD = "version, checksum, saved_at, activated_at";
const SAVE = statement(`
  with saved as (
    insert into liandong.catalogue_versions (version, checksum, body, saved_at) values ($1, $2, $3::jsonb, $4)
    on conflict (version) do nothing returning checksum)
  select checksum from saved
  union all select checksum from liandong.catalogue_versions where version = $1 limit 1`);
const ACTIVATE = statement(`update liandong.catalogue_versions set activated_at = $2 where version = $1`);
const ACTIVE = statement(`
  select ${HEAD}, body from liandong.catalogue_versions where activated_at is not null order by activated_at desc, version desc limit 1`);
const FIND = statement(`select ${HEAD}, body from liandong.catalogue_versions where version = $1`);
const ALL = statement(`select ${HEAD} from liandong.catalogue_versions order by saved_at desc, version desc`);

type HeadRow = {
  readonly version: string;
  readonly checksum: string;
  readonly saved_at: Instant;
  readonly activated_at: Instant | null;
};
type Row = HeadRow & { readonly body: unknown };

function headOf(row: HeadRow): Omit<CatalogueVersion, "body"> {
  return { version: row.version, checksum: row.checksum, savedAt: row.saved_at, activatedAt: row.activated_at };
}

function versionOf(row: Row | undefined): CatalogueVersion | null {
  return row === undefined ? null : { ...headOf(row), body: row.body };
}

/** Every version of the catalogue this node knows, its own and those fetched from peers. */
export function createCatalogueVersions(store: Store): CatalogueVersionStore {
  return {
    saveVersion: async (version, checksum, body, at) => {
      const [row] = await run<{ checksum: string }>(store.pool, SAVE, [
        version,
        checksum,
        JSON.stringify(body ?? null),
        at,
      ]);
      return row?.checksum === checksum;
    },
    activate: async (version, at) => (await change(store.pool, ACTIVATE, [version, at])) === 1,
    active: async () => versionOf((await run<Row>(store.pool, ACTIVE, []))[0]),
    findVersion: async (version) => versionOf((await run<Row>(store.pool, FIND, [version]))[0]),
    versions: async () => (await run<HeadRow>(store.pool, ALL, [])).map((row) => headOf(row)),
  };
}
