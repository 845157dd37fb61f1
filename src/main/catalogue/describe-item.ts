import { groupsOf } from "../../core/catalogue/index.ts";
import type { Catalogue, CatalogueItem, CatalogueMode, CodeEntry, GroupQuestion } from "../../core/catalogue/index.ts";
import { explain } from "../../core/explain/index.ts";

const MODE_WORDS = {
  hotlineHandles: "12345受理 12345 handles",
  policeHandles: "110受理 110 handles",
  urgentBoth: "双派：110警单与承办单位工单 both at once",
  policeFirstThenHotline: "110先期处置，后移交12345 110 first, then 12345",
  guide: "引导解释 guide and explain",
  negotiate: "协商 to be agreed",
} as const satisfies Record<CatalogueMode, string>;

const TARGET_WORDS: Readonly<Record<string, string>> = { negotiate: "协商 negotiate" };

/** One item as a person at a terminal reads it: whose it is, on which condition and clause, who handles, what to ask. */
export function describeItem(catalogue: Catalogue, item: CatalogueItem): readonly string[] {
  const why = explain(catalogue, { kind: "verdict", item: item.code });
  const line = (label: string, value: string | null): string => `${label}  ${value ?? "-"}`;
  return [
    `${item.code} ${item.nameZh}  ${item.nameEn}`,
    line("版本 version", catalogue.head.version),
    line("类别 class", `${item.classCode} ${item.classNameZh}  ${item.classNameEn}`),
    line("归口 side", `${item.side}  ${MODE_WORDS[item.mode]}`),
    line("条件 condition", item.conditionZh),
    line("紧急 urgency", `${item.urgency}${item.urgencySource === null ? "" : ` (${item.urgencySource})`}`),
    line("承办 handles", unitWords(catalogue, item)),
    line("有效 in force", `${item.validFrom} – ${item.validTo ?? ""}`),
    line("依据 basis", why === null ? item.basis : `${why.basisZh} ${why.basisEn}`),
    line("出处 source", why === null ? item.source : `${item.source} ${why.clauseTitleZh}  ${why.documentZh}`),
    line("原文 text", why?.sourceText ?? null),
    line("可念 to say", why?.sentenceZh ?? null),
    line("待会商 doubt", item.noteZh),
    ...groupsOf(catalogue, item.code).flatMap((group) => [
      `${group.code} ${group.nameZh}  ${group.items.join(" ")}${group.noteZh === null ? "" : `  ${group.noteZh}`}`,
      ...group.questions.map((question) => `  ${questionLine(question)}`),
    ]),
  ];
}

/** One question with where each answer leads. */
export function questionLine({ code, askZh, leadsTo, basis, source }: GroupQuestion): string {
  const to = (target: string): string => TARGET_WORDS[target] ?? target;
  const ways = `是 ${to(leadsTo.yes)}  否 ${to(leadsTo.no)}  不清楚 ${to(leadsTo.unknown)}`;
  return `${code} ${askZh}  ${ways}  ${basis} ${source}`;
}

/** The kinds of unit proposed for the two halves; the plan names no departments. */
function unitWords({ lists }: Catalogue, item: CatalogueItem): string | null {
  const nameOf = (code: string): string =>
    lists.unitKinds.find((kind: CodeEntry) => kind.code === code)?.nameZh ?? code;
  const halves = [item.defaultUnitKind, item.defaultPoliceUnitKind].flatMap((code) =>
    code === null ? [] : [nameOf(code)],
  );
  return halves.length === 0 ? null : `${halves.join("；")}（建议 proposed）`;
}
