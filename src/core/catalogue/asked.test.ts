import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adviseOn, ANSWERS, askedGroups, findQuestion } from "./index.ts";
import type { GivenAnswer } from "./index.ts";
import { valid } from "./small-catalogue.test-data.ts";

const catalogue = valid();
const FACTS = { receivedBy: "hotline", initialResponse: false, duringOrder: false } as const;

const asked = (question: string, answer: GivenAnswer["answer"]): GivenAnswer => ({ question, answer, how: "asked" });

describe("what is to be asked about an item that stands in several parts (nmg:a, REQ-94)", () => {
  test("is the first question that neither the item nor the desk's record answers", () => {
    const [advice, none] = adviseOn(catalogue, "D06-01", [], FACTS);
    expect(none).toBeUndefined();
    expect(advice).toMatchObject({
      group: { code: "G01" },
      step: { kind: "question", question: { code: "G01-2" } },
      answers: [{ question: "G01-1", answer: "no", how: "known" }],
    });
  });

  test("is nothing for an item of one part, and nothing without an item", () => {
    expect(adviseOn(catalogue, "C01-01", [], FACTS)).toEqual([]);
    expect(adviseOn(catalogue, null, [], FACTS)).toEqual([]);
  });

  test("goes on where the answers are, also when no item is chosen any more", () => {
    const [advice] = adviseOn(catalogue, null, [asked("G01-1", "no")], FACTS);
    expect(advice?.step).toMatchObject({ kind: "question", question: { code: "G01-2" } });
  });

  test("leads to an item or to negotiation, and what a person said stands above what the item implies", () => {
    const [advice] = adviseOn(catalogue, "D06-01", [asked("G01-1", "yes")], FACTS);
    expect(advice).toMatchObject({
      step: { kind: "outcome", item: "A01-05" },
      answers: [{ question: "G01-1", answer: "yes", how: "asked" }],
    });
  });
});

describe("the answers kept with a verdict (P6, REQ-08)", () => {
  test("are the questions on the way, each with how it was answered, and where they led", () => {
    const given: readonly GivenAnswer[] = [
      { question: "G01-1", answer: "no", how: "known" },
      asked("G01-2", "unknown"),
    ];
    expect(askedGroups(catalogue, given)).toEqual([{ group: "G01", answers: given, outcome: "D06-01" }]);
  });

  test("say so when not all was asked", () => {
    expect(askedGroups(catalogue, [asked("G01-1", "no")])).toMatchObject([{ outcome: null }]);
  });

  test("leave out what this version does not know, what is not on the way, and what nobody was asked", () => {
    expect(askedGroups(catalogue, [asked("G99-1", "yes")])).toEqual([]);
    expect(askedGroups(catalogue, [{ question: "G01-1", answer: "yes", how: "known" }])).toEqual([]);
    const beside = [asked("G01-1", "yes"), asked("G01-2", "no")];
    expect(askedGroups(catalogue, beside)).toMatchObject([{ answers: [{ question: "G01-1" }], outcome: "A01-05" }]);
  });

  test("hold codes of the catalogue alone, whatever was sent (design 5: no free text in events)", () => {
    const anything = fc.record({
      question: fc.oneof(fc.constantFrom("G01-1", "G01-2"), fc.string()),
      answer: fc.constantFrom(...ANSWERS),
      how: fc.constantFrom("asked" as const, "known" as const),
    });
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 8 }), (given) => {
        for (const { group, answers } of askedGroups(catalogue, given)) {
          expect(group).toBe("G01");
          for (const { question } of answers) expect(findQuestion(catalogue, question)).not.toBeNull();
        }
      }),
    );
  });
});
