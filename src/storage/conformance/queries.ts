import { describe, expect, it } from "vitest";
import type { FeedRow, Page, QueuedCase, QueueFilter } from "../../app/ports/queries.ts";
import type { Commit, VaultRow } from "../../app/ports/store.ts";
import type { Case } from "../../core/case/index.ts";
import type { RegionCode, RequestNo, UnitCode } from "../../kernel/index.ts";
import {
  aCase,
  aClock,
  amendment,
  anOrder,
  caseIdOf,
  clockWrite,
  emptyCommit,
  indexOf,
  linkageWrite,
  orderIdOf,
  orderWrite,
  registration,
  requestNoOf,
  second,
} from "../sample-commits.ts";
import type { Harness } from "./harness.ts";

/** Cases of this part lie in a division of their own, so that other parts of the suite do not show up in its lists. */
const HERE = "150200" as RegionCode;

const filter = (change: Partial<QueueFilter> = {}): QueueFilter => ({
  view: "all",
  status: null,
  item: null,
  place: null,
  unit: null,
  phoneIndex: null,
  regions: [HERE],
  cursor: null,
  limit: 10,
  ...change,
});

async function fill({ cases }: Harness): Promise<void> {
  const make = async (
    n: number,
    status: Case["status"],
    place: string,
    units: readonly UnitCode[] = [],
  ): Promise<void> => {
    const made = registration(n, { status, place: place as RegionCode, danger: n === 405 });
    const index = made.index === null ? null : { ...made.index, units, phoneIndex: `p${n % 2}` };
    expect(await cases.commit({ ...made, index })).toBe("done");
  };
  await make(401, "registered", "150202");
  await make(402, "offered", "150203");
  await make(403, "handedOver", "150202");
  await make(404, "closed", "150203001000", ["unit-a" as UnitCode]);
  await make(405, "handling", "150202", ["unit-a" as UnitCode, "unit-b" as UnitCode]);
}

const gaveBack = ({ handOver }: QueuedCase): boolean => handOver?.role === "S" && handOver.state === "returned";

function returnTests(at: () => Harness): void {
  it("says of a request that the other desk gave it back, until this desk has said what becomes of it (nmg:2.2.1)", async () => {
    const returned = async () =>
      (await at().queries.queue(filter())).rows.flatMap((row) => (gaveBack(row) ? [row.index.requestNo] : [])).join();
    const turn = async (before: number, change: Parameters<typeof linkageWrite>[4]) =>
      at().cases.commit({
        ...emptyCommit(),
        streams: [linkageWrite(481, 401, before, second(481), change)],
        index: indexOf(aCase(401, { status: "registered", place: "150202" as RegionCode }), before + 2),
      });
    expect(await turn(0, { role: "R", part: "ordinary", state: "returned" })).toBe("done");
    expect(await returned()).toBe("");
    expect(await turn(1, { role: "S", part: "ordinary", state: "returned" })).toBe("done");
    expect(await returned()).toBe(requestNoOf(401));
    const waiting = await at().queries.queue(filter({ view: "returned" }));
    expect(waiting.rows.map(({ index }) => index.requestNo)).toEqual([requestNoOf(401)]);
    expect((await at().queries.queueCounts(null)).returned).toBe(1);
    expect(await turn(2, { role: "S", part: "ordinary", state: "withdrawn" })).toBe("done");
    expect((await at().queries.queueCounts(null)).returned).toBe(0);
    expect(await returned()).toBe("");
  });
}

function dueTests(at: () => Harness): void {
  it("says what of a request is due first as the last commit left it, and nothing of one without time limits (nmg:2.2.5)", async () => {
    const place = "150982" as RegionCode;
    const made = registration(493, { status: "handling", place });
    if (made.index === null) throw new Error("a registration without its index");
    const { index } = made;
    const due = { stage: "reply", at: second(500), provisional: true, status: "running" } as const;
    const row = async () => (await at().queries.queue(filter({ regions: [place] }))).rows[0]?.index.due;
    expect(await at().cases.commit({ ...made, index: { ...index, due } })).toBe("done");
    expect(await row()).toEqual(due);
    const still = { ...due, at: null, status: "paused" } as const;
    const clock = clockWrite(aClock(493, caseIdOf(493)), 493, 0);
    expect(await at().cases.commit({ ...emptyCommit(), streams: [clock], index: { ...index, due: still } })).toBe(
      "done",
    );
    expect(await row()).toEqual(still);
    const order = orderWrite(anOrder(493, 493, { unit: "unit-due" as UnitCode }), 0);
    const last = { ...index, fileVersion: index.fileVersion + 1, due: null };
    expect(await at().cases.commit({ ...emptyCommit(), streams: [order], index: last })).toBe("done");
    expect(await row()).toBeNull();
  });
}

