import { loadConfig } from "../config/load.ts";
import { productionProblems } from "../config/production.ts";
import { PEER_SETTINGS, SETTINGS } from "../config/settings.ts";
import type { Setting } from "../config/settings.ts";
import { parseArguments, say, UsageError } from "./command.ts";
import type { Command } from "./command.ts";

/** Writes an example of the configuration file, or checks one without starting anything. */
export const configCommand: Command = {
  name: "config",
  summary: ["输出配置文件样例，或检查配置文件", "print an example of the configuration file, or check one"],
  usage: "config example | config check --config FILE",
  run: async (args) => {
    const { values, rest } = parseArguments(args, { values: ["config"], flags: [] });
    if (rest[0] === "example") {
      for (const line of exampleLines()) say(line);
      return 0;
    }
    if (rest[0] !== "check" || values["config"] === undefined)
      throw new UsageError("须为 expected: config example, or config check --config FILE");
    const problems = productionProblems(loadConfig(values["config"], process.env), process.env);
    for (const { key, reason, example } of problems) say(`${key}: ${reason}；例 example: ${example}`);
    if (problems.length === 0) say("配置有效 the configuration is valid");
    return problems.length === 0 ? 0 : 1;
  },
};

/** The whole file with every setting, its meaning and an example; what may be left out is commented out, so that it can be used as it is. */
export function exampleLines(): readonly string[] {
  const groups = new Map<string, Setting[]>();
  for (const setting of SETTINGS) {
    const [group = ""] = setting.path.split(".");
    groups.set(group, [...(groups.get(group) ?? []), setting]);
  }
  return [...groups].flatMap(([group, settings]) => (group === "peers" ? peerLines() : groupLines(group, settings)));
}

function groupLines(group: string, settings: readonly Setting[]): readonly string[] {
  const [only] = settings;
  if (only?.path === group) return [`${group}: ${only.example} # ${only.meaning}`];
  const needed = settings.some((s) => s.required);
  const line = (s: Setting): string => `  ${s.path.slice(group.length + 1)}: ${s.example} # ${s.meaning}`;
  return [`${needed ? "" : "# "}${group}:`, ...settings.map((s) => (needed && s.required ? line(s) : `# ${line(s)}`))];
}

function peerLines(): readonly string[] {
  return [
    "# peers:",
    ...PEER_SETTINGS.map((s, i) => `#   ${i === 0 ? "-" : " "} ${s.path}: ${s.example} # ${s.meaning}`),
  ];
}
