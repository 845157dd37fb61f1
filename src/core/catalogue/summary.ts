import { BASES, PARTS } from "./vocabulary.ts";
import { leavesFrom } from "./next-question.ts";
import { ungroupedTwins } from "./twins.ts";
import type { Catalogue, CatalogueItem } from "./catalogue.ts";
import type { AnnexPart } from "./vocabulary.ts";

/** Counts of a catalogue, one line each, for a person who checks it at a terminal. */
export function checkSummary(catalogue: Catalogue): readonly string[] {
  const { head, items, classes, lists } = catalogue;
  const partOf = new Map(classes.map((row) => [row.code, row.part]));
  const named = items.filter((item) => isNamed(item, partOf));
  const inAnnex = classes.filter((row) => row.part !== "neither" && row.part !== "negotiate");
  const urgent = items.filter((item) => item.urgency === "urgent");
  const byDefault = urgent.filter((item) => item.urgencySource === "default").length;
  return [
    `version ${head.version}${head.base === null ? "" : ` over ${head.base}`}: ${head.document.number ?? head.document.titleZh}, in force from ${head.validFrom}`,
    `classes ${inAnnex.length} (${perPart(inAnnex)})`,
    `named items ${named.length} (${perPart(named.map((item) => ({ part: partOf.get(item.classCode) })))})`,
    `other rows ${items.length - named.length} (-99 ${items.filter((item) => item.code.endsWith("-99")).length})`,
    ...groupLines(catalogue),
    `basis ${BASES.map((basis) => `${basis} ${items.filter((item) => item.basis === basis).length}`).join(", ")}`,
    `urgent ${urgent.length} (by a clause ${urgent.length - byDefault}, default ${byDefault})`,
    `doubts for consultation ${items.filter((item) => item.noteZh !== null).length}`,
    `clauses ${catalogue.clauses.length}, exclusions ${catalogue.exclusions.length} (${catalogue.exclusions.filter((exclusion) => exclusion.needsLegalEye).length} for a legal eye), guidance reasons ${catalogue.guidanceReasons.length}, channels ${catalogue.channels.length}`,
    `limits ${catalogue.limits.length} (${BASES.map((basis) => `${basis} ${catalogue.limits.filter((limit) => limit.basis === basis).length}`).join(", ")})`,
    `lists ${Object.entries(lists)
      .map(([name, rows]) => `${name} ${rows.length}`)
      .join(", ")}`,
  ];
}

function groupLines({ groups, items }: Catalogue): readonly string[] {
  const questions = groups.flatMap((group) => group.questions);
  const exits = groups.flatMap((group) =>
    [...leavesFrom(group, group.questions[0]?.code ?? "")].filter(
      (leaf) => leaf !== "negotiate" && !group.items.some((item) => item === leaf),
    ),
  );
  const twins = ungroupedTwins(items, groups).map(({ a, b }) => `${a}/${b}`);
  return [
    `groups ${groups.length} of ${new Set(groups.flatMap((group) => group.items)).size} items; questions ${questions.length} (${BASES.map((basis) => `${basis} ${questions.filter((question) => question.basis === basis).length}`).join(", ")})`,
    `groups end outside their own items in ${exits.length === 0 ? "none" : [...new Set(exits)].toSorted().join(" ")}`,
    `alike in several parts without a group: ${twins.length === 0 ? "none" : twins.join(" ")}`,
  ];
}

function isNamed(item: CatalogueItem, partOf: ReadonlyMap<string, AnnexPart>): boolean {
  const part = partOf.get(item.classCode);
  return part !== undefined && part !== "neither" && part !== "negotiate" && !item.code.endsWith("-99");
}

function perPart(rows: readonly { readonly part: AnnexPart | undefined }[]): string {
  return PARTS.slice(0, 4)
    .map((part) => `${part} ${rows.filter((row) => row.part === part).length}`)
    .join(", ");
}
