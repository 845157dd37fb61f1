import { describe, expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import type { CommandId, RegionCode, UnitCode, UserId } from "../kernel/index.ts";
import {
  aCall,
  aDesk,
  anActor,
  carry,
  codeOf,
  freshId,
  give,
  given,
  GOVERNMENT,
  LAMP,
  LAWSUIT,
  onLinkage,
  onOrder,
  onRequest,
  overtake,
  SAID,
  sentBy,
  THEFT,
  WORKS,
  GONE,
} from "./desk.test-data.ts";
import type { Desk, DeskParts } from "./desk.test-data.ts";
import { readRequest } from "./read-requests.ts";

const keys = openPassingKeys();
const desk = (part: Partial<DeskParts> = {}): Desk => aDesk({ stores: createMemoryStores, keys, ...part });
const aKey = (): CommandId => freshId() as CommandId;

describe("a command that comes again (P1)", () => {
  test("gets the answer it got before and writes nothing", async () => {
    const here = desk();
    const id = aKey();
    const first = await given(give(here, "register", aCall(), { id }));
    const written = here.commits.length;
    expect(await given(give(here, "register", aCall(), { id }))).toEqual({ ...first, repeated: true, view: null });
    expect(here.commits).toHaveLength(written);
  });

  test("gets its answer also when the request has moved on so far that it would be refused now", async () => {
    const here = desk();
    const known = await given(give(here, "register", aCall({}, { item: LAMP })));
    const id = aKey();
    const target = onRequest(known);
    const first = await given(give(here, "accept", {}, { target, id, ifMatch: known.version }));
    await given(give(here, "answer", { answer: "已派人查看" }, { target }));
    const again = await given(give(here, "accept", {}, { target, id, ifMatch: known.version }));
    expect(again).toMatchObject({ requestNo: first.requestNo, repeated: true });
    expect(again.version).toBeGreaterThan(first.version);
  });

  test("twice at once is carried out once", async () => {
    const here = desk();
    const known = await given(give(here, "register", aCall()));
    const id = aKey();
    const both = await Promise.all(
      [1, 2].map(() => given(give(here, "amend", { fields: {}, note: "又来电" }, { target: onRequest(known), id }))),
    );
    expect(both.map((d) => d.repeated).sort()).toEqual([false, true]);
    expect(here.commits).toHaveLength(2);
  });

  test("is none with another body, another target or by another person: IDEMPOTENCY_KEY_REUSED", async () => {
    const here = desk();
    const known = await given(give(here, "register", aCall()));
    const other = await given(give(here, "register", aCall()));
    const id = aKey();
    const target = onRequest(known);
    await given(give(here, "amend", { fields: {}, note: "一" }, { target, id }));
    const written = here.commits.length;
    const stranger = anActor({ id: "user-2" as UserId });
    const reused = [
      give(here, "amend", { fields: {}, note: "二" }, { target, id }),
      give(here, "amend", { fields: {}, note: "一" }, { target: onRequest(other), id }),
      give(here, "amend", { fields: {}, note: "一" }, { target, id, actor: stranger }),
    ];
    expect(await Promise.all(reused.map(codeOf))).toEqual(Array(3).fill("IDEMPOTENCY_KEY_REUSED"));
    expect(here.commits).toHaveLength(written);
  });
});

describe("a command on what the person saw", () => {
  test("is refused when the request has changed since, with the version it has now: ETAG_STALE", async () => {
    const here = desk();
    const known = await given(give(here, "register", aCall()));
    const target = onRequest(known);
    const changed = await given(give(here, "amend", { fields: {}, note: "又来电" }, { target }));
    const stale = await give(here, "accept", {}, { target, ifMatch: known.version });
    expect(stale).toEqual({ ok: false, error: { code: "ETAG_STALE", version: changed.version } });
    expect(await codeOf(give(here, "accept", {}, { target, ifMatch: changed.version }))).toBe("ok");
  });

  test("decides again on what somebody else wrote meanwhile", async () => {
    const here = desk();
    const known = await given(give(here, "register", aCall()));
    const target = onRequest(known);
    here.meanwhile(() => given(give(here, "amend", { fields: {}, note: "另一席位" }, { target })));
    const done = await given(give(here, "amend", { fields: {}, note: "本席位" }, { target }));
    expect(done.version).toBe(3);
    const stored = await here.deps.store.loadFile(done.caseId);
    expect(Object.keys(stored?.case.sealed ?? {}).filter((field) => field.startsWith("note."))).toHaveLength(2);
  });

  test("ends with CONFLICT when others are always faster, and nothing half is left", async () => {
    const here = desk();
    const known = await given(give(here, "register", aCall()));
    const target = onRequest(known);
    overtake(here, 99, () => given(give(here, "amend", { fields: {}, note: "又来电" }, { target })));
    expect(await codeOf(give(here, "accept", {}, { target }))).toBe("CONFLICT");
    expect((await here.deps.store.loadFile(known.caseId))?.case.status).toBe("registered");
  });
});

describe("who may (nmg:2.3.2)", () => {
  test("is asked by role: a clerk registers nothing and an operator changes nothing", async () => {
    const here = desk();
    const known = await given(give(here, "register", aCall()));
    const target = onRequest(known);
    const clerk = anActor({ roles: ["unitClerk"], unit: WORKS });
    const operator = anActor({ roles: ["operator"] });
    expect(await codeOf(give(here, "register", aCall(), { actor: clerk }))).toBe("FORBIDDEN");
    expect(await codeOf(give(here, "accept", {}, { target, actor: operator }))).toBe("FORBIDDEN");
    expect(here.commits).toHaveLength(1);
  });

  test("is asked by region: a seat of another county changes nothing", async () => {
    const here = desk();
    const known = await given(give(here, "register", aCall()));
    const elsewhere = anActor({ regions: ["150121" as RegionCode] });
    expect(await codeOf(give(here, "accept", {}, { target: onRequest(known), actor: elsewhere }))).toBe("FORBIDDEN");
    expect(await codeOf(give(here, "danger", {}, { target: onRequest(known), actor: elsewhere }))).toBe("FORBIDDEN");
  });

  test("a clerk acts on an order of the own unit only, and may call danger from it (nmg:2.2.2)", async () => {
    const here = desk();
    const known = await given(give(here, "register", aCall({}, { item: LAMP })));
    const target = onRequest(known);
    await given(give(here, "accept", {}, { target }));
    await given(give(here, "dispatch", { kind: "work", unit: WORKS }, { target }));
    const order = (await here.deps.store.loadFile(known.caseId))?.orders[0];
    if (order === undefined) throw new Error("no order");
    const clerk = anActor({ roles: ["unitClerk"], unit: WORKS });
    const other = anActor({ roles: ["unitClerk"], unit: "x150100-other" as UnitCode });
    expect(await codeOf(give(here, "acknowledgeOrder", {}, { target: onOrder(order.id), actor: other }))).toBe(
      "FORBIDDEN",
    );
    expect(await codeOf(give(here, "acknowledgeOrder", {}, { target: onOrder(order.id), actor: clerk }))).toBe("ok");
    expect(
      await codeOf(give(here, "orderDanger", { note: "有人持刀" }, { target: onOrder(order.id), actor: clerk })),
    ).toBe("ok");
    expect(sentBy(here).map((m) => [m.body.type, m.lane])).toEqual([["push", "urgent"]]);
  });

  test("a danger that a unit raises tells 110 which unit, its duty phone and the matter as judged here (nmg:2.2.2)", async () => {
    const here = desk();
    const there = aDesk({ stores: createMemoryStores, keys, side: "police" });
    const known = await given(give(here, "register", aCall({}, { item: LAMP })));
    const target = onRequest(known);
    await given(give(here, "accept", {}, { target }));
    await given(give(here, "dispatch", { kind: "work", unit: WORKS }, { target }));
    const order = (await here.deps.store.loadFile(known.caseId))?.orders[0];
    if (order === undefined) throw new Error("no order");
    const clerk = anActor({ roles: ["unitClerk"], unit: WORKS });
    await given(give(here, "orderDanger", { note: "有人持刀" }, { target: onOrder(order.id), actor: clerk }));
    await given(give(here, "orderDanger", {}, { target: onOrder(order.id), actor: clerk }));
    for (const message of sentBy(here)) await carry(here, there, message);
    const shown = await readRequest(there.deps, anActor(), known.requestNo);
    if (!shown.ok) throw new Error(shown.error.code);
    const raised = Object.entries(shown.value.fields).filter(([field]) => field.startsWith("note.raisedByUnit."));
    expect(raised.map(([, { value }]) => value)).toEqual([
      "承办单位报警：市政设施，值班电话 0\n有人持刀",
      "承办单位报警：市政设施，值班电话 0",
    ]);
    expect(shown.value.verdict).toMatchObject({ item: LAMP, itemName: "事项", by: "peer" });
  });

  test("what was judged here after the first push is told to 110 by name with the unit's danger (nmg:2.2.1)", async () => {
    const here = desk();
    const there = aDesk({ stores: createMemoryStores, keys, side: "police" });
    const known = await given(give(here, "register", aCall({}, { danger: true })));
    const target = onRequest(known);
    await given(give(here, "judge", { item: LAMP }, { target }));
    const order = (await here.deps.store.loadFile(known.caseId))?.orders[0];
    if (order === undefined) throw new Error("no order");
    const clerk = anActor({ roles: ["unitClerk"], unit: order.unit });
    await given(give(here, "orderDanger", {}, { target: onOrder(order.id), actor: clerk }));
    for (const message of sentBy(here)) await carry(here, there, message);
    const shown = await readRequest(there.deps, anActor(), known.requestNo);
    if (!shown.ok) throw new Error(shown.error.code);
    expect(shown.value.verdict).toBeNull();
    expect(shown.value.told).toMatchObject([{ name: "item", value: LAMP, by: here.deps.node.self, label: "事项" }]);
  });
});

describe("codes stand in a list of this node", () => {
  test("an unknown one is refused by its name and nothing is written", async () => {
    const here = desk();
    const known = await given(give(here, "register", aCall()));
    const target = onRequest(known);
    const written = here.commits.length;
    const asked = [
      give(here, "register", aCall({ channel: "smoke" })),
      give(here, "register", aCall({ place: "999999" })),
      give(here, "register", aCall({}, { item: "A99-99" })),
      give(here, "judge", { item: "A99-99" }, { target }),
      give(here, "dispatch", { kind: "work", unit: "nobody" }, { target }),
      give(here, "dispatch", { kind: "police", unit: WORKS }, { target }),
      give(here, "dispatch", { kind: "work", unit: GONE }, { target }),
      give(here, "guide", { reason: "because", guidance: "请拨打114" }, { target }),
    ];
    expect(await Promise.all(asked.map(codeOf))).toEqual([
      "CODE_UNKNOWN",
      "PLACE_UNKNOWN",
      "ITEM_UNKNOWN",
      "ITEM_UNKNOWN",
      "UNIT_UNKNOWN",
      "UNIT_WRONG_SIDE",
      "UNIT_RETIRED",
      "CODE_UNKNOWN",
    ]);
    expect(here.commits).toHaveLength(written);
  });

  test("a request, a linkage or an order that is not here is unknown", async () => {
    const here = desk();
    const known = await given(give(here, "register", aCall()));
    const id = freshId();
    expect(await codeOf(give(here, "acceptOffer", {}, { target: onLinkage(id as never) }))).toBe("REQUEST_UNKNOWN");
    expect(await codeOf(give(here, "acceptOffer", {}, { target: onRequest(known) }))).toBe("LINKAGE_UNKNOWN");
    expect(await codeOf(give(here, "arrive", {}, { target: onRequest(known) }))).toBe("ORDER_UNKNOWN");
  });

  test("a hand-over without any desk of the other side is refused by that: NO_PEER", async () => {
    const here = desk({ peers: [] });
    const known = await given(give(here, "register", aCall({}, { item: THEFT })));
    expect(await codeOf(give(here, "handOver", {}, { target: onRequest(known) }))).toBe("NO_PEER");
  });
});

describe("danger is refused by nothing (P3, nmg:2.2.1)", () => {
  test("not by wrong codes: it is registered and pushed at once, beside the order to the government's duty desk", async () => {
    const here = desk();
    const call = aCall(
      { channel: "smoke", place: "999999", requestKind: "x", field: "y" },
      { danger: true, item: "A99-99" },
    );
    const done = await given(give(here, "register", call));
    expect(sentBy(here)).toMatchObject([{ lane: "urgent", caseId: done.caseId, body: { type: "push" } }]);
    expect((await here.deps.store.loadFile(done.caseId))?.orders.map((o) => o.unit)).toEqual([GOVERNMENT]);
    expect(here.wakes).toContain("outbox");
  });

  test("not by what is missing: nothing but the danger itself is enough", async () => {
    const here = desk();
    await given(give(here, "register", { fields: {}, danger: true }));
    expect(sentBy(here)).toHaveLength(1);
  });

  test("not by a closed request seen in an old version", async () => {
    const here = desk();
    const known = await given(give(here, "register", aCall({}, { item: LAWSUIT })));
    const target = onRequest(known);
    await given(give(here, "guide", { reason: "court", guidance: "请向人民法院起诉" }, { target }));
    expect((await here.deps.store.loadFile(known.caseId))?.case.status).toBe("closed");
    expect(await codeOf(give(here, "danger", { note: "有人要跳楼" }, { target, ifMatch: 1 }))).toBe("ok");
    expect(sentBy(here).map((m) => m.body.type)).toEqual(["push"]);
  });

  test("not by others who always write first: it is tried again far longer than a command", async () => {
    const here = desk();
    const known = await given(give(here, "register", aCall()));
    const target = onRequest(known);
    overtake(here, 20, () => given(give(here, "amend", { fields: {}, note: "又来电" }, { target })));
    expect(await codeOf(give(here, "danger", {}, { target }))).toBe("ok");
    expect(here.commits).toHaveLength(22);
  });

  test("not by a key that was used before: what was said is pushed under a key of its own", async () => {
    const here = desk();
    const known = await given(give(here, "register", aCall()));
    const target = onRequest(known);
    const id = aKey();
    await given(give(here, "amend", { fields: {}, note: "有人在砸门" }, { target, id }));
    const done = await given(give(here, "danger", { note: "持刀" }, { target, id }));
    expect(done.repeated).toBe(false);
    expect(sentBy(here).map((m) => m.body.type)).toEqual(["push"]);
  });

  test("not by a missing peer or duty desk: both halves owed are red marks, and 110 is to be dialled (nmg:a3)", async () => {
    const here = desk({ peers: [], governmentDesk: () => null });
    const done = await given(give(here, "register", aCall({}, { danger: true })));
    const alarms = await here.deps.queries.alarms(["desk"]);
    expect(alarms.map((a) => [a.kind, a.dial, a.caseId])).toEqual(
      expect.arrayContaining([
        ["noPeer", "110", done.caseId],
        ["completionOwed", null, done.caseId],
      ]),
    );
    expect(here.rung.map((task) => task.number)).toEqual(["110"]);
  });
});

describe("what was said is sealed (nmg:2.3.2)", () => {
  const PERSONAL = [SAID, "诉求人甲", "13800001111", "138 0000 1111", "某路1号", "又来电说已着火", "请到场先断电"];

  test("no event, state row, message, notice, alarm or command record holds a text or a personal value in clear", async () => {
    const here = desk();
    const known = await given(give(here, "register", aCall({}, { item: LAMP })));
    const target = onRequest(known);
    await given(give(here, "accept", {}, { target }));
    await given(give(here, "dispatch", { kind: "work", unit: WORKS, instruction: "请到场先断电" }, { target }));
    await given(give(here, "danger", { note: "又来电说已着火" }, { target }));
    expect(sentBy(here)).toHaveLength(1);
    for (const { vault, caseKey, ...rest } of here.commits) {
      const text = JSON.stringify(rest);
      for (const value of PERSONAL) expect(text).not.toContain(value);
      const boxes = Buffer.concat([...vault.map((row) => row.box), caseKey?.wrapped ?? new Uint8Array()]);
      for (const value of PERSONAL) expect(boxes.includes(value)).toBe(false);
    }
  });

  test("the caller is found again by a keyed hash of the number, however it is written", async () => {
    const here = desk();
    const first = await given(give(here, "register", aCall({ requesterPhone: "138 0000 1111" })));
    const second = await given(give(here, "register", aCall({ requesterPhone: "+86-13800001111" })));
    const index = async (done: typeof first) => (await here.deps.store.loadFile(done.caseId))?.phoneIndex;
    expect(await index(first)).toMatch(/^[0-9a-f]{64}$/);
    expect(await index(second)).toBe(await index(first));
  });

  test("blank entries count as not given", async () => {
    const here = desk();
    const done = await given(give(here, "register", aCall({ text: "  ", requesterName: "" })));
    const fields = Object.keys((await here.deps.store.loadFile(done.caseId))?.case.sealed ?? {});
    expect(fields.sort()).toEqual(["address", "requester.phone"]);
  });
});
