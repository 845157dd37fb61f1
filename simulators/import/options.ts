import { existsSync, readFileSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import { originOf, readAccounts } from "../client/accounts.ts";

export const IMPORT_HELP = `npx liandong import FILE.jsonl [options]

把 FILE 中每行一条记录（JSON：id、text，可有 title、user，其余不读）登记为一个平台的诉求（渠道“web”）。
重复运行不会重复登记；中断后再运行从断点继续。
Registers every record of FILE (one JSON object a line: id, text, and if there: title, user, other fields are not read) as
a request of the channel "web" at one desk. A second run registers nothing twice; a stopped run goes on where it stopped.

  --to URL              平台地址 the desk; default: 12345 of the pair that npm start runs, whatever its port, else
                        http://127.0.0.1:12345
  --login NAME          话务、派单或值班长账号 account of a call taker, dispatcher or supervisor
  --password-file FILE  口令文件（第一行） its password, first line of FILE
  --accounts FILE       从此清单取该平台账号 take the account for URL from this list
  --dry-run             只检查，不调用 check the lines and say what would happen; calls nobody
  --limit N             只处理前 N 行 only the first N lines
  --rate R              每秒至多 R 条 at most R registrations a second
  --in-flight N         并发数 calls at a time, default 8
  --rejects FILE        拒收行清单（行号、原因、id，不含内容） where rejected lines are named; default FILE.rejects.jsonl
  --help

不给账号时只在演示平台上使用演示账号，并说明用的是哪一个；其他平台须给 --login 与 --password-file。
Without a login the account of the demonstration is used, named, and only at a desk that is one; any other desk needs
--login and --password-file (LOGIN_NEEDED).

结束代码 exit code: 0 全部处理 every line is settled, 1 中断、平台无响应，或一行也不可登记（试运行同此） stopped, the desk
stayed silent, or not one line can be registered (a dry run says so too), 2 用法错误 called wrongly.
`;

export type ImportOptions = {
  readonly file: string;
  readonly to: string;
  readonly login: string | null;
  readonly password: string | null;
  /** Nobody named an account: one of the demonstration is meant, for a demonstration only. */
  readonly implied: boolean;
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
  if (file === undefined || positionals.length > 1) throw new UsageError("请给出一个 FILE.jsonl name one FILE.jsonl");
  // Before anybody is asked for an account: without the file there is nothing to log in for.
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
    throw new UsageError(`没有这个文件 there is no such file: ${file}`);
  const accounts = values.accounts ?? accountsFile;
  const to = addressOf(values.to ?? demonstrationAt(accounts) ?? DEFAULT_DESK);
  const dryRun = values["dry-run"] === true;
  const account = dryRun ? null : accountFor(to, values.login, values["password-file"], accounts);
  const stem = file.replace(/\.jsonl$/i, "");
  return {
    file,
    to,
    login: account?.login ?? null,
    password: account?.password ?? null,
    implied: account !== null && values.login === undefined && values.accounts === undefined,
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
  if (!Number.isFinite(number) || number <= 0)
    throw new UsageError(`${name} 须为大于 0 的数 wants a number above 0, not ${value}`);
  return number;
}

function addressOf(url: string): string {
  try {
    return originOf(url);
  } catch {
    throw new UsageError(`--to 须为地址 wants an address like http://127.0.0.1:12345, not ${url}`);
  }
}

const DEFAULT_DESK = "http://127.0.0.1:12345";

/** Where the demonstration's 12345 was started last, also on another port than usual; null = none was started here. */
function demonstrationAt(accountsFile: string | undefined): string | null {
  if (accountsFile === undefined || !existsSync(accountsFile)) return null;
  return readAccounts(accountsFile).find(({ node }) => node === "hotline")?.url ?? null;
}

const MAY_REGISTER = ["callTaker", "dispatcher", "supervisor"];

/** Why nobody can be logged in at `to`, and what to give instead. */
export function loginNeeded(to: string): UsageError {
  return new UsageError(
    `LOGIN_NEEDED: ${to} 需要账号，请加 --login 账号 --password-file 口令文件 needs an account: add --login NAME --password-file FILE`,
  );
}

function accountFor(
  to: string,
  login: string | undefined,
  passwordFile: string | undefined,
  accountsFile: string | undefined,
): { readonly login: string; readonly password: string } {
  if (login !== undefined && passwordFile !== undefined) {
    return { login, password: readFileSync(passwordFile, "utf8").split(/\r?\n/)[0] ?? "" };
  }
  if (accountsFile === undefined || !existsSync(accountsFile)) throw loginNeeded(to);
  const known = readAccounts(accountsFile).filter((one) => one.url === to && (login ?? one.login) === one.login);
  const able = known.find((one) => one.roles.some((role) => MAY_REGISTER.includes(role)));
  if (able === undefined) throw loginNeeded(to);
  return able;
}
