import type { QueryConfig } from "pg";
import { expect, test } from "vitest";
import type { RegionCode } from "../../kernel/index.ts";
import { withTestDatabase } from "../../../test/setup/test-database.ts";
import type { AlarmRow } from "../../app/ports/queries.ts";
import type { AlarmChange } from "../../app/ports/store.ts";
import type { UnitCode } from "../../kernel/index.ts";
import { urgently } from "../../app/ports/urgency.ts";
import { migrate } from "../migrate.ts";
import { openStore } from "../open-store.ts";
import type { Store } from "../open-store.ts";
import {
  aCase,
  aClock,
  caseIdOf,
  clockIdOf,
  clockWrite,
  emptyCommit,
  HOME,
  indexOf,
  linkageIdOf,
  registration,
  second,
} from "../sample-commits.ts";
import { createStores } from "../stores.ts";
import { alarms, alarmsOf } from "./alarms.ts";

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

test("an extension that waits for an answer is never behind late requests, and the list says how many of these it leaves out (nmg:2.2.5)", async () => {
  const asked = mark("extensionAsked", clockIdOf(500), 1);
  await withMarks([...late(230), asked], async (store) => {
    const rows = await alarms(store, ["desk"]);
    expect(rows).toHaveLength(201);
    expect(rows[0]).toMatchObject({ kind: "extensionAsked", subject: asked.subject });
    expect(rows.map(({ leftOut = 0 }) => leftOut)).toEqual([0, ...Array.from({ length: 200 }, () => 30)]);
  });
});

test("very many are counted so far and no further, and of decisions none is left out (nmg:2.2.5)", async () => {
  const decisions = Array.from({ length: 230 }, (_, n) => mark("extensionAsked", clockIdOf(5_000 + n), 1));
  await withMarks([...late(1_300), ...decisions], async (store) => {
    const rows = await alarms(store, ["desk"]);
    expect(rows.filter(({ kind }) => kind === "extensionAsked")).toHaveLength(230);
    expect(rows.find(({ kind }) => kind === "deadlinePassed")?.leftOut).toBe(1_000);
  });
});

test("the number of a silent unit stands behind everything that a danger asks to be dialled, however often it was rung, and says whose it is (nmg:2.2.1, REQ-34)", async () => {
  const toRing = { ...mark("notTakenUp", clockIdOf(151), 9), caseId: caseIdOf(15), dial: "0471-2" };
  const danger = { ...mark("linkSilent", linkageIdOf(2), 1), dial: "110" };
  await withMarks([toRing, danger], async (store) => {
    const { cases } = createStores(store);
    const begun = aClock(151, caseIdOf(15));
    const rung = [{ unit: "x150100-city" as UnitCode, line: "step-2", level: 9, last: false }];
    await cases.commit(registration(15));
    for (const [clock, before] of [[begun, 0] as const, [{ ...begun, rung }, 1] as const]) {
      const streams = [clockWrite(clock, 15, before)];
      expect(await cases.commit({ ...emptyCommit(), streams, index: indexOf(aCase(15), 1) })).toBe("done");
    }
    const rows = await alarms(store, ["desk"]);
    expect(rows.map(({ kind, dial, rings }) => [kind, dial, rings])).toEqual([
      ["linkSilent", "110", undefined],
      ["notTakenUp", "0471-2", "x150100-city"],
    ]);
    const taken = await store.pool.connect();
    try {
      expect(said(await urgently(() => alarms(store, ["desk"])))).toEqual(["linkSilent 1"]);
    } finally {
      taken.release();
    }
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
      // The question that was not waited for still stands in the queue; those that follow do not join it.
      for (let n = 0; n < 3; n++) expect(said(await urgently(() => alarms(store, ["desk"])))).toEqual(["urgentPush 1"]);
      expect(store.pool.waitingCount).toBe(1);
    } finally {
      taken.release();
    }
    await expect.poll(async () => (await urgently(() => alarms(store, ["desk"]))).length).toBe(4);
  });
});

/** As many marks of a kind as a desk that fell far behind has, all of them of a request in another county. */
async function fill(store: Store, kind: string, audience: string, count: number): Promise<void> {
  const at = "'2026-01-01T00:00:00Z'::timestamptz";
  await store.pool.query(
    `insert into liandong.cases (home_region, case_id, request_no, version, file_version, status, responsible, danger_open, danger, item, place, units, registered_at, changed_at, state)
     values ($1, '01900000-0000-7000-8000-000000000001', 'N1', 1, 1, 'handling', true, false, false, 'A01', '150105', '{}', ${at}, ${at}, '{}') on conflict do nothing`,
    [HOME],
  );
  await store.pool.query(
    `insert into liandong.alarms (home_region, subject, kind, case_id, level, audience, raised_at)
     select $1, 'other-' || n, $2, '01900000-0000-7000-8000-000000000001', 1 + n % 5, $3, ${at} - n * interval '1 second' from generate_series(1, $4::int) n`,
    [HOME, kind, audience, count],
  );
}

