import { expect, test } from "vitest";
import { withTestDatabase } from "../../../test/setup/test-database.ts";
import type { AlarmRow } from "../../app/ports/queries.ts";
import type { AlarmChange } from "../../app/ports/store.ts";
import { urgently } from "../../app/ports/urgency.ts";
import { migrate } from "../migrate.ts";
import { openStore } from "../open-store.ts";
import type { Store } from "../open-store.ts";
import { clockIdOf, emptyCommit, HOME, linkageIdOf, second } from "../sample-commits.ts";
import { createStores } from "../stores.ts";
import { alarms } from "./alarms.ts";

const PUSH = mark("urgentPush", linkageIdOf(1), 1);

function mark(raise: string, subject: string, level: number): AlarmChange {
  return { raise, subject, caseId: null, level, dial: null, audience: "desk", at: second(level) };
}

/** `count` marks of clocks, each of a level of its own. */
function late(count: number): readonly AlarmChange[] {
  return Array.from({ length: count }, (_, n) => mark("deadlinePassed", clockIdOf(n), n + 1));
}

async function withMarks(marks: readonly AlarmChange[], work: (store: Store) => Promise<void>): Promise<void> {
  await withTestDatabase(async ({ url }) => {
    await migrate(url);
    const store = openStore(url, { home: HOME, max: 1 });
    try {
      expect(await createStores(store).cases.commit({ ...emptyCommit(), alarms: marks })).toBe("done");
      await work(store);
    } finally {
      await store.close();
    }
  });
}

const said = (rows: readonly AlarmRow[]): readonly string[] => rows.map(({ kind, level }) => `${kind} ${level}`);

test("of very many late requests the list names the worst 200 behind every other mark (nmg:2.2.1)", async () => {
  await withMarks([...late(230), PUSH], async (store) => {
    const worst = Array.from({ length: 200 }, (_, n) => `deadlinePassed ${230 - n}`);
    expect(said(await alarms(store, ["desk"]))).toEqual(["urgentPush 1", ...worst]);
  });
});

test("the mark of a danger comes over the reserve; those of clocks take nothing of it and are left out, and not waited for, when nothing else is free (nmg:2.2.1)", async () => {
  await withMarks([...late(3), PUSH], async (store) => {
    await store.warmReserve();
    const taken = await store.pool.connect();
    try {
      const asked = performance.now();
      expect(said(await urgently(() => alarms(store, ["desk"])))).toEqual(["urgentPush 1"]);
      expect(performance.now() - asked).toBeLessThan(2_500);
    } finally {
      taken.release();
    }
    expect(said(await urgently(() => alarms(store, ["desk"])))).toHaveLength(4);
  });
});
