import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import { plusMs } from "../kernel/index.ts";
import type { Instant } from "../kernel/index.ts";
import { aDesk } from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import { watchCover } from "./watch-cover.ts";

const HOUR = 3_600_000;
const desk = (): Desk => aDesk({ stores: createMemoryStores, keys: openPassingKeys() });

async function look(here: Desk, unit: string, hoursAhead: number | null): Promise<readonly string[]> {
  await watchCover(here.deps, async (now) => {
    if (hoursAhead === null) return [];
    const from: Instant = plusMs(now, hoursAhead * HOUR);
    return [{ unit, gaps: [{ from, to: plusMs(from, HOUR) }] }];
  });
  const alarms = await here.deps.queries.alarms(["supervisor"]);
  return alarms.map(({ kind, subject, level, caseId, dial }) => `${kind} ${subject} ${level} ${caseId} ${dial}`);
}

test("a gap in cover alarms before it begins, more so the nearer it is, and ends by itself (nmg:2.1, REQ-04)", async () => {
  const here = desk();
  expect(await look(here, "u-1", 100)).toEqual(["coverGap u-1 1 null null"]);
  expect(await look(here, "u-1", 24)).toEqual(["coverGap u-1 2 null null"]);
  expect(await look(here, "u-1", 0)).toEqual(["coverGap u-1 3 null null"]);
  expect(await look(here, "u-1", null)).toEqual([]);
});

test("who reads red marks is woken for them: no request changed, so the feed has nothing to say (nmg:2.1)", async () => {
  const here = desk();
  await look(here, "u-1", 100);
  expect(here.wakes).toEqual(["alarms"]);
});

test("looking again at the same gap writes nothing, so that nobody is rung twice for it", async () => {
  const here = desk();
  await look(here, "u-1", 100);
  const written = here.commits.length;
  await look(here, "u-1", 99);
  expect(here.commits).toHaveLength(written);
});
