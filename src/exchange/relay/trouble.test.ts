import { beforeEach, describe, expect, test } from "vitest";
import { instantOf } from "../../kernel/index.ts";
import { POLICE } from "../contract/specimen.test-data.ts";
import {
  allApplied,
  down,
  failing,
  type Line,
  openLine,
  ordinary,
  push,
  receiptFor,
  START,
} from "./one-line.test-data.ts";

let line: Line;

beforeEach(() => {
  line = openLine();
});

describe("link trouble", () => {
  test("is waited out with growing pauses and never gives a message up", async () => {
    line.answer = down;
    line.outbox.commit([push(1), ...ordinary(3, 2)]);
    line.wake();
    await line.clock.advance(3_600_000);
    expect(line.outbox.deadLetters()).toEqual([]);
    expect(line.msSent("urgent").slice(0, 7)).toEqual([0, 75, 225, 525, 1_125, 2_325, 3_825]);
    expect(line.msSent("ordinary").slice(0, 4)).toEqual([0, 188, 563, 1_313]);
    const [last, before] = line.msSent("ordinary").toReversed();
    expect((last ?? 0) - (before ?? 0)).toBe(22_500);

    line.answer = ({ entries }) => allApplied(entries);
    await line.clock.advance(30_000);
    expect(line.outbox.receipts()).toHaveLength(4);
    expect(line.idsSent("ordinary").at(-1)).toEqual(ordinary(3, 2).map(({ id }) => id));
  });

  test("shows on the link with its time, and so does its end", async () => {
    expect(await line.relay.links()).toMatchObject([
      { peer: POLICE, state: "unknown", since: null, lastReceiptAt: null },
    ]);
    line.answer = down;
    line.outbox.commit([push(1), ...ordinary(2, 2)]);
    line.wake();
    await line.clock.advance(60_000);
    expect(await line.relay.links()).toMatchObject([
      {
        state: "down",
        since: instantOf(START),
        lastFailure: { code: "EXCHANGE_LINK_DOWN" },
        waiting: { urgent: 1, ordinary: 2 },
        oldestAt: { urgent: push(1).issuedAt },
        dead: 0,
      },
    ]);
    line.answer = ({ entries }) => allApplied(entries);
    await line.clock.advance(60_000);
    const [link] = await line.relay.links();
    expect(link).toMatchObject({ state: "up", waiting: { urgent: 0, ordinary: 0 } });
    expect(link?.since).not.toBe(instantOf(START));
    expect(link?.lastReceiptAt).not.toBeNull();
  });

  test("a busy peer is up and is given the time it asks for", async () => {
    line.answer = () => failing("EXCHANGE_BUSY", { answered: true, retryAfterMs: 5_000 });
    line.outbox.commit(ordinary(1));
    line.wake();
    await line.clock.advance(4_999);
    expect(line.msSent("ordinary")).toEqual([0]);
    expect(await line.relay.links()).toMatchObject([{ state: "up", lastFailure: { code: "EXCHANGE_BUSY" } }]);
    await line.clock.advance(1);
    expect(line.msSent("ordinary")).toEqual([0, 5_000]);
  });

  test("one urgent message its receiver cannot store does not hold up the next (nmg:2.2.1)", async () => {
    const poison = push(1);
    line.answer = ({ entries }) =>
      entries[0]?.message.id === poison.id
        ? failing("EXCHANGE_RECEIVER_FAULT", { answered: true })
        : allApplied(entries);
    line.outbox.commit([poison]);
    line.wake();
    await line.clock.advance(60_000);
    line.outbox.commit([push(2)]);
    line.wake();
    await line.clock.advance(200);
    expect(line.outbox.receipts().map(({ id }) => id)).toEqual([push(2).id]);
    expect(line.outbox.deadLetters()).toEqual([]);
  });

  test("a wrong receipt settles nothing: the messages go again", async () => {
    line.answer = () => failing("EXCHANGE_RECEIPT_MISMATCH", { answered: true });
    line.outbox.commit(ordinary(2));
    line.wake();
    await line.clock.advance(10_000);
    expect(line.outbox.receipts()).toEqual([]);
    expect(await line.relay.links()).toMatchObject([
      { state: "down", lastFailure: { code: "EXCHANGE_RECEIPT_MISMATCH" } },
    ]);
    line.answer = ({ entries }) => allApplied(entries);
    await line.clock.advance(30_000);
    expect(line.outbox.receipts()).toHaveLength(2);
  });
});

describe("refusals of one message", () => {
  test("refused for itself it is a dead letter at once, the others of its batch are receipted", async () => {
    const [, bad] = ordinary(3);
    line.answer = ({ entries }) =>
      receiptFor(entries, ({ id }) => (id === bad?.id ? { status: "refused", code: "EXCHANGE_ENTRY_UNREADABLE" } : {}));
    line.outbox.commit(ordinary(3));
    line.wake();
    await line.clock.advance(60_000);
    expect(line.outbox.deadLetters()).toEqual([{ id: bad?.id, code: "EXCHANGE_ENTRY_UNREADABLE" }]);
    expect(line.outbox.receipts()).toHaveLength(2);
    expect(line.sent).toHaveLength(1);
    expect(await line.relay.links()).toMatchObject([{ state: "up", dead: 1, waiting: { ordinary: 0 } }]);
  });

  test("a dead letter a person revives is sent again", async () => {
    line.answer = ({ entries }) => receiptFor(entries, () => ({ status: "kept", code: "EXCHANGE_SCHEMA_INVALID" }));
    line.outbox.commit(ordinary(1));
    line.wake();
    await line.clock.advance(1_000);
    const [dead] = line.outbox.deadLetters();
    expect(dead?.code).toBe("EXCHANGE_SCHEMA_INVALID");
    line.answer = ({ entries }) => receiptFor(entries, () => ({ status: "duplicate" }));
    if (dead !== undefined) line.outbox.revive(dead.id);
    await line.clock.advance(1_000);
    expect(line.outbox.receipts()).toMatchObject([{ status: "duplicate" }]);
  });

  test("refused for the receiver's trouble it is tried again by itself", async () => {
    const [first] = ordinary(2);
    let tries = 0;
    line.answer = ({ entries }) =>
      receiptFor(entries, ({ id }) =>
        id === first?.id && tries++ < 6 ? { status: "refused", code: "EXCHANGE_RECEIVER_FAULT" } : {},
      );
    line.outbox.commit(ordinary(2));
    line.wake();
    await line.clock.advance(60_000);
    expect(line.outbox.receipts()).toHaveLength(2);
    expect(line.outbox.deadLetters()).toEqual([]);
  });

  test("a batch refused whole for its content is halved until the one at fault stands alone and is buried", async () => {
    const messages = ordinary(100);
    const bad = messages[61]?.id;
    line.answer = ({ entries }) =>
      entries.some(({ message }) => message.id === bad)
        ? failing("EXCHANGE_SCHEMA_INVALID", { answered: true })
        : allApplied(entries);
    line.outbox.commit(messages);
    line.wake();
    await line.clock.advance(10 * 60_000);
    expect(line.outbox.deadLetters()).toEqual([{ id: bad, code: "EXCHANGE_SCHEMA_INVALID" }]);
    expect(line.outbox.receipts()).toHaveLength(99);
    expect(line.idsSent("ordinary").filter((ids) => ids.length === 1 && ids[0] === bad).length).toBeLessThanOrEqual(5);
  });
});
