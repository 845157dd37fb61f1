import type { Instant, UnitCode } from "../../kernel/index.ts";
import type { Store } from "../open-store.ts";
import { change, run, statement } from "../statement.ts";

/** What storage must know of a unit; the rest of it is kept as given. */
export type UnitRecord = { readonly code: UnitCode };

export type UnitStore<Unit extends UnitRecord> = {
  /** All units, by code. */
  readonly units: () => Promise<readonly Unit[]>;
  /** Another text whenever a unit was added or changed. */
  readonly mark: () => Promise<string>;
  /** Adds or replaces these units; the others stay. Units that did not change get no history entry. */
  readonly saveUnits: (units: readonly Unit[], at: Instant) => Promise<void>;
};

const ALL = statement(`select body from liandong.units order by unit_code`);

const MARK = statement(
  `select count(*) || ' ' || coalesce(sum(extract(epoch from changed_at)), 0) as mark from liandong.units`,
);

const SAVE = statement(`
  with saved as (
    insert into liandong.units as u (unit_code, body, changed_at)
    select r->>'code', r, $2 from jsonb_array_elements($1::jsonb) r
    on conflict (unit_code) do update set body = excluded.body, changed_at = excluded.changed_at
    where u.body <> excluded.body
    returning unit_code, body)
  insert into liandong.record_history (record, key, at, body) select 'unit', unit_code, $2, body from saved`);

/** The directory of units, stored as given; `parse` checks what comes back. */
export function createUnits<Unit extends UnitRecord>(
  { pool }: Store,
  parse: (value: unknown) => Unit,
): UnitStore<Unit> {
  return {
    units: async () => (await run<{ body: unknown }>(pool, ALL, [])).map((row) => parse(row.body)),
    mark: async () => (await run<{ mark: string }>(pool, MARK, []))[0]?.mark ?? "",
    saveUnits: async (units, at) => {
      if (units.length > 0) await change(pool, SAVE, [JSON.stringify(units), at]);
    },
  };
}
