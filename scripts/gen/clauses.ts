import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { filesMatching, sourceFiles, textOf } from "../test/source-files.ts";
import { wordsOfTest } from "./test-words.ts";

/**
 * A requirement of the two plans in our words; `clauses` are keys such as `nmg:2.2.1`, `gap` is what is known to be missing
 * ("" = nothing). A gap can only make the status worse.
 */
export type Requirement = {
  readonly req: string;
  readonly clauses: readonly string[];
  readonly text: string;
  readonly gap: string;
};

export function requirements(root: string): readonly Requirement[] {
  return rows(join(root, "docs/requirements/requirements.csv")).map((row) => ({
    req: row["req"] ?? "",
    clauses: (row["clauses"] ?? "").split(" "),
    text: row["text"] ?? "",
    gap: row["gap"] ?? "",
  }));
}

/** Keys of every clause of every issuing document (catalogue/DOCUMENT/clauses.csv), or null while there is no index. */
export function clauseIndex(root: string): ReadonlySet<string> | null {
  const files = filesMatching(root, ["catalogue/*/clauses.csv"]);
  if (files.length === 0) return null;
  return new Set(
    files.flatMap((file) => {
      const prefix = (file.split("/")[1] ?? "").split("-")[0] ?? "";
      return rows(join(root, file)).map((row) => withPrefix(prefix, row["key"] ?? ""));
    }),
  );
}

function withPrefix(prefix: string, key: string): string {
  return key.includes(":") ? key : `${prefix}:${key}`;
}

function rows(path: string): readonly Readonly<Record<string, string>>[] {
  if (!existsSync(path)) return [];
  return parse(readFileSync(path), {
    columns: true,
    skip_empty_lines: true,
    comment: "#",
    comment_no_infix: true,
    bom: true,
  });
}

/** What one file cites. `path` has forward slashes. */
export type Citations = {
  readonly path: string;
  readonly isTest: boolean;
  readonly reqs: readonly string[];
  readonly clauses: readonly string[];
};

/** Citations of every source file of ours but the tools in scripts. */
export function allCitations(root: string): readonly Citations[] {
  return sourceFiles(root)
    .filter((path) => !path.startsWith("scripts/"))
    .map((path) => citationsIn(path, textOf(root, path) ?? ""));
}

const isTestFile = /\.test\.tsx?$|^test\/|^simulators\//;

/** Code cites by `@req` and `@source` in a docstring; a test by naming the requirement or the clause in a title or a comment. */
export function citationsIn(path: string, text: string): Citations {
  if (isTestFile.test(path)) {
    const words = wordsOfTest(path, text);
    return {
      path,
      isTest: true,
      reqs: [...new Set(words.match(/\bREQ-\d\d\b/g))],
      clauses: [...new Set(words.match(clauseKey))],
    };
  }
  const docstrings = (text.match(/\/\*\*[\s\S]*?\*\//g) ?? []).map((one) => one.replace(/\n\s*\*/g, " "));
  const values = (tag: string): readonly string[] =>
    docstrings.flatMap((doc) =>
      [...doc.matchAll(new RegExp(`@${tag}((?:[\\s,]+[a-zA-Z]+[:-][\\w.:-]*\\w)+|\\s+default\\b)`, "g"))].flatMap(
        (match) => (match[1] ?? "").split(/[\s,]+/).filter((one) => one !== ""),
      ),
    );
  return { path, isTest: false, reqs: [...new Set(values("req"))], clauses: [...new Set(values("source"))] };
}

const clauseKey = /\b(?:nmg|yn):(?:intro|a\.end|a?\d+(?:\.\d+)*|a\b)/g;

/** Tags whose value could not be read, for example a bare `@source`. */
export function emptyTags(text: string): number {
  const docstrings = (text.match(/\/\*\*[\s\S]*?\*\//g) ?? []).map((one) => one.replace(/\n\s*\*/g, " "));
  return docstrings.flatMap((doc) => doc.match(/@(?:source|req)\b(?!\s+(?:[a-zA-Z]+[:-]\w|default\b))/g) ?? []).length;
}
