import { describe, expect, it } from "vitest";
import { instantOf, plusMs } from "../../kernel/index.ts";
import type { LinkageId, RegionCode, RequestNo } from "../../kernel/index.ts";
import {
  aCase,
  aClock,
  amendment,
  aMessage,
  anOrder,
  caseIdOf,
  clockIdOf,
  clockWrite,
  emptyCommit,
  HOME,
  indexOf,
  linkageIdOf,
  linkageWrite,
  orderIdOf,
  orderWrite,
  PEER,
  registration,
  requestNoOf,
  SELF,
  commandIdOf,
} from "../sample-commits.ts";
import type { Harness } from "./harness.ts";

function newestValues(at: () => Harness): void {
  it("gives what many requests refer to now, each with its key; what is not there is left out", async () => {
    const { cases } = at();
    await cases.commit(registration(21));
    await cases.commit(registration(22));
    const [text] = await cases.loadVault([{ caseId: caseIdOf(21), field: "text", version: 1 }]);
    if (text === undefined) throw new Error("no text was kept");
    const newer = [2, 3].map((version) => ({ ...text, version, box: Buffer.alloc(60, 7 + version) }));
    const sealed = { text: { field: "text", version: 2, commitment: text.commitment } };
    expect(await cases.commit({ ...amendment(21, 1, { sealed }), vault: newer })).toBe("done");
    const asked = [caseIdOf(22), caseIdOf(21), caseIdOf(999)];
    const rows = await cases.loadStanding(asked, ["text", "checkCode"]);
    expect(
      rows.map(({ row, wrappedKey }) => [row.caseId, row.field, row.version, row.box[0], wrappedKey.length]),
    ).toEqual([
      [caseIdOf(22), "text", 1, 4, 48],
      [caseIdOf(21), "text", 2, 9, 48],
    ]);
    expect(await cases.loadStanding([], ["text"])).toEqual([]);
  });
}