function endedTests(at: () => Harness): void {
  it("has among what has ended what this desk gave back, so that nobody loses sight of it", async () => {
    const place = "150981" as RegionCode;
    const made = registration(409, { status: "stoodDown", place });
    const index = made.index === null ? null : { ...made.index, responsible: false };
    expect(await at().cases.commit({ ...made, index })).toBe("done");
    const { rows } = await at().queries.queue(filter({ view: "closed", regions: [place] }));
    expect(rows.map(({ index: found }) => found.caseId)).toEqual([caseIdOf(409)]);
    expect((await at().queries.queueCounts([place])).closed).toBe(1);
  });
}

function queueTests(at: () => Harness): void {
  const numbers = async (change: Partial<QueueFilter>): Promise<readonly number[]> => {
    const { rows } = await at().queries.queue(filter(change));
    return [401, 402, 403, 404, 405].filter((n) => rows.some(({ index }) => index.caseId === caseIdOf(n)));
  };

  it("shows each view, and within it what the reader filters by", async () => {
    await fill(at());
    expect(await numbers({ view: "all" })).toEqual([401, 402, 403, 404, 405]);
    expect(await numbers({ view: "mine" })).toEqual([401, 402, 405]);
    expect(await numbers({ view: "incoming" })).toEqual([402]);
    expect(await numbers({ view: "theirs" })).toEqual([403]);
    expect(await numbers({ view: "danger" })).toEqual([405]);
    expect(await numbers({ view: "closed" })).toEqual([404]);
    expect(await numbers({ status: ["closed", "offered"] })).toEqual([402, 404]);
    expect(await numbers({ place: "150203" })).toEqual([402, 404]);
    expect(await numbers({ unit: "unit-a" as UnitCode })).toEqual([404, 405]);
    expect(await numbers({ phoneIndex: "p1", view: "mine" })).toEqual([401, 405]);
    expect(await numbers({ item: "A01-01" })).toEqual([]);
    expect(await numbers({ regions: ["150203" as RegionCode] })).toEqual([402, 404]);
    expect(await numbers({ regions: ["150203" as RegionCode, "150202" as RegionCode] })).toEqual([
      401, 402, 403, 404, 405,
    ]);
    expect(await numbers({ regions: [] })).toEqual([]);
  });

  it("shows a request without a place to every reader, and counts it: nobody may be kept from a danger without an address", async () => {
    const nowhere = ["999999" as RegionCode];
    const before = await at().queries.queueCounts(nowhere);
    const made = registration(406, { place: null, danger: true });
    expect(await at().cases.commit(made)).toBe("done");
    const { rows } = await at().queries.queue(filter({ view: "danger", regions: nowhere }));
    expect(rows.map(({ index }) => index.caseId)).toEqual([caseIdOf(406)]);
    const after = await at().queries.queueCounts(nowhere);
    expect([after.danger - before.danger, after.mine - before.mine]).toEqual([1, 1]);
    // With a place elsewhere it is out of the way of the lists of the next tests.
    expect(await at().cases.commit(amendment(406, 1, { place: "530100" as RegionCode }))).toBe("done");
  });

  it("turns pages newest first without gap or double, also from a cursor nobody gave out", async () => {
    const seen: string[] = [];
    let page: Page<{ readonly index: { readonly caseId: string } }> = await at().queries.queue(filter({ limit: 2 }));
    for (let turns = 0; turns < 9; turns += 1) {
      seen.push(...page.rows.map(({ index }) => index.caseId));
      if (page.next === null) break;
      page = await at().queries.queue(filter({ limit: 2, cursor: page.next }));
    }
    expect(seen).toEqual([405, 404, 403, 402, 401].map((n) => caseIdOf(n)));
    expect((await at().queries.queue(filter({ cursor: "not a cursor" }))).rows).toHaveLength(5);
  });

  it("gives the index as written, and the counts of all views", async () => {
    const [row] = (await at().queries.queue(filter({ view: "danger" }))).rows;
    expect(row?.index).toEqual({
      ...indexOf(aCase(405, { status: "handling", place: "150202" as RegionCode, danger: true }), 1),
      units: ["unit-a", "unit-b"],
      phoneIndex: "p1",
    });
    expect(row?.case.status).toBe("handling");
    expect(await at().queries.queueCounts([HERE])).toEqual({
      mine: 3,
      incoming: 1,
      returned: 0,
      theirs: 1,
      danger: 1,
      closed: 1,
      all: 5,
    });
    expect((await at().queries.queueCounts(null)).all).toBeGreaterThanOrEqual(5);
  });
}