test("a decision of the reader's own county is listed, however many older ones of other counties wait, and those left out are counted within his divisions alone (nmg:2.2.5)", async () => {
  const own = Array.from({ length: 3 }, (_, n): AlarmChange => {
    return { ...mark("extensionAsked", clockIdOf(n), 1), audience: "supervisor" };
  });
  const ownLate = mark("deadlinePassed", clockIdOf(9), 1);
  await withMarks([...own, ownLate], async (store) => {
    await fill(store, "extensionAsked", "supervisor", 300);
    await fill(store, "deadlinePassed", "desk", 300);
    const county = await alarms(store, ["desk", "supervisor"], ["150103" as RegionCode]);
    expect(county.map(({ subject }) => subject).toSorted()).toEqual([...own, ownLate].map((m) => m.subject).toSorted());
    expect(county.every(({ leftOut }) => leftOut === undefined)).toBe(true);
    const city = await alarms(store, ["desk", "supervisor"], ["150100" as RegionCode]);
    expect(city.filter(({ kind }) => kind === "extensionAsked")).toHaveLength(303);
    expect(city.find(({ kind }) => kind === "deadlinePassed")?.leftOut).toBe(101);
  });
});

test("of the decisions that wait the one that waits longest stands first (nmg:2.2.5)", async () => {
  const asked = Array.from({ length: 230 }, (_, n) => mark("extensionAsked", clockIdOf(n), n + 1));
  await withMarks(asked, async (store) => {
    const rows = await alarms(store, ["desk"], null);
    expect(rows.map(({ raisedAt }) => raisedAt)).toEqual(asked.map(({ at }) => at));
  });
});

test("of 100,000 late requests only those that are listed and a bounded count of the others are read, and a decision comes with them (nmg:2.2.5)", async () => {
  const asked = mark("extensionAsked", clockIdOf(1), 1);
  await withMarks([asked], async (store) => {
    await fill(store, "deadlinePassed", "desk", 100_000);
    await store.pool.query("vacuum analyze liandong.alarms");
    const sent: { readonly text: string; readonly values: readonly unknown[] }[] = [];
    const original: (config: QueryConfig) => Promise<unknown> = store.pool.query.bind(store.pool);
    Object.assign(store.pool, {
      query: (config: QueryConfig) => {
        sent.push({ text: config.text, values: config.values ?? [] });
        return original(config);
      },
    });
    const seats = ["desk", "supervisor", "operator"] as const;
    const rows = await alarms(store, seats, ["150100" as RegionCode]);
    expect(rows.map(({ kind, leftOut }) => `${kind} ${leftOut ?? 0}`)).toEqual([
      "extensionAsked 0",
      ...Array.from({ length: 200 }, () => "deadlinePassed 1000"),
    ]);
    const read: number[] = [];
    for (const { text, values } of sent) read.push(await rowsRead(original, text, values));
    expect(read.length).toBeGreaterThan(2);
    expect(Math.max(...read)).toBeLessThan(10_000);
  });
});

type Node = {
  readonly "Relation Name"?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly Node[];
};

/** Marks that the server read for a statement. */
async function rowsRead(
  query: (config: QueryConfig) => Promise<unknown>,
  text: string,
  values: readonly unknown[],
): Promise<number> {
  const answer = await query({ text: `explain (analyze, format json) ${text}`, values: [...values] });
  const { rows } = answer as {
    readonly rows: readonly [{ readonly "QUERY PLAN": readonly [{ readonly Plan: Node }] }];
  };
  const count = (node: Node): number =>
    (node["Relation Name"] === "alarms"
      ? (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"]
      : 0) + (node.Plans ?? []).reduce((sum, one) => sum + count(one), 0);
  return count(rows[0]["QUERY PLAN"][0].Plan);
}

test("a mark that the list of the worst leaves out is found by its key, for its audience alone (nmg:2.2.1)", async () => {
  await withMarks(late(230), async (store) => {
    const mildest = clockIdOf(0);
    expect((await alarms(store, ["desk"])).some(({ subject }) => subject === mildest)).toBe(false);
    expect(said(await alarmsOf(store, ["desk"], mildest))).toEqual(["deadlinePassed 1"]);
    expect(await alarmsOf(store, ["operator"], mildest)).toEqual([]);
  });
});
