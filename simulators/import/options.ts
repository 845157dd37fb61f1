import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { originOf, readAccounts } from "../client/accounts.ts";

export const IMPORT_HELP = `npx liandong import FILE.jsonl [options]

Registers every record of FILE (one JSON object a line: id, text, and if there: title, user, other fields are not read) as
a request of the channel "web" at one desk. A second run registers nothing twice; a stopped run goes on where it stopped.

  --to URL              the desk, default http://127.0.0.1:12345
  --login NAME          account of a call taker, dispatcher or supervisor
  --password-file FILE  its password, first line of FILE
  --accounts FILE       take the account for URL from this list instead (default: file named by LIANDONG_ACCOUNTS)
  --dry-run             check the lines and say what would happen; calls nobody
  --limit N             only the first N lines
  --rate R              at most R registrations a second
  --in-flight N         calls at a time, default 8
  --rejects FILE        where rejected lines are named (line, reason code, id; never the text); default FILE.rejects.jsonl
  --help

Ends with 0 when every line is settled, 1 when stopped or when the desk stayed silent, 2 when called wrongly.
`;

export type ImportOptions = {
  readonly file: string;
  readonly to: string;
  readonly login: string | null;
  readonly password: string | null;
  readonly dryRun: boolean;
  readonly limit: number | null;
  readonly perSecond: number | null;
  readonly inFlight: number;
  readonly rejects: string;
  readonly checkpoint: string;
};

/** Called wrongly: what to change. */
export class UsageError extends Error {}

/** Reads the command line; "help" when help is asked for. Throws UsageError. */
export function readOptions(argv: readonly string[], accountsFile: string | undefined): ImportOptions | "help" {
  const { values, positionals } = parsed(argv);
  if (values.help === true) return "help";
  const file = positionals[0];
  if (file === undefined || positionals.length > 1) throw new UsageError("name one FILE.jsonl");
  const to = addressOf(values.to ?? "http://127.0.0.1:12345");
  const dryRun = values["dry-run"] === true;
  const account = dryRun
    ? null
    : accountFor(to, values.login, values["password-file"], values.accounts ?? accountsFile);
  const stem = file.replace(/\.jsonl$/i, "");
  return {
    file,
    to,
    login: account?.login ?? null,
    password: account?.password ?? null,
    dryRun,
    limit: positive("--limit", values.limit),
    perSecond: positive("--rate", values.rate),
    inFlight: Math.floor(positive("--in-flight", values["in-flight"]) ?? 8),
    rejects: values.rejects ?? `${stem}.rejects.jsonl`,
    checkpoint: `${stem}.checkpoint.json`,
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        to: { type: "string" },
        login: { type: "string" },
        "password-file": { type: "string" },
        accounts: { type: "string" },
        "dry-run": { type: "boolean" },
        limit: { type: "string" },
        rate: { type: "string" },
        "in-flight": { type: "string" },
        rejects: { type: "string" },
        help: { type: "boolean" },
      },
    });
  } catch (fault) {
    throw new UsageError(fault instanceof Error ? fault.message : String(fault));
  }
}

function positive(name: string, value: string | undefined): number | null {
  if (value === undefined) return null;
  const number = Number(value);
  if (!Number.isFinite(number) || number <= 0) throw new UsageError(`${name} wants a number above 0, not ${value}`);
  return number;
}

function addressOf(url: string): string {
  try {
    return originOf(url);
  } catch {
    throw new UsageError(`--to wants an address like http://127.0.0.1:12345, not ${url}`);
  }
}

const MAY_REGISTER = ["callTaker", "dispatcher", "supervisor"];

function accountFor(
  to: string,
  login: string | undefined,
  passwordFile: string | undefined,
  accountsFile: string | undefined,
): { readonly login: string; readonly password: string } {
  if (login !== undefined && passwordFile !== undefined) {
    return { login, password: readFileSync(passwordFile, "utf8").split(/\r?\n/)[0] ?? "" };
  }
  if (accountsFile === undefined) throw new UsageError("give --login and --password-file, or --accounts");
  const known = readAccounts(accountsFile).filter((one) => one.url === to && (login ?? one.login) === one.login);
  const able = known.find((one) => one.roles.some((role) => MAY_REGISTER.includes(role)));
  if (able === undefined) throw new UsageError(`${accountsFile} has no account for ${to} that may register`);
  return able;
}
