/** `npm test`: every check one after the other (one of them beside another), a failing one does not stop the next, one last line for all. */
import { join } from "node:path";
import { printBudget } from "./budget.ts";
import { debianPackagesStep } from "./debian-packages.ts";
import { linksStep, wordsStep } from "./documents.ts";
import { generatedStep } from "./generated-step.ts";
import { houseStep } from "./house-rules.ts";
import { importsStep } from "./import-rules.ts";
import { contextFor, endCurrent, quietly } from "./process.ts";
import { projects } from "./projects.ts";
import { formatStep, lintStep, typesStep } from "./static-checks.ts";
import { lastLine, oneCheck, type Step, type StepContext, type StepResult, sum } from "./step.ts";
import { exportsStep } from "./unused-exports.ts";
import { vitestStep } from "./vitest-step.ts";

const root = join(import.meta.dirname, "..", "..");
const asked = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const bail = process.argv.includes("--bail");
const chosen = (name: string): boolean => asked.length === 0 || asked.includes(name);

const staticSteps = [
  formatStep,
  lintStep,
  typesStep,
  importsStep,
  houseStep,
  exportsStep,
  linksStep,
  wordsStep,
  generatedStep,
];
const steps: readonly Step[] = [debianPackagesStep(chosen), ...staticSteps, ...projects.map(vitestStep)];

let interrupted = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    endCurrent(interrupted);
    interrupted = true;
  });
}

async function main(): Promise<number> {
  const unknown = [...asked, ...process.argv.slice(2).filter((one) => one.startsWith("--") && one !== "--bail")].filter(
    (name) => !steps.some((step) => step.name === name),
  );
  if (unknown.length > 0) {
    console.log(
      `unknown: ${unknown.join(" ")}\nusage: npm test -- [--bail] [STEP...]\nsteps: ${steps.map((step) => step.name).join(" ")}`,
    );
    return 2;
  }
  const started = performance.now();
  const results = await runAll(contextFor(root));
  const total = sum(results);
  console.log(`\n${"═".repeat(80)}`);
  printBudget(root);
  console.log(`${seconds(started)} in all`);
  if (interrupted) console.log("interrupted");
  if (total.failures.length > 0) console.log(`\nfailed:\n${total.failures.map((name) => `  ${name}`).join("\n")}`);
  console.log(`\n${lastLine(total)}`);
  if (interrupted) return 130;
  return total.failed > 0 ? 1 : 0;
}

async function runAll(context: StepContext): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  const wanted = steps.filter((one) => chosen(one.name) || (one.name === "apt" && asked.length > 0));
  const aside = (step: Step): boolean => wanted.some(({ name }) => name === step.beside);
  for (const step of wanted.filter((one) => !aside(one))) {
    if (interrupted || (bail && sum(results).failed > 0)) break;
    const meanwhile = wanted.filter((one) => one.beside === step.name).map((one) => runAside(one, context));
    results.push(await runTold(step, () => guarded(step, context)));
    for (const other of meanwhile) results.push(await other());
  }
  return results;
}

/** Runs a step and tells its name before, its counts and its time after. */
async function runTold(step: Step, run: () => Promise<StepResult>, took?: () => string): Promise<StepResult> {
  console.log(`\n── ${step.name}: ${step.title} ${"─".repeat(Math.max(0, 74 - step.name.length - step.title.length))}`);
  const started = performance.now();
  const result = await run();
  console.log(`   ${lastLine(result)} (${took?.() ?? seconds(started)})`);
  return result;
}

/** Begins a step beside another one; what it came to is told when it is asked for. */
function runAside(step: Step, context: StepContext): () => Promise<StepResult> {
  const quiet = quietly(context);
  const started = performance.now();
  let took = "";
  const ended = guarded(step, quiet.context).finally(() => {
    took = `${seconds(started)}, beside ${step.beside}`;
  });
  return () =>
    runTold(
      step,
      async () => {
        const result = await ended;
        process.stdout.write(quiet.told());
        return result;
      },
      () => took,
    );
}

/** A step that throws is a failure of that step, not the end of the run. */
async function guarded(step: Step, context: StepContext): Promise<StepResult> {
  try {
    return await step.run(context);
  } catch (error) {
    return oneCheck(step.name, [error instanceof Error ? (error.stack ?? error.message) : String(error)]);
  }
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

process.exitCode = await main();
