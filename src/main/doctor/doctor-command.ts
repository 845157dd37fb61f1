import { parseArguments, say, UsageError } from "../commands/command.ts";
import type { Command } from "../commands/command.ts";
import { ConfigError, loadConfig } from "../config/load.ts";
import type { NodeConfig } from "../config/load.ts";
import { checkConfiguration } from "./check-machine.ts";
import type { Finding } from "./finding.ts";
import { exitCodeOf, formatFindings } from "./format-findings.ts";
import { openProbe } from "./open-probe.ts";
import { runDoctor } from "./run-doctor.ts";

/** `npx liandong doctor`: looks at everything one node needs and says how to mend what is not well. 1 = something failed. */
export const doctorCommand: Command = {
  name: "doctor",
  summary: [
    "检查节点的配置、数据库、密钥、链路等，并说明如何处理",
    "look at a node's configuration, database, keys, links, and say how to mend them",
  ],
  usage: "doctor --config FILE",
  run: async (args) => {
    const { values } = parseArguments(args, { values: ["config"], flags: [] });
    const file = values["config"];
    if (file === undefined) throw new UsageError("--config FILE is needed");
    const findings = await findingsOf(file);
    for (const line of formatFindings(findings)) say(line);
    return exitCodeOf(findings);
  },
};

async function findingsOf(file: string): Promise<readonly Finding[]> {
  let config: NodeConfig;
  try {
    config = loadConfig(file, process.env);
  } catch (fault) {
    if (!(fault instanceof ConfigError)) throw fault;
    // Without a configuration there is nothing else to look at.
    return [{ id: "configuration", ...checkConfiguration(fault.problems) }];
  }
  return runDoctor(openProbe(config, file, process.env));
}
