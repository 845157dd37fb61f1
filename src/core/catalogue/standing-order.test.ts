import { expect, test } from "vitest";
import { overlayCatalogue, parseHead, validateCatalogue } from "./index.ts";
import { aCatalogue, HEAD, valid } from "./small-catalogue.test-data.ts";

const says = (minutes: number) => ({ value: minutes, source: "default" });

/** What a catalogue with these policies besides its own is refused for. */
function refused(policies: object): readonly string[] {
  const raw = { ...aCatalogue(), head: { ...HEAD, policies: { ...HEAD.policies, ...policies } } };
  const read = validateCatalogue(raw);
  return read.ok ? [] : read.error.map(({ file, code, detail }) => `${file} ${code} ${detail}`);
}

test("times that contradict each other are refused with both names: a reminder of a pause comes before its end (nmg:2.2.5)", () => {
  expect(refused({ pauseDays: says(3), pauseRemindDays: says(5) })).toEqual([
    "catalogue.yaml POLICIES_CONTRADICT pauseRemindDays 5 > pauseDays 3",
  ]);
  expect(refused({ handOverAnswerMinutes: says(90), handOverAnswerAtSenderMinutes: says(60) })).toHaveLength(1);
  expect(refused({ pauseDays: says(3), pauseRemindDays: says(3) })).toEqual([]);
  expect(refused({ pauseRemindDays: says(300) })).toEqual([]);
});

test("a city's own time is held against those of the plan it changes (nmg:2.2.5, yn:4.1.1)", () => {
  const base = { ...valid(), policies: { ...valid().policies, pauseDays: says(3) } };
  const city = { ...HEAD, id: "city", version: "city@1", base: "small@1", policies: { pauseRemindDays: says(5) } };
  const head = parseHead(city);
  if (!head.ok) throw new Error(JSON.stringify(head.error));
  const over = overlayCatalogue(base, head.value, {});
  expect(over).toMatchObject({ ok: false, error: [{ code: "POLICIES_CONTRADICT" }] });
});
