import { allCitations, type Citations, type Requirement, requirements } from "./clauses.ts";
import { type Generator, madeBy } from "./generator.ts";

/** docs/requirements.md: where each requirement of the two plans stands, from citations alone. */
export const requirementsGenerator: Generator = {
  name: "requirements",
  file: "docs/requirements.md",
  make: (root) => requirementsPage(requirements(root), allCitations(root)),
};

export type Status = "tested" | "met" | "partly" | "open";

/** Whether `citations` of code or tests name this requirement, by number or by a clause that it alone stands for. */
export function citing(
  one: Requirement,
  all: readonly Requirement[],
  citations: readonly Citations[],
): readonly Citations[] {
  const own = one.clauses.filter((clause) => all.every((other) => other === one || !other.clauses.includes(clause)));
  return citations.filter((file) => file.reqs.includes(one.req) || own.some((clause) => file.clauses.includes(clause)));
}

export function statusOf(one: Requirement, cited: readonly Citations[]): Status {
  if (cited.length === 0) return "open";
  if (one.gap !== "") return "partly";
  return cited.some((file) => file.isTest) ? "tested" : "met";
}

export function requirementsPage(all: readonly Requirement[], citations: readonly Citations[]): string {
  const lines = all.map((one) => {
    const cited = citing(one, all, citations);
    const cells = [
      one.req,
      one.clauses.join(" "),
      one.text,
      cited.length === 0 || one.gap === "" ? statusOf(one, cited) : `partly: ${one.gap}`,
      modules(cited, false),
      modules(cited, true),
    ];
    return { status: statusOf(one, cited), row: `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |` };
  });
  const count = (status: Status): number => lines.filter((line) => line.status === status).length;
  return [
    madeBy,
    "# Requirements of the two plans",
    "",
    "What the two plans ask for, in our words. Clause keys: `nmg` = 内政办发〔2022〕89号, `yn` = the Yunnan plan of 2022;",
    "`nmg:2.2.1` = 二(二)1, `nmg:a4.6` = annex part 四 item (六).",
    "",
    "Nobody types a status. It follows from citations in the sources; what is known to be missing (column `gap` of",
    "[requirements.csv](requirements/requirements.csv)) can only make it worse:",
    "",
    "- **met**: code cites it, by `@req REQ-13` in a docstring, or by `@source` with a clause that no other requirement has;",
    "- **tested**: a test cites it, by the same number or such a clause, in its title or a comment (and no test may be skipped);",
    "- **partly**: cited, but not whole; what is missing is named;",
    "- **open**: not cited. A clause that several requirements share proves none of them.",
    "",
    `${count("tested")} tested, ${count("met")} met, ${count("partly")} partly, ${count("open")} open.`,
    "",
    "| number | clauses | what must hold | status | code | tests |",
    "| --- | --- | --- | --- | --- | --- |",
    ...lines.map((line) => line.row),
    "",
  ].join("\n");
}

/** Modules, not files: the page should not change with every new file. */
function modules(cited: readonly Citations[], tests: boolean): string {
  const names = cited.filter((file) => file.isTest === tests).map((file) => moduleOf(file.path));
  return [...new Set(names)].sort().join(", ");
}

function moduleOf(path: string): string {
  const parts = path.split("/");
  return parts.slice(0, parts[0] === "src" && parts[1] === "core" ? 3 : 2).join("/");
}
