import { parseArgs } from "node:util";
import { originOf, readAccounts } from "../client/accounts.ts";
import type { Account, Side } from "../client/accounts.ts";

export const REPLAY_HELP = `npx liandong replay FILE.jsonl [options]

通过公共接口对运行中的双平台演练繁忙的一天：来电到达两个平台，话务、派单、处警、承办单位的模拟人员据屏幕办理；
结束时给出漏斗、各环节用时、拒绝代码，以及必须为 0 的各项。说明见 docs/replay.md。
Plays a busy day against a running pair through its public API: callers reach both desks, and call takers, dispatchers,
officers and unit clerks work on what they see. At the end: a funnel, seconds per stage, refusals by code, and what must be 0:
requests for which no desk is responsible, requests known nowhere, requests stuck. The numbers behind it: docs/replay.md.

  --rate R         每秒诉求数 requests a second, default 2
  --limit N        诉求总数 requests in all, default: every text of FILE once
  --seed S         随机种子 the same seed gives the same callers and the same choices; default: drawn and printed
  --speed X        提速倍数 how much faster than life people act, default 3600 (an hour is a second)
  --accounts FILE  双方账号 log-ins of both desks (default: file named by LIANDONG_ACCOUNTS, which npm start writes)
  --hotline URL    12345 平台地址 the 12345 desk, if not the one in the accounts
  --police URL     110 平台地址 the 110 desk, if not the one in the accounts
  --seats N        每账号会话数 sessions an account opens, default 2
  --drain S        收尾等待秒数 seconds to wait for the last request after the last caller, default 180
  --report FILE    报告文件 where the report goes as JSON, default .liandong/replay-report.json
  --help

结束代码 exit code: 0 when everything that must be 0 is 0, 1 when not, 2 when called wrongly.
`;

export type ReplayOptions = {
  readonly file: string;
  readonly ratePerSecond: number;
  readonly limit: number | null;
  readonly seed: string;
  readonly speed: number;
  readonly accounts: readonly Account[];
  readonly urls: Readonly<Record<Side, string>>;
  readonly seats: number;
  readonly drainSeconds: number;
  readonly report: string;
};

/** Called wrongly: what to change. */
export class UsageError extends Error {}

/** Reads the command line; "help" when help is asked for. Throws UsageError. */
export function readOptions(
  argv: readonly string[],
  accountsFile: string | undefined,
  freshSeed: string,
): ReplayOptions | "help" {
  const { values, positionals } = parsed(argv);
  if (values.help === true) return "help";
  const file = positionals[0];
  if (file === undefined || positionals.length > 1) throw new UsageError("请给出一个 FILE.jsonl name one FILE.jsonl");
  const list = values.accounts ?? accountsFile;
  if (list === undefined)
    throw new UsageError(
      "请用 --accounts FILE 给出双方账号 name the log-ins of both desks by --accounts FILE or LIANDONG_ACCOUNTS",
    );
  const accounts = readAccounts(list);
  const limit = values.limit === undefined ? null : positive("--limit", values.limit, 0);
  return {
    file,
    ratePerSecond: positive("--rate", values.rate, 2),
    limit,
    seed: values.seed ?? freshSeed,
    speed: positive("--speed", values.speed, 3600),
    accounts,
    urls: {
      hotline: addressOf("hotline", values.hotline, accounts),
      police: addressOf("police", values.police, accounts),
    },
    seats: Math.max(1, Math.floor(positive("--seats", values.seats, 2))),
    drainSeconds: positive("--drain", values.drain, 180),
    report: values.report ?? ".liandong/replay-report.json",
  };
}

function parsed(argv: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        rate: text,
        limit: text,
        seed: text,
        speed: text,
        accounts: text,
        hotline: text,
        police: text,
        seats: text,
        drain: text,
        report: text,
        help: { type: "boolean" },
      },
    });
  } catch (fault) {
    throw new UsageError(fault instanceof Error ? fault.message : String(fault));
  }
}

function positive(name: string, value: string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise;
  const number = Number(value);
  if (!Number.isFinite(number) || number <= 0)
    throw new UsageError(`${name} 须为大于 0 的数 wants a number above 0, not ${value}`);
  return number;
}

function addressOf(side: Side, given: string | undefined, accounts: readonly Account[]): string {
  const url = given ?? accounts.find((account) => account.node === side)?.url;
  if (url === undefined) throw new UsageError(`清单中没有 ${side} 的账号 no account of ${side} is listed`);
  try {
    return originOf(url);
  } catch {
    throw new UsageError(`--${side} 须为地址 wants an address like http://127.0.0.1:12345, not ${url}`);
  }
}
