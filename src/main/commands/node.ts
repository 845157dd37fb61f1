import { loadConfig } from "../config/load.ts";
import { startNode } from "../node/start-node.ts";
import { VERSION } from "../version.ts";
import { parseArguments, say, UsageError } from "./command.ts";
import type { Command } from "./command.ts";
import { untilTold } from "./start.ts";

/** One node by its configuration file, until SIGTERM or Ctrl-C. */
export const nodeCommand: Command = {
  name: "node",
  summary: ["按配置文件启动一个节点", "run one node by its configuration file"],
  usage: "node --config FILE",
  run: async (args) => {
    const { values } = parseArguments(args, { values: ["config"], flags: [] });
    const file = values["config"];
    if (file === undefined) throw new UsageError("须给出 --config FILE is needed");
    const config = loadConfig(file, process.env);
    // Listening from the first moment: a supervisor that dies while its node starts must not leave the node behind.
    const told = untilTold();
    const node = await startNode(config, {
      environment: process.env,
      version: VERSION,
      log: (text) => say(`[${config.node.code}] ${text}`),
    });
    const child = process.send !== undefined;
    if (child) process.send?.({ listening: node.url });
    else say(`${config.node.code} ${node.url}`);
    await told;
    await node.stop();
    if (child && process.connected) process.disconnect();
    return 0;
  },
};
