import { resolve } from "node:path";
import { createUnits } from "../../storage/index.ts";
import { directoryAsFiles, writeFolderFiles } from "../../storage/catalogue-files/index.ts";
import { instantOf } from "../../kernel/index.ts";
import { loadConfig } from "../config/load.ts";
import { retireUnit } from "../directory/retire.ts";
import type { RetireRefusal } from "../directory/retire.ts";
import { parseEntry } from "../node/seed.ts";
import { withStore } from "../node/with-store.ts";
import { complain, parseArguments, say, UsageError } from "./command.ts";
import type { Command } from "./command.ts";
import { directoryCommand } from "./directory.ts";

/** The units a node keeps: out as sheets, in from sheets, out of service and back. */
export const unitsCommand: Command = {
  name: "units",
  summary: [
    "导出节点的单位目录为表格、导入，或让单位停止接单（撤销、合并）",
    "write a node's units as sheets, take sheets in, or retire a unit in favour of another",
  ],
  usage: [
    "units export FOLDER --config FILE",
    "units retire CODE --from YYYY-MM-DD --successor CODE --config FILE",
    "units reinstate CODE --config FILE",
    "units check|import …      (as directory check|import)",
  ].join("\n       "),
  run: async (args) => {
    if (args[0] === "check" || args[0] === "import") return directoryCommand.run(args);
    const { values, rest } = parseArguments(args, { values: ["config", "from", "successor"], flags: [] });
    const [verb, first] = rest;
    const { config, from, successor } = values;
    if (config === undefined || first === undefined) throw new UsageError("--config FILE of the node is needed");
    if (verb === "export") return exportTo(first, config);
    if (verb === "retire" && from !== undefined && successor !== undefined)
      return retire(first, { from, successor }, config);
    if (verb === "reinstate") return retire(first, null, config);
    throw new UsageError("须为 expected: units export, retire CODE --from DAY --successor CODE, reinstate or import");
  },
};

async function exportTo(target: string, config: string): Promise<number> {
  return withStore(loadConfig(config, process.env), "read", async (store) => {
    const entries = await createUnits(store, parseEntry).units();
    const folder = resolve(target);
    const files = directoryAsFiles(entries);
    if (!(await writeFolderFiles(folder, files))) {
      complain(`FOLDER_NOT_EMPTY ${folder}: 文件夹不是空的 the folder is not empty`);
      return 1;
    }
    say(`已写出 written: ${folder}, 单位 units ${entries.length}, 表 sheets ${files.size}`);
    return 0;
  });
}

const REFUSALS = {
  UNIT_UNKNOWN: "没有这个单位 no such unit",
  DAY_UNKNOWN: "日期应写成 yyyy-mm-dd a day is written yyyy-mm-dd",
  SUCCESSOR_UNFIT:
    "接替单位属于另一方、是其本身，或最终也已撤销 the successor is of the other side, the unit itself, or in the end retired too",
} as const satisfies Record<RetireRefusal["code"], string>;

async function retire(
  code: string,
  retired: { readonly from: string; readonly successor: string } | null,
  config: string,
): Promise<number> {
  return withStore(loadConfig(config, process.env), "write", async (store) => {
    const done = await retireUnit(store, code, retired, instantOf(Date.now()));
    if (!done.ok) {
      const named = "unit" in done.error ? done.error.unit : code;
      complain(`${named}: ${done.error.code} ${REFUSALS[done.error.code]}`);
      return 1;
    }
    if (retired === null) {
      say(`${code} 恢复接单 takes orders again`);
      return 0;
    }
    say(
      `${code} 自 ${retired.from} 起不再接收新单，由 ${retired.successor} 接替 takes no new order from that day; its successor takes them`,
    );
    for (const { requestNo, dispatchedAt, status } of done.value) say(`  ${requestNo}  ${status}  ${dispatchedAt}`);
    say(`${done.value.length} 件在办，仍由原单位办结 open orders stay with it`);
    return 0;
  });
}
