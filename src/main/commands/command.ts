/** One command of `npx liandong`. `run` gets what follows its name and returns the exit code. */
export type Command = {
  readonly name: string;
  /** Chinese first, English second. */
  readonly summary: readonly [string, string];
  readonly usage: string;
  readonly run: (args: readonly string[]) => Promise<number>;
};

/** Says something to whoever sits at the terminal. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The arguments are not of the command's form; told with the usage line. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/** Splits `--name value`, `--flag` and the rest. Errors: UsageError for an option that is not listed. */
export function parseArguments(
  args: readonly string[],
  known: { readonly values: readonly string[]; readonly flags: readonly string[] },
): {
  readonly values: Readonly<Record<string, string>>;
  readonly flags: ReadonlySet<string>;
  readonly rest: readonly string[];
} {
  const values: Record<string, string> = {};
  const flags = new Set<string>();
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    if (!arg.startsWith("--")) rest.push(arg);
    else if (known.flags.includes(arg.slice(2))) flags.add(arg.slice(2));
    else if (known.values.includes(arg.slice(2))) {
      const value = args[++i];
      if (value === undefined) throw new UsageError(`${arg} 需要一个值 needs a value`);
      values[arg.slice(2)] = value;
    } else throw new UsageError(`${arg} 不是此命令的选项 is not an option here`);
  }
  return { values, flags, rest };
}
