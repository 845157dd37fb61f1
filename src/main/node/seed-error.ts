import type { CatalogueProblem } from "../../core/catalogue/index.ts";

/** One problem as a line: file, row, rule, words. */
export function problemLine({ file, row, code, detail }: CatalogueProblem): string {
  return `${file}${row === null ? "" : `:${row}`} ${code} ${detail}`;
}

/** The catalogue or the directory cannot be used; every problem names file, row and rule. */
export class SeedError extends Error {
  constructor(what: string, problems: readonly CatalogueProblem[]) {
    super([`${what} cannot be used:`, ...problems.map((problem) => `  ${problemLine(problem)}`)].join("\n"));
    this.name = "SeedError";
  }
}
