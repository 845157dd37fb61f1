import ts from "typescript";
import { sourceFiles, textOf } from "../test/source-files.ts";
import { type Generator, madeBy } from "./generator.ts";

/** docs/generated/errors.md: every refusal code and where it is declared. */
export const errorsGenerator: Generator = {
  name: "errors",
  file: "docs/generated/errors.md",
  make: (root) => {
    const files = sourceFiles(root).filter((path) => path.startsWith("src/") && !/\.test\.tsx?$/.test(path));
    return errorsPage(files.flatMap((path) => refusalCodes(path, textOf(root, path) ?? "")));
  },
};

export type RefusalCode = { readonly code: string; readonly declaredIn: string };

const upperSnake = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

/** Refusals are literal types in capitals (`"NOT_YOUR_REQUEST"`), so the declared types are the list. */
export function refusalCodes(path: string, text: string): readonly RefusalCode[] {
  const codes = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal) && upperSnake.test(node.literal.text)) {
      codes.add(node.literal.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, false));
  return [...codes].map((code) => ({ code, declaredIn: path }));
}

export function errorsPage(codes: readonly RefusalCode[]): string {
  const sorted = [...codes].sort((a, b) => compare(a.declaredIn, b.declaredIn) || compare(a.code, b.code));
  return [
    madeBy,
    "# Refusal codes",
    "",
    "A refusal that the law or the user can cause is a value with one of these codes; a programmer's mistake throws.",
    "",
    "| code | declared in |",
    "| --- | --- |",
    ...sorted.map((one) => `| \`${one.code}\` | [${one.declaredIn}](../../${one.declaredIn}) |`),
    "",
  ].join("\n");
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
