import type { AwaitedHandOver } from "../../app/ports/queries.ts";
import { STANDING_STATES } from "../../core/linkage/index.ts";
import type { RegionCode } from "../../kernel/index.ts";
import { parseLinkage } from "../cases/parse.ts";
import { decodeCursor, encodeCursor } from "../cursor.ts";
import { isUuid } from "../cases/parse.ts";
import type { Store } from "../open-store.ts";
import { limited, run } from "../statement.ts";

/** What the partial index holds; the words must be those of the migration, or the planner does not know it. */
export const AWAITED = `l.state->>'state' in (${STANDING_STATES.map((state) => `'${state}'`).join(", ")})`;
/** The order of the index, word for word: dangers, then what came into its state longest ago. */
export const AWAITED_ORDER = `(case when l.state->>'part' = 'danger' then '0' else '1' end) collate "C",
  (coalesce(l.state->>'movedAt', l.state->>'openedAt')) collate "C", l.linkage_id`;

/** The same of a copy in hand; a text before another one stands before it. */
export function awaitedKey({ part, movedAt, openedAt, id }: AwaitedHandOver["linkage"]): readonly string[] {
  return [part === "danger" ? "0" : "1", movedAt ?? openedAt, id];
}

const PAGE = limited(
  (limit) => `
  select l.state, c.place, exists (select 1 from liandong.outbox o
    where o.home_region = $1 and o.conversation = l.linkage_id and o.status <> 'receipted') as unsent
  from liandong.linkages l
  left join lateral (
    select q.place from liandong.cases q where q.home_region = $1 and q.case_id = l.case_id limit 1) c on true
  where l.home_region = $1 and ${AWAITED} and (${AWAITED_ORDER}) > ($2, $3, $4::uuid)
  order by ${AWAITED_ORDER}
  limit ${limit}`,
);

type Row = { readonly state: unknown; readonly place: RegionCode | null; readonly unsent: boolean };

const START = ["", "", "00000000-0000-0000-0000-000000000000"] as const;

/** Where a page of hand-overs that wait goes on; a text that nobody was given begins anew. */
export function decodeAwaited(cursor: string | null): readonly [rank: string, at: string, id: string] {
  const [rank, at, id] = (cursor === null ? null : decodeCursor(cursor, 3)) ?? START;
  return rank === undefined || at === undefined || id === undefined || !isUuid(id) ? START : [rank, at, id];
}

/** What waits for somebody: dangers first, then what came into its state longest ago. @source nmg:2.2.1 */
export async function awaitedHandOvers(
  store: Store,
  cursor: string | null,
  limit: number,
): Promise<readonly AwaitedHandOver[]> {
  const rows = await run<Row>(store.pool, PAGE(limit), [store.home, ...decodeAwaited(cursor)]);
  return rows.map(({ state, place, unsent }) => {
    const linkage = parseLinkage(state);
    return { linkage, place, unsent, cursor: encodeCursor(awaitedKey(linkage)) };
  });
}
