import { describe, expect, it } from "vitest";
import type { AwaitedHandOver, PeerFigures } from "../../app/ports/queries.ts";
import type { Linkage } from "../../core/linkage/index.ts";
import type { Instant, NodeCode, RegionCode } from "../../kernel/index.ts";
import { plusMs } from "../../kernel/index.ts";
import {
  aCase,
  aMessage,
  emptyCommit,
  indexOf,
  linkageIdOf,
  linkageWrite,
  messageIdOf,
  registration,
  requestNoOf,
  second,
} from "../sample-commits.ts";
import type { Harness } from "./harness.ts";

/** A peer of this part alone, so that other parts of the suite do not show up in its figures. */
const THERE = "police-150600" as NodeCode;
const PLACE = "150602" as RegionCode;
/** Before every id of the suite was made. */
const ALWAYS = { receipts: second(-100_000_000), answers: second(-100_000_000) } as const;

type Copy = Partial<Linkage>;

/** One request with one hand-over of it, as this desk has it. */
async function handOver({ cases }: Harness, n: number, copy: Copy, place: RegionCode = PLACE): Promise<void> {
  expect(await cases.commit(registration(n, { place }))).toBe("done");
  await handOverOf(n, n, copy, place)({ cases });
}

const handOverOf =
  (n: number, caseNo: number, copy: Copy, place: RegionCode, before = 1) =>
  async ({ cases }: Pick<Harness, "cases">): Promise<void> => {
    const known = { role: "S", part: "ordinary", peer: THERE, requestNo: requestNoOf(caseNo) } as const;
    const streams = [linkageWrite(n, caseNo, 0, copy.openedAt ?? second(n), { ...known, ...copy })];
    expect(
      await cases.commit({ ...emptyCommit(), streams, index: indexOf(aCase(caseNo, { place }), before + 1) }),
    ).toBe("done");
  };

/** All that wait at this peer, two at a time. */
async function awaited({ queries }: Harness): Promise<readonly AwaitedHandOver[]> {
  const found: AwaitedHandOver[] = [];
  for (let cursor: string | null = null; ; ) {
    const rows: readonly AwaitedHandOver[] = await queries.awaitedHandOvers(cursor, 2);
    expect(rows.length).toBeLessThanOrEqual(2);
    found.push(...rows);
    cursor = rows.at(-1)?.cursor ?? null;
    if (cursor === null) return found.filter(({ linkage }) => linkage.peer === THERE);
  }
}

const figures = async ({ queries }: Harness, since = ALWAYS): Promise<readonly PeerFigures[]> =>
  (await queries.peerFigures(since)).filter(({ peer }) => peer === THERE);

function awaitedTests(at: () => Harness): void {
  it("lists every one that waits for somebody once, dangers first and then what stands longest, with its place, and none that rests (nmg:2.2.1)", async () => {
    await handOver(at(), 9_001, { state: "offered", openedAt: second(9_050) });
    await handOver(at(), 9_002, { state: "held", openedAt: second(9_010) }, "150603" as RegionCode);
    await handOver(at(), 9_003, { state: "accepted" });
    await handOver(at(), 9_004, { role: "R", state: "concluding?", openedAt: second(9_020) });
    await handOver(at(), 9_005, { part: "danger", state: "pushed", openedAt: second(9_090) });
    await handOver(at(), 9_006, { state: "withdrawn" });
    const said = aMessage(9_007, 9_004, 1, { receiver: "police-150700" as NodeCode });
    await at().cases.commit({ ...emptyCommit(), outbox: [said] });
    const found = await awaited(at());
    expect(found.map(({ unsent }) => unsent)).toEqual([false, false, true, false]);
    expect(found.map(({ linkage }) => linkage.id)).toEqual([9_005, 9_002, 9_004, 9_001].map((n) => linkageIdOf(n)));
    expect(found.map(({ place }) => place)).toEqual([PLACE, "150603", PLACE, PLACE]);
  });

  it("counts a stand from when a hand-over came into its state, and puts a notice among the others by that (nmg:2.2.1)", async () => {
    const place = "150604" as RegionCode;
    const early = second(9_000);
    // Opened before all others and moved last; a notice between; a copy of an older program has no `movedAt`.
    await handOver(at(), 9_021, { state: "returned", openedAt: early, movedAt: second(9_040) }, place);
    await handOver(
      at(),
      9_022,
      { part: "none", state: "received", openedAt: second(9_030), movedAt: second(9_030) },
      place,
    );
    await handOver(at(), 9_023, { state: "offered", openedAt: second(9_025) }, place);
    await handOver(
      at(),
      9_024,
      { part: "danger", state: "pushed", openedAt: second(9_060), movedAt: second(9_060) },
      place,
    );
    const found = (await awaited(at())).filter((one) => one.place === place);
    expect(found.map(({ linkage }) => linkage.id)).toEqual([9_024, 9_023, 9_022, 9_021].map((n) => linkageIdOf(n)));
    // Others of the suite count what waits at this peer.
    for (const n of [9_021, 9_022, 9_023, 9_024]) {
      const streams = [linkageWrite(n, n, 1, early, { part: "ordinary", peer: THERE, state: "withdrawn" })];
      expect(await at().cases.commit({ ...emptyCommit(), streams, index: indexOf(aCase(n, { place }), 3) })).toBe(
        "done",
      );
    }
  });

  it("begins anew after a cursor that nobody gave out", async () => {
    const [first] = await at().queries.awaitedHandOvers(null, 1);
    expect((await at().queries.awaitedHandOvers("not a cursor", 1))[0]?.linkage.id).toBe(first?.linkage.id);
  });
}

