import type { CheckId, Finding, Words } from "./finding.ts";

const TITLES: Readonly<Record<CheckId, Words>> = {
  configuration: { zh: "配置", en: "configuration" },
  nodeVersion: { zh: "Node 版本", en: "Node version" },
  pinnedBinary: { zh: "自带 Node", en: "packaged Node" },
  packages: { zh: "依赖", en: "packages" },
  clockYear: { zh: "时间", en: "time" },
  folders: { zh: "数据目录", en: "data folders" },
  diskSpace: { zh: "磁盘", en: "disk" },
  keyFiles: { zh: "密钥", en: "keys" },
  database: { zh: "数据库", en: "database" },
  databaseVersion: { zh: "数据库版本", en: "database version" },
  migrations: { zh: "数据库结构", en: "schema" },
  clockDrift: { zh: "时钟差", en: "clock drift" },
  sessionSettings: { zh: "连接设置", en: "session settings" },
  port: { zh: "端口", en: "port" },
  instances: { zh: "实例", en: "instances" },
  catalogue: { zh: "目录文件", en: "catalogue" },
  screens: { zh: "界面", en: "screens" },
  peers: { zh: "对方节点", en: "peers" },
  backlog: { zh: "待发消息", en: "backlog" },
  deadLetters: { zh: "死信", en: "dead letters" },
  metrics: { zh: "监控指标", en: "figures for monitors" },
};

const MARKS: Readonly<Record<Finding["level"], string>> = {
  ok: "[正常 ok  ]",
  skip: "[未查 skip]",
  warn: "[注意 warn]",
  fail: "[故障 fail]",
};

/** The report, one line an entry: what was found, Chinese then English, and under it how to mend what is not well. */
export function formatFindings(findings: readonly Finding[]): readonly string[] {
  const lines = findings.flatMap((finding) => {
    const { id, level, what } = finding;
    const first = [`${MARKS[level]} ${TITLES[id].zh}：${what.zh}`, `            ${TITLES[id].en}: ${what.en}`];
    if (!("mend" in finding)) return first;
    return [...first, `            → ${finding.mend.zh}`, `            → ${finding.mend.en}`];
  });
  const count = (level: Finding["level"]): number => findings.filter((f) => f.level === level).length;
  const [fail, warn] = [count("fail"), count("warn")];
  return [...lines, "", `故障 ${fail}，注意 ${warn}`, `${fail} failed, ${warn} to look at`];
}

/** 1 when anything failed, else 0: a warning does not stop a script. */
export function exitCodeOf(findings: readonly Finding[]): 0 | 1 {
  return findings.some((finding) => finding.level === "fail") ? 1 : 0;
}
