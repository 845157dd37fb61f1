import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { CatalogueProblem } from "../../core/catalogue/index.ts";
import { openDirectory } from "../../core/directory/index.ts";
import type { DirectoryEntry } from "../../core/directory/index.ts";
import { instantOf, shanghaiDay } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";
import { readCatalogue, readDirectory } from "../../storage/catalogue-files/index.ts";
import { dayKindsOfProgram } from "../catalogue/calendar-check.ts";
import { loadConfig } from "../config/load.ts";
import { problemLine, problemSheet } from "../directory/problem-words.ts";
import { directorySummary } from "../directory/summary.ts";
import { takeIn } from "../directory/take-in.ts";
import { programPath } from "../node/program-path.ts";
import { withStore } from "../node/with-store.ts";
import { placesOfProgram, townsOfProgram } from "../node/seed.ts";
import { complain, parseArguments, say, UsageError } from "./command.ts";
import type { Command } from "./command.ts";

/** Checks the sheets of a directory of units, or takes them into a node's database. */
export const directoryCommand: Command = {
  name: "directory",
  summary: [
    "检查单位目录的表格，或导入到节点（可用 Excel、WPS 另存的 CSV）",
    "check the sheets of a directory of units, or take them into a node (CSV as Excel or WPS saves it)",
  ],
  usage:
    "directory check FILE|FOLDER [--catalogue catalogue/nmg-2022-89] [--report REPORT.csv] | directory import FILE|FOLDER --config FILE [--report REPORT.csv] [--allow-invented]",
  run: async (args) => {
    const { values, flags, rest } = parseArguments(args, {
      values: ["catalogue", "config", "report"],
      flags: ["allow-invented"],
    });
    const [verb, path] = rest;
    if ((verb !== "check" && verb !== "import") || path === undefined)
      throw new UsageError("directory check FILE|FOLDER, or directory import FILE|FOLDER --config FILE");
    if (verb === "import" && values["config"] === undefined) throw new UsageError("directory import needs --config");
    const config = values["config"] === undefined ? null : loadConfig(values["config"], process.env);
    const read = await readChecked(path, values["catalogue"] ?? config?.catalogue.folder ?? "catalogue/nmg-2022-89");
    if (values["report"] !== undefined) await writeFile(values["report"], problemSheet(read.ok ? [] : read.error));
    if (!read.ok) return refuse(read.error);
    const entries = read.value;
    const dayKind = await dayKindsOfProgram();
    for (const line of directorySummary(openDirectory(entries), instantOf(Date.now()), dayKind)) say(line);
    if (verb === "check" || config === null) return 0;
    const invented = entries.filter((entry) => entry.invented).length;
    if (invented > 0 && !config.demo && !flags.has("allow-invented")) {
      complain(
        `${invented} 个单位标明虚构，本节点不是演示 / ${invented} units are invented and this node is no demonstration`,
      );
      return 1;
    }
    return importInto(config, entries);
  },
};

function refuse(problems: readonly CatalogueProblem[]): number {
  for (const problem of problems) complain(problemLine(problem));
  complain(`${problems.length} 处问题，什么都没有改 / ${problems.length} problems, nothing was changed`);
  return 1;
}

async function readChecked(
  path: string,
  catalogueFolder: string,
): Promise<Result<readonly DirectoryEntry[], readonly CatalogueProblem[]>> {
  const catalogue = await readCatalogue(programPath(catalogueFolder));
  if (!catalogue.ok) return catalogue;
  const known = {
    catalogue: catalogue.value,
    regions: await placesOfProgram(),
    towns: townsOfProgram(),
    today: shanghaiDay(instantOf(Date.now())),
  };
  return readDirectory(resolve(path), known, "chinese");
}

async function importInto(config: ReturnType<typeof loadConfig>, entries: readonly DirectoryEntry[]): Promise<number> {
  return withStore(config, "write", async (store) => {
    const taken = await takeIn(store, entries, instantOf(Date.now()));
    if (!taken.ok) return refuse(taken.error);
    const change = taken.value;
    say(
      `已导入 taken in: 新增 added ${change.added.length}, 修改 changed ${change.changed.length}, 不变 unchanged ${change.unchanged}`,
    );
    if (change.absent.length > 0)
      say(
        `表中没有、仍保留 not in the files and kept: ${change.absent.length} (${change.absent.slice(0, 5).join(", ")})`,
      );
    say("运行中的节点数秒内采用 / the running node follows within seconds");
    return 0;
  });
}
