import type { ReadLogRow } from "../../app/ports/read-log.ts";

/** The table of acts of reading, as a part of a commit and as a write of its own fill it. */
export const READ_LOG = {
  into: "read_log",
  columns: [
    ["at", "timestamptz"],
    ["reader_kind", "text"],
    ["reader_id", "text"],
    ["purpose", "text"],
    ["case_ids", "uuid[]"],
    ["fields", "text[]"],
  ],
} as const;

/** The values of one act, in the order of the columns. */
export function valuesOfAct({ at, reader, purpose, caseIds, fields }: ReadLogRow): readonly unknown[] {
  return [at, reader.kind, reader.id, purpose, caseIds, fields];
}
