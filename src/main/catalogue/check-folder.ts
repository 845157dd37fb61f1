import { createHash } from "node:crypto";
import type { Catalogue, CatalogueProblem } from "../../core/catalogue/index.ts";
import type { Region } from "../../core/places/index.ts";
import { PLAN_PRINTS } from "./plan-prints.ts";

/**
 * What a folder cannot know of itself: REGION_UNKNOWN for a region that is none, PLAN_DIFFERS where a plan's own folder does not hold what the
 * plan prints, class by class. A version that is kept already is never judged by this: it explains what was judged by it.
 * @source nmg:a @req REQ-20
 */
export function checkFolder(catalogue: Catalogue, regions: readonly Region[]): readonly CatalogueProblem[] {
  const { region } = catalogue.head;
  const stem = region.replace(/(00)+$/, "");
  const known = regions.some(({ code }) => code === region || code.startsWith(stem.length === 2 ? stem : region));
  const unknown = known ? [] : [{ file: "catalogue.yaml", row: null, code: "REGION_UNKNOWN", detail: region } as const];
  return [...unknown, ...differsFromPlan(catalogue)];
}

function differsFromPlan(catalogue: Catalogue): readonly CatalogueProblem[] {
  const { id, base } = catalogue.head;
  const printed = base === null ? PLAN_PRINTS[id] : undefined;
  if (printed === undefined) return [];
  const found = planPrints(catalogue);
  const classes = [...new Set([...Object.keys(printed), ...Object.keys(found)])].sort();
  return classes
    .filter((code) => printed[code] !== found[code])
    .map((code) => ({
      file: "items.csv",
      row: null,
      code: "PLAN_DIFFERS",
      detail: `${id} ${code}: ${found[code] ?? "none"}`,
    }));
}

/** What identifies the rows that a plan prints, by class: code, name, condition, whose they are, and whether its words make them urgent. */
export function planPrints({ items }: Pick<Catalogue, "items">): Readonly<Record<string, string>> {
  const rows = new Map<string, string[]>();
  for (const { code, classCode, nameZh, conditionZh, side, mode, urgency, urgencySource, basis } of items) {
    if (basis !== "plan") continue;
    const urgent = urgencySource !== null && urgencySource !== "default" ? urgency : "";
    const row = [code, nameZh, conditionZh ?? "", side, mode, urgent].join("|");
    rows.set(classCode, [...(rows.get(classCode) ?? []), row]);
  }
  return Object.fromEntries(
    [...rows].map(([code, all]) => [code, createHash("sm3").update(all.sort().join("\n")).digest("hex").slice(0, 16)]),
  );
}
