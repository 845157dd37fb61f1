import { describe, expect, test } from "vitest";
import type { RequestNo } from "../kernel/index.ts";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import { aCall, aDesk, anActor, carry, give, given, onRequest, sentBy, LAMP, THEFT, THREAT } from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import { readRequest } from "./read-requests.ts";

const keys = openPassingKeys();
const YES = { question: "G06-1", answer: "yes", how: "asked" } as const;
const WORDS = "有人被困吗？ 是\n\nIs anybody trapped? yes";

function twoDesks(): { readonly hotline: Desk; readonly police: Desk } {
  return {
    hotline: aDesk({ stores: createMemoryStores, keys }),
    police: aDesk({ stores: createMemoryStores, keys, side: "police" }),
  };
}

/** What the desk shows of the deciding questions, in the order in which it was said. */
async function askedAt(desk: Desk, no: RequestNo): Promise<readonly (string | null)[]> {
  const shown = await readRequest(desk.deps, anActor(), no);
  if (!shown.ok) throw new Error(shown.error.code);
  const asked = Object.entries(shown.value.fields).filter(([field]) => field.startsWith("note.asked."));
  return asked.map(([, { value }]) => value);
}

async function carried(hotline: Desk, police: Desk): Promise<void> {
  for (const message of sentBy(hotline)) await carry(hotline, police, message);
}

describe("what 12345 asked by the deciding questions reaches 110 (nmg:2.2.1, REQ-14, REQ-94, P4)", () => {
  test("with the hand-over, whatever item it led to", async () => {
    const { hotline, police } = twoDesks();
    const known = await given(give(hotline, "register", aCall({}, { item: THEFT, answers: [YES] })));
    await given(give(hotline, "handOver", {}, { target: onRequest(known) }));
    await carried(hotline, police);
    expect(await askedAt(police, known.requestNo)).toEqual([WORDS]);
    expect(await askedAt(hotline, known.requestNo)).toEqual([WORDS]);
  });

  test("with a push that leaves before any item is chosen", async () => {
    const { hotline, police } = twoDesks();
    const known = await given(give(hotline, "register", aCall({}, { danger: true, answers: [YES] })));
    await carried(hotline, police);
    expect(await askedAt(police, known.requestNo)).toEqual([WORDS]);
  });

  test("when it is asked after the push or the hand-over left: with the judgement, or by itself", async () => {
    const { hotline, police } = twoDesks();
    const known = await given(give(hotline, "register", aCall({}, { danger: true })));
    const target = onRequest(known);
    await given(give(hotline, "judge", { item: LAMP, answers: [YES] }, { target }));
    await given(give(hotline, "amend", { fields: {}, answers: [{ ...YES, answer: "unknown" }] }, { target }));
    await carried(hotline, police);
    expect(await askedAt(police, known.requestNo)).toEqual([
      WORDS,
      "有人被困吗？ 不清楚\n\nIs anybody trapped? not known",
    ]);
  });

  test("with the push that the judgement itself brings about", async () => {
    const { hotline, police } = twoDesks();
    const known = await given(give(hotline, "register", aCall()));
    await given(give(hotline, "judge", { item: THREAT, answers: [YES] }, { target: onRequest(known) }));
    await carried(hotline, police);
    expect(await askedAt(police, known.requestNo)).toEqual([WORDS]);
  });

  test("once for the same answers, and never what the item or the record answered or a version does not know", async () => {
    const { hotline } = twoDesks();
    const known = await given(give(hotline, "register", aCall({}, { item: LAMP, answers: [YES] })));
    const target = onRequest(known);
    await given(give(hotline, "judge", { item: THEFT, answers: [YES] }, { target }));
    const unasked = [
      { ...YES, how: "known" },
      { ...YES, question: "G99-9" },
    ] as const;
    await given(give(hotline, "judge", { item: LAMP, answers: unasked }, { target }));
    expect(await askedAt(hotline, known.requestNo)).toEqual([WORDS]);
  });
});
