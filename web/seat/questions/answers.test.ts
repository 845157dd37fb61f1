import { describe, expect, test } from "vitest";
import { answersBody, answersIn, askedOnly, codedAnswers } from "./answers.ts";
import type { GivenAnswer } from "./answers.ts";

const GIVEN: readonly GivenAnswer[] = [
  { question: "G06-1", answer: "no", how: "known" },
  { question: "G06-2", answer: "unknown", how: "asked" },
];

describe("answers in a draft (nmg:a, REQ-94)", () => {
  test("come back as they were given, and are sent only when somebody was asked", () => {
    expect(codedAnswers(GIVEN)).toBe("G06-1=nk G06-2=u");
    expect(answersIn(codedAnswers(GIVEN))).toEqual(GIVEN);
    expect(askedOnly(codedAnswers(GIVEN))).toEqual(GIVEN.slice(1));
    expect(answersBody(codedAnswers(GIVEN))).toEqual({ answers: GIVEN });
    expect(answersBody("G06-1=nk")).toEqual({});
    expect(answersBody("")).toEqual({});
  });

  test("leave out what is no answer: a draft may be of another version or damaged", () => {
    expect(answersIn("G06-1=z 某人 G06-2=y =n")).toEqual([{ question: "G06-2", answer: "yes", how: "asked" }]);
  });
});
