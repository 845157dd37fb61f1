import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import { openCalendar } from "../core/clock/index.ts";
import { TIME_LIMIT_TABLE } from "../core/file/index.ts";
import type { CommandId, OrderId, RequestNo, UnitCode, UserId } from "../kernel/index.ts";
import type { CommandInput } from "./command-input.ts";
import type { Rules } from "./deps.ts";
import { aCall, aDesk, anActor, codeOf, freshId, give, given, onRequest, overtake, WORKS } from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import type { Target } from "./find-target.ts";
import { fireTimer } from "./fire-timer.ts";
import { readQueue, readRequest, readTimeline } from "./read-requests.ts";
import { readUnitOrders } from "./read-unit-orders.ts";

const HOUR = 3_600_000;

/** A week for each stage, every hour counted. */
const LIMITS: Rules["clock"] = {
  calendar: openCalendar({ version: "cn@1", years: [], days: [], shifts: [] }),
  policyFor: ({ stage, orderKind }) =>
    orderKind === "police"
      ? null
      : {
          limit: `${stage}-test`,
          catalogueVersion: "test@1",
          stage,
          amount: stage === "conclude" ? 500 : 168,
          unit: "naturalHours",
          hours: "always@1",
          pausable: true,
          extensionMax: 48,
          giveBackMinutes: null,
          source: "nmg:2.2.5",
          basis: "default",
          marks: [],
        },
};

const clerk = anActor({ id: "clerk" as UserId, roles: ["unitClerk"], unit: WORKS });
const other = anActor({ id: "clerk2" as UserId, roles: ["unitClerk"], unit: "x150100-heating" as UnitCode });
const taker = anActor({ id: "taker" as UserId, roles: ["callTaker"] });
const chief = anActor({ id: "chief" as UserId, roles: ["supervisor"] });
const deputy = anActor({ id: "deputy" as UserId, roles: ["supervisor"] });

const ASK = { amount: 24, reason: "complex", note: "须开挖路面" } as const;

/** A request at a unit, with the targets of its two time limits. */
async function atUnit() {
  const desk = aDesk({ stores: createMemoryStores, keys: openPassingKeys(), limits: LIMITS });
  const done = await given(give(desk, "register", aCall()));
  const dispatch: CommandInput["dispatch"] = { kind: "work", unit: WORKS, role: "lead" };
  await given(give(desk, "dispatch", dispatch, { target: onRequest(done), actor: chief }));
  const file = await desk.deps.store.loadFile(done.caseId);
  const order = file?.orders[0]?.id ?? ("" as OrderId);
  const timed = (id: string): Target => ({ kind: "timed", id });
  return { desk, no: done.requestNo, caseId: done.caseId, order, onOrder: timed(order), onCase: timed(done.caseId) };
}

async function cardOf(desk: Desk, no: RequestNo, actor = chief) {
  const found = await readRequest(desk.deps, actor, no);
  if (!found.ok) throw new Error(found.error.code);
  return found.value;
}

test("a unit asks, another person approves; who asked, why and what for stands in the history and the views (nmg:2.2.5)", async () => {
  const { desk, no, order, onOrder } = await atUnit();
  await given(give(desk, "askExtension", ASK, { target: onOrder, actor: clerk }));
  const [asked] = (await cardOf(desk, no)).orders;
  expect(asked?.clock?.asked).toMatchObject({
    amount: 24,
    reason: "complex",
    note: { value: "须开挖路面" },
    own: false,
  });
  expect(asked?.allowed).toEqual(expect.arrayContaining(["approveExtension", "refuseExtension"]));
  expect(asked?.allowed).not.toContain("askExtension");
  const before = asked?.clock?.dueAt ?? "";
  await given(give(desk, "approveExtension", { note: "同意" }, { target: onOrder, actor: chief }));
  const [approved] = (await cardOf(desk, no)).orders;
  expect(approved?.clock).toMatchObject({ asked: null, extended: 24, extensionLeft: 24 });
  expect(Date.parse(approved?.clock?.dueAt ?? "") - Date.parse(before)).toBe(24 * HOUR);
  const timeline = await readTimeline(desk.deps, chief, no, ({ id }) => id);
  const lines = timeline.ok ? timeline.value.rows.filter(({ stream }) => stream === "clock") : [];
  expect(lines.map(({ type, by, source, texts }) => [type, by.name, source, texts[0]?.view.value])).toEqual([
    ["ExtensionAsked", "clerk", "nmg:2.2.5", "须开挖路面"],
    ["ExtensionApproved", "chief", "nmg:2.2.5", "同意"],
  ]);
  expect(lines[0]?.details).toMatchObject({ amount: 24, reason: "complex" });
  const own = await readUnitOrders(desk.deps, clerk, { open: true, cursor: null, limit: 10 });
  expect(own.ok && own.value.rows[0]?.order).toMatchObject({ id: order, clock: { extended: 24 } });
});

