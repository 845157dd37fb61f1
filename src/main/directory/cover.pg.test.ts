import { expect, test } from "vitest";
import { watchCover } from "../../app/watch-cover.ts";
import { instantOf, plusMs } from "../../kernel/index.ts";
import type { Instant, RegionCode } from "../../kernel/index.ts";
import { createStores, migrate, openStore } from "../../storage/index.ts";
import { createTestDatabase } from "../../../test/setup/test-database.ts";

const HOME = "150100" as RegionCode;
const START = "2026-11-22T00:00:00.000Z" as Instant;

test("the mark of a gap in cover stands, rises and ends in the database, with its history (nmg:2.1)", async () => {
  const database = await createTestDatabase();
  await migrate(database.url);
  const store = openStore(database.url, { home: HOME, max: 2 });
  try {
    const { cases, queries } = createStores(store);
    const node = { home: HOME } as Parameters<typeof watchCover>[0]["node"];
    const look = async (minute: number, hoursAhead: number | null): Promise<readonly string[]> => {
      const clock = { now: () => instantOf(Date.parse(START) + minute * 60_000) };
      await watchCover({ store: cases, queries, clock, node, wake: { wake: () => undefined } }, async (now) => {
        if (hoursAhead === null) return [];
        const from = plusMs(now, hoursAhead * 3_600_000);
        return [{ unit: "u-1", gaps: [{ from, to: plusMs(from, 60_000) }] }];
      });
      return (await queries.alarms(["supervisor"])).map((alarm) => `${alarm.kind} ${alarm.subject} ${alarm.level}`);
    };
    expect(await look(0, 100)).toEqual(["coverGap u-1 1"]);
    expect(await look(1, 99)).toEqual(["coverGap u-1 1"]);
    expect(await look(2, 3)).toEqual(["coverGap u-1 2"]);
    expect(await look(3, null)).toEqual([]);
    const { rows } = await store.pool.query("select subject, kind, what, level from liandong.alarm_history");
    expect(rows).toEqual([{ subject: "u-1", kind: "coverGap", what: "cleared", level: 2 }]);
  } finally {
    await store.close();
    await database.drop();
  }
});
