import type { CatalogueSignature, CatalogueVersion, VersionState } from "../../core/catalogue/index.ts";
import type { Instant, NodeCode } from "../../kernel/index.ts";
import type { Store } from "../open-store.ts";
import { change, inTransaction, run, statement } from "../statement.ts";

/** A version with all it says; `format` tells in which shape the program kept the body. */
export type KeptVersion = CatalogueVersion & { readonly body: unknown; readonly format: number };

/** Files by name, byte by byte. */
type Files = ReadonlyMap<string, Uint8Array>;

export type CatalogueVersionStore = {
  /** Keeps a version with its files. false = it is here with another digest: what a version says never changes. */
  readonly save: (version: CatalogueVersion, content: KeptContent) => Promise<boolean>;
  /** Writes what one step changed. false = somebody else moved it meanwhile. */
  readonly advance: (before: CatalogueVersion, after: CatalogueVersion) => Promise<boolean>;
  /** Puts a version in force and the one before it aside, both or neither. false = somebody else was first. */
  readonly replace: (inForce: Step, superseded: Step | null) => Promise<boolean>;
  readonly inForce: () => Promise<KeptVersion | null>;
  readonly findVersion: (version: string) => Promise<KeptVersion | null>;
  /** The files of a version; empty when it was kept before files were. */
  readonly filesOf: (version: string) => Promise<Files>;
  /** All versions without their bodies, newest first. */
  readonly versions: () => Promise<readonly CatalogueVersion[]>;
};

type KeptContent = { readonly body: unknown; readonly format: number; readonly files: Files };
type Step = { readonly before: CatalogueVersion; readonly after: CatalogueVersion };

const HEAD = "version, digest, base, valid_from, state, signatures, fetched_from, saved_at, in_force_at, superseded_at";
const SAVE = statement(`
  with saved as (
    insert into liandong.catalogue_versions (version, digest, base, valid_from, state, signatures, saved_at, body, format, fetched_from)
    values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8::jsonb, $9, $11)
    on conflict (version) do nothing returning digest),
  kept as (
    insert into liandong.catalogue_files (version, name, content)
    select $1, f.name, decode(f.content, 'base64') from jsonb_to_recordset($10::jsonb) f(name text, content text)
    where exists (select from saved))
  select digest from saved
  union all select digest from liandong.catalogue_versions where version = $1 limit 1`);
const ADVANCE = statement(`
  update liandong.catalogue_versions
  set state = $3, signatures = $4::jsonb, in_force_at = $5, superseded_at = $6
  where version = $1 and state = $2 and signatures = $7::jsonb`);
const IN_FORCE = statement(`select ${HEAD}, body, format from liandong.catalogue_versions where state = 'inForce'`);
const FIND = statement(`select ${HEAD}, body, format from liandong.catalogue_versions where version = $1`);
const FILES = statement(`select name, content from liandong.catalogue_files where version = $1 order by name`);
const ALL = statement(`select ${HEAD} from liandong.catalogue_versions order by saved_at desc, version desc`);

type HeadRow = {
  readonly version: string;
  readonly digest: string;
  readonly base: string | null;
  readonly valid_from: string;
  readonly state: VersionState;
  readonly signatures: readonly CatalogueSignature[];
  readonly fetched_from: NodeCode | null;
  readonly saved_at: Instant;
  readonly in_force_at: Instant | null;
  readonly superseded_at: Instant | null;
};
type Row = HeadRow & { readonly body: unknown; readonly format: number };

function headOf(row: HeadRow): CatalogueVersion {
  return {
    version: row.version,
    digest: row.digest,
    base: row.base,
    validFrom: row.valid_from,
    state: row.state,
    signatures: row.signatures,
    fetchedFrom: row.fetched_from,
    savedAt: row.saved_at,
    inForceAt: row.in_force_at,
    supersededAt: row.superseded_at,
  };
}

function versionOf(row: Row | undefined): KeptVersion | null {
  return row === undefined ? null : { ...headOf(row), body: row.body, format: row.format };
}

function valuesOf({ before, after }: Step): readonly unknown[] {
  return [
    before.version,
    before.state,
    after.state,
    JSON.stringify(after.signatures),
    after.inForceAt,
    after.supersededAt,
    JSON.stringify(before.signatures),
  ];
}

/** A step that somebody else overtook: undoes the transaction. */
class Overtaken extends Error {}

/** Every version of the catalogue this node knows, its own and those fetched from peers. */
export function createCatalogueVersions({ pool }: Store): CatalogueVersionStore {
  const advance = async (on: Parameters<typeof change>[0], step: Step): Promise<boolean> =>
    (await change(on, ADVANCE, valuesOf(step))) === 1;
  return {
    save: async (version, { body, format, files }) => {
      const listed = [...files].map(([name, bytes]) => ({ name, content: Buffer.from(bytes).toString("base64") }));
      const { digest, base, validFrom, state, signatures, savedAt, fetchedFrom } = version;
      const [row] = await run<{ digest: string }>(pool, SAVE, [
        version.version,
        digest,
        base,
        validFrom,
        state,
        JSON.stringify(signatures),
        savedAt,
        JSON.stringify(body ?? null),
        format,
        JSON.stringify(listed),
        fetchedFrom,
      ]);
      return row?.digest === digest;
    },
    advance: (before, after) => advance(pool, { before, after }),
    replace: async (inForce, superseded) => {
      try {
        await inTransaction(pool, async (client) => {
          // The one before steps aside first: two are never in force, not even inside a transaction.
          for (const step of superseded === null ? [inForce] : [superseded, inForce])
            if (!(await advance(client, step))) throw new Overtaken();
        });
        return true;
      } catch (error) {
        if (error instanceof Overtaken) return false;
        throw error;
      }
    },
    inForce: async () => versionOf((await run<Row>(pool, IN_FORCE, []))[0]),
    findVersion: async (version) => versionOf((await run<Row>(pool, FIND, [version]))[0]),
    filesOf: async (version) => {
      const rows = await run<{ name: string; content: Buffer }>(pool, FILES, [version]);
      return new Map(rows.map((row) => [row.name, new Uint8Array(row.content)]));
    },
    versions: async () => (await run<HeadRow>(pool, ALL, [])).map((row) => headOf(row)),
  };
}
