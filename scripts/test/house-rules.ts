import ts from "typescript";
import { sourceFiles, textOf } from "./source-files.ts";
import { oneCheck, type Step } from "./step.ts";

/** House rules that the linter has no rule for: file names, doors, assertions (`as`), named form items. */
export const houseStep: Step = {
  name: "house",
  title: "house rules the linter cannot see",
  run: async ({ root }) => {
    const files = sourceFiles(root).map((path) => ({ path, text: textOf(root, path) ?? "" }));
    const brands = new Set(files.flatMap((file) => brandsIn(file.text)));
    return oneCheck(
      "house rules",
      files.flatMap((file) => houseProblems(file.path, file.text, brands)),
    );
  },
};

/** Names of branded types (`Brand<...>` or a property under a brand symbol): a value becomes one by `as`, nothing else does. */
export function brandsIn(text: string): readonly string[] {
  return [...text.matchAll(/\btype (\w+)[^=]*=\s*(?:Brand<|[^;]*\[\w*brand\w*\])/gi)].map((match) => match[1] ?? "");
}

const vague = /(?:^|\/)(?:utils?|helpers?|commons?|managers?|services?|types|misc|lib)\.tsx?$/;

export function houseProblems(path: string, text: string, brands: ReadonlySet<string>): readonly string[] {
  const problems = vague.test(path) ? [`${path}: name the file by its domain word`] : [];
  const shipped = /^(?:src|web)\//.test(path) && !/\.test\.tsx?$/.test(path);
  if (!shipped) return problems;
  const kind = path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true, kind);
  const at = (node: ts.Node): string => `${path}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
  if (path.startsWith("src/") && path.endsWith("/index.ts")) {
    const other = source.statements.find((statement) => !ts.isExportDeclaration(statement));
    if (other !== undefined) problems.push(`${at(other)}: index.ts is a door and only passes on (export ... from)`);
  }
  const parses = /(?:^|\/)(?:parse|[\w-]+-parse)[\w-]*\.tsx?$/.test(path);
  const visit = (node: ts.Node): void => {
    if (!parses && ts.isAsExpression(node) && !mayAssert(node, brands)) {
      problems.push(`${at(node)}: \`as ${node.type.getText()}\` outside a parse function`);
    }
    if (isUnnamedFormItem(node))
      problems.push(`${at(node)}: a Form.Item needs a name (its label belongs to it only then)`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return problems;
}

/** `as const`, making a brand, and anything inside a function or a file called parse... */
function mayAssert(node: ts.AsExpression, brands: ReadonlySet<string>): boolean {
  const type = node.type.getText();
  // Widening a literal (`null as string | null`) asserts nothing.
  if (node.expression.kind === ts.SyntaxKind.NullKeyword) return true;
  if (type === "const" || brands.has(type.split("<")[0] ?? "")) return true;
  for (let up: ts.Node = node; !ts.isSourceFile(up); up = up.parent) {
    if ((ts.isFunctionDeclaration(up) || ts.isMethodDeclaration(up)) && up.name?.getText().startsWith("parse") === true)
      return true;
    if (ts.isVariableDeclaration(up) && up.name.getText().startsWith("parse") && isFunction(up.initializer))
      return true;
  }
  return false;
}

function isFunction(node: ts.Node | undefined): boolean {
  return node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));
}

function isUnnamedFormItem(node: ts.Node): boolean {
  if (!ts.isJsxOpeningElement(node) && !ts.isJsxSelfClosingElement(node)) return false;
  if (node.tagName.getText() !== "Form.Item") return false;
  return !node.attributes.properties.some((one) => ts.isJsxAttribute(one) && one.name.getText() === "name");
}