function dangerTests(at: () => Harness): void {
  it("shows and counts an open danger as this desk's own, whoever holds the ordinary part (nmg:2.2.1)", async () => {
    const there = ["150300" as RegionCode];
    const place = "150302" as RegionCode;
    const pushed = registration(407, { status: "accepted", place, danger: true });
    const elsewhere = registration(408, { status: "accepted", place });
    for (const made of [pushed, elsewhere]) {
      const index = made.index === null ? null : { ...made.index, responsible: false };
      expect(await at().cases.commit({ ...made, index })).toBe("done");
    }
    const { rows } = await at().queries.queue(filter({ view: "mine", regions: there }));
    expect(rows.map(({ index }) => index.caseId)).toEqual([caseIdOf(407)]);
    expect((await at().queries.queueCounts(there)).mine).toBe(1);
    // Ended, it is the other desk's alone.
    const ended = amendment(407, 1, { status: "accepted", place });
    const index = ended.index === null ? null : { ...ended.index, responsible: false };
    expect(await at().cases.commit({ ...ended, index })).toBe("done");
    expect((await at().queries.queueCounts(there)).mine).toBe(0);
  });
}

function orderTests(at: () => Harness): void {
  it("lists the orders of one unit, open and ended apart, newest first", async () => {
    const { cases, queries } = at();
    const unit = "unit-z" as UnitCode;
    await cases.commit(registration(410));
    const orders = [411, 412, 413].map((n) => orderWrite(anOrder(n, 410, { unit }), 0));
    const ofOrder = aClock(414, orderIdOf(413));
    const streams = [...orders, clockWrite(ofOrder, 410, 0), clockWrite(aClock(415, caseIdOf(410)), 410, 0)];
    await cases.commit({ ...emptyCommit(), streams, index: indexOf(aCase(410), 4) });
    const replied = anOrder(412, 410, { unit, status: "replied", endedAt: anOrder(500, 410).dispatchedAt });
    await cases.commit({ ...emptyCommit(), streams: [orderWrite(replied, 1)], index: indexOf(aCase(410), 5) });
    const first = await queries.unitOrders(unit, true, null, 1);
    expect(first.rows.map(({ order, case: file }) => [order.id, file.id])).toEqual([[orderIdOf(413), caseIdOf(410)]]);
    const next = await queries.unitOrders(unit, true, first.next, 1);
    expect([first.rows[0]?.clocks, next.rows[0]?.clocks]).toEqual([[ofOrder], []]);
    expect([next.rows.map(({ order }) => order.id), next.next]).toEqual([[orderIdOf(411)], null]);
    expect((await queries.unitOrders(unit, false, null, 9)).rows.map(({ order }) => order.id)).toEqual([
      orderIdOf(412),
    ]);
  });
}

/**
 * Reads on from `cursor`, `limit` rows at a time, until `wanted` rows came: a feed may be held back for a moment by a
 * transaction that has nothing to do with us, even in another database of the server.
 */
async function follow(harness: Harness, cursor: string, limit: number, wanted: number): Promise<readonly FeedRow[]> {
  const rows: FeedRow[] = [];
  let place = cursor;
  await expect
    .poll(
      async () => {
        const page = await harness.queries.feed(place, limit);
        expect(page.rows.length).toBeLessThanOrEqual(limit);
        place = page.cursor;
        rows.push(...page.rows);
        return rows.length;
      },
      { interval: 5, timeout: 10_000 },
    )
    .toBeGreaterThanOrEqual(wanted);
  return rows;
}

function hearingTests(at: () => Harness): void {
  it("says with each event where its request is and whose orders it has, and tells a unit of its own recall (nmg:2.3.2)", async () => {
    const { cases, queries } = at();
    const unit = "unit-4430" as UnitCode;
    const { cursor } = await queries.feed(null, 1);
    await cases.commit(registration(4_430));
    await cases.commit({
      ...emptyCommit(),
      streams: [orderWrite(anOrder(4_431, 4_430, { unit }), 0)],
      index: indexOf(aCase(4_430), 2),
    });
    const told = await follow(at(), cursor, 10, 2);
    expect(told.map(({ place, units }) => [place, units])).toEqual(told.map(() => [aCase(4_430).place, [unit]]));
    const recalled = anOrder(4_431, 4_430, { unit, status: "recalled", endedAt: anOrder(4_500, 4_430).dispatchedAt });
    await cases.commit({ ...emptyCommit(), streams: [orderWrite(recalled, 1)], index: indexOf(aCase(4_430), 3) });
    await cases.commit({ ...amendment(4_430, 1), index: indexOf(aCase(4_430), 4) });
    const after = await follow(at(), told.at(-1)?.cursor ?? "", 10, 2);
    expect(after.map(({ stream, units }) => [stream, units])).toEqual([
      ["order", [unit]],
      ["case", []],
    ]);
  });
}