function optimisticWriting(at: () => Harness): void {
  it("gives back what was committed: state, key and sealed values in the order asked", async () => {
    const { cases } = at();
    const made = registration(1);
    expect(await cases.commit(made)).toBe("done");
    const file = await cases.loadFile(caseIdOf(1));
    expect(file?.case).toEqual(aCase(1));
    expect([file?.linkages, file?.orders, file?.clocks]).toEqual([[], [], []]);
    expect(Buffer.from(file?.wrappedKey ?? [])).toEqual(Buffer.alloc(48, 1));
    await cases.commit(registration(12));
    const rows = await cases.loadVault([
      { caseId: caseIdOf(1), field: "text", version: 1 },
      { caseId: caseIdOf(1), field: "text", version: 2 },
      { caseId: caseIdOf(12), field: "text", version: 1 },
      { caseId: caseIdOf(1), field: "address", version: 1 },
    ]);
    expect(rows.map(({ caseId, field, box }) => [caseId, field, box[0]])).toEqual([
      [caseIdOf(1), "text", 4],
      [caseIdOf(12), "text", 4],
      [caseIdOf(1), "address", 3],
    ]);
    expect(await cases.loadVault([])).toEqual([]);
  });

  it("says conflict to who wrote on an old version, and changes nothing", async () => {
    const { cases } = at();
    await cases.commit(registration(2));
    expect(await cases.commit(amendment(2, 1, { notes: 1 }))).toBe("done");
    expect(await cases.commit(amendment(2, 1, { notes: 9 }))).toBe("conflict");
    expect((await cases.loadFile(caseIdOf(2)))?.case.notes).toBe(1);
  });

  it("says conflict to a second registration of the same request, and to a version that would leave a hole", async () => {
    const { cases } = at();
    await cases.commit(registration(3));
    expect(await cases.commit({ ...registration(3), command: null })).toBe("conflict");
    expect(await cases.commit(amendment(3, 5))).toBe("conflict");
    expect(await cases.commit(amendment(90_001, 1))).toBe("conflict");
    expect(await cases.loadFile(caseIdOf(90_001))).toBeNull();
  });

  it("says conflict to an index derived from an older file, although its own stream is new", async () => {
    const { cases } = at();
    await cases.commit(registration(4));
    const first = { ...emptyCommit(), streams: [orderWrite(anOrder(41, 4), 0)], index: indexOf(aCase(4), 2) };
    const second = { ...emptyCommit(), streams: [orderWrite(anOrder(42, 4), 0)], index: indexOf(aCase(4), 2) };
    expect([await cases.commit(first), await cases.commit(second)]).toEqual(["done", "conflict"]);
    expect((await cases.loadFile(caseIdOf(4)))?.orders.map(({ id }) => id)).toEqual([orderIdOf(41)]);
  });

  it("carries a command out once and remembers its answer", async () => {
    const { cases } = at();
    const made = registration(5);
    expect(await cases.commit(made)).toBe("done");
    const again = { ...amendment(5, 1), command: made.command };
    expect(await cases.commit(again)).toBe("duplicate");
    expect((await cases.loadFile(caseIdOf(5)))?.case.version).toBe(1);
    expect(await cases.findCommand(commandIdOf(5))).toEqual({
      digest: "d1",
      answer: { caseId: caseIdOf(5) },
      user: null,
    });
    expect(await cases.findCommand(commandIdOf(90_005))).toBeNull();
  });

  it("consumes a message once", async () => {
    const { cases, inbox } = at();
    await cases.commit(registration(6));
    const message = aMessage(61, 61, 1, { sender: PEER, receiver: SELF, caseId: caseIdOf(6) });
    const mark = {
      messageId: message.id,
      conversation: message.conversation,
      seq: 1,
      sender: PEER,
      receivedAt: message.issuedAt,
      noted: null,
      message,
    };
    expect(await cases.commit({ ...amendment(6, 1), inbox: mark })).toBe("done");
    expect(await cases.commit({ ...amendment(6, 2), inbox: mark })).toBe("duplicate");
    expect((await cases.loadFile(caseIdOf(6)))?.case.version).toBe(2);
    expect(await inbox.find(message.id)).toEqual({ status: "applied" });
  });
}

