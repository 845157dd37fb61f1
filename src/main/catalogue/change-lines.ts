import type { CatalogueChange } from "../../core/catalogue/index.ts";

const KIND_WORDS = {
  added: "新增 added",
  removed: "删除 removed",
  ended: "终止 ended",
  changed: "修改 changed",
} as const satisfies Record<CatalogueChange["kind"], string>;

/** One difference in words: what happened to which row, field by field, by which document. */
export function changeLines({ kind, list, code, nameZh, fields, document }: CatalogueChange): readonly string[] {
  const paper = document === null ? "" : `  依据 by ${document}`;
  return [
    `${KIND_WORDS[kind]}  ${list} ${code} ${nameZh}${paper}`,
    ...fields.map(({ field, from, to }) => `  ${field}: ${from} → ${to}`),
  ];
}
