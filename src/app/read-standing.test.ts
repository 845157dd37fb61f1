import { describe, expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import type { RegionCode } from "../kernel/index.ts";
import {
  aCall,
  aDesk,
  anActor,
  carry,
  give,
  given,
  onRequest,
  PLACE,
  POLICE,
  sentBy,
  THEFT,
} from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import { allStanding, readPeerFigures, readStanding } from "./read-standing.ts";

const keys = openPassingKeys();
const MINUTE = 60_000;
const SUPERVISOR = anActor({ roles: ["supervisor"] });
const FIRST = { cursor: null, limit: 50 } as const;

const desk = () => aDesk({ stores: createMemoryStores, keys });

async function offered(at: Desk, place: string | null = PLACE) {
  const done = await given(give(at, "register", aCall({ place }, { item: THEFT })));
  return given(give(at, "handOver", { to: POLICE }, { target: onRequest(done) }));
}

async function seen(at: Desk, actor = SUPERVISOR, page: Parameters<typeof readStanding>[2] = FIRST) {
  const found = await readStanding(at.deps, actor, page);
  if (!found.ok) throw new Error(found.error.code);
  return found.value;
}

describe("what stands still (nmg:2.2.1, nmg:2.3.1)", () => {
  test("a hand-over that the other desk does not hold appears with who must act, and goes when it is held there (9 deliveryReceipt)", async () => {
    const hotline = desk();
    const done = await offered(hotline);
    hotline.passMs(5 * MINUTE - 1);
    expect((await seen(hotline)).rows).toEqual([]);
    hotline.passMs(1);
    const { rows, next } = await seen(hotline);
    expect(next).toBeNull();
    expect(rows).toMatchObject([
      { requestNo: done.requestNo, peer: POLICE, state: "offered", who: "operator", act: "mendLink", level: 1 },
    ]);
    expect(await allStanding(hotline.deps)).toEqual(rows);
  });

  test("a reader sees those of his divisions and those without a place; who has other roles sees none (nmg:2.3.2)", async () => {
    const hotline = desk();
    const here = await offered(hotline);
    const nowhere = await offered(hotline, null);
    hotline.passMs(5 * MINUTE);
    const numbers = async (...regions: RegionCode[]) =>
      (await seen(hotline, { ...SUPERVISOR, regions })).rows.map(({ requestNo }) => requestNo);
    expect(await numbers(PLACE)).toEqual([here.requestNo, nowhere.requestNo]);
    expect(await numbers("150103" as RegionCode)).toEqual([nowhere.requestNo]);
    expect(await numbers("150200" as RegionCode)).toEqual([nowhere.requestNo]);
    for (const roles of [["callTaker"], ["dispatcher"], ["unitClerk"]] as const) {
      const refused = { ok: false, error: { code: "FORBIDDEN" } };
      expect(await readStanding(hotline.deps, anActor({ roles }), FIRST)).toEqual(refused);
      expect(await readPeerFigures(hotline.deps, anActor({ roles }))).toEqual(refused);
    }
  });

  test("dangers stand first, and of the rest what has stood longest, as the column says it; a notice is no kind of its own (nmg:2.2.1)", async () => {
    const hotline = desk();
    const notice = await given(give(hotline, "register", aCall({}, { item: THEFT })));
    const first = await offered(hotline);
    hotline.passMs(1_000);
    await given(give(hotline, "notify", { to: POLICE, text: "有人聚集" }, { target: onRequest(notice) }));
    hotline.passMs(1_000);
    const danger = await given(give(hotline, "register", aCall({}, { danger: true })));
    hotline.passMs(30 * MINUTE);
    const { rows } = await seen(hotline);
    expect(rows.map(({ requestNo }) => requestNo)).toEqual([danger, first, notice].map(({ requestNo }) => requestNo));
    const since = rows.slice(1).map((row) => row.since);
    expect(since).toEqual(since.toSorted());
  });

  test("a line holds codes and instants alone: nothing of who asked or what was said, whatever was written (P5, nmg:2.3.2)", async () => {
    const hotline = desk();
    const fields = { text: "鸣鸟甲", requesterName: "鸣鸟乙", address: "鸣鸟丙", requesterPhone: "13800001111" };
    for (const confidential of [true, false]) {
      const done = await given(give(hotline, "register", aCall({ ...fields, confidential }, { item: THEFT })));
      const target = onRequest(done);
      await given(give(hotline, "handOver", { to: POLICE }, { target }));
      await given(give(hotline, "notify", { to: POLICE, text: "鸣鸟丁" }, { target }));
      await given(give(hotline, "danger", {}, { target }));
    }
    hotline.passMs(60 * MINUTE);
    const page = await seen(hotline);
    expect(page.rows.length).toBeGreaterThanOrEqual(6);
    expect(JSON.stringify(page)).not.toMatch(/鸣鸟|1380000/);
    const names = "act dueAt kind level linkageId part peer requestNo role since source state who".split(" ");
    expect([...new Set(page.rows.flatMap((row) => Object.keys(row)))].toSorted()).toEqual(names);
  });

  test("pages go on where the one before ended, oldest first, and nothing personal is opened for them (nmg:2.3.2)", async () => {
    const hotline = desk();
    const all: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      all.push((await offered(hotline)).requestNo);
      hotline.passMs(1_000);
    }
    hotline.passMs(5 * MINUTE);
    const reads = hotline.reads.length;
    const turned: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const page = await seen(hotline, SUPERVISOR, { cursor, limit: 2 });
      expect(page.rows.length).toBeLessThanOrEqual(2);
      turned.push(...page.rows.map(({ requestNo }) => requestNo));
      cursor = page.next;
      if (cursor === null) break;
    }
    expect(turned).toEqual(all);
    expect(hotline.reads.length).toBe(reads);
  });
});

describe("the figures of a peer (nmg:2.3.1)", () => {
  test("both lanes of a peer that nothing was said to are there, with nothing in them", async () => {
    const found = await readPeerFigures(desk().deps, SUPERVISOR);
    expect(found.ok && found.value.rows.map((row) => [row.peer, row.lane, row.unsent, row.answers.of])).toEqual([
      [POLICE, "urgent", 0, 0],
      [POLICE, "ordinary", 0, 0],
    ]);
  });

  test("an offer counts as unsent and unanswered until the other desk has it and has said its word", async () => {
    const hotline = desk();
    const police = aDesk({ stores: createMemoryStores, keys, side: "police" });
    await offered(hotline);
    const ordinary = async () => {
      const found = await readPeerFigures(hotline.deps, SUPERVISOR);
      return found.ok ? found.value.rows.find(({ lane }) => lane === "ordinary") : undefined;
    };
    expect(await ordinary()).toMatchObject({ unsent: 1, unanswered: 1, oldestUnansweredAt: hotline.deps.clock.now() });
    const [offer] = sentBy(hotline);
    if (offer === undefined) throw new Error("nothing was offered");
    await carry(hotline, police, offer);
    const no = (await police.deps.queries.awaitedHandOvers(null, 1))[0]?.linkage.id;
    if (no === undefined) throw new Error("the offer did not come");
    await given(give(police, "acceptOffer", {}, { target: { kind: "linkage", id: no } }));
    hotline.passMs(9_000);
    for (const word of sentBy(police)) await carry(police, hotline, word);
    expect(await ordinary()).toMatchObject({ unanswered: 0, oldestUnansweredAt: null });
  });
});
