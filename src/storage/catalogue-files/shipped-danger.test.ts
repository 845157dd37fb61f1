import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findItem, isQuestionCode } from "../../core/catalogue/index.ts";
import type { AnswerTarget, CatalogueItem, GroupQuestion } from "../../core/catalogue/index.ts";
import { readCatalogue } from "./index.ts";

const read = await readCatalogue(fileURLToPath(new URL("../../../catalogue/nmg-2022-89", import.meta.url)));
if (!read.ok) throw new Error(JSON.stringify(read.error));
const nmg = read.value;
const questions = new Map(nmg.groups.flatMap((group) => group.questions).map((question) => [question.code, question]));

/** Words of blows, weapons, injury, danger to life, and of what spreads. */
const DANGER =
  /打|砸|动手|刀|凶器|伤|威胁|危及|暴力|极端|过激|难以控制|激化|溺水|坠落|自杀|坍塌|火灾|扩散|病倒|危难|毁物/;

/** What is pushed to 110 whatever is missing: annex part three, and what 110 must answer within minutes. */
function isPushed(item: CatalogueItem | null): boolean {
  return item !== null && (item.mode === "urgentBoth" || (item.urgency === "urgent" && item.side === "police"));
}

/** Items that answers from here on may end in; null = an agreement of the desks, which pushes nothing. */
function endsOf(target: AnswerTarget): readonly (CatalogueItem | null)[] {
  const question: GroupQuestion | undefined = isQuestionCode(target) ? questions.get(target) : undefined;
  if (question === undefined) return [findItem(nmg, target)];
  return Object.values(question.leadsTo).flatMap(endsOf);
}

const asked = [...questions.values()].filter(({ askZh }) => DANGER.test(askZh));

test("who is asked about violence, weapons, injury or danger to life and says yes is pushed to 110 at once (nmg:2.2.1, nmg:2.2.2)", () => {
  expect(asked.map(({ code }) => code)).toEqual(
    expect.arrayContaining([
      "G07-1",
      "G09-1",
      "G10-1",
      "G11-1",
      "G21-5",
      "G22-5",
      "G23-2",
      "G24-1",
      "G29-11",
      "G30-10",
    ]),
  );
  const weak = asked.flatMap(({ code, leadsTo }) =>
    endsOf(leadsTo.yes).flatMap((item) => (isPushed(item) ? [] : `${code} ${item?.code}`)),
  );
  expect(weak).toEqual([]);
});

test("not knowing of such danger leads where yes leads, or to the next question, never to a matter that can wait (nmg:2.2.1)", () => {
  const waiting = asked.filter(
    ({ leadsTo: { yes, unknown } }) => unknown !== yes && !isQuestionCode(unknown) && !endsOf(unknown).every(isPushed),
  );
  expect(waiting.map(({ code, leadsTo }) => `${code} ${leadsTo.unknown}`)).toEqual([]);
});

test("a doubt 待会商 in a question of the plan concerns an answer that the note names; any other doubt makes it a proposal (P6)", () => {
  const doubtful = [...questions.values()].filter(
    ({ basis, noteZh }) => basis === "plan" && noteZh?.includes("待会商") === true,
  );
  expect(doubtful.filter(({ noteZh }) => !/^答“(否|不清楚)”/.test(noteZh ?? "")).map(({ code }) => code)).toEqual([]);
  expect(doubtful.map(({ code }) => code)).toEqual(["G12-2", "G31-2"]);
});

test("not knowing whether a cable was damaged on purpose is the very case that 110 first finds out (nmg:a4.6)", () => {
  expect(questions.get("G05-1")).toMatchObject({
    criterionZh: "需先期处置是否为人故意破坏",
    leadsTo: { yes: "D06-06", no: "A01-07", unknown: "D06-06" },
  });
});