test("no word of a reason is stored in clear: the events bear references (nmg:2.3.2)", async () => {
  const { desk, onOrder } = await atUnit();
  await given(give(desk, "askExtension", ASK, { target: onOrder, actor: clerk }));
  const last = desk.commits.at(-1);
  expect(JSON.stringify(last?.streams)).not.toContain(ASK.note);
  expect(last?.vault).toHaveLength(1);
  expect(last?.streams.map(({ kind }) => kind)).toEqual(["clock"]);
});

test("who may: a unit for its own order only, a call-taker no pause, nobody below a supervisor an approval (REQ-56)", async () => {
  const { desk, onOrder, onCase } = await atUnit();
  const by = (actor: typeof chief, target: Target, name: "pauseClock" | "askExtension" | "approveExtension") =>
    codeOf(give(desk, name, name === "askExtension" ? ASK : { reason: "siteClosed" }, { target, actor }));
  expect(await by(other, onOrder, "askExtension")).toBe("FORBIDDEN");
  expect(await by(clerk, onCase, "askExtension")).toBe("FORBIDDEN");
  expect(await by(clerk, onOrder, "pauseClock")).toBe("FORBIDDEN");
  expect(await by(taker, onOrder, "pauseClock")).toBe("FORBIDDEN");
  expect(await by(chief, onOrder, "askExtension")).toBe("ok");
  for (const actor of [clerk, taker]) expect(await by(actor, onOrder, "approveExtension")).toBe("FORBIDDEN");
  expect(await by(chief, onOrder, "approveExtension")).toBe("EXTENSION_BY_SAME");
  expect(await by(deputy, onOrder, "approveExtension")).toBe("ok");
});

test("who asked is not offered the approval, and what is offered is what is taken", async () => {
  const { desk, no, order, onOrder } = await atUnit();
  const names = TIME_LIMIT_TABLE.map(({ command }) => command);
  const offered = async (actor: typeof chief) =>
    (await cardOf(desk, no, actor)).orders
      .find(({ id }) => id === order)
      ?.allowed.filter((name) => names.some((one) => one === name));
  expect(await offered(chief)).toEqual(["pauseClock", "awaitRequester", "askExtension"]);
  expect(await offered(clerk)).toEqual(["awaitRequester", "askExtension"]);
  await given(give(desk, "askExtension", ASK, { target: onOrder, actor: chief }));
  expect(await offered(chief)).toEqual(["pauseClock", "awaitRequester", "refuseExtension", "withdrawExtension"]);
  expect(await offered(deputy)).toContain("approveExtension");
  expect(await offered(deputy)).not.toContain("withdrawExtension");
  const withdraw = (actor: typeof chief) => give(desk, "withdrawExtension", {}, { target: onOrder, actor });
  expect(await codeOf(withdraw(deputy))).toBe("EXTENSION_NOT_OWN");
  expect(await codeOf(withdraw(chief))).toBe("ok");
  expect(await offered(chief)).toContain("askExtension");
  await given(give(desk, "askExtension", ASK, { target: onOrder, actor: chief }));
  await given(give(desk, "pauseClock", { reason: "siteClosed" }, { target: onOrder, actor: chief }));
  expect(await offered(clerk)).toEqual(["resumeClock"]);
});

