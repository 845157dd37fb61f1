import { err, ok } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";
import type { Catalogue, CatalogueHead } from "./catalogue.ts";
import { HEAD_FILE } from "./head.ts";
import type { CatalogueProblem } from "./sheet.ts";

/**
 * The rule set of a plan that prints no list of its own: its own head and policies over the rows of the base it names.
 * Borrowed items, whatever they rested on there, are proposals here (`default`, 待会商): the other plan binds nobody.
 * Errors: BASE_DIFFERS when `base` is not the version the head names, SOURCE_UNKNOWN for a policy of no known clause.
 * @source yn:4.1.1
 */
export function overlayHead(base: Catalogue, head: CatalogueHead): Result<Catalogue, readonly CatalogueProblem[]> {
  const file = HEAD_FILE;
  if (head.base !== base.head.version) {
    return err([{ file, row: null, code: "BASE_DIFFERS", detail: `${head.base ?? "none"} ${base.head.version}` }]);
  }
  const known = new Set(base.clauses.map((clause) => clause.key));
  const named = [...Object.values(head.policies).flatMap((policy) => policy ?? []), ...head.milestones];
  const strange = named.filter(({ source }) => !known.has(source));
  if (strange.length > 0) {
    return err(strange.map(({ source }) => ({ file, row: null, code: "SOURCE_UNKNOWN", detail: source })));
  }
  return ok({
    ...base,
    head,
    policies: { ...base.policies, ...head.policies },
    items: base.items.map((item) => ({ ...item, basis: "default" })),
    exclusions: base.exclusions.map((exclusion) => ({ ...exclusion, basis: "default" })),
    groups: base.groups.map((group) => ({
      ...group,
      questions: group.questions.map((question) => ({ ...question, basis: "default" })),
    })),
  });
}
