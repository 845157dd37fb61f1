import type { Registration } from "../../shared/api/commands.ts";

export type GivenAnswer = NonNullable<Registration["answers"]>[number];

const MARKS = { yes: "y", no: "n", unknown: "u" } as const satisfies Record<GivenAnswer["answer"], string>;
const ONE = /^(G\d{2,3}-\d{1,2})=([ynu])(k?)$/;

/** Answers as one short text, as a draft keeps them: `G01-1=y G06-2=nk`, k = known without asking. */
export function codedAnswers(given: readonly GivenAnswer[]): string {
  return given
    .map(({ question, answer, how }) => `${question}=${MARKS[answer]}${how === "known" ? "k" : ""}`)
    .join(" ");
}

/** The answers in such a text; what is none is left out. */
export function answersIn(coded: string): readonly GivenAnswer[] {
  return coded.split(" ").flatMap((one): readonly GivenAnswer[] => {
    const [, question, mark, known] = ONE.exec(one) ?? [];
    if (question === undefined) return [];
    const answer = mark === "y" ? "yes" : mark === "n" ? "no" : "unknown";
    return [{ question, answer, how: known === "k" ? "known" : "asked" }];
  });
}

/** Of the answers those a person gave: all else is found anew. */
export function askedOnly(coded: string): readonly GivenAnswer[] {
  return answersIn(coded).filter(({ how }) => how === "asked");
}

/** The member of a command's body that carries them; nothing when nothing was asked. */
export function answersBody(coded: string): { readonly answers?: GivenAnswer[] } {
  const answers = [...answersIn(coded)];
  return answers.some(({ how }) => how === "asked") ? { answers } : {};
}
