import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findClass, findItem, groupsOf, itemsOfClass, nextQuestion } from "../../core/catalogue/index.ts";
import type { Catalogue } from "../../core/catalogue/index.ts";
import { readCatalogue } from "./index.ts";

async function shipped(name: string): Promise<Catalogue> {
  const read = await readCatalogue(fileURLToPath(new URL(`../../../catalogue/${name}`, import.meta.url)));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

const nmg = await shipped("nmg-2022-89");
const yn = await shipped("yn-2022");

/** Each kind of matter that the plan gives to 110, in its words, and the codes that stand for it. */
const SCOPE: readonly (readonly [words: string, codes: readonly string[]])[] = [
  ["刑事类警情", ["B01-01"]],
  ["治安类警情", ["B01-02"]],
  ["道路交通类警情", ["B03"]],
  ["危及人身和财产安全或者社会治安秩序的群体性事件", ["B02"]],
  ["其他需要公安机关处置的与违法犯罪有关的报警", ["B01-03"]],
  ["公共设施险情", ["B06"]],
  ["灾害事故", ["B04"]],
  ["其他危及人身和财产安全、公共安全等需要公安机关参与处置的紧急求助", ["B05"]],
  ["对公安机关及其人民警察正在发生的违法违纪或者失职行为的投诉", ["B07"]],
];

test.each(["nmg:2.1", "yn:2.2"])(
  "every kind of matter that %s gives to 110 is a code of the police's (REQ-07)",
  (key) => {
    const text = nmg.clauses.find((clause) => clause.key === key)?.textZh?.replaceAll(",", "，") ?? "";
    const scope = text.slice(text.indexOf("受理范围"));
    for (const [words, codes] of SCOPE) {
      expect(scope).toContain(words);
      for (const code of codes) {
        const items = findClass(nmg, code) === null ? [findItem(nmg, code)] : itemsOfClass(nmg, code);
        expect([code, items.length > 0, items.every((item) => item?.side === "police")]).toEqual([code, true, true]);
      }
    }
    const named = new Set(SCOPE.flatMap(([, codes]) => codes.map((code) => code.slice(0, 3))));
    expect([...named].toSorted()).toEqual(nmg.classes.filter(({ part }) => part === "two").map(({ code }) => code));
  },
);

test("of a complaint about the police is asked whether it happens now, and 110 has it only if so (nmg:2.1, REQ-07)", () => {
  for (const { code, conditionZh } of itemsOfClass(nmg, "B07")) {
    expect([code, conditionZh]).toEqual([code, expect.stringContaining("正在发生的")]);
    const [group] = groupsOf(nmg, code);
    const now = group?.questions.find(({ criterionZh }) => criterionZh === "正在发生的");
    if (group === undefined || now === undefined) throw new Error(`nothing asks of ${code} whether it happens now`);
    const step = (answer: "yes" | "no") => nextQuestion(nmg, group.code, { "G31-1": "yes", [now.code]: answer });
    expect(step("no")).toMatchObject({ kind: "outcome", item: "negotiate" });
    expect(step("yes")).toMatchObject({ kind: "question" });
  }
});

/**
 * What of annex part two the words of yn:2.2 carry by themselves. Not carried, so borrowed as a proposal: tip-offs (B01-03: the clause says
 * 报警), matters of stability (B02-01), what is not on the road, vehicles, installations and noise (B03), epidemics (B04-08: yn:3.3 names
 * public health apart), people missing who are in no danger (B05-01 to 04), rules of the service and professional ethics (B07-04, B07-05).
 */
const CARRIED: readonly (readonly [words: string, codes: string])[] = [
  ["刑事类警情", "B01-01"],
  ["治安类警情", "B01-02"],
  ["道路交通类警情", "B03-01 B03-04"],
  ["危及人身和财产安全或者社会治安秩序的群体性事件", "B02-02 B02-03"],
  ["公共设施险情", "B06-01 B06-02 B06-03 B06-04 B06-05 B06-99"],
  ["灾害事故", "B04-01 B04-02 B04-03 B04-04 B04-05 B04-06 B04-07 B04-09 B04-99 B06-06 B06-07 B06-08"],
  ["其他危及人身和财产安全、公共安全等需要公安机关参与处置的紧急求助", "B05-05 B05-06 B05-07 B05-08 B05-99"],
  ["对公安机关及其人民警察正在发生的违法违纪或者失职行为的投诉", "B07-01 B07-02 B07-03"],
];

test("in Yunnan 110 has by the plan what the words of yn:2.2 give it; all other rows are borrowed as a proposal (REQ-07)", () => {
  const text = yn.clauses.find(({ key }) => key === "yn:2.2")?.textZh ?? "";
  const carried = CARRIED.flatMap(([words, codes]) => codes.split(" ").map((code) => ({ words, code })));
  for (const { words, code } of carried) {
    const [here, there] = [findItem(yn, code), findItem(nmg, code)];
    expect(text).toContain(words);
    expect(here).toMatchObject({ code, basis: "plan", source: "yn:2.2", side: "police", mode: "policeHandles" });
    // The name says which matter of the shared list it is; the note, in the clause's words, why it is the police's here.
    expect([here?.nameZh, here?.urgency]).toEqual([there?.nameZh, there?.urgency]);
    expect(here?.noteZh).toContain(`“${words}”`);
    expect(text).toContain(here?.conditionZh ?? "");
    expect([code, here?.urgencySource]).toEqual([code, expect.not.stringMatching(/^nmg:/)]);
  }
  const planned = yn.items.filter(({ basis }) => basis === "plan").map(({ code }) => code);
  expect(planned.toSorted()).toEqual([...carried.map(({ code }) => code), "N00-99"].toSorted());
});

test("in Yunnan what is clearly neither desk's is guided and explained by the first receiver (yn:3.1, REQ-19)", () => {
  const text = yn.clauses.find(({ key }) => key === "yn:3.1")?.textZh ?? "";
  expect(text).toContain("对明确不属于12345与110受理范围的事项,首接平台话务人员要做好合理引导和解释工作");
  expect(findItem(yn, "N00-99")).toMatchObject({ mode: "guide", basis: "plan", source: "yn:3.1" });
  expect(text).toContain(findItem(yn, "N00-99")?.conditionZh);
});
