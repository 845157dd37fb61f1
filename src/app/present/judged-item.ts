import type { Verdict } from "../../core/case/index.ts";
import type { CaseFile } from "../../core/file/index.ts";
import type { Deps, ItemCard } from "../deps.ts";
import type { VerdictCard } from "./cards.ts";

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
  const { catalogueVersion, by } = verdict;
  const book = bookOf(deps, verdict);
  const said = by === "peer" && verdict.item !== null ? book?.verdictOf(verdict.item, "person") : null;
  const item = judgedItem(deps, verdict);
  return {
    ...verdict,
    ...(said === null || said === undefined ? {} : { ...said, by }),
    catalogueVersion,
    itemName: item?.nameZh ?? null,
    itemNameEn: item?.nameEn ?? null,
    condition: item?.condition ?? null,
    ...(book === null && item !== null ? { wordsOf: deps.rules().catalogueVersion } : {}),
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
