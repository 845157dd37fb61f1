import { disputeIn } from "../../core/consultation/index.ts";
import type { DisputedMatter } from "../../core/consultation/index.ts";
import type { Instant, ItemCode, RegionCode } from "../../kernel/index.ts";
import { parseLinkage } from "../cases/parse.ts";
import type { Store } from "../open-store.ts";
import { run, statement } from "../statement.ts";

/** So many are looked through: more disputes than this within the window are an agenda of everything. */
export const MOST_DISPUTED = 20_000;

// Word for word as in the index, or the planner does not know it. Instants are texts of one form: they compare as such.
const AT = `(coalesce(l.state->>'returnedAt', l.state->>'negotiatedAt')) collate "C"`;

const DISPUTED = statement(`
  select l.state, c.item, c.place
  from (
    select l.state, l.case_id from liandong.linkages l
    where l.home_region = $1 and l.state->>'part' = 'ordinary' and coalesce(l.state->>'returnedAt', l.state->>'negotiatedAt') is not null
      and ${AT} >= $2
    order by ${AT} desc limit ${MOST_DISPUTED}) l
  left join lateral (
    select q.item, q.place from liandong.cases q where q.home_region = $1 and q.case_id = l.case_id limit 1) c on true`);

type Row = { readonly state: unknown; readonly item: ItemCode | null; readonly place: RegionCode | null };

/** What was disputed between this desk and others, the newest first. @source nmg:2.2.4 */
export async function disputed(store: Store, since: Instant): Promise<readonly DisputedMatter[]> {
  const rows = await run<Row>(store.pool, DISPUTED, [store.home, since]);
  return rows.flatMap(({ state, item, place }) => disputeIn(parseLinkage(state), { item, place }) ?? []);
}
