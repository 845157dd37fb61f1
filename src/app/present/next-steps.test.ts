import { describe, expect, test } from "vitest";
import { createMemoryStores } from "../../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../../test/setup/passing-keys.ts";
import {
  aCall,
  aDesk,
  anActor,
  carry,
  give,
  given,
  LAMP,
  LAWSUIT,
  onRequest,
  sentBy,
  THEFT,
  THREAT,
  WORKS,
} from "../desk.test-data.ts";
import type { Desk } from "../desk.test-data.ts";
import type { CommandDone } from "../give-command.ts";
import { readRequest } from "../read-requests.ts";

const keys = openPassingKeys();
const TAKER = anActor({ roles: ["callTaker"] });

async function view(here: Desk, known: CommandDone, actor = anActor()) {
  const shown = await readRequest(here.deps, actor, known.requestNo);
  if (!shown.ok) throw new Error(shown.error.code);
  return shown.value;
}

describe("what a reader is told beside what he may do", () => {
  test("110 is told before it writes that a ground which bounds 12345 alone ends nothing there, and is refused by it (nmg:2.1, REQ-06)", async () => {
    for (const [side, code] of [
      ["police", "EXCLUSION_NOT_OURS"],
      ["hotline", undefined],
    ] as const) {
      const here = aDesk({ stores: createMemoryStores, keys, side });
      const known = await given(give(here, "register", aCall({}, { item: LAWSUIT })));
      const { notYet } = await view(here, known);
      expect(notYet.find(({ command }) => command === "guide")?.code).toBe(code);
      const said = await give(
        here,
        "guide",
        { reason: "court", guidance: "请向人民法院起诉" },
        { target: onRequest(known) },
      );
      expect(said.ok ? undefined : said.error.code).toBe(code);
    }
  });

  test("which step is missing before the next one, by the code that would refuse it (REQ-13)", async () => {
    const here = aDesk({ stores: createMemoryStores, keys });
    const known = await given(give(here, "register", aCall({ field: null })));
    const target = onRequest(known);
    const all = async () => (await view(here, known)).notYet;
    const say = async () => (await all()).filter(({ command }) => command !== "handOver");
    await given(give(here, "accept", {}, { target }));
    expect((await all()).map(({ command, code }) => [command, code])).toEqual([
      ["guide", "GUIDANCE_ONLY_FOR_NEITHER"],
      ["answer", "NOT_JUDGED"],
      ["conclude", "NOT_JUDGED"],
      ["handOver", "NO_INITIAL_RESPONSE"],
    ]);
    await given(give(here, "judge", { item: LAMP }, { target }));
    expect((await say()).at(-1)).toEqual({ command: "conclude", code: "FACTS_MISSING", params: { fields: ["field"] } });
    await given(give(here, "amend", { fields: { field: "publicServices" } }, { target }));
    await given(give(here, "dispatch", { kind: "work", unit: WORKS }, { target }));
    expect(await say()).toEqual([{ command: "conclude", code: "ORDERS_OPEN", params: { count: 1 } }]);
    const [order] = (await view(here, known)).orders;
    if (order === undefined) throw new Error("no order");
    await given(
      give(here, "reply", { resolution: "resolved", reply: "已换灯" }, { target: { kind: "order", id: order.id } }),
    );
    expect(await say()).toEqual([]);
    await given(give(here, "conclude", { resolution: "resolved", result: "已换灯" }, { target }));
    expect(await say()).toEqual([{ command: "close", code: "NOT_CALLED_BACK", params: { attempts: 0, needed: 3 } }]);
    await given(give(here, "callBack", { outcome: "reached", satisfaction: 5, solved: true }, { target }));
    expect(await say()).toEqual([]);
    await given(give(here, "close", {}, { target }));
  });

  test("why a matter taken up is not handed over yet, and the hand-over then is not refused (nmg:2.2.2, nmg:a4)", async () => {
    const here = aDesk({ stores: createMemoryStores, keys });
    const known = await given(give(here, "register", aCall({}, { item: LAMP })));
    const target = onRequest(known);
    const say = async () => (await view(here, known)).notYet.find(({ command }) => command === "handOver");
    const refusal = async () => {
      const answer = await give(here, "handOver", {}, { target });
      return answer.ok ? null : answer.error.code;
    };
    expect(await say()).toBeUndefined();
    await given(give(here, "dispatch", { kind: "work", unit: WORKS }, { target }));
    expect(await say()).toEqual({ command: "handOver", code: "NO_INITIAL_RESPONSE", params: {} });
    expect(await refusal()).toBe("NO_INITIAL_RESPONSE");
    await given(give(here, "recordInitialResponse", { manner: "byPhone", entry: "已电话联系" }, { target }));
    expect(await say()).toEqual({ command: "handOver", code: "ORDERS_OPEN", params: { count: 1 } });
    expect(await refusal()).toBe("ORDERS_OPEN");
    const [order] = (await view(here, known)).orders;
    if (order === undefined) throw new Error("no order");
    await given(give(here, "recall", { reason: "notNeeded" }, { target: { kind: "order", id: order.id } }));
    expect(await say()).toBeUndefined();
    expect(await refusal()).toBeNull();
  });

  test("that a matter offered away is not ended before it is taken back", async () => {
    const here = aDesk({ stores: createMemoryStores, keys });
    const known = await given(give(here, "register", aCall({}, { item: LAMP })));
    await given(give(here, "handOver", {}, { target: onRequest(known) }));
    expect((await view(here, known)).notYet.map(({ command, code }) => [command, code])).toEqual([
      ["guide", "OFFER_OPEN"],
      ["answer", "OFFER_OPEN"],
    ]);
  });

  test("that an offer is accepted or returned when what was added to it was read, and not before (REQ-14)", async () => {
    const here = aDesk({ stores: createMemoryStores, keys });
    const there = aDesk({ stores: createMemoryStores, keys, side: "police" });
    const known = await given(give(here, "register", aCall({}, { item: THEFT })));
    const target = onRequest(known);
    await given(give(here, "handOver", {}, { target }));
    await given(give(here, "amend", { fields: {}, note: "又来电" }, { target }));
    for (const message of sentBy(here)) await carry(here, there, message);
    const unread = await view(there, known);
    const waits = ["acceptOffer", "return"].map((command) => ({
      command,
      code: "UNREAD_ADDITION",
      params: { count: 1 },
    }));
    expect([unread.linkages[0]?.allowed.includes("acceptOffer"), unread.notYet]).toEqual([false, waits]);
    await given(give(there, "readAdditions", {}, { target: { kind: "linkage", id: unread.linkages[0]?.id as never } }));
    const read = await view(there, known);
    expect([read.linkages[0]?.allowed.includes("acceptOffer"), read.notYet]).toEqual([true, []]);
  });

  test("that a matter taken over is not ended while something added to it is unread, as the refusal would say (REQ-14)", async () => {
    const here = aDesk({ stores: createMemoryStores, keys, side: "police" });
    const there = aDesk({ stores: createMemoryStores, keys });
    const known = await given(give(here, "register", aCall({}, { item: LAMP })));
    const target = onRequest(known);
    await given(give(here, "handOver", {}, { target }));
    let [left, back] = [0, 0];
    const exchange = async () => {
      for (const message of sentBy(here).slice(left)) await carry(here, there, message);
      left = sentBy(here).length;
      for (const message of sentBy(there).slice(back)) await carry(there, here, message);
      back = sentBy(there).length;
    };
    await exchange();
    const linkage = { kind: "linkage", id: (await view(there, known)).linkages[0]?.id as never } as const;
    await given(give(there, "acceptOffer", {}, { target: linkage }));
    await exchange();
    await exchange();
    await given(give(here, "amend", { fields: {}, note: "又来电" }, { target }));
    await exchange();
    const early = (await view(there, known)).notYet.filter(({ code }) => code === "UNREAD_ADDITION");
    const params = { count: 1 };
    expect(early).toEqual(["answer", "conclude"].map((command) => ({ command, code: "UNREAD_ADDITION", params })));
    const conclude = () => give(there, "conclude", { resolution: "resolved", result: "已修好" }, { target });
    expect(await conclude()).toMatchObject({ ok: false, error: { code: "UNREAD_ADDITION" } });
    await given(give(there, "readAdditions", {}, { target: linkage }));
    expect((await view(there, known)).notYet.map(({ code }) => code)).not.toContain("UNREAD_ADDITION");
    expect((await conclude()).ok).toBe(true);
  });

  test("who may do what this account may not, on the request, its orders and its hand-overs (REQ-56)", async () => {
    const here = aDesk({ stores: createMemoryStores, keys });
    const known = await given(give(here, "register", aCall({}, { item: LAMP })));
    const target = onRequest(known);
    await given(give(here, "dispatch", { kind: "work", unit: WORKS }, { target }));
    const roles = ["dispatcher", "supervisor"];
    const taker = await view(here, known, TAKER);
    expect(taker.forOthers).toEqual([{ command: "conclude", roles }]);
    expect(taker.allowed).not.toContain("conclude");
    expect(taker.orders[0]?.forOthers).toContainEqual({ command: "recall", roles });
    expect((await view(here, known)).forOthers).toEqual([]);
  });

  test("which push the other desk has had on screen, and which is the last (nmg:a3)", async () => {
    const here = aDesk({ stores: createMemoryStores, keys });
    const known = await given(give(here, "register", aCall({}, { item: THREAT })));
    const before = (await view(here, known)).linkages[0];
    expect([before?.pushNo, before?.shownPushNo]).toEqual([1, 0]);
    await given(give(here, "amend", { fields: {}, note: "手里有刀" }, { target: onRequest(known) }));
    const after = (await view(here, known)).linkages[0];
    expect([after?.pushNo, after?.shownPushNo]).toEqual([2, 0]);
  });
});
