import { describe, expect, test } from "vitest";
import { instantOf, plusMs } from "../../kernel/index.ts";
import type { ItemCode, LinkageId, NodeCode, RegionCode, RequestNo } from "../../kernel/index.ts";
import { agendaOf, agendaPolicyOf, DEFAULT_AGENDA, disputeIn } from "./index.ts";
import type { DisputedMatter } from "./index.ts";

const NOW = instantOf(1_795_147_200_000);
const DAY = 86_400_000;
const LAMP = "A01-05" as ItemCode;
const COUNTY = "150102" as RegionCode;

function matter(n: number, daysAgo: number, more: Partial<DisputedMatter> = {}): DisputedMatter {
  return {
    requestNo: `no-${n}` as RequestNo,
    linkageId: `id-${n}-${daysAgo}` as LinkageId,
    peer: "police-150100" as NodeCode,
    item: LAMP,
    division: COUNTY,
    at: plusMs(NOW, -daysAgo * DAY),
    ways: ["returned"],
    ...more,
  };
}

const topics = (matters: readonly DisputedMatter[], ...settled: Parameters<typeof agendaOf>[1]) =>
  agendaOf(matters, settled, DEFAULT_AGENDA, NOW);

describe("what is disputed often is put before both sides by itself (nmg:2.2.4, yn:3.4, REQ-35)", () => {
  test("three requests of one matter in one county within ninety days, not two", () => {
    expect(topics([matter(1, 1), matter(2, 30)])).toEqual([]);
    const [topic, ...more] = topics([matter(1, 1), matter(2, 30), matter(3, 89)]);
    expect(more).toEqual([]);
    expect(topic).toMatchObject({ item: LAMP, division: COUNTY, requests: 3, ways: { returned: 3 }, settledAt: null });
    expect(topic?.matters.map(({ requestNo }) => requestNo)).toEqual(["no-1", "no-2", "no-3"]);
  });

  test("what lies before the window does not count, nor does one request that goes to and fro three times", () => {
    expect(topics([matter(1, 1), matter(2, 30), matter(3, 91)])).toEqual([]);
    expect(topics([matter(1, 1), matter(1, 2), matter(1, 3)])).toEqual([]);
  });

  test("another matter and another county are topics of their own, the most disputed first", () => {
    const theft = [5, 6, 7, 8].map((n) => matter(n, n, { item: "B01-02" as ItemCode }));
    const far = [9, 10, 11].map((n) => matter(n, n, { division: "150121" as RegionCode }));
    expect(
      topics([matter(1, 1), matter(2, 2), ...far, ...theft]).map(({ item, division }) => [item, division]),
    ).toEqual([
      ["B01-02", COUNTY],
      [LAMP, "150121"],
    ]);
  });

  test("what was decided is off the agenda, and comes back when it is disputed again so often", () => {
    const settled = { item: LAMP, at: plusMs(NOW, -5 * DAY) };
    const before = [matter(1, 6), matter(2, 7), matter(3, 8)];
    expect(topics(before, settled)).toEqual([]);
    const again = [matter(4, 1), matter(5, 2), matter(6, 3)];
    expect(topics([...before, ...again], settled)).toMatchObject([{ requests: 3, settledAt: settled.at }]);
    expect(topics(before, { ...settled, item: "B01-02" as ItemCode })).toHaveLength(1);
  });

  test("the numbers are a proposal until the catalogue of both desks has others", () => {
    const silent = { consultationTimes: null, consultationDays: null };
    expect(agendaPolicyOf(silent as never)).toEqual({ times: 3, days: 90, source: "default" });
    const agreed = { consultationTimes: { value: 5, source: "minutes3" }, consultationDays: null };
    expect(agendaPolicyOf(agreed as never)).toEqual({ times: 5, days: 90, source: "minutes3" });
  });
});

test("a hand-over that nobody disputed is none, one that was ruled and handed back says so", () => {
  const calm = {
    requestNo: "1" as RequestNo,
    id: "i" as LinkageId,
    peer: "police-150100" as NodeCode,
    brief: { item: LAMP } as never,
    returnedAt: null,
    negotiatedAt: null,
    state: "accepted",
    ruling: null,
    fired: {},
  } as const;
  expect(disputeIn(calm, { item: null, place: null })).toBeNull();
  const back = {
    ...calm,
    negotiatedAt: NOW,
    state: "handedBack",
    ruling: { to: calm.peer, basis: "arbiter", at: NOW },
  } as const;
  expect(disputeIn(back, { item: null, place: "150102001001" as RegionCode })).toMatchObject({
    item: LAMP,
    division: COUNTY,
    ways: ["negotiated", "ruled", "bounced"],
  });
});
