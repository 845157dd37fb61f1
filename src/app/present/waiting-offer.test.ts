import { describe, expect, test } from "vitest";
import { createMemoryStores } from "../../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../../test/setup/passing-keys.ts";
import type { CommandName } from "../command-input.ts";
import { aCall, aDesk, anActor, carry, give, given, LAMP, onRequest, sentBy, WORKS } from "../desk.test-data.ts";
import { readRequest } from "../read-requests.ts";

const keys = openPassingKeys();

/** A body each of these commands is taken with. */
const BODIES: Partial<Record<CommandName, object>> = {
  amend: { fields: {}, note: "又来电" },
  judge: { item: LAMP },
  accept: {},
  dispatch: { kind: "work", unit: WORKS },
  recordInitialResponse: { manner: "byPhone", entry: "已电话联系" },
  notify: { text: "请知悉" },
  askSupport: { what: "封路" },
  answer: { answer: "已告知" },
  conclude: { resolution: "resolved", result: "已修好" },
};

/** A matter of this desk that is offered to the other one, waiting there or given back by it. */
async function offered(state: "waits" | "cameBack") {
  const here = aDesk({ stores: createMemoryStores, keys });
  const there = aDesk({ stores: createMemoryStores, keys, side: "police" });
  const known = await given(give(here, "register", aCall({}, { item: LAMP })));
  const target = onRequest(known);
  await given(give(here, "handOver", {}, { target }));
  const view = async (desk: typeof here) => {
    const shown = await readRequest(desk.deps, anActor(), known.requestNo);
    if (!shown.ok) throw new Error(shown.error.code);
    return shown.value;
  };
  if (state === "cameBack") {
    for (const message of sentBy(here)) await carry(here, there, message);
    const id = (await view(there)).linkages[0]?.id as never;
    const grounds = { reason: "outOfScope", basis: "nmg:2.1", proposedOwner: "12345" };
    await given(give(there, "return", grounds, { target: { kind: "linkage", id } }));
    for (const message of sentBy(there)) await carry(there, here, message);
  }
  return { here, target, view: () => view(here) };
}

describe("while a hand-over waits for its answer, or came back", () => {
  test.each(["waits", "cameBack"] as const)(
    "what the desk that acts is offered is taken, and what must come later is refused by the code that stands beside it: the first receiver goes on (%s, nmg:2.2.1, nmg:2.2.2)",
    async (state) => {
      const first = await (await offered(state)).view();
      expect(first.linkages[0]?.state).toBe(state === "waits" ? "offered" : "returned");
      const later = new Map(first.notYet.map(({ command, code }) => [command, code]));
      const tried = first.allowed.filter((name) => name in BODIES);
      expect(tried).toEqual(expect.arrayContaining(["accept", "dispatch", "recordInitialResponse", "judge"]));
      expect(first.allowed).not.toContain("handOver");
      for (const name of tried) {
        const { here, target } = await offered(state);
        const done = await give(here, name, BODIES[name] as never, { target });
        expect([name, done.ok ? null : done.error.code]).toEqual([name, later.get(name) ?? null]);
      }
    },
  );
});
