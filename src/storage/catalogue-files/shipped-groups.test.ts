import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ANSWERS, findGroup, findItem, groupsOf, impliedAnswers, nextQuestion } from "../../core/catalogue/index.ts";
import type { Answer, Catalogue, MatterGroup } from "../../core/catalogue/index.ts";
import { readCatalogue } from "./index.ts";

const FOLDER = fileURLToPath(new URL("../../../catalogue/nmg-2022-89", import.meta.url));
const read = await readCatalogue(FOLDER);
if (!read.ok) throw new Error(JSON.stringify(read.error));
const catalogue: Catalogue = read.value;

/** The groups as the coded list names them, typed from it; what we added to it stands after a plus. */
const GROUPS = `
G01 A01-10 D06-01|G02 A01-08 D06-02|G03 A01-13 D06-03|G04 A01-14 D06-04|G05 A01-07 D06-06|G06 A04-05 B04-07 D06-05
G07 A06-02 D03-01|G08 A09-03 D04-01|G09 A02-14 D05-03|G10 A02-15 A02-16 D05-02|G11 A16-01 D07-01|G12 A16-01 B04-08
G13 A06-09 B03-07 B03-08 D02-04|G14 A04-01 A06-08|G15 B03-06 D01-01 D01-02 D01-03 D01-04|G16 B03-04 D02-02
G17 A15-01 A15-07 D02-01
G18 A01-01 A01-02 A01-03 A01-04 A14-01 A14-02 A14-03 A14-04 A14-05 B06-01 B06-02 B06-03 B06-04 B06-05 D07-11
G19 A14-05 B04-01 B06-04 D07-12|G20 B05-01 B05-02 B05-03 B05-04 D07-05 D07-06 D07-07 D07-08
G21 B05-05 B05-06 B05-07 C02-02 D07-02 D07-03 D07-04 + B05-08 D07-09
G22 B02-01 B02-02 B02-03 C03-01 C03-02 D07-10|G23 A12-05 A12-06 A12-07 B05-04 C01-01 + D07-08|G24 A12-01 A12-02 D02-03
G25 A07-03 A08-02|G26 A02-07 A08-01|G27 A02-09 A06-04|G28 A01-12 A02-03
G29 A10-01 B01-01 B01-02 B01-03 C04-01 C04-02 C04-03 C04-04|G30 A16-03 C04-01 C04-02 C04-03 C04-04
G31 A16-04 B07-01 B07-02 B07-03 B07-04 B07-05|G32 B01-03 D05-04 + D07-13`
  .trim()
  .split(/[|\n]/)
  .map((row) => row.replace("+ ", "").split(" "));

/** One decision for each group: what is answered (y, n, u in the order of the questions) and where it leads. */
const DECISIONS: readonly [string, string, string][] = [
  ["G01", "y", "D06-01"],
  ["G02", "n", "A01-08"],
  ["G03", "y", "D06-03"],
  ["G04", "n", "A01-14"],
  ["G05", "y", "D06-06"],
  ["G06", "nny", "A04-05"],
  ["G07", "u", "D03-01"],
  ["G08", "n", "A09-03"],
  ["G09", "nnn", "negotiate"],
  ["G10", "nny", "A02-16"],
  ["G11", "y", "D07-01"],
  ["G12", "nn", "negotiate"],
  ["G13", "nnn", "A06-09"],
  ["G14", "y", "A04-01"],
  ["G15", "nnnny", "B03-06"],
  ["G16", "y", "B03-04"],
  ["G17", "ny", "D02-01"],
  ["G18", "nnyu", "B06-04"],
  ["G19", "nn", "B04-01"],
  ["G20", "nyy", "D07-06"],
  ["G21", "yy", "C02-02"],
  ["G22", "yy", "C03-02"],
  ["G23", "nyn", "B05-99"],
  ["G24", "y", "D02-03"],
  ["G25", "y", "A08-02"],
  ["G26", "n", "A08-01"],
  ["G27", "y", "A02-09"],
  ["G28", "ny", "A02-03"],
  ["G29", "yy", "C04-01"],
  ["G30", "ny", "D07-99"],
  ["G31", "yn", "negotiate"],
  ["G32", "ny", "B01-03"],
];

