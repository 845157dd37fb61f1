import { existsSync } from "node:fs";
import { defaultDataRoot } from "../../storage/server/index.ts";
import { desksOf, pairPaths } from "../pair/pair-files.ts";
import { parseArguments, say } from "../commands/command.ts";
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
  usage: "doctor [--config FILE]",
  run: async (args) => {
    const { values } = parseArguments(args, { values: ["config"], flags: [] });
    const files = values["config"] === undefined ? pairFiles() : [values["config"]];
    if (files.length === 0) {
      say("演示双平台尚未启动过：npm start / the demonstration pair was never started: npm start");
      return 1;
    }
    const findings: Finding[] = [];
    for (const file of files) {
      say(file);
      const found = await findingsOf(file);
      for (const line of formatFindings(found)) say(line);
      findings.push(...found);
    }
    return exitCodeOf(findings);
  },
};

/** The configuration files of the demonstration pair, as far as they were written. */
function pairFiles(): readonly string[] {
  const root = defaultDataRoot();
  const paths = pairPaths(root);
  return desksOf(root)
    .map((desk) => paths.desk(desk).config)
    .filter((file) => existsSync(file));
}

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
