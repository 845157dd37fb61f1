import { PEER_SETTINGS, SETTINGS } from "../../src/main/config/settings.ts";
import type { Setting } from "../../src/main/config/settings.ts";
import { type Generator, madeBy } from "./generator.ts";
import { table } from "./markdown.ts";

/** docs/generated/configuration.md: every key of the configuration file, from the table that checks it. */
export const configurationGenerator: Generator = {
  name: "configuration",
  file: "docs/generated/configuration.md",
  make: () =>
    [
      madeBy,
      "# Configuration file",
      "",
      "One YAML file a node, given by `npx liandong node --config FILE`. A key that is not listed here and a value that does not",
      "fit are refused at start, all at once, each with its name, the reason and an example. A text of the form `${NAME}` is",
      "taken from the environment.",
      "",
      ...settings(SETTINGS),
      "",
      "## One entry of `peers`",
      "",
      ...settings(PEER_SETTINGS),
      "",
      "## Example",
      "",
      "```yaml",
      exampleConfig(),
      "```",
      "",
    ].join("\n"),
};

/** A whole file made of the examples of the tables. */
export function exampleConfig(): string {
  const groups = new Map<string, string[]>();
  for (const setting of SETTINGS) {
    const [head = "", key] = setting.path.split(".");
    if (setting.kind === "peers") continue;
    if (key === undefined) groups.set(head, [`${head}: ${setting.example}`]);
    else groups.set(head, [...(groups.get(head) ?? [`${head}:`]), `  ${key}: ${setting.example}`]);
  }
  const peer = PEER_SETTINGS.map((setting, i) => `${i === 0 ? "  - " : "    "}${setting.path}: ${exampleOf(setting)}`);
  return [...[...groups.values()].flat(), "peers:", ...peer].join("\n");
}

// A key is too long for a table, so there it is cut; a file needs all of its digits, in quotes or YAML may read a number.
function exampleOf(setting: Setting): string {
  return setting.path === "publicKey" ? `"04${"0".repeat(128)}"` : setting.example;
}

function settings(list: readonly Setting[]): readonly string[] {
  return table(
    ["key", "value", "default", "meaning", "example"],
    list.map((one) => [`\`${one.path}\``, valueOf(one), defaultOf(one), one.meaning, `\`${one.example}\``]),
  );
}

function valueOf(one: Setting): string {
  if (one.choices !== undefined) return one.choices.map((choice) => `\`${choice}\``).join(" or ");
  if (one.min !== undefined || one.max !== undefined) return `${one.kind} ${one.min} to ${one.max}`;
  return one.kind === "peers" ? "list, see below" : one.kind;
}

function defaultOf(one: Setting): string {
  if (one.required) return "must be given";
  return one.fallback === undefined ? "none" : `\`${JSON.stringify(one.fallback).replaceAll('"', "")}\``;
}
