import type { CaseId, Instant } from "../../kernel/index.ts";

/** One act of reading personal data: who, why, which requests, which fields. @req REQ-57 */
export type ReadLogRow = {
  readonly at: Instant;
  readonly reader: { readonly kind: "user" | "peer"; readonly id: string };
  readonly purpose: string;
  readonly caseIds: readonly CaseId[];
  readonly fields: readonly string[];
};

export type ReadLog = { readonly write: (rows: readonly ReadLogRow[]) => Promise<void> };
