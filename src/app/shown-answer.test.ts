import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import type { CommandId } from "../kernel/index.ts";
import { aCall, aDesk, anActor, freshId, give, given, onRequest } from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import type { GivenCommand } from "./give-command.ts";
import { isPresented } from "./present-brand.ts";
import { showLeft } from "./read-requests.ts";

const keys = openPassingKeys();
const desk = (): Desk => aDesk({ stores: createMemoryStores, keys });
const show: NonNullable<GivenCommand["show"]> = (deps, left) => showLeft(deps, anActor(), left);

test("what a command shows is in the read log by the same commit, and came through the door (nmg:2.3.2)", async () => {
  const here = desk();
  const done = await given(give(here, "register", aCall(), { show }));
  expect(isPresented(done.view)).toBe(true);
  expect(here.commits.at(-1)?.reads).toMatchObject([{ purpose: "answer", caseIds: [done.caseId] }]);
  expect(here.reads).toEqual(here.commits.at(-1)?.reads);
  await given(give(here, "amend", { fields: {}, note: "又来电" }, { target: onRequest(done) }));
  expect(here.commits.at(-1)?.reads).toEqual([]);
});

test("a request that cannot be shown is changed all the same, and the fault is told after it (P1)", async () => {
  const here = desk();
  const id = freshId() as CommandId;
  const broken = (): never => {
    throw new Error("a value of this request was tampered with");
  };
  await expect(give(here, "register", aCall(), { id, show: async () => broken() })).rejects.toThrow("tampered");
  expect(here.commits).toHaveLength(1);
  expect((await given(give(here, "register", aCall(), { id }))).repeated).toBe(true);
});

test("a danger is written before anybody looks at it; everything else is looked at before (P3)", async () => {
  const here = desk();
  const written: number[] = [];
  const looking: typeof show = (deps, left) => {
    written.push(here.commits.length);
    return show(deps, left);
  };
  const known = await given(give(here, "register", aCall(), { show: looking }));
  const danger = await given(give(here, "danger", {}, { target: onRequest(known), show: looking }));
  expect(written).toEqual([0, 2]);
  expect([danger.view?.danger, here.reads.at(-1)?.purpose]).toEqual([true, "answer, danger open"]);
});

test("an addition to an open danger is a push: it is written before it is looked at (nmg:2.2.1)", async () => {
  const here = desk();
  const known = await given(give(here, "register", aCall({}, { danger: true })));
  const before = here.commits.length;
  const written: number[] = [];
  const looking: typeof show = (deps, left) => {
    written.push(here.commits.length - before);
    return show(deps, left);
  };
  await given(give(here, "amend", { fields: {}, note: "对方持刀" }, { target: onRequest(known), show: looking }));
  expect(written).toEqual([1]);
});
