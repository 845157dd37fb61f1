import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import { openCalendar } from "../core/clock/index.ts";
import type { Deps, Rules } from "./deps.ts";
import { aCall, aDesk, anActor, give, given, onRequest } from "./desk.test-data.ts";
import { readRequest, showLeft } from "./read-requests.ts";

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

/** A row of a clock that stands behind its events refuses every change of it, for ever. */
function damaged({ store }: Deps): Deps["store"] {
  return {
    ...store,
    commit: async (commit) => (commit.streams.some(({ kind }) => kind === "clock") ? "conflict" : store.commit(commit)),
  };
}

test("a danger is written without its clocks when they alone cannot be written (nmg:2.2.1, nmg:2.2.5)", async () => {
  const desk = aDesk({ stores: createMemoryStores, keys: openPassingKeys(), limits: A_DAY });
  const { store } = desk.deps;
  const here = { ...desk, deps: { ...desk.deps, store: damaged(desk.deps) } };
  const known = await given(give(here, "register", { ...aCall(), danger: true }));
  const file = await store.loadFile(known.caseId);
  expect(file?.linkages.map(({ kind }) => kind)).toEqual(["urgent"]);
  expect([file?.orders.length, file?.clocks]).toEqual([1, []]);
  await given(give(desk, "danger", { note: "又有人受伤" }, { target: { kind: "request", no: known.requestNo } }));
  expect((await store.loadFile(known.caseId))?.clocks.length).toBeGreaterThan(0);
});

test.each(["accept", "danger"] as const)(
  "the answer to %s that was written without clocks says when the request is due by those that are kept (nmg:2.2.5)",
  async (name) => {
    const desk = aDesk({ stores: createMemoryStores, keys: openPassingKeys(), limits: A_DAY });
    const target = onRequest(await given(give(desk, "register", aCall())));
    const here = { ...desk, deps: { ...desk.deps, store: damaged(desk.deps) } };
    const done = await given(give(here, name, {}, { target, show: (deps, left) => showLeft(deps, anActor(), left) }));
    const kept = await readRequest(desk.deps, anActor(), done.requestNo);
    expect(done.view?.due).toMatchObject({ stage: "dispatch", status: "running" });
    expect(done.view?.due).toEqual(kept.ok && kept.value.due);
  },
);
