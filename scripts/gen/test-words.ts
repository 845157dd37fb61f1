import ts from "typescript";

const TITLED = new Set(["test", "it", "describe"]);

/** What a test file says to its reader: the titles of its tests and groups, and its comments. Data is left out. */
export function wordsOfTest(path: string, text: string): string {
  const kind = path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true, kind);
  const words: string[] = [];
  const comments = new Set<number>();
  const visit = (node: ts.Node): void => {
    for (const range of ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []) {
      if (comments.has(range.pos)) continue;
      comments.add(range.pos);
      words.push(text.slice(range.pos, range.end));
    }
    const title = ts.isCallExpression(node) && isTitled(node.expression) ? node.arguments[0] : undefined;
    if (title !== undefined && isText(title)) words.push(title.getText(source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return words.join("\n");
}

/** `test(...)`, `describe.skipIf(...)(...)`, `test.each(...)(...)`. */
function isTitled(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return TITLED.has(callee.text);
  return ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee) ? isTitled(callee.expression) : false;
}

function isText(node: ts.Expression): boolean {
  return ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node);
}