function finding(at: () => Harness): void {
  it("writes linkages and orders of one file together and finds the request by each of them", async () => {
    const { cases } = at();
    await cases.commit(registration(7));
    const streams = [linkageWrite(71, 7, 0), orderWrite(anOrder(72, 7), 0), orderWrite(anOrder(71, 7), 0)];
    expect(await cases.commit({ ...emptyCommit(), streams, index: indexOf(aCase(7), 4) })).toBe("done");
    const next = [linkageWrite(71, 7, 1), orderWrite(anOrder(71, 7, { status: "acknowledged" }), 1)];
    expect(await cases.commit({ ...emptyCommit(), streams: next, index: indexOf(aCase(7), 6) })).toBe("done");
    const file = await cases.loadFile(caseIdOf(7));
    expect(file?.orders.map(({ id, status }) => [id, status])).toEqual([
      [orderIdOf(71), "acknowledged"],
      [orderIdOf(72), "dispatched"],
    ]);
    expect(file?.linkages).toHaveLength(1);
    expect(await cases.findFile({ kind: "linkage", id: linkageIdOf(71) })).toEqual(file);
    expect(await cases.findFile({ kind: "order", id: orderIdOf(72) })).toEqual(file);
    expect(await cases.findFile({ kind: "request", no: requestNoOf(7) })).toEqual(file);
    expect(await cases.findFile({ kind: "request", no: "1" as RequestNo })).toBeNull();
    expect(await cases.findFile({ kind: "order", id: orderIdOf(90_001) })).toBeNull();
    expect(await cases.findFile({ kind: "linkage", id: "no uuid" as LinkageId })).toBeNull();
  });

  it("writes clocks with their request, moves and stops them, and says conflict to who wrote on an old one", async () => {
    const { cases } = at();
    await cases.commit(registration(15));
    const born = [clockWrite(aClock(152, caseIdOf(15)), 15, 0), clockWrite(aClock(151, caseIdOf(15)), 15, 0)];
    expect(await cases.commit({ ...emptyCommit(), streams: born, index: indexOf(aCase(15), 1) })).toBe("done");
    const stopped = aClock(151, caseIdOf(15), { status: "stopped", due: null, outcome: "done" });
    const stop = { ...emptyCommit(), streams: [clockWrite(stopped, 15, 1)], index: indexOf(aCase(15), 1) };
    expect(await cases.commit(stop)).toBe("done");
    expect(await cases.commit(stop)).toBe("conflict");
    const file = await cases.loadFile(caseIdOf(15));
    expect(file?.clocks.map(({ id, status, version }) => [id, status, version])).toEqual([
      [clockIdOf(151), "stopped", 2],
      [clockIdOf(152), "running", 1],
    ]);
    expect(file?.clocks[1]).toEqual(aClock(152, caseIdOf(15)));
  });

  it("gives linkages as they were opened here, not by their ids: a peer's id holds the peer's clock", async () => {
    const { cases } = at();
    await cases.commit(registration(10));
    const at1 = instantOf(Date.UTC(2026, 0, 1));
    const streams = [linkageWrite(101, 10, 0, plusMs(at1, 2)), linkageWrite(102, 10, 0, plusMs(at1, 1))];
    expect(await cases.commit({ ...emptyCommit(), streams, index: indexOf(aCase(10), 3) })).toBe("done");
    const file = await cases.loadFile(caseIdOf(10));
    expect(file?.linkages.map((l) => l.id)).toEqual([linkageIdOf(102), linkageIdOf(101)]);
  });

  it("of several under one number it gives the one of the earlier triple, whatever their ids say", async () => {
    const { cases } = at();
    const born = { requestNo: requestNoOf(13), registeredAt: instantOf(Date.UTC(2026, 0, 1)) };
    for (const [n, nodeCode] of [
      [13, PEER],
      [14, SELF],
    ] as const) {
      const made = registration(n);
      const state = { ...aCase(n), ...born, firstReceiver: { ...born, nodeCode } };
      const streams = made.streams.map((s) => ({ ...s, state }));
      expect(await cases.commit({ ...made, streams, index: indexOf(state, 1) })).toBe("done");
    }
    const first = SELF < PEER ? 14 : 13;
    expect((await cases.findFile({ kind: "request", no: requestNoOf(13) }))?.case.id).toBe(caseIdOf(first));
  });

  it("refuses as a mistake: another node's region, streams without their index, two files in one commit", async () => {
    const { cases } = at();
    const made = registration(8);
    await expect(cases.commit({ ...made, home: "530100" as RegionCode })).rejects.toThrow(/530100/);
    await expect(cases.commit({ ...made, index: null })).rejects.toThrow(/index/);
    await expect(cases.commit({ ...made, streams: [...made.streams, ...registration(9).streams] })).rejects.toThrow(
      /one file/,
    );
    expect(await cases.loadFile(caseIdOf(8))).toBeNull();
  });

  it("gives serial numbers in blocks, per region and day, never twice", async () => {
    const { cases } = at();
    const take = (): Promise<number> => cases.takeSerials(HOME, "261122", 10);
    const firsts = await Promise.all([take(), take(), take()]);
    expect(firsts.sort((a, b) => a - b)).toEqual([1, 11, 21]);
    expect(await cases.takeSerials(HOME, "261123", 1)).toBe(1);
    expect(await cases.takeSerials("150102" as RegionCode, "261122", 1)).toBe(1);
  });
}

export function conformOfCases(at: () => Harness): void {
  describe("cases", () => {
    optimisticWriting(at);
    newestValues(at);
    finding(at);
  });
}
