import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMemoryStores } from "../../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../../test/setup/passing-keys.ts";
import { aCall, aDesk, give, given, LAMP, onRequest, WORKS } from "../../app/desk.test-data.ts";
import type { Desk } from "../../app/desk.test-data.ts";
import type { NoticeRow } from "../../app/ports/store.ts";
import type { CaseId } from "../../kernel/index.ts";
import { createDeliver } from "./notice-delivery.ts";

let files = "";
beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), "liandong-notices-"));
});
afterAll(() => rm(files, { recursive: true, force: true }));

const desk = (): Desk => aDesk({ stores: createMemoryStores, keys: openPassingKeys() });
const noticesOf = (here: Desk): readonly NoticeRow[] => here.commits.flatMap(({ notices }) => notices);

async function linesOf(folder: string): Promise<readonly { readonly address: string; readonly text: string }[]> {
  const [name = ""] = await readdir(join(folder, "notices"));
  const lines = (await readFile(join(folder, "notices", name), "utf8")).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as { readonly address: string; readonly text: string });
}

test("numbers of many requesters are read in one question, logged one by one before they are used (nmg:2.3.2)", async () => {
  const here = desk();
  const phones = ["13800001111", "13800002222", "13800003333"];
  for (const requesterPhone of phones) await given(give(here, "register", aCall({ requesterPhone })));
  const known = await given(give(here, "register", aCall({}, { item: LAMP })));
  await given(give(here, "dispatch", { kind: "work", unit: WORKS }, { target: onRequest(known) }));
  let asked = 0;
  const store = {
    ...here.deps.store,
    loadStanding: (caseIds: readonly CaseId[], fields: readonly string[]) => {
      asked += 1;
      return here.deps.store.loadStanding(caseIds, fields);
    },
  };
  const folder = join(files, "many");
  const before = here.reads.length;
  const deliver = createDeliver({ ...here.deps, store }, { storage: { keys: folder, files: folder } });
  const sent = await deliver(noticesOf(here));
  await Promise.all(sent.map(({ gone }) => gone));
  const lines = await linesOf(folder);
  expect(lines.map(({ address }) => address)).toEqual(expect.arrayContaining(phones));
  const reads = here.reads.slice(before);
  expect(reads.map(({ purpose, caseIds }) => [purpose, caseIds.length])).toEqual(
    noticesOf(here)
      .filter(({ unit }) => unit === null)
      .map(({ template }) => [`notice ${template}`, 1]),
  );
  expect(asked).toBe(1);
});

test("a number that cannot be opened holds up no other notice", async () => {
  const here = desk();
  const bad = await given(give(here, "register", aCall()));
  await given(give(here, "register", aCall({ requesterPhone: "13800009999" })));
  const store: typeof here.deps.store = {
    ...here.deps.store,
    loadStanding: async (caseIds, fields) =>
      (await here.deps.store.loadStanding(caseIds, fields)).map((one) =>
        one.row.caseId === bad.caseId ? { ...one, row: { ...one.row, box: new Uint8Array(80).fill(1) } } : one,
      ),
  };
  const folder = join(files, "bad");
  const deliver = createDeliver({ ...here.deps, store }, { storage: { keys: folder, files: folder } });
  const sent = await deliver(noticesOf(here));
  const ends = await Promise.allSettled(sent.map(({ gone }) => gone));
  expect(sent.map(({ notice }, n) => [notice.caseId === bad.caseId, ends[n]?.status])).toEqual([
    [true, "rejected"],
    [false, "fulfilled"],
  ]);
  expect((await linesOf(folder)).map(({ address }) => address)).toEqual(["13800009999"]);
});
