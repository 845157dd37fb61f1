import type { ReactNode } from "react";
import { Badge, Glyph } from "../../shared/design/glyph.tsx";
import { Why } from "../../shared/explain/why.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { useKeys } from "../../shared/keys/keys.tsx";
import type { KeyBinding } from "../../shared/keys/keys.tsx";
import type { Item } from "../register/pickers.tsx";
import { askedOnly } from "./answers.ts";
import type { GivenAnswer } from "./answers.ts";
import { groupNow, useAdvice, useAnswer } from "./use-advice.ts";
import type { Asking, AskFacts, Group } from "./use-advice.ts";

type Props = {
  readonly asking: Asking;
  /** What was said: asked about while no item is chosen. */
  readonly words: string;
  readonly facts: AskFacts;
  readonly onAsked: (asked: string, askedItem: string | null) => void;
  readonly onItem: (item: Item) => void;
};

const KEYS = [
  { answer: "yes", combo: "Alt+1", label: "ask.yes" },
  { answer: "no", combo: "Alt+2", label: "ask.no" },
  { answer: "unknown", combo: "Alt+3", label: "ask.unknown" },
] as const;

/** Keys of the questions, while nothing is asked and when something is. */
const HELD: readonly KeyBinding[] = (["Alt+1", "Alt+2", "Alt+3", "Alt+0"] as const).map((combo) => ({
  combo,
  label: "ask.title",
  run: () => undefined,
  enabled: false,
  unlisted: true,
  holds: true,
}));

/** The one question that decides next, to be read aloud, with a key for each answer. */
function NextQuestion({
  question,
  about,
  onAnswer,
}: {
  readonly question: NonNullable<Group["question"]>;
  readonly about: string | null;
  readonly onAnswer: (answer: GivenAnswer["answer"]) => void;
}): ReactNode {
  const { t, language } = useText();
  useKeys(KEYS.map(({ answer, combo, label }) => ({ combo, label, run: () => onAnswer(answer) })));
  const zh = language === "zh";
  return (
    <>
      {about === null ? null : <span className="aside">{t("ask.soundsLike", { item: about })}</span>}
      <b lang={zh ? "zh-CN" : "en"}>{zh ? question.askZh : question.askEn}</b>
      <span className="ask-keys">
        {KEYS.map(({ answer, combo, label }) => (
          <button key={answer} type="button" className="button small" onClick={() => onAnswer(answer)}>
            {t(label)} <kbd>{combo}</kbd>
          </button>
        ))}
      </span>
      <span className="aside">
        {question.code}
        {question.basis === "default" ? (
          <>
            {" "}
            <Badge tone="warn">{t("verdict.consult")}</Badge>
          </>
        ) : null}
      </span>
    </>
  );
}

/** Where the answers led. An item other than the one that stands in the form can be taken with a key. */
function Led({
  outcome,
  same,
  asked,
  onTake,
  onAgain,
}: {
  readonly outcome: NonNullable<Group["outcome"]>;
  readonly same: boolean;
  readonly asked: number;
  readonly onTake: () => void;
  readonly onAgain: () => void;
}): ReactNode {
  const { t, named } = useText();
  useKeys([
    { combo: "Alt+1", label: "ask.take", enabled: !same, run: onTake },
    { combo: "Alt+0", label: "ask.again", enabled: asked > 0, run: onAgain },
  ]);
  const item = `${outcome.item.code} ${named(outcome.item)}`;
  return (
    <>
      <span>{asked === 0 ? t("ask.leads", { item }) : t("ask.led", { n: asked, item })}</span>
      <span className="ask-keys">
        {same ? null : (
          <button type="button" className="button small" onClick={onTake}>
            {t("ask.take")} <kbd>Alt+1</kbd>
          </button>
        )}
        {asked === 0 ? null : (
          <button type="button" className="button quiet small" onClick={onAgain}>
            {t("ask.again")} <kbd>Alt+0</kbd>
          </button>
        )}
      </span>
      {same ? null : <Why why={outcome.why} />}
    </>
  );
}

/**
 * What to ask about a matter that stands in several parts of the annex: one line, never in the way. It takes no focus, no letter and no
 * time: registering, judging and the danger key go on whether it is answered or not. @source nmg:a @req REQ-94
 */
export function Questions({ asking, words, facts, onAsked, onItem }: Props): ReactNode {
  const { t, named } = useText();
  const advice = useAdvice(asking, words, facts);
  const answer = useAnswer(asking, facts, { onAsked, onItem });
  // As long as the form stands, a press that comes between two questions must not turn the browser to another tab.
  useKeys(HELD);
  const group = groupNow(advice, asking.item);
  const about = advice?.about ?? null;
  if (group === null || about === null) return null;
  const { question, outcome } = group;
  const asked = askedOnly(asking.asked).length;
  const guessed = asking.item === null && asking.askedItem === null;
  const again = () => {
    onAsked("", null);
    if (asking.item !== null) onItem(about.item);
  };
  return (
    <output className="notice info ask" aria-label={t("ask.title")}>
      <Glyph name="diamond" />
      {question !== null ? (
        <NextQuestion
          question={question}
          about={guessed ? named(about.item) : null}
          onAnswer={(given) => answer(about.item.code, question.code, given)}
        />
      ) : outcome === null ? null : (
        <Led
          outcome={outcome}
          same={outcome.item.code === asking.item}
          asked={asked}
          onTake={() => onItem(outcome.item)}
          onAgain={again}
        />
      )}
    </output>
  );
}
