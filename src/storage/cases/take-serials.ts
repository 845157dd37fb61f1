import type { RegionCode } from "../../kernel/index.ts";
import type { Store } from "../open-store.ts";
import { run, statement } from "../statement.ts";

const TAKE = statement(`
  insert into liandong.serials as s (region, day, taken) values ($1, $2, $3)
  on conflict (region, day) do update set taken = s.taken + excluded.taken
  returning taken - $3 + 1 as first`);

/** Takes `size` serial numbers of a region and day and gives the first (1, 2, …); a crash afterwards leaves a gap. */
export async function takeSerials(store: Store, region: RegionCode, day: string, size: number): Promise<number> {
  if (!Number.isInteger(size) || size < 1) throw new Error(`a block of ${size} serial numbers`);
  const [row] = await run<{ first: number }>(store.pool, TAKE, [region, day, size]);
  if (row === undefined) throw new Error("no serial number came back");
  return row.first;
}