test("a step on a time limit is repeated with its key, and is never written without it (nmg:2.2.5)", async () => {
  const { desk, no, onOrder, onCase } = await atUnit();
  const id = freshId() as CommandId;
  const once = () => give(desk, "pauseClock", { reason: "other" }, { target: onOrder, actor: chief, id });
  await given(once());
  expect((await given(once())).repeated).toBe(true);
  // Written by others again and again: the others' steps go on without their clocks, this one waits or is told of.
  overtake(desk, 5, () =>
    give(desk, "amend", { fields: { text: "还是不亮" } }, { target: onRequest({ requestNo: no } as never) }),
  );
  await given(give(desk, "pauseClock", { reason: "other" }, { target: onCase, actor: chief }));
  expect((await cardOf(desk, no)).clock?.status).toBe("paused");
});

test("what waits for the requester runs on when its time is over, by its own timer (nmg:2.2.5)", async () => {
  const { desk, no, onOrder } = await atUnit();
  await given(give(desk, "awaitRequester", { days: 2, note: "请补门牌号" }, { target: onOrder, actor: clerk }));
  const waiting = (await cardOf(desk, no)).orders[0]?.clock;
  expect(waiting).toMatchObject({ status: "awaitingRequester", dueAt: null, note: { value: "请补门牌号" } });
  desk.passMs(49 * HOUR);
  for (const timer of await desk.timers.claimDue(desk.deps.clock.now(), 10, 1_000, "ordinary"))
    await fireTimer(desk.deps, timer);
  expect((await cardOf(desk, no)).orders[0]?.clock).toMatchObject({ status: "running", awaitUntil: null, note: null });
});

test("a row of the queue says what is due first and whether something stands still, with no question more (nmg:2.2.5)", async () => {
  const { desk, no, onOrder, onCase } = await atUnit();
  const filter = { view: "mine", status: null, item: null, place: null, unit: null, phoneIndex: null } as const;
  const row = async () => {
    const page = await readQueue(desk.deps, chief, { ...filter, regions: null, cursor: null, limit: 10 });
    return page.ok ? page.value.rows.find(({ requestNo }) => requestNo === no)?.due : null;
  };
  const card = await cardOf(desk, no);
  expect(await row()).toMatchObject({ at: card.orders[0]?.due?.dueAt, status: "running", provisional: false });
  await given(give(desk, "pauseClock", { reason: "other" }, { target: onOrder, actor: chief }));
  expect(await row()).toMatchObject({ status: "paused" });
  await given(give(desk, "resumeClock", {}, { target: onOrder, actor: chief }));
  await given(give(desk, "pauseClock", { reason: "other" }, { target: onCase, actor: chief }));
  expect(await row()).toMatchObject({ status: "paused", at: expect.any(String) });
});

test("what the desk says of the time of the whole request is not read by its units (nmg:2.3.2)", async () => {
  const desk = aDesk({ stores: createMemoryStores, keys: openPassingKeys(), limits: LIMITS });
  const done = await given(give(desk, "register", aCall()));
  await given(
    give(desk, "dispatch", { kind: "work", unit: WORKS, role: "lead" }, { target: onRequest(done), actor: chief }),
  );
  const pause = { reason: "other", note: "只给督导看" } as const;
  await given(give(desk, "pauseClock", pause, { target: { kind: "timed", id: done.caseId }, actor: chief }));
  const [own, desks] = [
    await readRequest(desk.deps, clerk, done.requestNo),
    await readRequest(desk.deps, taker, done.requestNo),
  ];
  expect([own.ok, JSON.stringify(own).includes(pause.note)]).toEqual([true, false]);
  expect(JSON.stringify(desks)).toContain(pause.note);
});
