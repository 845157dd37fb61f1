import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import {
  aCall,
  aDesk,
  anActor,
  carry,
  codeOf,
  give,
  given,
  onLinkage,
  onRequest,
  sentBy,
  THREAT,
} from "./desk.test-data.ts";
import type { CommandId } from "../kernel/index.ts";
import type { Desk } from "./desk.test-data.ts";
import { readRequest } from "./read-requests.ts";

const keys = openPassingKeys();
const otherKeys = openPassingKeys();

async function carryPushes(from: Desk, to: Desk, had: number): Promise<void> {
  const pushes = sentBy(from).filter((m) => m.body.type === "push");
  for (const push of pushes.slice(had)) expect((await carry(from, to, push)).status).toBe("applied");
}

test("a screen that shows an older push neither releases the sender nor signs what it never showed (nmg:2.2.1)", async () => {
  const hotline = aDesk({ stores: createMemoryStores, keys });
  const police = aDesk({ stores: createMemoryStores, keys: otherKeys, side: "police" });
  const known = await given(give(hotline, "register", aCall({}, { item: THREAT, danger: true })));
  await carryPushes(hotline, police, 0);
  await given(give(hotline, "amend", { fields: {}, note: "对方持刀" }, { target: onRequest(known) }));
  await carryPushes(hotline, police, 1);

  const view = await readRequest(police.deps, anActor(), known.requestNo);
  const urgent = view.ok ? view.value.linkages[0] : undefined;
  expect(urgent?.pushNo).toBe(2);
  const target = onLinkage(urgent?.id ?? ("none" as never));
  expect(await codeOf(give(police, "shown", { pushNo: 1 }, { target, onDuty: true }))).toBe("PUSH_SUPERSEDED");
  expect(await codeOf(give(police, "sign", { pushNo: 1 }, { target, onDuty: true }))).toBe("PUSH_SUPERSEDED");
  expect(sentBy(police).map((m) => m.body.type)).not.toContain("delivered");
  await given(give(police, "sign", { pushNo: 2 }, { target, onDuty: true }));
  const told = sentBy(police).flatMap((m) => ("k" in m.body ? [[m.body.type, m.body.k]] : []));
  expect(told.slice(-2)).toEqual([
    ["delivered", 2],
    ["signed", 2],
  ]);
});

test("only a seat on duty reports a push as shown; a repeat gets its first answer, also after the seat went off duty (nmg:2.2.1)", async () => {
  const hotline = aDesk({ stores: createMemoryStores, keys });
  const police = aDesk({ stores: createMemoryStores, keys: otherKeys, side: "police" });
  const known = await given(give(hotline, "register", aCall({}, { item: THREAT, danger: true })));
  await carryPushes(hotline, police, 0);
  const view = await readRequest(police.deps, anActor(), known.requestNo);
  const target = onLinkage((view.ok ? view.value.linkages[0]?.id : undefined) ?? ("none" as never));
  const id = "01900000-0000-7000-8000-00000000ad01" as CommandId;
  expect(await codeOf(give(police, "shown", { pushNo: 1 }, { target, id }))).toBe("NOT_ON_DUTY");
  expect(sentBy(police).map((m) => m.body.type)).not.toContain("delivered");
  expect((await given(give(police, "shown", { pushNo: 1 }, { target, id, onDuty: true }))).repeated).toBe(false);
  expect((await given(give(police, "shown", { pushNo: 1 }, { target, id }))).repeated).toBe(true);
});

test.each([
  ["off duty", false, { pushNo: 1 }],
  ["on duty without the push it shows", true, {}],
])("an off-duty signature does not release the sender: %s (nmg:2.2.1)", async (_name, onDuty, body) => {
  const hotline = aDesk({ stores: createMemoryStores, keys });
  const police = aDesk({ stores: createMemoryStores, keys: otherKeys, side: "police" });
  const known = await given(give(hotline, "register", aCall({}, { item: THREAT, danger: true })));
  await carryPushes(hotline, police, 0);
  const view = await readRequest(police.deps, anActor(), known.requestNo);
  const target = onLinkage((view.ok ? view.value.linkages[0]?.id : undefined) ?? ("none" as never));
  await given(give(police, "sign", body, { target, onDuty }));
  const told = sentBy(police).map((m) => m.body.type);
  expect(told).toContain("signed");
  expect(told).not.toContain("delivered");
});

test("what came to 110 by a push alone is for its ordinary part the sender's, also after the danger is over (nmg:2.2.1)", async () => {
  const hotline = aDesk({ stores: createMemoryStores, keys });
  const police = aDesk({ stores: createMemoryStores, keys: otherKeys, side: "police" });
  const known = await given(give(hotline, "register", aCall({}, { danger: true })));
  await carryPushes(hotline, police, 0);
  const view = async () => {
    const read = await readRequest(police.deps, anActor(), known.requestNo);
    if (!read.ok) throw new Error(read.error.code);
    return read.value;
  };
  const urgent = (await view()).linkages[0];
  if (urgent === undefined) throw new Error("nothing came");
  expect([(await view()).holder, (await view()).responsible]).toEqual([hotline.deps.node.self, false]);
  await given(give(police, "sign", { pushNo: 1 }, { target: onLinkage(urgent.id), onDuty: true }));
  await given(give(police, "endDanger", { outcome: "handled", result: "已控制" }, { target: onLinkage(urgent.id) }));
  for (const message of sentBy(police)) await carry(police, hotline, message);
  for (const message of sentBy(hotline).slice(1)) await carry(hotline, police, message);
  expect(await view()).toMatchObject({ status: "closed", holder: hotline.deps.node.self });
  // What came of it, in words too, stands at both desks with its time (REQ-26, REQ-51).
  for (const desk of [police, hotline]) {
    const read = await readRequest(desk.deps, anActor(), known.requestNo);
    const { outcome, endedAt } = (read.ok ? read.value.linkages[0] : undefined) ?? {};
    expect(outcome).toMatchObject({ as: "handled", result: { value: "已控制" } });
    expect(endedAt).toEqual(expect.any(String));
  }
});
