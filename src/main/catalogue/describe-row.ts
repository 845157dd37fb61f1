import { findItem } from "../../core/catalogue/index.ts";
import type { Catalogue, CatalogueClass, CatalogueLimit } from "../../core/catalogue/index.ts";
import { explain } from "../../core/explain/index.ts";
import { describeItem, questionLine } from "./describe-item.ts";

const line = (label: string, value: string | null): string => `${label}  ${value ?? "-"}`;

/** A class with its items. */
function describeClass({ head, items }: Catalogue, row: CatalogueClass): readonly string[] {
  const open = row.list === "open" ? "列举，另有“等” with more of the kind" : "限于所列 these alone";
  return [
    `${row.code} ${row.nameZh}  ${row.nameEn}`,
    line("版本 version", head.version),
    line("列举 list", open),
    line("出处 source", row.source),
    ...items
      .filter(({ classCode }) => classCode === row.code)
      .map(({ code, nameZh, nameEn, side }) => `  ${code} ${nameZh}  ${nameEn}  ${side}`),
  ];
}

/** A group of matters that stand in several parts, with what is asked to tell them apart. */
function describeGroup(catalogue: Catalogue, group: Catalogue["groups"][number]): readonly string[] {
  return [
    `${group.code} ${group.nameZh}  ${group.nameEn}`,
    line("版本 version", catalogue.head.version),
    ...group.items.map((code) => `  ${code} ${findItem(catalogue, code)?.nameZh ?? ""}`),
    ...group.questions.map((question) => `  ${questionLine(question)}`),
    ...(group.noteZh === null ? [] : [line("待会商 doubt", group.noteZh)]),
  ];
}

/** A time limit: for what, how long, and on what it rests. */
function describeLimit(catalogue: Catalogue, limit: CatalogueLimit): readonly string[] {
  const { urgency, orderKind, itemCode, classCode, requestKind } = limit;
  const only = [urgency, orderKind, itemCode, classCode, requestKind].filter((one) => one !== null).join(" ");
  const why = explain(catalogue, { kind: "deadline", limit: limit.code });
  return [
    `${limit.code}  ${limit.stage}`,
    line("版本 version", catalogue.head.version),
    line("只适用于 only for", only === "" ? null : only),
    line("时限 limit", `${limit.amount} ${limit.unit} (${limit.hours})`),
    line("可暂停 pausable", limit.pausable ? "可以 yes" : "不可 no"),
    line("延期上限 extension", String(limit.extensionMax)),
    line("有效 in force", `${limit.validFrom} – ${limit.validTo ?? ""}`),
    line("依据 basis", why === null ? limit.basis : `${why.basisZh} ${why.basisEn}`),
    line("出处 source", limit.source),
    line("可念 to say", why?.sentenceZh ?? null),
    line("待会商 doubt", limit.noteZh),
  ];
}

/** A row as a person at a terminal reads it, by its code: an item, a class, a group or a time limit; null = none has the code. */
export function describeRow(catalogue: Catalogue, code: string): readonly string[] | null {
  const upper = code.toUpperCase();
  const item = findItem(catalogue, upper);
  if (item !== null) return describeItem(catalogue, item);
  const of = catalogue.classes.find((row) => row.code === upper);
  if (of !== undefined) return describeClass(catalogue, of);
  const group = catalogue.groups.find((row) => row.code === upper);
  if (group !== undefined) return describeGroup(catalogue, group);
  const limit = catalogue.limits.find((row) => row.code === code);
  return limit === undefined ? null : describeLimit(catalogue, limit);
}
