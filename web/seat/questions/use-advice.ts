import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Advice, AdviceBody } from "../../../src/http/contract/index.ts";
import { adviceQuery } from "../../shared/api/reads.ts";
import type { Item } from "../register/pickers.tsx";
import { askedOnly, codedAnswers } from "./answers.ts";
import type { GivenAnswer } from "./answers.ts";

/** What was asked so far: the item that stands in the form, the answers, and the item they were asked about. */
export type Asking = { readonly item: string | null; readonly asked: string; readonly askedItem: string | null };

/** What the desk's own record answers. */
export type AskFacts = Pick<AdviceBody, "receivedBy" | "initialResponse" | "duringOrder">;

export type Group = Advice["groups"][number];

/** Who types is not asked about every letter. */
const REST_MS = 700;
/** What is said first says what it is about. */
const MOST_WORDS = 500;

function useRested(words: string): string {
  const [rested, setRested] = useState(words);
  useEffect(() => {
    const timer = setTimeout(() => setRested(words), REST_MS);
    return () => clearTimeout(timer);
  }, [words]);
  return [...rested.trim()].slice(0, MOST_WORDS).join("");
}

function bodyOf({ item, asked, askedItem }: Asking, words: string, facts: AskFacts): AdviceBody | null {
  const about = askedItem ?? item;
  const given = [...askedOnly(asked)];
  if (about === null && words.length < 2) return null;
  return {
    ...(about === null ? { words } : { item: about }),
    ...(given.length === 0 ? {} : { answers: given }),
    ...facts,
  };
}

const NOTHING: AdviceBody = {};

/** The group that is asked about: the one that was begun, else the first that has something to ask or leads elsewhere. */
export function groupNow(advice: Advice | undefined, item: string | null): Group | null {
  if (advice === undefined) return null;
  const begun = advice.groups.find(({ answers }) => answers.some(({ how }) => how === "asked"));
  const open = advice.groups.find(
    ({ question, outcome }) => question !== null || (outcome !== null && item !== null && outcome.item.code !== item),
  );
  return begun ?? open ?? null;
}

/** The advice for what stands in a form now; undefined while there is none. */
export function useAdvice(asking: Asking, words: string, facts: AskFacts): Advice | undefined {
  const rested = useRested(words);
  const body = bodyOf(asking, rested, facts);
  // What was asked before stands until the next answer is here: a line that flickers is read twice.
  const found = useQuery({
    ...adviceQuery(body ?? NOTHING),
    enabled: body !== null,
    placeholderData: (before) => (body === null ? undefined : before),
  });
  return body === null || found.isPlaceholderData ? undefined : found.data;
}

type Ways = {
  readonly onAsked: (asked: string, askedItem: string | null) => void;
  readonly onItem: (item: Item) => void;
};

/** Takes an answer: it stands at once; where it leads follows when the node has said so, unless something else was picked meanwhile. */
export function useAnswer(
  asking: Asking,
  facts: AskFacts,
  { onAsked, onItem }: Ways,
): (about: string, question: string, answer: GivenAnswer["answer"]) => void {
  const client = useQueryClient();
  const latest = useRef(asking);
  useEffect(() => {
    latest.current = asking;
  });
  return (about, question, answer) => {
    const given = askedOnly(asking.asked).filter((one) => one.question !== question);
    const answers: GivenAnswer[] = [...given, { question, answer, how: "asked" }];
    const asked = codedAnswers(answers);
    onAsked(asked, about);
    const follow = async () => {
      const group = groupNow(await client.fetchQuery(adviceQuery({ item: about, answers, ...facts })), about);
      const now = latest.current;
      if (now.askedItem !== about || now.asked !== asked || group === null) return;
      onAsked(codedAnswers(group.answers), about);
      if (group.outcome !== null) onItem(group.outcome.item);
    };
    // Without an answer of the node what was said stands in the form and goes with it; the node finds out where it leads.
    follow().catch(() => undefined);
  };
}
