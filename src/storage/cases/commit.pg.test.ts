import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "../../../test/setup/test-database.ts";
import { migrate } from "../migrate.ts";
import type { Store } from "../open-store.ts";
import { openStore } from "../open-store.ts";
import {
  aCase,
  aClock,
  amendment,
  anOrder,
  caseIdOf,
  clockIdOf,
  clockTimer,
  clockWrite,
  emptyCommit,
  HOME,
  indexOf,
  orderWrite,
  registration,
  second,
  commandIdOf,
} from "../sample-commits.ts";
import { createCaseStore } from "./case-store.ts";
import { loadFile } from "./load-file.ts";
import type { CaseStore } from "../../app/ports/store.ts";

let store: Store;
let cases: CaseStore;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  await migrate(database.url);
  store = openStore(database.url, { home: HOME, max: 8 });
  cases = createCaseStore(store);
});
afterAll(async () => {
  await store.close();
  await drop();
});

async function count(table: string): Promise<number> {
  const { rows } = await store.pool.query<{ n: number }>(`select count(*)::int as n from liandong.${table}`);
  return rows[0]?.n ?? -1;
}

describe("commit in PostgreSQL", () => {
  it("lets exactly one of eight writers of the same version through", async () => {
    await cases.commit(registration(100));
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => cases.commit(amendment(100, 1))));
    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === "conflict")).toHaveLength(7);
    expect((await cases.loadFile(caseIdOf(100)))?.case.version).toBe(2);
  });

  it("carries a command sent eight times at once out once, and says duplicate to the others", async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => cases.commit(registration(101))));
    expect(outcomes.sort()).toEqual(["done", ...Array.from({ length: 7 }, () => "duplicate")]);
  });

  it("lets only one of two writers of different orders of one file through, since both derived the index of the whole file", async () => {
    await cases.commit(registration(102));
    const state = aCase(102);
    const dispatch = (n: number): ReturnType<CaseStore["commit"]> =>
      cases.commit({ ...emptyCommit(), streams: [orderWrite(anOrder(n, 102), 0)], index: indexOf(state, 2) });
    expect((await Promise.all([dispatch(1), dispatch(2)])).sort()).toEqual(["conflict", "done"]);
    expect((await cases.loadFile(caseIdOf(102)))?.orders).toHaveLength(1);
  });

  it("leaves nothing behind when the last part of a commit is refused", async () => {
    await cases.commit(registration(103));
    const before = [await count("events"), await count("commands"), await count("timers"), await count("vault")];
    const late = {
      ...amendment(103, 1),
      command: {
        id: commandIdOf(104),
        user: null,
        digest: "x",
        answer: null,
        at: second(1),
      },
      timers: [{ set: "answer", owner: "case", ownerId: caseIdOf(103), caseId: caseIdOf(103), dueAt: second(9) }],
      vault: registration(103).vault,
    } as const;
    expect(await cases.commit(late)).toBe("conflict");
    expect([await count("events"), await count("commands"), await count("timers"), await count("vault")]).toEqual(
      before,
    );
    expect((await cases.loadFile(caseIdOf(103)))?.case.version).toBe(1);
  });

  it("refuses a version that would leave a hole in the stream", async () => {
    await cases.commit(registration(105));
    expect(await cases.commit(amendment(105, 4))).toBe("conflict");
    expect(await cases.commit(amendment(99_999, 1))).toBe("conflict");
    expect(await loadFile(store, caseIdOf(99_999))).toBeNull();
  });

  it("writes of a new clock one event and one row, which is its timer and repeats nothing of the event", async () => {
    const tables = ["events", "clocks", "timers", "cases"];
    const counts = () => Promise.all(tables.map((table) => count(table)));
    const before = await counts();
    const { streams, ...rest } = registration(107);
    const clock = clockWrite(aClock(171, caseIdOf(107)), 107, 0);
    const timers = [clockTimer(171, 107, second(9))];
    expect(await cases.commit({ ...rest, streams: [...streams, clock], timers })).toBe("done");
    const after = await counts();
    expect(after.map((rows, i) => rows - (before[i] ?? 0))).toEqual([2, 1, 0, 1]);
    const { rows } = await store.pool.query("select ring_at, state from liandong.clocks where case_id = $1", [
      caseIdOf(107),
    ]);
    expect(rows).toEqual([{ ring_at: second(9), state: {} }]);
    expect((await cases.loadFile(caseIdOf(107)))?.clocks).toEqual([aClock(171, caseIdOf(107))]);
  });

  it("loads and changes a request whose clock is damaged, and lets go of its timer (nmg:2.2.1)", async () => {
    const { streams, ...rest } = registration(108);
    const clock = clockWrite(aClock(181, caseIdOf(108)), 108, 0);
    await cases.commit({ ...rest, streams: [...streams, clock], timers: [clockTimer(181, 108, second(9))] });
    await store.pool.query("update liandong.clocks set state = '[]', version = 9 where case_id = $1", [caseIdOf(108)]);
    expect(await cases.loadFile(caseIdOf(108))).toMatchObject({ case: aCase(108), clocks: [] });
    expect(await cases.commit(amendment(108, 1))).toBe("done");
    const gone = { cancel: "mark", owner: "clock", ownerId: clockIdOf(181), caseId: caseIdOf(108) } as const;
    expect(await cases.commit({ ...emptyCommit(), timers: [gone] })).toBe("done");
    const { rows } = await store.pool.query("select ring_at from liandong.clocks where case_id = $1", [caseIdOf(108)]);
    expect(rows).toEqual([{ ring_at: null }]);
  });

  it("throws for a value no column takes instead of calling it a conflict", async () => {
    const bad = registration(106);
    await expect(
      cases.commit({ ...bad, vault: bad.vault.map((row) => ({ ...row, version: 2 ** 40 })) }),
    ).rejects.toThrow(/out of range/);
    expect(await loadFile(store, caseIdOf(106))).toBeNull();
  });
});
