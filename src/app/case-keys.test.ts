import fc from "fast-check";
import { expect, test } from "vitest";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import type { CaseId } from "../kernel/index.ts";
import { openCaseKey, openRefs, openValues, refKey, sealValue } from "./case-keys.ts";

const keys = openPassingKeys();
const CASE = "00000000-0000-7000-8000-000000000001" as CaseId;
const OTHER = "00000000-0000-7000-8000-000000000002" as CaseId;

test("what goes into the vault comes out as it was, whatever was said (nmg:2.3.2)", async () => {
  const caseKey = await openCaseKey(keys, CASE, null);
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: "grapheme", maxLength: 300 }),
      fc.integer({ min: 1, max: 99 }),
      async (text, version) => {
        const { ref, row } = sealValue(keys, caseKey, "text", version, text);
        const [value = { field: "", version: 0, value: "", salt: "" }] = openValues(keys, caseKey, [row]);
        expect([value.field, value.version, value.value]).toEqual(["text", version, text]);
        expect(keys.commit(Buffer.from(value.salt, "hex"), text)).toBe(ref.commitment);
        if (text.length > 8) expect(Buffer.from(row.box).includes(text)).toBe(false);
      },
    ),
    { numRuns: 60 },
  );
});

test("a case key is opened again from what is stored, and only for its own case", async () => {
  const made = await openCaseKey(keys, CASE, null);
  const { row } = sealValue(keys, made, "text", 1, "路灯不亮");
  const again = await openCaseKey(keys, CASE, made.wrapped);
  expect([made.fresh, again.fresh]).toEqual([true, false]);
  expect(openValues(keys, again, [row])[0]?.value).toBe("路灯不亮");
  await expect(openCaseKey(keys, OTHER, made.wrapped)).rejects.toThrow("cannot be opened");
});

test("a row moved to another field, version or case does not open: it throws and shows nothing", async () => {
  const caseKey = await openCaseKey(keys, CASE, null);
  const { row } = sealValue(keys, caseKey, "requester.phone", 1, "13800001111");
  for (const moved of [
    { ...row, field: "text" },
    { ...row, version: 2 },
    { ...row, caseId: OTHER },
  ])
    expect(() => openValues(keys, caseKey, [moved])).toThrow("BOX_FORGED");
});

test("the same words twice give two commitments: nobody can compare callers in the log", async () => {
  const caseKey = await openCaseKey(keys, CASE, null);
  const [a, b] = [1, 2].map(() => sealValue(keys, caseKey, "requester.phone", 1, "13800001111"));
  expect(a?.ref.commitment).not.toBe(b?.ref.commitment);
});

test("the salt of another node is kept, so that both logs prove the same value", async () => {
  const [mine, theirs] = await Promise.all([CASE, OTHER].map((id) => openCaseKey(keys, id, null)));
  if (mine === undefined || theirs === undefined) throw new Error("no keys");
  const sent = sealValue(keys, mine, "text", 1, "路灯不亮");
  const [{ salt } = { salt: "" }] = openValues(keys, mine, [sent.row]);
  const kept = sealValue(keys, theirs, "text", 7, "路灯不亮", Buffer.from(salt, "hex"));
  expect(kept.ref).toEqual({ field: "text", version: 7, commitment: sent.ref.commitment });
});

test("erased values are missing from what is opened; the others are there", async () => {
  const caseKey = await openCaseKey(keys, CASE, null);
  const kept = sealValue(keys, caseKey, "text", 1, "路灯不亮");
  const erased = sealValue(keys, caseKey, "address", 1, "某路1号");
  const store = { loadVault: async () => [kept.row] };
  const opened = await openRefs({ keys, store }, caseKey, [kept.ref, erased.ref]);
  expect([...opened.keys()]).toEqual([refKey(kept.ref)]);
});
