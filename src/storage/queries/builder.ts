import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from "kysely";
import type { ColumnType } from "kysely";
import type { Instant } from "../../kernel/index.ts";

type At = ColumnType<Instant, Instant, Instant>;

/** Columns of the tables that are filtered by what a reader chooses. */
export type Tables = {
  readonly "liandong.cases": {
    readonly home_region: string;
    readonly case_id: string;
    readonly request_no: string;
    readonly file_version: number;
    readonly status: string;
    readonly responsible: boolean;
    readonly danger_open: boolean;
    readonly danger: boolean;
    readonly item: string | null;
    readonly place: string | null;
    readonly peer: string | null;
    readonly units: readonly string[];
    readonly phone_index: string | null;
    readonly registered_at: At;
    readonly changed_at: At;
    readonly due: unknown;
    readonly state: unknown;
  };
  readonly "liandong.case_keys": { readonly home_region: string; readonly case_id: string; readonly wrapped: Buffer };
};

/** Makes SQL text only: what it compiles runs as a named statement on our own pool. */
export const builder: Kysely<Tables> = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});
