/** What one check of `npm test` is, and how its result is counted. */
export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

/** `failures`: one line a failing test, printed again at the end. */
export type StepResult = Counts & { readonly failures: readonly string[] };

export type StepContext = {
  readonly root: string;
  /** Runs a program without standard input; its output goes straight to the reader. Resolves to its exit code. */
  readonly run: (command: string, args: readonly string[], options?: RunOptions) => Promise<number>;
  /** As `run`, but the output (both streams) is returned. */
  readonly capture: (command: string, args: readonly string[], options?: RunOptions) => Promise<Captured>;
};

export type RunOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The program is ended after this long and counts as failed. */
  readonly limitMinutes?: number;
};

export type Captured = { readonly code: number; readonly stdout: string; readonly stderr: string };

export type Step = {
  /** As given to `npm test -- NAME`. */
  readonly name: string;
  readonly title: string;
  readonly run: (context: StepContext) => Promise<StepResult>;
  /** Name of a step that waits more than it works: this one runs meanwhile, and is told of after it. */
  readonly beside?: string;
};

export const nothing: StepResult = { passed: 0, failed: 0, skipped: 0, failures: [] };

/** One check that passed, or failed with these lines. */
export function oneCheck(name: string, problems: readonly string[]): StepResult {
  if (problems.length === 0) return { ...nothing, passed: 1 };
  for (const problem of problems) console.log(`  ${problem}`);
  return { ...nothing, failed: 1, failures: [name] };
}

export function sum(results: readonly StepResult[]): StepResult {
  return results.reduce(
    (total, one) => ({
      passed: total.passed + one.passed,
      failed: total.failed + one.failed,
      skipped: total.skipped + one.skipped,
      failures: [...total.failures, ...one.failures],
    }),
    nothing,
  );
}

/** The line that closes `npm test`; a machine reads it. */
export function lastLine(counts: Counts): string {
  return `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
}