/** A registration with a clock. */
function clocked(n: number): Commit {
  const commit = registration(n);
  return { ...commit, streams: [...commit.streams, clockWrite(aClock(n, caseIdOf(n)), n, 0)] };
}

function eventTests(at: () => Harness): void {
  it("tells the history of a request over all its streams in the order it was written", async () => {
    const { cases } = at();
    await cases.commit(registration(420));
    await cases.commit({
      ...emptyCommit(),
      streams: [orderWrite(anOrder(421, 420), 0)],
      index: indexOf(aCase(420), 2),
    });
    await cases.commit({ ...amendment(420, 1), index: indexOf(aCase(420), 3) });
    const no = requestNoOf(420);
    const history = await cases.findHistory(no, []);
    const lines = history?.events ?? [];
    expect(lines.map(({ stream, version, type }) => [stream, version, type])).toEqual([
      ["case", 1, "CaseRegistered"],
      ["order", 1, "OrderDispatched"],
      ["case", 2, "CaseAmended"],
    ]);
    expect(lines[0]?.body).toEqual({ by: "u1", note: null });
    expect(await cases.findFile({ kind: "request", no })).toMatchObject(history?.stored ?? { case: null });
    const rows = [...(history?.vault ?? [])].sort((a, b) => (a.field < b.field ? -1 : 1));
    expect(rows.length).toBeGreaterThan(0);
    const asked = rows.map(({ caseId, field, version }) => ({ caseId, field, version }));
    const plain = (all: readonly VaultRow[]) =>
      all.map((row) => ({ ...row, box: Buffer.from(row.box).toString("hex") }));
    expect(plain(rows)).toEqual(plain(await cases.loadVault(asked)));
    expect(await cases.findHistory("1" as RequestNo, [])).toBeNull();
  });

  it("tells no event of a clock that another line tells already", async () => {
    const { cases } = at();
    await cases.commit(clocked(423));
    const typesWithout = async (silent: readonly string[]) =>
      (await cases.findHistory(requestNoOf(423), silent))?.events.map(({ type }) => type);
    expect(await typesWithout([])).toEqual(["CaseRegistered", "ClockStarted"]);
    expect(await typesWithout(["CaseRegistered", "ClockStarted"])).toEqual(["CaseRegistered"]);
  });

  it("gives a request as it stands with its sealed values, in one question", async () => {
    const { cases } = at();
    await cases.commit(clocked(425));
    const whole = await cases.findWhole(requestNoOf(425));
    expect(whole?.stored).toEqual(await cases.findFile({ kind: "request", no: requestNoOf(425) }));
    expect(whole?.stored.clocks).toHaveLength(1);
    expect(whole?.vault.map(({ field }) => field)).toEqual(expect.arrayContaining(["requester.phone", "text"]));
    expect(await cases.findWhole("1" as RequestNo)).toBeNull();
  });

  it("feeds from now on without a cursor, then everything after the cursor once, in order", async () => {
    const { cases, queries } = at();
    const start = await queries.feed(null, 10);
    expect(start.rows).toEqual([]);
    for (const n of [430, 431, 432]) await cases.commit(registration(n));
    const ids = [430, 431, 432].map((n) => caseIdOf(n));
    const rows = await follow(at(), start.cursor, 2, 3);
    expect(rows.map(({ caseId, type }) => [caseId, type])).toEqual(ids.map((id) => [id, "CaseRegistered"]));
    const last = rows.at(-1)?.cursor ?? "";
    expect(await queries.feed(last, 10)).toEqual({ rows: [], cursor: last });
    expect((await follow(at(), rows[0]?.cursor ?? "", 10, 2)).map(({ caseId }) => caseId)).toEqual(ids.slice(1));
  });
}

export function conformOfQueries(at: () => Harness): void {
  describe("the queue", () => {
    queueTests(at);
    returnTests(at);
    endedTests(at);
    dueTests(at);
    dangerTests(at);
  });
  describe("the orders of a unit", () => {
    orderTests(at);
  });
  describe("the log", () => {
    eventTests(at);
    hearingTests(at);
  });
}
