import fc from "fast-check";
import { expect, test } from "vitest";
import { createDraw } from "./draw.ts";
import * as mixes from "./mixes.ts";

test("every mix sums to 1", () => {
  const { OTHER_DESK_MIX, ...rest } = mixes;
  const named = Object.entries(rest).filter(([name]) => name.endsWith("_MIX"));
  const all: (readonly [string, object])[] = [...named, ...Object.entries(OTHER_DESK_MIX)].map(([name, mix]) => [
    name,
    Object(mix),
  ]);
  expect(all.length).toBeGreaterThan(9);
  const sums = all.map(([name, mix]) => [
    name,
    Object.values(mix)
      .reduce((sum, share) => sum + Number(share), 0)
      .toFixed(9),
  ]);
  expect(sums).toEqual(all.map(([name]) => [name, "1.000000000"]));
});

test("every chance is a probability and every delay is ordered", () => {
  expect(Object.values(mixes.CHANCES).filter((p) => p < 0 || p > 1)).toEqual([]);
  for (const delay of Object.values(mixes.DELAYS)) {
    if ("median" in delay) expect(delay.p90).toBeGreaterThan(delay.median);
    else {
      expect(delay.ranges.reduce((sum, range) => sum + range.share, 0)).toBeCloseTo(1, 9);
      expect(delay.ranges.filter((range) => range.to <= range.from)).toEqual([]);
    }
  }
});

test("the same seed and name give the same choice, whatever was chosen before", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.array(fc.string()), (seed, name, before) => {
      const disturbed = createDraw(seed);
      for (const other of before) disturbed.share(other);
      const share = createDraw(seed).share(name);
      return disturbed.share(name) === share && share >= 0 && share < 1;
    }),
  );
});

test("choices follow their shares", () => {
  const draw = createDraw("shares");
  const roads = Array.from({ length: 20_000 }, (_, i) => draw.ofMix(`road ${i}`, mixes.ROAD_MIX));
  for (const [road, share] of Object.entries(mixes.ROAD_MIX))
    expect(roads.filter((one) => one === road).length / roads.length).toBeCloseTo(share, 1.7);
});

test("delays keep their median and their ninetieth percentile, arrivals their rate", () => {
  const draw = createDraw("delays");
  const of = (make: (i: number) => number): readonly number[] =>
    Array.from({ length: 20_000 }, (_, i) => make(i)).sort((a, b) => a - b);
  const talk = of((i) => draw.seconds(`t${i}`, mixes.DELAYS.talk));
  expect((talk[10_000] ?? 0) / mixes.DELAYS.talk.median).toBeCloseTo(1, 1);
  expect((talk[18_000] ?? 0) / mixes.DELAYS.talk.p90).toBeCloseTo(1, 1);
  const feedback = of((i) => draw.seconds(`f${i}`, mixes.DELAYS.feedback));
  expect(feedback.filter((s) => s <= 1800).length / feedback.length).toBeCloseTo(0.35, 1.7);
  const gaps = of((i) => draw.gap(`g${i}`, 5));
  expect(gaps.reduce((a, b) => a + b, 0) / gaps.length).toBeCloseTo(0.2, 2);
});

test("nothing can be picked from nothing", () => {
  expect(createDraw("x").pick("y", [])).toBeNull();
});
