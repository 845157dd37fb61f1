import ts from "typescript";
import { filesMatching, sourceFiles, textOf } from "./source-files.ts";
import { oneCheck, type Step } from "./step.ts";

/**
 * An export that nobody names, not even its own file, and that no door (index.ts) passes on is dead. What a
 * door exports and nobody uses yet is only counted: a module may be built before its user.
 */
export const exportsStep: Step = {
  name: "exports",
  title: "unused exports",
  run: async ({ root }) => {
    const files = [...sourceFiles(root), ...filesMatching(root, ["*.config.ts"])].map((path) =>
      readNames(path, textOf(root, path) ?? ""),
    );
    const { dead, idle } = unusedExports(files);
    if (idle.length > 0) console.log(`  exported by a door and not used yet: ${idle.length}`);
    return oneCheck("unused exports", dead);
  },
};

export type FileNames = {
  readonly path: string;
  /** What it exports and does not use itself. */
  readonly exported: readonly string[];
  /** Every identifier the file uses or declares. */
  readonly words: ReadonlySet<string>;
  /** Files (resolved paths) from which it exports on. */
  readonly passesOn: ReadonlySet<string>;
};

export function unusedExports(files: readonly FileNames[]): {
  readonly dead: readonly string[];
  readonly idle: readonly string[];
} {
  const throughDoor = new Set(files.filter((file) => isDoor(file.path)).flatMap((file) => [...file.passesOn]));
  const dead: string[] = [];
  const idle: string[] = [];
  for (const file of files) {
    // vitest calls what a set-up file exports.
    if (/\.test\.tsx?$|^test\/setup\//.test(file.path)) continue;
    for (const name of file.exported) {
      if (files.some((other) => other.path !== file.path && !isDoor(other.path) && other.words.has(name))) continue;
      (throughDoor.has(file.path) || isDoor(file.path) ? idle : dead).push(`${file.path}: ${name}`);
    }
  }
  return { dead, idle };
}

function isDoor(path: string): boolean {
  return path.endsWith("/index.ts");
}

export function readNames(path: string, text: string): FileNames {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, false);
  const words = new Map<string, number>();
  const exported: string[] = [];
  const passesOn = new Set<string>();
  for (const statement of source.statements) {
    if (ts.isExportDeclaration(statement)) {
      if (statement.moduleSpecifier !== undefined && ts.isStringLiteral(statement.moduleSpecifier)) {
        passesOn.add(resolveFrom(path, statement.moduleSpecifier.text));
      }
    } else if (isExported(statement)) exported.push(...declaredNames(statement));
  }
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) words.set(node.text, (words.get(node.text) ?? 0) + 1);
    ts.forEachChild(node, visit);
  };
  visit(source);
  const open = exported.filter((name) => words.get(name) === 1);
  return { path, exported: open, words: new Set(words.keys()), passesOn };
}

function isExported(statement: ts.Statement): boolean {
  if (!ts.canHaveModifiers(statement)) return false;
  const kinds = ts.getModifiers(statement)?.map((modifier) => modifier.kind) ?? [];
  return kinds.includes(ts.SyntaxKind.ExportKeyword) && !kinds.includes(ts.SyntaxKind.DefaultKeyword);
}

function declaredNames(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap((one) => (ts.isIdentifier(one.name) ? [one.name.text] : []));
  }
  const named =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement);
  return named && statement.name !== undefined ? [statement.name.text] : [];
}

function resolveFrom(path: string, specifier: string): string {
  const parts = path.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}
