import { existsSync } from "node:fs";
import { join } from "node:path";
import { oneCheck, type Step, type StepContext, type StepResult, sum } from "./step.ts";

/** Formatting, lint and the three compilations; each counts as one test. */
export const formatStep: Step = {
  name: "format",
  title: "format (biome)",
  run: (context) => tool(context, "format", "@biomejs/biome/bin/biome", ["format", "--max-diagnostics=6", "."]),
};

export const lintStep: Step = {
  name: "lint",
  title: "lint (oxlint)",
  run: (context) => tool(context, "lint", "oxlint/bin/oxlint", ["--deny-warnings"]),
};

const configurations = [
  { config: "tsconfig.json", folder: "scripts" },
  { config: "tsconfig.core.json", folder: "src/core" },
  { config: "tsconfig.web.json", folder: "web" },
] as const;

export const typesStep: Step = {
  name: "types",
  title: "types (tsc 7)",
  run: async (context) => {
    const results: StepResult[] = [];
    for (const { config, folder } of configurations) {
      if (!existsSync(join(context.root, folder)) && folder !== "src/core") continue;
      results.push(await tool(context, `types ${config}`, "typescript7/bin/tsc", ["-p", config]));
    }
    return sum(results);
  },
};

async function tool(context: StepContext, name: string, script: string, args: readonly string[]): Promise<StepResult> {
  const code = await context.run(process.execPath, [join(context.root, "node_modules", script), ...args]);
  return oneCheck(name, code === 0 ? [] : [`${script} ended with ${code}`]);
}
