import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findClass, findItem, groupsOf, itemsOfClass, nextQuestion } from "../../core/catalogue/index.ts";
import { readCatalogue } from "./index.ts";

const read = await readCatalogue(fileURLToPath(new URL("../../../catalogue/nmg-2022-89", import.meta.url)));
if (!read.ok) throw new Error(JSON.stringify(read.error));
const nmg = read.value;

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
