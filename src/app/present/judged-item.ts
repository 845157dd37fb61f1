import type { Verdict } from "../../core/case/index.ts";
import type { CaseFile } from "../../core/file/index.ts";
import type { AskedGroup } from "../../core/catalogue/index.ts";
import type { Deps, ItemCard, Rules } from "../deps.ts";
import type { AskedCard, VerdictCard } from "./cards.ts";

/**
 * The item of a verdict in the words of the version it was judged by. While a peer's version is not here yet, in those of the version
 * in force: a name that may be another's helps more than none, and the card says whose it is. @req REQ-08
 */
export function judgedItem(deps: Deps, verdict: Verdict | null): ItemCard | null {
  if (verdict === null || verdict.item === null) return null;
  return (bookOf(deps, verdict) ?? deps.rules()).item(verdict.item);
}

/** A verdict with the names a reader knows; a peer's with side and clause as its own version has them, once that is here. */
export function verdictCard(deps: Deps, verdict: Verdict | null): VerdictCard | null {
  if (verdict === null) return null;
  const { asked } = verdict;
  const plain = withoutAnswers(verdict);
  const { catalogueVersion, by } = plain;
  const book = bookOf(deps, verdict);
  const said = by === "peer" && verdict.item !== null ? book?.verdictOf(verdict.item, "person") : null;
  const item = judgedItem(deps, verdict);
  return {
    ...plain,
    ...(said === null || said === undefined ? {} : { ...withoutAnswers(said), by }),
    ...(asked === undefined ? {} : { asked: asked.map((group) => askedCard(book ?? deps.rules(), group)) }),
    catalogueVersion,
    itemName: item?.nameZh ?? null,
    itemNameEn: item?.nameEn ?? null,
    condition: item?.condition ?? null,
    ...(book === null && item !== null ? { wordsOf: deps.rules().catalogueVersion } : {}),
  };
}

function withoutAnswers({ asked: _asked, ...verdict }: Verdict): Omit<Verdict, "asked"> {
  return verdict;
}

function askedCard(book: Pick<Rules, "item" | "question">, { group, answers, outcome }: AskedGroup): AskedCard {
  const item = outcome === null ? null : book.item(outcome);
  return {
    group,
    answers: answers.map((given) => {
      const words = book.question(given.question);
      return { ...given, askZh: words?.askZh ?? null, askEn: words?.askEn ?? null };
    }),
    outcome,
    outcomeName: item?.nameZh ?? null,
    outcomeNameEn: item?.nameEn ?? null,
  };
}

/**
 * What the desk that handed the matter over had judged it as, where this desk's catalogue did not know the item when it came: by that
 * desk's own version, as soon as it is here, and still when it is in force here. What only a later push told under the version in
 * force stands beside the request as told, and is no verdict. null = nothing of the kind.
 */
export function offeredVerdict(deps: Deps, { linkages }: CaseFile): Verdict | null {
  for (const { role, brief, catalogueVersion, peer, k } of linkages) {
    if (role !== "R" || brief.item === null) continue;
    if (k > 1 && catalogueVersion === deps.rules().catalogueVersion) continue;
    const said = bookOf(deps, { catalogueVersion, from: peer })?.verdictOf(brief.item, "person");
    if (said !== null && said !== undefined) return { ...said, by: "peer", from: peer };
  }
  return null;
}

function bookOf(
  deps: Deps,
  { catalogueVersion, from }: Pick<Verdict, "catalogueVersion" | "from">,
): ReturnType<NonNullable<Deps["rulesBy"]>> {
  const rules = deps.rules();
  if (catalogueVersion === rules.catalogueVersion || deps.rulesBy === undefined) return rules;
  return deps.rulesBy(catalogueVersion, from ?? null);
}
