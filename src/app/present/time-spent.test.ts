import { expect, test } from "vitest";
import { createMemoryStores } from "../../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../../test/setup/passing-keys.ts";
import { openCalendar } from "../../core/clock/index.ts";
import type { Rules } from "../deps.ts";
import { aCall, aDesk, anActor, give, given, LAMP, onRequest, WORKS } from "../desk.test-data.ts";
import { readRequest } from "../read-requests.ts";

const MINUTE = 60_000;

/** Four hours for each stage, by the clock on the wall. */
const FOUR_HOURS: Rules["clock"] = {
  calendar: openCalendar({ version: "cn@1", years: [], days: [], shifts: [] }),
  policyFor: ({ stage }) => ({
    limit: `${stage}-test`,
    catalogueVersion: "test@1",
    stage,
    amount: 4,
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

test("a request says where its time went: each who had to act, and who had it when it fell due (nmg:2.2.5)", async () => {
  const desk = aDesk({ stores: createMemoryStores, keys: openPassingKeys(), limits: FOUR_HOURS });
  const known = await given(give(desk, "register", aCall({}, { item: LAMP })));
  const target = onRequest(known);
  await given(give(desk, "accept", {}, { target }));
  desk.passMs(30 * MINUTE);
  await given(give(desk, "dispatch", { kind: "work", unit: WORKS }, { target }));
  const spent = async () => {
    const view = await readRequest(desk.deps, anActor(), known.requestNo);
    if (!view.ok) throw new Error(view.error.code);
    return view.value.spent;
  };
  const of = async (stage: string) => (await spent()).find((one) => one.stage === stage);
  expect(await of("dispatch")).toMatchObject({
    stoppedAt: expect.any(String),
    lateWith: null,
    shares: [{ owner: desk.deps.node.self, unitName: null, runningMinutes: 30 }],
  });
  // The unit's time lies inside that of the whole, which began half an hour before.
  desk.passMs(210 * MINUTE);
  const reply = await of("reply");
  expect(reply).toMatchObject({ stoppedAt: null, lateWith: null, shares: [{ owner: WORKS, runningMinutes: 210 }] });
  desk.passMs(MINUTE);
  expect((await of("reply"))?.lateWith).toMatchObject({ owner: WORKS });
  expect((await of("conclude"))?.lateWith).not.toBeNull();
});
