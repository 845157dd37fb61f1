import { expect, test } from "vitest";
import { plusMs } from "../../kernel/index.ts";
import type { RegionCode } from "../../kernel/index.ts";
import { CODES, COUNTY, deliver, desk, linkage, settle, threeDesks } from "./three-desks.test-data.ts";
import type { Ring } from "./three-desks.test-data.ts";
import { HOTLINE, LAMP_VERDICT, POLICE, put, registration, tell, tick } from "./two-desks.test-data.ts";

const PLACES = ["150102", "150103", "150104", "150105"] as const;

/** The same numbers for the same seed (mulberry32). */
function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** 110 offered a matter to 12345 and took it back, 12345 told the county's 110 of it, and the county has it from 110: three desks in a ring. */
function ringOfThree(): Ring {
  const ring = threeDesks();
  const first = (): number => 0;
  const [hotline, police, county] = CODES.map((code) => desk(ring, code));
  if (hotline === undefined || police === undefined || county === undefined) throw new Error("three desks");
  expect(tell(police, registration({ verdict: LAMP_VERDICT }))).toBe("ok");
  expect(tell(police, { type: "handOver", to: HOTLINE })).toBe("ok");
  settle(ring, first, 50);
  expect(
    tell(hotline, { type: "notify", to: COUNTY, text: { field: "notice.1", version: 1, commitment: "0".repeat(64) } }),
  ).toBe("ok");
  expect(
    tell(police, { type: "withdraw", linkageId: linkage(police, "clear", HOTLINE), reason: "takeBack", note: null }),
  ).toBe("ok");
  settle(ring, first, 50);
  expect(tell(police, { type: "handOver", to: COUNTY })).toBe("ok");
  settle(ring, first, 50);
  expect(tell(county, { type: "acceptOffer", linkageId: linkage(county, "clear", POLICE) })).toBe("ok");
  settle(ring, first, 50);
  return ring;
}

test("what several desks correct at the same time goes round a ring of desks once and comes to rest (nmg:2.3.1, 2.3)", () => {
  const MOST = 400;
  for (let seed = 1; seed <= 150; seed++) {
    const choose = seeded(seed);
    const ring = ringOfThree();
    for (let step = 0; step < 12; step++) {
      const at = desk(ring, CODES[choose(3)] ?? HOTLINE);
      const place = PLACES[choose(4)] as RegionCode;
      if (choose(2) === 0) tell(at, { type: "amend", facts: { place }, sealed: [] });
      else deliver(ring, choose);
    }
    expect([seed, settle(ring, choose, MOST) < MOST]).toEqual([seed, true]);
  }
});

test("a desk whose clock is slow is heard all the same when it corrects what it was told (nmg:2.3.1)", () => {
  const ring = ringOfThree();
  const [police, county] = [desk(ring, POLICE), desk(ring, COUNTY)];
  tell(county, { type: "amend", facts: { place: PLACES[2] as RegionCode }, sealed: [] });
  settle(ring, () => 0, 50);
  expect(police.file.case?.place).toBe(PLACES[2]);
  const at = plusMs(tick(0), -3_600_000);
  const by = { kind: "user", id: "u1", node: COUNTY } as const;
  const command = { type: "amend", facts: { place: PLACES[3] as RegionCode }, sealed: [] } as const;
  expect(put(county, { via: "command", id: "c-slow" as never, at, by, command })).toBe("ok");
  settle(ring, () => 0, 50);
  expect([...ring.desks.values()].map(({ file }) => file.case?.place)).toEqual([PLACES[3], PLACES[3], PLACES[3]]);
});
