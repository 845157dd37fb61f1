import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import { aCall, aDesk, codeOf, give, given, onRequest, overtake } from "./desk.test-data.ts";

test("who is overtaken again and again waits a little longer each time, and a danger gets through (nmg:2.2.1)", async () => {
  const desk = aDesk({ stores: createMemoryStores, keys: openPassingKeys() });
  const known = await given(give(desk, "register", aCall()));
  const target = onRequest(known);
  const waits: number[] = [];
  const patient = { ...desk, deps: { ...desk.deps, pause: async (ms: number) => void waits.push(ms) } };
  overtake(desk, 12, () => given(give(desk, "amend", { fields: {}, note: "又来电" }, { target })));
  expect(await codeOf(give(patient, "danger", {}, { target }))).toBe("ok");
  expect(waits).toHaveLength(11);
  for (const [n, ms] of waits.entries()) {
    const most = Math.min(2 * 2 ** n, 128);
    expect(ms).toBeGreaterThanOrEqual(most / 2);
    expect(ms).toBeLessThanOrEqual(most);
  }
});
