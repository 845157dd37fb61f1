import type { Instant } from "../../kernel/index.ts";
import type { SealedEvent } from "./seal-digest.ts";

/** Columns of `e` = liandong.events that are sealed. */
export const EVENT_COLUMNS = "e.stream_kind, e.stream_id, e.version, e.case_id, e.type, e.type_version, e.at, e.body";

export type EventRow = {
  readonly stream_kind: string;
  readonly stream_id: string;
  readonly version: number;
  readonly case_id: string;
  readonly type: string;
  readonly type_version: number;
  readonly at: Instant;
  readonly body: unknown;
};

export function sealedEvent(home: string, row: EventRow): SealedEvent {
  return {
    home,
    streamKind: row.stream_kind,
    streamId: row.stream_id,
    version: row.version,
    caseId: row.case_id,
    type: row.type,
    typeVersion: row.type_version,
    at: row.at,
    body: row.body,
  };
}
