import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import { openCalendar } from "../core/clock/index.ts";
import type { CaseId } from "../kernel/index.ts";
import type { Deps, Rules } from "./deps.ts";
import { aCall, aDesk, give, given, LAMP, onRequest } from "./desk.test-data.ts";
import { startClocks } from "./start-clocks.ts";

/** A day for each stage. */
const A_DAY: Rules["clock"] = {
  calendar: openCalendar({ version: "cn@1", years: [], days: [], shifts: [] }),
  policyFor: ({ stage }) => ({
    limit: `${stage}-test`,
    catalogueVersion: "test@1",
    stage,
    amount: 24,
    unit: "naturalHours",
    hours: "always@1",
    pausable: false,
    extensionMax: 0,
    giveBackMinutes: null,
    source: "nmg:2.2.5",
    basis: "default",
    marks: [],
  }),
};

/** A desk that registered `count` requests before it had limits, and what it is when it has them. */
async function updated(count: number, clock = A_DAY) {
  const desk = aDesk({ stores: createMemoryStores, keys: openPassingKeys() });
  const known: CaseId[] = [];
  for (let n = 0; n < count; n++) {
    known.push((await given(give(desk, "register", aCall()))).caseId);
    desk.passMs(1_000);
  }
  const said: string[] = [];
  const deps: Deps = {
    ...desk.deps,
    rules: () => ({ ...desk.deps.rules(), clock }),
    onFault: (where, fault) => void said.push(`${where}: ${String(fault)}`),
  };
  const before = desk.commits.length;
  const clocks = async () =>
    await Promise.all(known.map(async (id) => (await deps.store.loadFile(id))?.clocks.length ?? 0));
  return { desk, deps, known, said, clocks, written: () => desk.commits.slice(before) };
}

async function pass(deps: Deps): Promise<number> {
  let pages = 1;
  for (let next = await startClocks(deps, null); next !== null; next = await startClocks(deps, next)) pages += 1;
  return pages;
}

test("requests from before there were limits get theirs at the start, each in a commit of its own, counted from then (nmg:2.2.5)", async () => {
  const { deps, clocks, written, known } = await updated(45);
  expect(await pass(deps)).toBe(3);
  expect(await clocks()).toEqual(known.map(() => 1));
  expect(written().map(({ streams }) => streams.map(({ kind }) => kind))).toEqual(known.map(() => ["clock"]));
  const [first] = (await deps.store.loadFile(known[0] as CaseId))?.clocks ?? [];
  expect(first).toMatchObject({ startedAt: deps.clock.now(), policy: { stage: "dispatch" } });
});

test("a start that was cut short goes on where clocks are missing; what has them is left alone", async () => {
  const { deps, clocks, written } = await updated(45);
  await startClocks(deps, null);
  expect((await clocks()).filter((n) => n === 1)).toHaveLength(20);
  await pass(deps);
  expect(written()).toHaveLength(45);
  await pass(deps);
  expect(written()).toHaveLength(45);
});

test("what is closed gets none, 110 has none, and where no limit fits nothing is written", async () => {
  const { desk, deps, written } = await updated(0);
  const target = onRequest(await given(give(desk, "register", aCall())));
  await given(give(desk, "judge", { item: LAMP }, { target }));
  await given(give(desk, "answer", { answer: "已派人查看" }, { target }));
  const before = written().length;
  const police: Deps = { ...deps, node: { ...deps.node, side: "police" } };
  const without: Deps = { ...deps, rules: desk.deps.rules };
  for (const each of [police, without]) await pass(each);
  await given(give(desk, "close", {}, { target }));
  await pass(deps);
  expect(written()).toHaveLength(before + 1);
  const open = await updated(1);
  await pass({ ...open.deps, rules: open.desk.deps.rules });
  expect(open.written()).toEqual([]);
});

test("who writes a request meanwhile goes first, and one that cannot be read keeps no other from its clocks (nmg:2.2.1)", async () => {
  const { desk, deps, known, said, clocks } = await updated(3);
  const [newest] = known.toReversed();
  const damaged = async (id: CaseId) => {
    if (id === newest) throw new Error("a damaged row");
    return deps.store.loadFile(id);
  };
  desk.meanwhile(async () => {
    desk.meanwhile(async () => undefined);
    const found = await deps.store.loadFile(known[1] as CaseId);
    if (found !== null)
      await given(give(desk, "danger", {}, { target: { kind: "request", no: found.case.requestNo } }));
  });
  await pass({ ...deps, store: { ...deps.store, loadFile: damaged } });
  expect(said).toEqual([`clocks: Error: a damaged row`]);
  expect(await clocks()).toEqual([1, 0, 0]);
});

test("one limit that is out of order keeps no other request from its clocks (nmg:2.2.5)", async () => {
  let asked = 0;
  const policyFor: typeof A_DAY.policyFor = (about, at) => {
    asked += 1;
    if (asked % 3 === 1) throw new Error("no such row");
    return A_DAY.policyFor(about, at);
  };
  const { deps, clocks } = await updated(9, { ...A_DAY, policyFor });
  await pass(deps);
  expect((await clocks()).filter((n) => n === 1).length).toBeGreaterThanOrEqual(6);
});

test("limits that are all out of order end the pass with a few marks, not with one for each request", async () => {
  const broken = (): never => {
    throw new Error("no such table");
  };
  const { deps, said } = await updated(30, { ...A_DAY, policyFor: broken });
  expect(await pass(deps)).toBe(1);
  const marks = await deps.queries.alarms(["operator"]);
  expect(marks.map(({ kind }) => kind)).toEqual(Array.from({ length: 5 }, () => "limitUnreadable"));
  expect(said).toHaveLength(5);
});
