import type { Instant, UserId } from "../../kernel/index.ts";
import type { Store } from "../open-store.ts";
import { change, run, statement } from "../statement.ts";

/** What is kept of a consultation. `boxes` = who took part and the minutes, encrypted, by name, in hex; `wrapped` = their key. */
export type ConsultationRow<Body> = {
  readonly id: string;
  readonly heldOn: string;
  readonly item: string;
  readonly recordedAt: Instant;
  readonly recordedBy: UserId;
  readonly body: Body;
  readonly wrapped: Uint8Array;
  readonly boxes: Readonly<Record<string, string>>;
};

export type ConsultationStore<Body> = {
  readonly save: (row: ConsultationRow<Body>) => Promise<void>;
  /** The newest first, 500 at most. */
  readonly consultations: () => Promise<readonly ConsultationRow<Body>[]>;
};

const SAVE = statement(`
  insert into liandong.consultations
    (home_region, consultation_id, held_on, item, recorded_at, recorded_by, body, wrapped, boxes)
  values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9::jsonb)`);

const ALL = statement(`
  select consultation_id, to_char(held_on, 'YYYY-MM-DD') as held_on, item, recorded_at, recorded_by, body, wrapped, boxes
  from liandong.consultations where home_region = $1 order by recorded_at desc limit 500`);

type Row = {
  readonly consultation_id: string;
  readonly held_on: string;
  readonly item: string;
  readonly recorded_at: Instant;
  readonly recorded_by: UserId;
  readonly body: unknown;
  readonly wrapped: Uint8Array;
  readonly boxes: Readonly<Record<string, string>>;
};

/** Consultations of this node, append only; `parse` checks what comes back. @source nmg:2.2.4 */
export function createConsultations<Body>(
  { pool, home }: Store,
  parse: (value: unknown) => Body,
): ConsultationStore<Body> {
  return {
    save: async ({ id, heldOn, item, recordedAt, recordedBy, body, wrapped, boxes }) => {
      const decided = [id, heldOn, item, recordedAt, recordedBy];
      await change(pool, SAVE, [home, ...decided, JSON.stringify(body), Buffer.from(wrapped), JSON.stringify(boxes)]);
    },
    consultations: async () =>
      (await run<Row>(pool, ALL, [home])).map((row) => ({
        id: row.consultation_id,
        heldOn: row.held_on,
        item: row.item,
        recordedAt: row.recorded_at,
        recordedBy: row.recorded_by,
        body: parse(row.body),
        wrapped: new Uint8Array(row.wrapped),
        boxes: row.boxes,
      })),
  };
}
