/**
 * Decides what a refusal looks like outside: one total map from code to HTTP status, both texts and clause (RFC 9457 problem
 * details). Knows no route. A refusal code without a row does not compile.
 */
export * from "./labels.ts";
export * from "./problem.ts";
export type { ProblemRow, ReadingSide } from "./row.ts";
export * from "./schema-invalid.ts";
