import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { existingCodeFolders, sourceFiles } from "./source-files.ts";
import { plantedImports, plantedTree } from "./planted-imports.ts";
import { oneCheck, type Step, type StepContext, sum } from "./step.ts";

/**
 * Import rules by dependency-cruiser. A cruiser that cannot parse TypeScript reads nothing and reports nothing, so the
 * step also fails unless every source file was read and every rule finds its planted violation.
 */
export const importsStep: Step = {
  name: "imports",
  title: "import rules (dependency-cruiser)",
  run: async (context) => {
    const real = await checkRealTree(context);
    const planted = await checkPlantedTree(context);
    return sum([oneCheck("import rules", real), oneCheck("import rules find their planted violations", planted)]);
  },
};

type Violation = {
  readonly rule: { readonly name: string };
  readonly from: string;
  readonly to: string;
  readonly comment?: string;
};
type Cruise = {
  readonly modules: readonly { readonly source: string; readonly couldNotResolve?: boolean }[];
  readonly summary: {
    readonly violations: readonly Violation[];
    readonly ruleSetUsed?: { readonly forbidden?: readonly { readonly name?: string; readonly comment?: string }[] };
  };
};

async function checkRealTree(context: StepContext): Promise<readonly string[]> {
  const cruise = await cruiseTree(context, context.root, existingCodeFolders(context.root));
  if (typeof cruise === "string") return [cruise];
  const seen = new Set(cruise.modules.map((module) => module.source));
  const files = sourceFiles(context.root);
  const missed = files.filter((file) => !seen.has(file));
  const comments = new Map(cruise.summary.ruleSetUsed?.forbidden?.map((rule) => [rule.name, rule.comment]));
  console.log(`  read ${seen.size} modules; ${files.length} source files`);
  return [
    ...missed.map((file) => `not read by dependency-cruiser: ${file}`),
    ...cruise.summary.violations.map(
      (one) => `${one.from} -> ${one.to}\n    ${one.rule.name}: ${comments.get(one.rule.name) ?? ""}`,
    ),
  ];
}

async function checkPlantedTree(context: StepContext): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "liandong-planted-"));
  try {
    for (const [path, text] of plantedTree()) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const cruise = await cruiseTree(context, folder, existingCodeFolders(folder));
    return typeof cruise === "string" ? [cruise] : compare(cruise);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compare(cruise: Cruise): readonly string[] {
  // A cycle is reported once for each of its ends; either proves the rule.
  const found = new Set(
    cruise.summary.violations
      .filter((one) => !(one.rule.name === "no-cycles" && one.from === "src/storage/y.ts"))
      .map((one) => key(one.rule.name, one.from, one.to)),
  );
  const expected = new Set(plantedImports.map((one) => key(one.rule, one.from, one.to)));
  const planted = new Set(plantedImports.map((one) => one.rule));
  const rules = cruise.summary.ruleSetUsed?.forbidden ?? [];
  return [
    ...[...expected].filter((one) => !found.has(one)).map((one) => `planted but not found: ${one}`),
    ...[...found].filter((one) => !expected.has(one)).map((one) => `found but not planted: ${one}`),
    ...rules
      .filter((rule) => !planted.has(rule.name ?? ""))
      .map((rule) => `rule without a planted violation: ${rule.name}`),
  ];
}

function key(rule: string, from: string, to: string): string {
  return `${rule}: ${from} -> ${to}`;
}

/** What dependency-cruiser says of a tree, or why it said nothing. */
async function cruiseTree(context: StepContext, cwd: string, folders: readonly string[]): Promise<Cruise | string> {
  const cruiser = join(context.root, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
  const config = join(context.root, ".dependency-cruiser.mjs");
  const args = [cruiser, "--config", config, "--output-type", "json", ...folders];
  const { stdout, stderr } = await context.capture(process.execPath, args, { cwd });
  return parseCruise(stdout) ?? `dependency-cruiser gave no answer: ${stderr.slice(-2000)}`;
}

function parseCruise(text: string): Cruise | null {
  try {
    return JSON.parse(text) as Cruise;
  } catch {
    return null;
  }
}
