import { checkSummary, findItem } from "../../core/catalogue/index.ts";
import type { Catalogue, CatalogueProblem } from "../../core/catalogue/index.ts";
import { hoursProblems } from "../../core/clock/index.ts";
import { readCalendar, readCatalogue } from "../../storage/catalogue-files/index.ts";
import { programPath } from "../node/seed.ts";
import { complain, parseArguments, say, UsageError } from "./command.ts";
import type { Command } from "./command.ts";

/** Looks at the catalogue's files: counts, or one item with what it rests on. */
export const catalogueCommand: Command = {
  name: "catalogue",
  summary: ["检查事项目录文件，或显示一个事项", "check the catalogue's files, or show one item"],
  usage: "catalogue check | catalogue show CODE [--folder catalogue/nmg-2022-89]",
  run: async (args) => {
    const { values, rest } = parseArguments(args, { values: ["folder"], flags: [] });
    const folder = values["folder"] ?? "catalogue/nmg-2022-89";
    const read = await readCatalogue(programPath(folder));
    if (!read.ok) {
      return complainOf(read.error);
    }
    if (rest[0] === "check") {
      for (const line of checkSummary(read.value)) say(line);
      return checkCalendar(read.value);
    }
    const code = rest[1];
    if (rest[0] !== "show" || code === undefined)
      throw new UsageError("须为 expected: catalogue check, or catalogue show CODE");
    const item = findItem(read.value, code.toUpperCase());
    if (item === null) {
      complain(`没有事项 no item ${code}`);
      return 1;
    }
    for (const [key, value] of Object.entries(item)) say(`${key.padEnd(22)} ${String(value ?? "-")}`);
    return 0;
  },
};

/** The calendar the limits are counted by is checked with them. */
async function checkCalendar(catalogue: Catalogue): Promise<number> {
  const read = await readCalendar(programPath("catalogue/calendar"));
  if (!read.ok) return complainOf(read.error);
  const problems = hoursProblems(catalogue.limits, read.value);
  if (problems.length > 0) return complainOf(problems);
  const { version, years, days, shifts } = read.value;
  const sure = years.filter((year) => year.status === "published").map((year) => year.year);
  say(`calendar ${version}: published ${sure[0]} to ${sure.at(-1)}, days ${days.length}, shifts ${shifts.length}`);
  return 0;
}

function complainOf(problems: readonly CatalogueProblem[]): number {
  for (const { file, row, code, detail } of problems)
    complain(`${file}${row === null ? "" : `:${row}`} ${code} ${detail}`);
  return 1;
}
