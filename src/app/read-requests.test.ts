import { describe, expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import type { Actor } from "../core/access/index.ts";
import { makeRequestNo } from "../core/request-number/index.ts";
import type { RegionCode } from "../kernel/index.ts";
import type { CommandInput } from "./command-input.ts";
import {
  aCall,
  aDesk,
  anActor,
  carry,
  codeOf,
  give,
  given,
  LAMP,
  onRequest,
  SAID,
  sentBy,
  WORKS,
} from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import type { CommandDone } from "./give-command.ts";
import type { QueueFilter } from "./ports/queries.ts";
import { isPresented } from "./present-brand.ts";
import { readQueue, readRequest, readTimeline, revealField } from "./read-requests.ts";
import { readUnitOrders } from "./read-unit-orders.ts";

const keys = openPassingKeys();
const CLERK = anActor({ roles: ["unitClerk"], unit: WORKS });
const SUPERVISOR = anActor({ roles: ["supervisor"] });
const QUEUE: QueueFilter = {
  view: "all",
  status: null,
  item: null,
  place: null,
  unit: null,
  phoneIndex: null,
  regions: null,
  cursor: null,
  limit: 50,
};

/** A request that a unit has an order of. */
async function ordered(
  fields: Partial<CommandInput["register"]["fields"]> = {},
): Promise<{ readonly here: Desk; readonly known: CommandDone }> {
  const here = aDesk({ stores: createMemoryStores, keys });
  const known = await given(give(here, "register", aCall(fields, { item: LAMP })));
  const target = onRequest(known);
  await given(give(here, "accept", {}, { target }));
  await given(give(here, "dispatch", { kind: "work", unit: WORKS, instruction: "请到场先断电" }, { target }));
  return { here, known };
}

async function fieldsFor(desk: Desk, actor: Actor, known: CommandDone) {
  const shown = await readRequest(desk.deps, actor, known.requestNo);
  if (!shown.ok) throw new Error(shown.error.code);
  return shown.value.fields;
}

describe("a request as its reader may see it (nmg:2.3.2)", () => {
  test("the desk sees name and number masked and what was said in clear", async () => {
    const { here, known } = await ordered();
    expect(await fieldsFor(here, anActor(), known)).toEqual({
      "requester.name": { showing: "masked", value: "诉**", revealable: true },
      "requester.phone": { showing: "masked", value: "138****1111", revealable: true },
      address: { showing: "clear", value: "某路1号", revealable: false },
      text: { showing: "clear", value: SAID, revealable: false },
    });
  });

  test("the unit that must call back sees the number in clear and the name masked, and can reveal nothing", async () => {
    const { here, known } = await ordered();
    expect(await fieldsFor(here, CLERK, known)).toMatchObject({
      "requester.phone": { showing: "clear", value: "138 0000 1111", revealable: false },
      "requester.name": { showing: "masked", value: "诉**", revealable: false },
    });
  });

  test.each([{ confidential: true }, { requestKind: "tipOff" }])(
    "a confidential request and a tip-off hide the person from the unit: %j (nmg:2.1)",
    async (fields) => {
      const { here, known } = await ordered(fields);
      expect(await fieldsFor(here, CLERK, known)).toMatchObject({
        "requester.phone": { showing: "hidden", value: null, revealable: false },
        "requester.name": { showing: "hidden", value: null, revealable: false },
        text: { showing: "clear" },
      });
      expect(await fieldsFor(here, anActor(), known)).toMatchObject({ "requester.phone": { showing: "masked" } });
    },
  );

  test("while danger is open the desk sees the number at once, also of a tip-off, and the read log says why (nmg:2.2.1)", async () => {
    const here = aDesk({ stores: createMemoryStores, keys });
    const known = await given(give(here, "register", aCall({ requestKind: "tipOff" }, { danger: true })));
    expect(await fieldsFor(here, SUPERVISOR, known)).toMatchObject({ "requester.phone": { showing: "clear" } });
    expect(here.reads.at(-1)).toMatchObject({ purpose: "request, danger open" });
  });

  test("a unit whose order was taken back sees nothing of the request any more (nmg:2.3.2)", async () => {
    const { here, known } = await ordered();
    const orderId = (await here.deps.store.loadFile(known.caseId))?.orders[0]?.id;
    if (orderId === undefined) throw new Error("no order");
    await given(
      give(here, "recall", { reason: "wrongUnit" }, { target: { kind: "order", id: orderId }, actor: SUPERVISOR }),
    );
    expect(await readRequest(here.deps, CLERK, known.requestNo)).toMatchObject({
      ok: false,
      error: { code: "FORBIDDEN" },
    });
    const list = await readUnitOrders(here.deps, CLERK, { open: false, cursor: null, limit: 10 });
    expect(list).toMatchObject({ ok: true, value: { rows: [] } });
  });

  test("the check code of the requester is shown to nobody, and no reveal finds it", async () => {
    const { here, known } = await ordered();
    for (const actor of [anActor(), SUPERVISOR, CLERK])
      expect(Object.keys(await fieldsFor(here, actor, known))).not.toContain("checkCode");
    expect(await codeOf(revealField(here.deps, SUPERVISOR, known.requestNo, "checkCode", "核对"))).toBe(
      "FIELD_UNKNOWN",
    );
  });

  test("whoever has no business with it is refused, and nothing is read", async () => {
    const { here, known } = await ordered();
    const { requestNo } = known;
    const stranger = anActor({ roles: ["unitClerk"], unit: "x150100-other" as typeof WORKS });
    const operator = anActor({ roles: ["operator"] });
    expect(await codeOf(readRequest(here.deps, stranger, requestNo))).toBe("FORBIDDEN");
    expect(await codeOf(readRequest(here.deps, operator, requestNo))).toBe("FORBIDDEN");
    expect(await codeOf(readTimeline(here.deps, stranger, requestNo, () => null))).toBe("FORBIDDEN");
    expect(await codeOf(revealField(here.deps, stranger, requestNo, "requester.name", "核对"))).toBe("FORBIDDEN");
    expect(await codeOf(readQueue(here.deps, CLERK, QUEUE))).toBe("FORBIDDEN");
    expect(await codeOf(readUnitOrders(here.deps, anActor(), { open: true, cursor: null, limit: 5 }))).toBe(
      "FORBIDDEN",
    );
    expect(here.reads).toEqual([]);
  });

  test("a number that nobody has is unknown; one whose check digit does not fit is a slip of the hand", async () => {
    const { here } = await ordered();
    const nobodys = makeRequestNo({ region: "159900", side: "police", day: "200101", n: 7 });
    expect(await codeOf(readRequest(here.deps, anActor(), nobodys))).toBe("REQUEST_UNKNOWN");
    const slip = `${nobodys.slice(0, -1)}${(Number(nobodys.at(-1)) + 1) % 10}` as typeof nobodys;
    expect(await codeOf(readRequest(here.deps, anActor(), slip))).toBe("REQUEST_NO_MISTYPED");
  });

  test("an erased value says so, everywhere, and is no fault", async () => {
    const { here, known } = await ordered();
    const { store } = here.deps;
    const findWhole: typeof store.findWhole = async (no) => {
      const whole = await store.findWhole(no);
      return whole === null ? null : { ...whole, vault: [] };
    };
    const erased = { ...here, deps: { ...here.deps, store: { ...store, findWhole, loadVault: async () => [] } } };
    const fields = await fieldsFor(erased, anActor(), known);
    expect(new Set(Object.values(fields).map((f) => f.showing))).toEqual(new Set(["erased"]));
    expect(await revealField(erased.deps, anActor(), known.requestNo, "requester.phone", "回访")).toMatchObject({
      value: { value: { showing: "erased", value: null } },
    });
  });

  test("an erased case key leaves everything readable but the values", async () => {
    const { here, known } = await ordered();
    const { store } = here.deps;
    const findWhole: typeof store.findWhole = async (no) => {
      const whole = await store.findWhole(no);
      return whole === null ? null : { ...whole, stored: { ...whole.stored, wrappedKey: null } };
    };
    const erased = { ...here, deps: { ...here.deps, store: { ...store, findWhole } } };
    expect(await fieldsFor(erased, anActor(), known)).toMatchObject({ text: { showing: "erased", value: null } });
  });
});

describe("one masked field in clear, for a reason (nmg:2.3.2)", () => {
  test("is shown and the reason is kept with who asked", async () => {
    const { here, known } = await ordered();
    const shown = await revealField(here.deps, anActor(), known.requestNo, "requester.phone", "回访未接通");
    expect(shown).toMatchObject({
      value: { field: "requester.phone", value: { showing: "clear", value: "138 0000 1111" } },
    });
    expect(here.reads.at(-1)).toEqual({
      at: here.deps.clock.now(),
      reader: { kind: "user", id: anActor().id },
      purpose: "reveal: 回访未接通",
      caseIds: [known.caseId],
      fields: ["requester.phone"],
    });
  });

  test.each(["requester.shoe", "constructor", "__proto__", "toString", ""])(
    "is refused for a field the request does not have: %j",
    async (field) => {
      const { here, known } = await ordered();
      expect(await codeOf(revealField(here.deps, anActor(), known.requestNo, field, "核对"))).toBe("FIELD_UNKNOWN");
      expect(here.reads).toEqual([]);
    },
  );

  test("is not for a unit's clerk", async () => {
    const { here, known } = await ordered();
    expect(await codeOf(revealField(here.deps, CLERK, known.requestNo, "requester.name", "核对"))).toBe("FORBIDDEN");
  });
});

describe("nothing is shown without a row in the read log (nmg:2.3.2)", () => {
  type Read = (desk: Desk, known: CommandDone) => Promise<{ readonly ok: boolean; readonly value?: unknown }>;
  const READS: readonly (readonly [string, Read])[] = [
    ["request", (d, k) => readRequest(d.deps, anActor(), k.requestNo)],
    ["timeline", (d, k) => readTimeline(d.deps, anActor(), k.requestNo, () => null)],
    ["queue", (d) => readQueue(d.deps, anActor(), QUEUE)],
    ["unitOrders", (d) => readUnitOrders(d.deps, CLERK, { open: true, cursor: null, limit: 5 })],
    ["reveal: 核对", (d, k) => revealField(d.deps, anActor(), k.requestNo, "requester.name", "核对")],
  ];

  test.each(READS)("%s writes who read what of which request, and comes out of the door", async (purpose, read) => {
    const { here, known } = await ordered();
    const shown = await read(here, known);
    expect(shown.ok && isPresented(shown.value)).toBe(true);
    expect(here.reads).toHaveLength(1);
    expect(here.reads[0]).toMatchObject({ purpose, reader: { kind: "user" }, caseIds: [known.caseId] });
    expect(here.reads[0]?.fields.length).toBeGreaterThan(0);
  });

  test.each(READS)("%s shows nothing when the read log cannot be written", async (_, read) => {
    const { here, known } = await ordered();
    const closed = { ...here.deps, readLog: { write: () => Promise.reject(new Error("log full")) } };
    await expect(read({ ...here, deps: closed }, known)).rejects.toThrow("log full");
  });

  test("a masked value is a reading too and is marked as one", async () => {
    const { here, known } = await ordered();
    await fieldsFor(here, anActor(), known);
    expect(here.reads[0]?.fields).toEqual([
      "address",
      expect.stringMatching(/^instruction\./),
      "requester.name (masked)",
      "requester.phone (masked)",
      "text",
    ]);
  });
});

describe("lists", () => {
  test("a line of the queue masks the name and every number in what was said (nmg:2.3.2)", async () => {
    const { here } = await ordered();
    const page = await readQueue(here.deps, anActor(), QUEUE);
    if (!page.ok) throw new Error(page.error.code);
    expect(page.value.rows).toMatchObject([
      {
        requester: "诉**",
        summary: "路灯不亮三天了，请回电138****11",
        itemName: "事项",
        placeName: "新城区",
        units: [WORKS],
      },
    ]);
  });

  test("a long text is cut to its first 80 characters, and a number across the cut stays masked", async () => {
    const here = aDesk({ stores: createMemoryStores, keys });
    await given(give(here, "register", aCall({ text: `${"长".repeat(74)}13800001111` })));
    const page = await readQueue(here.deps, anActor(), QUEUE);
    if (!page.ok) throw new Error(page.error.code);
    expect(page.value.rows[0]?.summary).not.toMatch(/1380/);
    expect([...(page.value.rows[0]?.summary ?? "")].length).toBeLessThanOrEqual(80);
  });

  test("a desk of one county gets only the requests of its county, whatever it asks for", async () => {
    const { here } = await ordered();
    const elsewhere = anActor({ regions: ["150121" as RegionCode] });
    const page = await readQueue(here.deps, elsewhere, QUEUE);
    expect(page).toMatchObject({ ok: true, value: { rows: [] } });
  });

  test("a unit's list holds its own orders with what the unit needs to handle them (nmg:2.2.2)", async () => {
    const { here, known } = await ordered();
    const page = await readUnitOrders(here.deps, CLERK, { open: true, cursor: null, limit: 5 });
    if (!page.ok) throw new Error(page.error.code);
    expect(page.value.rows).toMatchObject([
      {
        requestNo: known.requestNo,
        fields: { "requester.phone": { value: "138 0000 1111" }, text: { value: SAID } },
        order: { instruction: { value: "请到场先断电" }, allowed: ["acknowledgeOrder", "arrive", "reply"] },
        allowed: ["orderDanger"],
      },
    ]);
    const other = anActor({ roles: ["unitClerk"], unit: "x150100-other" as typeof WORKS });
    expect(await readUnitOrders(here.deps, other, { open: true, cursor: null, limit: 5 })).toMatchObject({
      value: { rows: [] },
    });
  });

  test("a unit that called danger is told how far its push has come, until the danger is over (nmg:2.2.2)", async () => {
    const { here, known } = await ordered();
    const there = aDesk({ stores: createMemoryStores, keys, side: "police" });
    const order = (await here.deps.store.loadFile(known.caseId))?.orders[0];
    if (order === undefined) throw new Error("no order");
    const reached = async () => {
      const page = await readUnitOrders(here.deps, CLERK, { open: true, cursor: null, limit: 5 });
      return page.ok ? page.value.rows.map((row) => row.push) : page.error.code;
    };
    const exchanged = { here: 0, there: 0 };
    const exchange = async () => {
      for (const message of sentBy(here).slice(exchanged.here)) await carry(here, there, message);
      exchanged.here = sentBy(here).length;
      for (const message of sentBy(there).slice(exchanged.there)) await carry(there, here, message);
      exchanged.there = sentBy(there).length;
    };
    expect(await reached()).toEqual([null]);
    await given(give(here, "orderDanger", {}, { target: { kind: "order", id: order.id }, actor: CLERK }));
    expect(await reached()).toEqual(["sent"]);
    await exchange();
    const linkage = (await there.deps.store.loadFile(known.caseId))?.linkages[0];
    if (linkage === undefined) throw new Error("nothing was pushed");
    const target = { kind: "linkage", id: linkage.id } as const;
    for (const [name, body, state] of [
      ["shown", { pushNo: 1 }, "onScreen"],
      ["sign", {}, "signed"],
      ["endDanger", { outcome: "handled", result: "已控制" }, "ended"],
    ] as const) {
      await given(give(there, name, body, { target, onDuty: true }));
      await exchange();
      expect(await reached()).toEqual([state]);
    }
    await given(give(here, "orderDanger", {}, { target: { kind: "order", id: order.id }, actor: CLERK }));
    expect(await reached()).toEqual(["sent"]);
  });

  test("the history tells every step with its clause, who did it and what was said (P6, nmg:2.3.1)", async () => {
    const { here, known } = await ordered();
    const shown = await readTimeline(here.deps, anActor(), known.requestNo, (by) =>
      by.kind === "user" ? "席位01" : null,
    );
    if (!shown.ok) throw new Error(shown.error.code);
    expect(shown.value.rows.map((r) => [r.type, r.by.name])).toEqual([
      ["CaseRegistered", "席位01"],
      ["CaseJudged", "席位01"],
      ["CaseAccepted", "席位01"],
      ["OrderOpened", "席位01"],
      ["OrderDispatched", "席位01"],
    ]);
    for (const row of shown.value.rows.filter((r) => r.stream === "case")) expect(row.source).toMatch(/^nmg:/);
    const said = shown.value.rows[0]?.texts.find((t) => t.field === "text");
    expect(said?.view.value).toBe(SAID);
  });
});
