import type { LinkageRole, Row } from "../../src/core/linkage/index.ts";

type Road = {
  readonly title: string;
  readonly kind: string;
  /** Rows that a person, a receipt or a timer sets off, in order; what follows from each is read from the tables. */
  readonly steps: readonly string[];
  /** Conditions that hold on this road. */
  readonly holding: readonly string[];
};

const ROADS: readonly Road[] = [
  {
    title: "A hand-over, accepted and concluded; R calls back (`handOff`)",
    kind: "clear",
    steps: ["5.1-offer", "5.2-accept", "5.2-progress", "5.2-conclude", "5.2-close"],
    holding: ["coversAdditions", "latestConclusion", "handOff"],
  },
  {
    title: "The same when the origin calls back (`follow`)",
    kind: "clear",
    steps: ["5.1-offer", "5.2-accept", "5.2-conclude", "5.1-close"],
    holding: ["coversAdditions", "latestConclusion", "follow"],
  },
  {
    title: "A return, disputed and held",
    kind: "clear",
    steps: ["5.1-offer", "5.2-return", "5.1-negotiate", "5.1-hold"],
    holding: [],
  },
  { title: "Taken back before the answer", kind: "clear", steps: ["5.1-offer", "5.1-withdraw"], holding: [] },
  {
    title: "A bad callback sends the matter back to work",
    kind: "clear",
    steps: ["5.1-offer", "5.2-accept", "5.2-conclude", "5.1-reopen"],
    holding: ["coversAdditions", "latestConclusion", "follow"],
  },
  {
    title: "An urgent push",
    kind: "urgent",
    steps: ["6-push", "6-shown", "6-sign", "6-end"],
    holding: ["currentPush"],
  },
  {
    title: "An urgent push that finds nobody",
    kind: "urgent",
    steps: ["6-push", "9-urgent-seat"],
    holding: ["unshown"],
  },
  {
    title: "A part for the other desk beside ours (`joint`)",
    kind: "joint",
    steps: ["6-joint-ask", "6-joint-shown", "6-joint-sign", "6-joint-end"],
    holding: ["currentPush"],
  },
  { title: "A notice", kind: "notice", steps: ["4-notify", "4-told-received", "4-read"], holding: [] },
  { title: "Support, granted and ended by R", kind: "support", steps: ["7-ask", "7-grant", "7-end-r"], holding: [] },
  { title: "Support, declined", kind: "support", steps: ["7-ask", "7-decline"], holding: [] },
];

/** The roads as Mermaid sequences. A step that its table does not allow, or a message that no row takes, throws. */
export function sequenceDiagrams(tables: { readonly [kind: string]: readonly Row[] | undefined }): readonly string[] {
  return ROADS.flatMap((road) => [
    "",
    `### ${road.title}`,
    "",
    "```mermaid",
    "sequenceDiagram",
    ...walk(road, tables[road.kind] ?? []),
    "```",
  ]);
}

function walk({ steps, holding, title }: Road, rows: readonly Row[]): readonly string[] {
  const state: Record<LinkageRole, string> = { S: "-", R: "-" };
  const lines: string[] = [];
  const take = (row: Row): void => {
    if (row.to !== "same" && row.to !== state[row.role]) {
      state[row.role] = row.to;
      lines.push(`  Note over ${row.role}: ${row.to}`);
    }
    for (const type of row.sends ?? []) {
      const other = row.role === "S" ? "R" : "S";
      lines.push(`  ${row.role}->>${other}: ${type}`);
      const taker = rows.find(
        (one) =>
          one.role === other &&
          one.on === `message:${type}` &&
          one.from.some((from) => from === state[other]) &&
          (one.when ?? []).every((condition) => holding.includes(condition)),
      );
      if (taker === undefined) throw new Error(`${title}: nothing takes ${type} in ${state[other]} at ${other}`);
      take(taker);
    }
  };
  for (const step of steps) {
    const row = rows.find(({ id }) => id === step);
    if (row === undefined || !row.from.some((from) => from === state[row.role]))
      throw new Error(`${title}: ${step} does not apply`);
    lines.push(`  Note over ${row.role}: ${row.on.replace(":", " ")}`);
    take(row);
  }
  return lines;
}