function must(code: string): MatterGroup {
  const group = findGroup(catalogue, code);
  if (group === null) throw new Error(`no group ${code}`);
  return group;
}

/** Walks a group with answers taken one by one. */
function decide(code: string, answerTo: (question: string) => Answer): string {
  const answers: Record<string, Answer> = {};
  for (;;) {
    const step = nextQuestion(catalogue, code, answers);
    if (step === null) throw new Error(`no group ${code}`);
    if (step.kind === "outcome") return step.item;
    answers[step.question.code] = answerTo(step.question.code);
  }
}

describe("the 32 matters that stand in several parts (nmg:a, REQ-94)", () => {
  test("hold the items of the coded list, and the ones it overlooked", () => {
    expect(catalogue.groups.map((group) => [group.code, ...group.items.toSorted()])).toEqual(
      GROUPS.map(([code, ...items]) => [code, ...items.toSorted()]),
    );
    expect(catalogue.groups).toHaveLength(32);
  });

  test.each(DECISIONS)("%s answered %s is decided as %s", (group, given, item) => {
    const letters = given.split("");
    const words: Readonly<Record<string, Answer>> = { y: "yes", n: "no", u: "unknown" };
    const found = decide(group, () => words[letters.shift() ?? ""] ?? "no");
    expect([found, letters]).toEqual([item, []]);
    expect(DECISIONS.map(([code]) => code)).toEqual(catalogue.groups.map(({ code }) => code));
  });

  test("end within eight answers, whatever is answered, in an item of the catalogue or a negotiation", () => {
    const codes = catalogue.groups.map(({ code }) => code);
    fc.assert(
      fc.property(fc.constantFrom(...codes), fc.infiniteStream(fc.constantFrom(...ANSWERS)), (code, stream) => {
        let asked = 0;
        const item = decide(code, () => {
          asked += 1;
          return stream.next().value ?? "no";
        });
        expect(asked).toBeLessThanOrEqual(8);
        expect(item === "negotiate" || findItem(catalogue, item) !== null).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  test("leave at most five questions, mostly one or two, once the item is chosen and no condition holds", () => {
    const facts = { receivedBy: "hotline", initialResponse: false, duringOrder: false } as const;
    const asked = catalogue.items.flatMap((item) =>
      groupsOf(catalogue, item.code).map((group) => {
        const implied = impliedAnswers(group, item.code, facts);
        let count = 0;
        decide(group.code, (question) => {
          const known = implied[question];
          if (known === undefined) count += 1;
          return known ?? "no";
        });
        return count;
      }),
    );
    expect(Math.max(...asked)).toBe(5);
    expect(asked.filter((count) => count <= 2).length / asked.length).toBeGreaterThan(0.75);
  });

  test("never lead away from 110 by an unknown answer about danger (nmg:2.2.1)", () => {
    const danger = catalogue.groups.flatMap((group) =>
      group.questions.filter((question) => question.criterionZh?.startsWith("威胁公共安全") === true),
    );
    expect(danger).toHaveLength(6);
    expect(danger.filter((question) => question.leadsTo.unknown !== question.leadsTo.yes)).toEqual([]);
  });

  test("can be read aloud: one short question without codes, brackets or other desks' words", () => {
    const strange = catalogue.groups
      .flatMap((group) => group.questions)
      .filter(({ askZh }) => !/^[^（）()A-Z〔〕]{4,38}？$/.test(askZh) || (askZh.match(/？/g) ?? []).length !== 1);
    expect(strange.map((question) => `${question.code} ${question.askZh}`)).toEqual([]);
  });

  test("say 待会商 wherever the plan gives no criterion, and never take one from the plan that is not in it", () => {
    const silent = catalogue.groups.flatMap((group) =>
      group.questions.filter((question) => question.basis === "default").map((question) => ({ group, question })),
    );
    expect(silent.filter(({ question }) => question.noteZh?.includes("待会商") !== true)).toEqual([]);
    expect(new Set(must("G09").questions.map((question) => question.basis))).toEqual(new Set(["default"]));
  });
});
