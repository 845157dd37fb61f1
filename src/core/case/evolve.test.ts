import { expect, test } from "vitest";
import type { CaseId, Instant, LinkageId, NodeCode, Sealed } from "../../kernel/index.ts";
import type { Case } from "./case.ts";
import { evolveCase } from "./evolve.ts";

const note = (name: string): Sealed => ({ field: `note.${name}`, version: 1, commitment: "0".repeat(64) });

test("a database keeps the values of a row in an order of its own: what was known when the result came folds to the same (P1)", () => {
  const result = {
    caseId: "case-1" as CaseId,
    at: "2026-11-23T08:00:00.000Z" as Instant,
    by: { kind: "node", id: "police-150100", node: "police-150100" as NodeCode },
    cause: "m-1",
    type: "CaseResultReceived",
    linkageId: "l-1" as LinkageId,
    resolution: "solved",
    result: null,
    owesCallback: false,
  } as const;
  const known = (order: readonly string[]): Case["knownAtResult"] => {
    const sealed = Object.fromEntries(order.map((name) => [`note.${name}`, note(name)]));
    // Only what the fold of this event reads.
    const state = { sealed, danger: false, status: "handedOver", version: 3 } as unknown as Case;
    return evolveCase(state, result).knownAtResult;
  };
  expect(known(["later", "a", "between"])).toEqual(known(["a", "later", "between"]));
});