function figureTests(at: () => Harness): void {
  const opened = second(9_100);
  const after = (s: number): Instant => plusMs(opened, s * 1_000);

  it("counts what a peer has not answered, by lane, and since when (nmg:2.3.1)", async () => {
    const found = await figures(at());
    expect(found.map((row) => [row.lane, row.unanswered, row.oldestUnansweredAt])).toEqual([
      ["ordinary", 2, second(9_010)],
      ["urgent", 1, second(9_090)],
    ]);
  });

  it("says how long answers took, half and nine of ten of them, and leaves out what was opened before (nmg:2.3.1)", async () => {
    for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 9])
      await handOver(at(), 9_100 + n, { state: "accepted", openedAt: opened, confirmedAt: after(n) });
    await handOver(at(), 9_110, { state: "returned", openedAt: opened, returnedAt: after(60) });
    await handOver(at(), 9_111, { part: "danger", state: "delivered", openedAt: opened, deliveredAt: after(3) });
    const [ordinary, urgent] = await figures(at());
    expect(ordinary?.answers).toEqual({ of: 10, medianMs: 5_000, p90Ms: 9_000 });
    expect(urgent?.answers).toEqual({ of: 1, medianMs: 3_000, p90Ms: 3_000 });
    const later = await figures(at(), { ...ALWAYS, answers: second(100_000_000) });
    expect(later.map(({ answers }) => answers.of)).toEqual([0, 0]);
  });

  it("counts what came back, and the requests that came back more than once or were handed back (nmg:2.2.1)", async () => {
    expect((await figures(at()))[0]).toMatchObject({ returned: 1, bounced: 0 });
    const again = { state: "withdrawn", openedAt: opened, returnedAt: after(9) } as const;
    await handOverOf(9_112, 9_110, again, PLACE, 2)(at());
    await handOver(at(), 9_113, { state: "handedBack", openedAt: opened, confirmedAt: after(9) });
    expect((await figures(at()))[0]).toMatchObject({ returned: 2, bounced: 2 });
  });

  it("counts what is unsent by lane and since when, and how long receipts took (nmg:2.3.1)", async () => {
    const { cases, outbox } = at();
    const say = (n: number, lane: "urgent" | "ordinary") => aMessage(n, n, 1, { receiver: THERE, lane });
    const messages = [say(9_201, "ordinary"), say(9_202, "ordinary"), say(9_203, "urgent")];
    expect(await cases.commit({ ...registration(9_201), outbox: messages })).toBe("done");
    const [before] = await figures(at());
    expect([before?.unsent, before?.oldestUnsentAt === null, before?.receipts]).toEqual([
      2,
      false,
      { of: 0, medianMs: null, p90Ms: null },
    ]);
    await outbox.receipted([{ id: messageIdOf(9_201), status: "applied", code: null }]);
    const [ordinary, urgent] = await figures(at());
    expect([ordinary?.unsent, ordinary?.receipts.of, urgent?.unsent]).toEqual([1, 1, 1]);
    expect(ordinary?.receipts.medianMs).toBeGreaterThanOrEqual(0);
    expect((await figures(at(), { ...ALWAYS, receipts: second(100_000_000) }))[0]?.receipts.of).toBe(0);
  });

  it("counts marks by kind and level (nmg:2.3.1)", async () => {
    const { cases, queries } = at();
    const raise = { raise: "deliveryMissing", caseId: null, dial: null, audience: "operator", at: second(1) } as const;
    const alarms = [1, 2, 2].map((level, n) => ({ ...raise, level, subject: `counted-${n}` }));
    const count = async () => (await queries.alarmCounts()).filter(({ kind }) => kind === "deliveryMissing");
    const before = await count();
    expect(await cases.commit({ ...emptyCommit(), alarms })).toBe("done");
    const of = (all: Awaited<ReturnType<typeof count>>, level: number) =>
      all.find((row) => row.level === level)?.of ?? 0;
    const after = await count();
    expect([of(after, 1) - of(before, 1), of(after, 2) - of(before, 2)]).toEqual([1, 2]);
    const gone = alarms.map(({ subject }) => ({ clear: "deliveryMissing" as const, subject, at: second(2) }));
    expect(await cases.commit({ ...emptyCommit(), alarms: gone })).toBe("done");
  });
}

export function conformOfStanding(at: () => Harness): void {
  describe("hand-overs that stand", () => {
    awaitedTests(at);
  });
  describe("the figures of a peer", () => {
    figureTests(at);
  });
}
