import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import type { RequestNo } from "../kernel/index.ts";
import { openCaseKey, openTexts } from "./case-keys.ts";
import { aCall, aDesk, give, given, LAWSUIT, onRequest, SAID } from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import type { CommandDone } from "./give-command.ts";
import { readPublicStatus } from "./read-public-status.ts";

const keys = openPassingKeys();

async function registered(): Promise<{ readonly here: Desk; readonly known: CommandDone; readonly code: string }> {
  const here = aDesk({ stores: createMemoryStores, keys });
  const known = await given(give(here, "register", aCall({}, { item: LAWSUIT })));
  return { here, known, code: await checkCodeOf(here, known) };
}

async function checkCodeOf({ deps }: Desk, known: CommandDone): Promise<string> {
  const stored = await deps.store.loadFile(known.caseId);
  const [row] = await deps.store.loadVault([{ caseId: known.caseId, field: "checkCode", version: 1 }]);
  if (stored === null || row === undefined) throw new Error("no check code");
  return [
    ...openTexts(deps.keys, await openCaseKey(deps.keys, known.caseId, stored.wrappedKey), [row]).values(),
  ].join();
}

test("number and check code show how far it is and nothing that was said (nmg:2.3.1)", async () => {
  const { here, known, code } = await registered();
  const status = await readPublicStatus(here.deps, known.requestNo, code);
  expect(status).toEqual({
    ok: true,
    value: { requestNo: known.requestNo, stage: "received", changedAt: here.deps.clock.now() },
  });
  expect(JSON.stringify(status)).not.toContain(SAID);
  const target = onRequest(known);
  await given(give(here, "guide", { reason: "court", guidance: "请向人民法院起诉" }, { target }));
  expect(await readPublicStatus(here.deps, known.requestNo, code)).toMatchObject({ value: { stage: "closed" } });
});

test("the check code may be typed in small letters and with blanks", async () => {
  const { here, known, code } = await registered();
  const typed = ` ${code.slice(0, 3).toLowerCase()} ${code.slice(3)} `;
  expect(await readPublicStatus(here.deps, known.requestNo, typed)).toMatchObject({ ok: true });
});

test("a wrong number and a wrong code are the same refusal, so that guessing teaches nothing", async () => {
  const { here, known, code } = await registered();
  const wrong = code.startsWith("3") ? `4${code.slice(1)}` : `3${code.slice(1)}`;
  const other = await given(give(here, "register", aCall()));
  const refusals = await Promise.all([
    readPublicStatus(here.deps, known.requestNo, wrong),
    readPublicStatus(here.deps, known.requestNo, ""),
    readPublicStatus(here.deps, known.requestNo, "not a code at all"),
    readPublicStatus(here.deps, "1501001261122999990" as RequestNo, code),
    readPublicStatus(here.deps, "" as RequestNo, code),
    readPublicStatus(here.deps, other.requestNo, code),
  ]);
  expect(refusals).toEqual(refusals.map(() => ({ ok: false, error: { code: "STATUS_UNKNOWN" } })));
});

test("a request whose values were erased can no longer be read by anybody from outside", async () => {
  const { here, known, code } = await registered();
  const erased = { ...here.deps, store: { ...here.deps.store, loadVault: async () => [] } };
  expect(await readPublicStatus(erased, known.requestNo, code)).toMatchObject({ error: { code: "STATUS_UNKNOWN" } });
});
