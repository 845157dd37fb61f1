import { SESSION_SETTINGS } from "../../storage/index.ts";
import { fine, ill, skipped } from "./finding.ts";
import type { Verdict } from "./finding.ts";
import type { DatabaseFacts } from "./probe.ts";

type Reached = Extract<DatabaseFacts, { readonly reachable: true }>;

const OLDEST = 150_000;
/** Leases and deadlines are counted by both clocks; beyond `fail` a lease of 30 s means nothing. @source default */
const DRIFT_MS = { warn: 2_000, fail: 30_000 };

export function checkDatabase(facts: DatabaseFacts): Verdict {
  if (facts.reachable) return fine(`数据库可连接：${facts.where}`, `the database answers: ${facts.where}`);
  return ill(
    "fail",
    [
      `数据库连不上：${facts.where}（${facts.detail}）`,
      `the database does not answer: ${facts.where} (${facts.detail})`,
    ],
    [
      "检查 database.url、口令与网络；演示双平台先运行 npm start",
      "check database.url, password and network; for the demonstration pair run npm start first",
    ],
  );
}

export function checkDatabaseVersion({ version }: Reached): Verdict {
  const name = `PostgreSQL ${Math.floor(version / 10_000)}.${version % 10_000}`;
  if (version >= OLDEST) return fine(name, name);
  return ill("fail", [`${name} 太旧`, `${name} is too old`], ["升级到 15 或更新", "upgrade to 15 or newer"]);
}

export function checkMigrations({ migration, newest }: Reached): Verdict {
  if (migration === newest) return fine(`数据库结构为第 ${newest} 版`, `the schema stands at ${newest}`);
  if (migration === null || migration < newest)
    return ill(
      "warn",
      [
        `数据库结构为第 ${migration ?? 0} 版，程序需要第 ${newest} 版`,
        `the schema stands at ${migration ?? 0}, this program wants ${newest}`,
      ],
      ["启动节点即自动升级；先备份", "starting the node brings it up to date; back up first"],
    );
  return ill(
    "fail",
    [
      `数据库结构为第 ${migration} 版，比程序（第 ${newest} 版）新`,
      `the schema stands at ${migration} and is newer than this program (${newest})`,
    ],
    ["用更新过数据库的那一版程序", "use the version of the program that upgraded it"],
  );
}

export function checkClockDrift({ aheadMs, unsureMs }: Reached): Verdict {
  const sure = Math.max(0, Math.abs(aheadMs) - unsureMs);
  const said = `${(aheadMs / 1000).toFixed(1)} ± ${(unsureMs / 1000).toFixed(1)} s`;
  if (sure <= DRIFT_MS.warn)
    return fine(`数据库时钟与本机相差 ${said}`, `the database's clock differs from ours by ${said}`);
  return ill(
    sure > DRIFT_MS.fail ? "fail" : "warn",
    [`数据库时钟与本机相差 ${said}`, `the database's clock differs from ours by ${said}`],
    ["两台机器用同一时间源", "let both machines follow one time source"],
  );
}

const SETTINGS_MEND = [
  "从 database.url 去掉 options；中间的连接池（PgBouncer 等）须放行启动参数 options，不可列入 ignore_startup_parameters；也可用 alter role ... set 为该角色固定这些设置",
  "take options out of database.url; let a pooler between (PgBouncer) pass the start-up parameter options, not ignore it; or fix these settings for the role with alter role ... set",
] as const;

/** Without them the node answers rightly, and ever more slowly as its tables grow. */
export function checkSessionSettings({ settings }: Reached): Verdict {
  if ("refused" in settings)
    return ill(
      "fail",
      [
        `带启动参数 options 的连接被拒绝（${settings.refused}），节点将无法连接`,
        `connections with the start-up parameter options are refused (${settings.refused}): the node cannot connect`,
      ],
      SETTINGS_MEND,
    );
  const lost = Object.entries({ ...SESSION_SETTINGS })
    .map(([name, value]) => ({ name, value, is: new Map(Object.entries(settings)).get(name) ?? "?" }))
    .filter(({ value, is }) => is !== value);
  if (lost.length === 0)
    return fine("节点连接的设置已到达服务器", "the settings of the node's connections arrive at the server");
  const said = lost.map(({ name, value, is }) => `${name} ${is} (${value})`).join("; ");
  return ill(
    "warn",
    [
      `节点连接的设置没有到达服务器，数据增多后会变慢；现值（应为）：${said}`,
      `settings of the node's connections do not arrive at the server, it will slow down as data grow; is (should be): ${said}`,
    ],
    SETTINGS_MEND,
  );
}

/** Several machines may work on one database (leases keep them apart), but somebody should know of it. */
export function checkInstances(pids: readonly number[], hosts: readonly string[]): Verdict {
  const mend = [
    "停掉不该运行的一个；有意双机运行时可不理会",
    "stop the one that should not run; nothing to do where two are meant to share the work",
  ] as const;
  if (pids.length > 1)
    return ill(
      "fail",
      [
        `同一配置有 ${pids.length} 个节点进程：${pids.join("、")}`,
        `${pids.length} nodes run by one configuration: ${pids.join(", ")}`,
      ],
      mend,
    );
  if (hosts.length > 1)
    return ill(
      "warn",
      [`多台机器在用这个数据库：${hosts.join("、")}`, `several machines work on this database: ${hosts.join(", ")}`],
      mend,
    );
  return pids.length === 1
    ? fine(`节点正在运行（进程 ${pids[0]}），没有第二个`, `the node runs (process ${pids[0]}), and no second one`)
    : fine("节点未运行，也没有别的实例", "the node does not run, nor does another");
}

export function databaseSilent(): Verdict {
  return skipped("数据库连不上，未检查", "not looked at: the database does not answer");
}
