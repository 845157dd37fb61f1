import { expect, test } from "vitest";
import { plusMs } from "../../kernel/index.ts";
import type { LinkageId, NodeCode, RegionCode } from "../../kernel/index.ts";
import type { LinkageMessage } from "../linkage/index.ts";
import type { PeerDesk } from "./file.ts";
import {
  aDesk,
  HOTLINE,
  LAMP_VERDICT,
  outgoing,
  POLICE,
  put,
  registration,
  tell,
  tick,
} from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";

const COUNTY = "police-150121" as NodeCode;
const REGION = "150100" as RegionCode;
const CODES = [HOTLINE, POLICE, COUNTY] as const;
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

const peer = (nodeCode: NodeCode): PeerDesk => ({
  nodeCode,
  side: nodeCode === HOTLINE ? "hotline" : "police",
  regions: [REGION],
  dutyPhone: "000",
});

type Ring = { readonly desks: ReadonlyMap<NodeCode, Desk>; readonly wires: Map<string, LinkageMessage[]> };

function gather({ desks, wires }: Ring): void {
  for (const desk of desks.values())
    for (const message of outgoing(desk)) {
      const wire = `${message.conversation} ${message.receiver}`;
      wires.set(wire, [...(wires.get(wire) ?? []), message]);
    }
}

/** The oldest message of one conversation arrives; false = nothing is under way. */
function deliver(ring: Ring, choose: (below: number) => number): boolean {
  gather(ring);
  const waiting = [...ring.wires].filter(([, messages]) => messages.length > 0);
  const [wire, [message, ...rest]] = waiting[choose(Math.max(waiting.length, 1))] ?? ["", []];
  if (message === undefined) return false;
  ring.wires.set(wire, rest);
  const desk = ring.desks.get(message.receiver);
  if (desk !== undefined) put(desk, { via: "message", at: tick(20), message });
  return true;
}

function settle(ring: Ring, choose: (below: number) => number, most: number): number {
  for (let n = 0; n < most; n++) if (!deliver(ring, choose)) return n;
  return most;
}

const desk = ({ desks }: Ring, code: NodeCode): Desk => {
  const found = desks.get(code);
  if (found === undefined) throw new Error(code);
  return found;
};
const linkage = (of: Desk, kind: string, at: NodeCode): LinkageId => {
  const found = of.file.linkages.find((l) => l.kind === kind && l.peer === at);
  if (found === undefined) throw new Error(`no ${kind} with ${at}`);
  return found.id;
};

/** 110 offered a matter to 12345 and took it back, 12345 told the county's 110 of it, and the county has it from 110: three desks in a ring. */
function ringOfThree(): Ring {
  const desks = new Map(
    CODES.map((self) => {
      const peers = CODES.filter((code) => code !== self).map(peer);
      return [self, aDesk(self === HOTLINE ? "hotline" : "police", { self, peers })] as const;
    }),
  );
  const ring: Ring = { desks, wires: new Map() };
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
