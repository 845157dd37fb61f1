import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import { aCall, aDesk, anActor, given, give, LAMP, onRequest, WORKS } from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import type { CommandDone } from "./give-command.ts";
import type { QueueFilter } from "./ports/queries.ts";
import { readQueue } from "./read-requests.ts";

const keys = openPassingKeys();
const CLERK = anActor({ roles: ["unitClerk"], unit: WORKS });
const ANY = { status: null, item: null, place: null, unit: null, phoneIndex: null, regions: null, cursor: null };
const QUEUE: QueueFilter = { view: "all", ...ANY, limit: 5 };

async function ordered(): Promise<{ readonly here: Desk; readonly known: CommandDone }> {
  const here = aDesk({ stores: createMemoryStores, keys });
  const known = await given(give(here, "register", aCall({}, { item: LAMP })));
  await send(here, known);
  return { here, known };
}

async function send(here: Desk, known: CommandDone): Promise<void> {
  await given(give(here, "dispatch", { kind: "work", unit: WORKS }, { target: onRequest(known) }));
}

async function newest(here: Desk, known: CommandDone) {
  const id = (await here.deps.store.loadFile(known.caseId))?.orders.at(-1)?.id;
  if (id === undefined) throw new Error("no order");
  return { kind: "order", id } as const;
}

async function answer(here: Desk, known: CommandDone): Promise<void> {
  const target = await newest(here, known);
  await given(give(here, "reply", { reply: "已修好", resolution: "resolved" }, { target, actor: CLERK }));
}

async function next(here: Desk): Promise<unknown> {
  const page = await readQueue(here.deps, anActor(), QUEUE);
  return page.ok ? page.value.rows[0]?.next : page.error.code;
}

test("the row says what the desk owes: to conclude once every unit has replied, to call back, then to close (nmg:2.2.1)", async () => {
  const { here, known } = await ordered();
  const target = onRequest(known);
  expect(await next(here)).toBeNull();
  await send(here, known);
  await answer(here, known);
  // The other unit is still out.
  expect(await next(here)).toBeNull();
  const other = (await here.deps.store.loadFile(known.caseId))?.orders[0]?.id;
  if (other === undefined) throw new Error("no order");
  const first = { kind: "order", id: other } as const;
  await given(give(here, "reply", { reply: "已断电", resolution: "resolved" }, { target: first, actor: CLERK }));
  expect(await next(here)).toBe("conclude");
  await given(give(here, "conclude", { resolution: "resolved", result: "已修好" }, { target }));
  expect(await next(here)).toBe("callBack");
  await given(give(here, "callBack", { outcome: "reached", satisfaction: 5, solved: true }, { target }));
  expect(await next(here)).toBe("close");
  await given(give(here, "close", {}, { target }));
  expect(await next(here)).toBeNull();
});

test("an order that was taken back is no reply, and what was replied before a matter came back to work says nothing of it now (nmg:2.2.5)", async () => {
  const { here, known } = await ordered();
  const target = onRequest(known);
  const recall = async () =>
    given(give(here, "recall", { reason: "wrongUnit" }, { target: await newest(here, known) }));
  await recall();
  expect(await next(here)).toBeNull();
  await send(here, known);
  await answer(here, known);
  expect(await next(here)).toBe("conclude");
  await given(give(here, "conclude", { resolution: "resolved", result: "已修好" }, { target }));
  await given(give(here, "reopen", { reason: "notDone" }, { target }));
  await send(here, known);
  await recall();
  expect(await next(here)).toBeNull();
});
