import { expect, test } from "vitest";
import { CASE_TABLE } from "../../src/core/case/index.ts";
import { caseOutcomes } from "./case-outcomes.ts";
import { diagram } from "./state-diagrams.ts";

test("arrows with the same ends are one arrow with all labels, and a birth begins at the dot", () => {
  const drawn = diagram([
    { from: "-", to: "a", label: "one" },
    { from: "a", to: "b?", label: "two" },
    { from: "a", to: "b?", label: "three" },
    { from: "a", to: "b?", label: "two" },
  ]);
  expect(drawn).toEqual([
    "```mermaid",
    "stateDiagram-v2",
    '  state "b?" as bUnconfirmed',
    "  [*] --> a: one",
    "  a --> bUnconfirmed: two, three",
    "```",
  ]);
});

test("every row of the case table is carried out from each of its statuses", () => {
  const outcomes = caseOutcomes();
  expect(outcomes).toHaveLength(CASE_TABLE.flatMap((row) => row.from).length);
  expect(outcomes).toContainEqual({ verb: "close", from: "concluded", to: "closed" });
});
