import { expect, test } from "vitest";
import { watchCover } from "../../app/watch-cover.ts";
import { instantOf, plusMs } from "../../kernel/index.ts";
import type { Instant, RegionCode } from "../../kernel/index.ts";
import { createStores, migrate, openStore } from "../../storage/index.ts";
import { createTestDatabase } from "../../../test/setup/test-database.ts";

const HOME = "150100" as RegionCode;
const START = "2026-11-22T00:00:00.000Z" as Instant;
const GAP = "2026-11-25T00:00:00.000Z" as Instant;
const SUBJECT = `u-1@${GAP}`;

test("the mark of a gap in cover stands, rises and ends in the database, with its history (nmg:2.1)", async () => {
  const database = await createTestDatabase();
  await migrate(database.url);
  const store = openStore(database.url, { home: HOME, max: 2 });
  try {
    const { cases, queries } = createStores(store);
    const node = { home: HOME } as Parameters<typeof watchCover>[0]["node"];
    const look = async (minute: number, isOpen: boolean): Promise<readonly string[]> => {
      const clock = { now: () => instantOf(Date.parse(START) + minute * 60_000) };
      await watchCover({ store: cases, queries, clock, node, wake: { wake: () => undefined } }, async (now) => {
        const gap = { from: GAP > now ? GAP : now, to: plusMs(GAP, 60_000) };
        return isOpen ? [{ unit: "u-1", gaps: [gap] }] : [];
      });
      return (await queries.alarms(["supervisor"])).map((alarm) => `${alarm.kind} ${alarm.subject} ${alarm.level}`);
    };
    expect(await look(0, true)).toEqual([`coverGap ${SUBJECT} 1`]);
    expect(await look(1, true)).toEqual([`coverGap ${SUBJECT} 1`]);
    expect(await look(50 * 60, true)).toEqual([`coverGap ${SUBJECT} 2`]);
    expect(await look(73 * 60 - 59, true)).toEqual([`coverGap ${SUBJECT} 3`]);
    expect(await look(74 * 60, false)).toEqual([]);
    const { rows } = await store.pool.query("select subject, kind, what, level from liandong.alarm_history");
    expect(rows).toEqual([{ subject: SUBJECT, kind: "coverGap", what: "cleared", level: 3 }]);
  } finally {
    await store.close();
    await database.drop();
  }
});
