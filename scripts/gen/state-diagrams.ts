import { LINKAGE_TABLES } from "../../src/core/linkage/index.ts";
import type { LinkageRole, Row } from "../../src/core/linkage/index.ts";
import { ORDER_TABLE } from "../../src/core/order/index.ts";
import { caseFollowsLinkage, caseOutcomes } from "./case-outcomes.ts";
import { type Generator, madeBy } from "./generator.ts";
import { table } from "./markdown.ts";

/** One arrow; several with the same ends are drawn as one. `-` is birth. */
export type Arrow = { readonly from: string; readonly to: string; readonly label: string };

/** docs/generated/state-diagrams.md: every life cycle, drawn from the tables that decide it. */
export const stateDiagramsGenerator: Generator = {
  name: "state diagrams",
  file: "docs/generated/state-diagrams.md",
  make: () =>
    [
      madeBy,
      "# Life cycles",
      "",
      "Drawn from the tables the program runs on; only what changes a state is drawn. What may be done without changing it stands",
      "in the tables themselves. What the words mean: [GLOSSARY.md](../../GLOSSARY.md).",
      "",
      "## A request at one node (`core/case`)",
      "",
      "Every row of `CASE_TABLE` carried out from each of its statuses.",
      "",
      ...diagram(caseArrows()),
      "",
      "A hand-over moves the copy as well: the linkage decides, the case follows by one of these events.",
      "",
      ...table(
        ["event", "status after it"],
        caseFollowsLinkage().map(({ event, to }) => [`\`${event}\``, to]),
      ),
      "",
      "## An order (`core/order`)",
      "",
      ...diagram(orderArrows()),
      "",
      "## A hand-over: `clear` and `afterInitialResponse` (`core/linkage`)",
      "",
      "### At the sender",
      "",
      ...diagram(linkageArrows(LINKAGE_TABLES.clear ?? [], "S")),
      "",
      "### At the receiver",
      "",
      ...diagram(linkageArrows(LINKAGE_TABLES.clear ?? [], "R")),
      "",
      "## An urgent push: `urgent` (`core/linkage`)",
      "",
      "### At the sender",
      "",
      ...diagram(linkageArrows(LINKAGE_TABLES.urgent ?? [], "S")),
      "",
      "### At the receiver",
      "",
      ...diagram(linkageArrows(LINKAGE_TABLES.urgent ?? [], "R")),
      "",
      "## A part beside the matter: `joint` (`core/linkage`)",
      "",
      "### At the sender",
      "",
      ...diagram(linkageArrows(LINKAGE_TABLES.joint ?? [], "S")),
      "",
      "### At the receiver",
      "",
      ...diagram(linkageArrows(LINKAGE_TABLES.joint ?? [], "R")),
      "",
      "## A notice: `notice` (`core/linkage`)",
      "",
      "### At the sender",
      "",
      ...diagram(linkageArrows(LINKAGE_TABLES.notice ?? [], "S")),
      "",
      "### At the receiver",
      "",
      ...diagram(linkageArrows(LINKAGE_TABLES.notice ?? [], "R")),
      "",
      "## Support: `support` (`core/linkage`)",
      "",
      "### At the sender",
      "",
      ...diagram(linkageArrows(LINKAGE_TABLES.support ?? [], "S")),
      "",
      "### At the receiver",
      "",
      ...diagram(linkageArrows(LINKAGE_TABLES.support ?? [], "R")),
      "",
    ].join("\n"),
};

function caseArrows(): readonly Arrow[] {
  const moves = caseOutcomes().filter((one) => one.from !== one.to);
  return [
    { from: "-", to: "registered", label: "register" },
    ...moves.map(({ from, to, verb }) => ({ from, to, label: verb })),
  ];
}

function orderArrows(): readonly Arrow[] {
  return [
    { from: "-", to: "dispatched", label: "dispatch" },
    ...ORDER_TABLE.flatMap((row) => row.from.map((from) => ({ from, to: row.to, label: row.command }))),
  ];
}

export function linkageArrows(rows: readonly Row[], role: LinkageRole): readonly Arrow[] {
  return rows
    .filter((row) => row.role === role)
    .flatMap((row) =>
      row.from.flatMap((from) =>
        row.to === "same" || row.to === from ? [] : [{ from, to: row.to, label: saidOf(row) }],
      ),
    );
}

// A colon ends the arrow's ends in the drawing language, so triggers are written with a blank.
function saidOf(row: Row): string {
  const when = row.when === undefined ? "" : ` (${row.when.join(", ")})`;
  return `${row.on.replace("command:", "").replace("message:", "told ").replace(":", " ")}${when}`;
}

/** A Mermaid state diagram. */
export function diagram(arrows: readonly Arrow[]): readonly string[] {
  const drawn = new Map<string, string[]>();
  for (const { from, to, label } of arrows) {
    const ends = `${idOf(from)} --> ${idOf(to)}`;
    const labels = drawn.get(ends) ?? [];
    drawn.set(ends, labels.includes(label) ? labels : [...labels, label]);
  }
  const named = [...new Set(arrows.flatMap(({ from, to }) => [from, to]))].filter((state) => state.endsWith("?"));
  return [
    "```mermaid",
    "stateDiagram-v2",
    ...named.map((state) => `  state "${state}" as ${idOf(state)}`),
    ...[...drawn].map(([ends, labels]) => `  ${ends}: ${labels.join(", ")}`),
    "```",
  ];
}

function idOf(state: string): string {
  if (state === "-") return "[*]";
  return state.endsWith("?") ? `${state.slice(0, -1)}Unconfirmed` : state;
}
