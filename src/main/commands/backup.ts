import { loadConfig } from "../config/load.ts";
import { backupNode, restoreNode } from "../backup/node-backup.ts";
import { backupPair, restorePair } from "../backup/pair-backup.ts";
import { parseArguments, say, UsageError } from "./command.ts";
import type { Command } from "./command.ts";

function folderOf(rest: readonly string[]): string {
  const [dir] = rest;
  if (dir === undefined || rest.length > 1) throw new UsageError("须给出一个文件夹 one folder is needed");
  return dir;
}

/** A running node, or the running pair, into an empty folder. */
export const backupCommand: Command = {
  name: "backup",
  summary: [
    "备份运行中的节点或演示双平台（含密钥，请妥善保管）",
    "back up a running node or the pair (holds the keys: keep it safe)",
  ],
  usage: "backup FOLDER [--config FILE]",
  run: async (args) => {
    const { values, rest } = parseArguments(args, { values: ["config"], flags: [] });
    const dir = folderOf(rest);
    const { config } = values;
    if (config === undefined) await backupPair(dir, say);
    else await backupNode(loadConfig(config, process.env), dir, say);
    say(`已备份到 backed up to ${dir}`);
    return 0;
  },
};

/** The other way: into an empty database and absent folders. */
export const restoreCommand: Command = {
  name: "restore",
  summary: ["从备份恢复到空数据库", "restore a backup into an empty database"],
  usage: "restore FOLDER [--config FILE]",
  run: async (args) => {
    const { values, rest } = parseArguments(args, { values: ["config"], flags: [] });
    const dir = folderOf(rest);
    const { config } = values;
    if (config === undefined) await restorePair(dir, say);
    else await restoreNode(loadConfig(config, process.env), dir, say);
    say("已恢复 restored");
    return 0;
  },
};
