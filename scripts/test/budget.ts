import { sourceFiles, textOf } from "./source-files.ts";

/** Sizes worth watching; printed, never failing (the hard limit of 500 lines is a lint rule). */
export function printBudget(root: string): void {
  const files = sourceFiles(root)
    .filter((path) => !/\.test\.tsx?$/.test(path))
    .map((path) => ({ path, lines: (textOf(root, path) ?? "").split("\n").length - 1 }))
    .sort((a, b) => b.lines - a.lines);
  const median = files[Math.floor(files.length / 2)]?.lines ?? 0;
  const long = files.filter((file) => file.lines > 300);
  const core = files.filter((file) => file.path.startsWith("src/core/")).reduce((total, file) => total + file.lines, 0);
  console.log(
    `sizes without tests: ${files.length} files, median ${median} lines (30-130), core ${core} lines (up to 6000)`,
  );
  for (const file of long) console.log(`  over 300 lines: ${file.path} ${file.lines}`);
}
