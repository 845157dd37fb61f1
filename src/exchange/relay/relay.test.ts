import { beforeEach, describe, expect, test } from "vitest";
import type { NodeCode } from "../../kernel/index.ts";
import { POLICE, SPECIMEN_ENCLOSURE } from "../contract/specimen.test-data.ts";
import { allApplied, type Line, openLine, ordinary, PEER, push } from "./one-line.test-data.ts";
import { createRelay } from "./relay.ts";

let line: Line;

beforeEach(() => {
  line = openLine();
});

describe("lanes", () => {
  test("ordinary messages go in batches of at most 256, one at a time, in the order they were committed", async () => {
    let open = 0;
    let most = 0;
    line.answer = async ({ entries }) => {
      most = Math.max(most, ++open);
      line.wake();
      await new Promise((resolve) => setImmediate(resolve));
      open--;
      return allApplied(entries);
    };
    const messages = ordinary(600);
    line.outbox.commit(messages);
    line.wake();
    await line.clock.advance(100);
    expect(most).toBe(1);
    expect(line.idsSent("ordinary").map((ids) => ids.length)).toEqual([256, 256, 88]);
    expect(line.idsSent("ordinary").flat()).toEqual(messages.map(({ id }) => id));
    expect(line.outbox.receipts()).toHaveLength(600);
  });

  test("urgent messages go alone, four at a time", async () => {
    const gates: (() => void)[] = [];
    line.answer = ({ entries }) => new Promise((resolve) => gates.push(() => resolve(allApplied(entries))));
    line.outbox.commit([1, 2, 3, 4, 5, 6].map(push));
    line.wake();
    await line.clock.advance(10);
    expect(line.idsSent("urgent").map((ids) => ids.length)).toEqual([1, 1, 1, 1]);
    gates[2]?.();
    await line.clock.settle();
    expect(line.idsSent("urgent")).toHaveLength(5);
    for (let i = 0; i < 6; i++) {
      gates[i]?.();
      await line.clock.settle();
    }
    expect(line.outbox.receipts()).toHaveLength(6);
  });

  test("an ordinary batch that never comes back does not hold up a danger (nmg:2.2.1)", async () => {
    line.answer = ({ lane, entries }) => (lane === "ordinary" ? new Promise(() => undefined) : allApplied(entries));
    line.outbox.commit(ordinary(5000));
    line.wake();
    await line.clock.advance(10);
    line.outbox.commit([push(9001)]);
    line.wake();
    await line.clock.settle();
    expect(line.outbox.receipts().map(({ id }) => id)).toEqual([push(9001).id]);
  });

  test("a wake that was lost costs an urgent message at most 250 ms, an ordinary one a second", async () => {
    await line.clock.advance(1);
    line.outbox.commit([push(1), ...ordinary(1, 2)]);
    await line.clock.advance(1_000);
    expect(line.msSent("urgent")).toEqual([250]);
    expect(line.msSent("ordinary")).toEqual([1_000]);
  });
});

describe("enclosures", () => {
  test("each message leaves with what the door lets its receiver see", async () => {
    line.present = async ({ id }) => (id === push(1).id ? SPECIMEN_ENCLOSURE : []);
    line.outbox.commit([push(1), push(2)]);
    line.wake();
    await line.clock.advance(10);
    expect(line.sent.map(({ entries }) => entries[0]?.enclosure)).toEqual([SPECIMEN_ENCLOSURE, []]);
  });

  test("a danger leaves without its values when they cannot be read, an ordinary message waits for them (P3)", async () => {
    let broken = true;
    line.present = async () => {
      if (broken) throw new Error("vault");
      return SPECIMEN_ENCLOSURE;
    };
    line.outbox.commit([push(1), ...ordinary(1, 2)]);
    line.wake();
    await line.clock.advance(5_000);
    expect(line.outbox.receipts().map(({ id }) => id)).toEqual([push(1).id]);
    expect(line.faults).toContain("present");
    broken = false;
    await line.clock.advance(60_000);
    expect(line.outbox.receipts()).toHaveLength(2);
    expect(line.sent.at(-1)?.entries[0]?.enclosure).toEqual(SPECIMEN_ENCLOSURE);
  });
});

describe("faults of our own", () => {
  test("a carrier that throws loses nothing", async () => {
    let broken = true;
    line.answer = ({ entries }) => {
      if (broken) throw new Error("keys");
      return allApplied(entries);
    };
    line.outbox.commit([push(1), ...ordinary(1, 2)]);
    line.wake();
    await line.clock.advance(5_000);
    expect(line.faults).toContain("send");
    broken = false;
    // Sooner than the lease of a claim would bring it back.
    await line.clock.advance(2_000);
    expect(line.outbox.receipts().map(({ id }) => id)).toContain(push(1).id);
    await line.clock.advance(30_000);
    expect(line.outbox.receipts()).toHaveLength(2);
  });

  test("a peer that is registered later is served without a restart", async () => {
    const later = "police-159998" as NodeCode;
    line.outbox.commit([{ ...push(1), receiver: later }]);
    line.wake();
    await line.clock.advance(10);
    expect(await line.relay.links()).toMatchObject([{ peer: later, waiting: { urgent: 1 } }, { peer: POLICE }]);
    line.peers = [PEER, { ...PEER, nodeCode: later }];
    await line.clock.advance(5_000);
    expect(line.outbox.receipts()).toHaveLength(1);
  });

  test("ordinary messages wait until the peer has said what it reads, urgent ones never do (nmg:2.2.1, REQ-53)", async () => {
    await line.relay.stop();
    let asked = 0;
    let reachable = false;
    const greet = async (): Promise<void> => {
      asked += 1;
      if (!reachable) throw new Error("link down");
      line.peers = [{ ...PEER, protocols: { min: 1, max: 2 } }];
    };
    line.relay = createRelay({ ...line.ports, greet });
    line.relay.start();
    line.outbox.commit([...ordinary(2), push(9)]);
    line.wake();
    await line.clock.advance(10_000);
    expect([line.idsSent("ordinary"), line.idsSent("urgent").length]).toEqual([[], 1]);
    expect(asked).toBeGreaterThan(2);
    expect(line.faults).toContain("greet");
    reachable = true;
    await line.clock.advance(2_000);
    expect(line.idsSent("ordinary").flat()).toHaveLength(2);
    const before = asked;
    await line.clock.advance(20_000);
    expect(asked).toBe(before);
  });

  test("stopping in the middle of a claim waits for what was claimed", async () => {
    line.outbox.commit(ordinary(1));
    line.wake();
    await line.relay.stop();
    expect(line.outbox.receipts()).toHaveLength(1);
    await line.clock.advance(60_000);
    expect(line.sent).toHaveLength(1);
  });

  test("stopping waits for what is in flight and sends nothing more", async () => {
    const gates: (() => void)[] = [];
    line.answer = ({ entries }) => new Promise((resolve) => gates.push(() => resolve(allApplied(entries))));
    line.outbox.commit(ordinary(300));
    line.wake();
    await line.clock.settle();
    const stopped = line.relay.stop();
    for (const open of gates) open();
    await stopped;
    await line.clock.advance(60_000);
    expect(line.outbox.receipts()).toHaveLength(256);
    expect(line.sent).toHaveLength(1);
  });
});
