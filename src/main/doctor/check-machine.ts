import type { ConfigProblem } from "../config/production.ts";
import { fine, ill } from "./finding.ts";
import type { Verdict } from "./finding.ts";
import type { DiskFacts, FolderFacts, KeyFacts, RuntimeFacts } from "./probe.ts";

const NODE_MAJOR = 24;
const GIB = 1_073_741_824;
/** Below this PostgreSQL may stop at any burst; `WARN` leaves a day to act. @source default */
const FREE = { fail: GIB, warn: 10 * GIB };
const YEARS = { first: 2026, last: 2100 };

export function checkConfiguration(problems: readonly ConfigProblem[]): Verdict {
  if (problems.length === 0) return fine("配置可用", "the configuration can be used");
  const list = problems.map((p) => `${p.key}: ${p.reason}`).join("; ");
  const examples = problems.map((p) => `${p.key}: ${p.example}`).join("; ");
  return ill(
    "fail",
    [`配置不可用：${list}`, `the configuration is refused: ${list}`],
    [`照此改：${examples}`, `for example ${examples}`],
  );
}

export function checkNodeVersion({ version, pinned }: RuntimeFacts): Verdict {
  const major = Number(/^v?(\d+)\./.exec(version)?.[1]);
  if (!(major >= NODE_MAJOR))
    return ill(
      "fail",
      [`Node ${version} 太旧`, `Node ${version} is too old`],
      [
        `用 npx liandong 启动，或安装 Node ${pinned}`,
        `start by npx liandong, which takes its own Node, or install ${pinned}`,
      ],
    );
  if (version.replace(/^v/, "") === pinned) return fine(`Node ${version}`, `Node ${version}`);
  return ill(
    "warn",
    [`Node ${version}，测试所用为 ${pinned}`, `Node ${version}; the program is tested with ${pinned}`],
    ["用 npx liandong 启动", "start by npx liandong"],
  );
}

export function checkPinnedBinary({ packaged, pinned }: RuntimeFacts): Verdict {
  if (packaged === "present") return fine(`自带 Node ${pinned} 在`, `the packaged Node ${pinned} is there`);
  if (packaged === "none")
    return ill(
      "warn",
      ["本平台没有自带的 Node，用系统的", "no packaged Node for this platform; the system's is used"],
      [`系统中保持 Node ${NODE_MAJOR}`, `keep a Node ${NODE_MAJOR} on this system`],
    );
  return ill(
    "fail",
    ["自带的 Node 不在", "the packaged Node is missing"],
    ["删除 node_modules 后重新 npm start", "remove node_modules and run npm start again"],
  );
}

export function checkPackages({ packages }: RuntimeFacts): Verdict {
  switch (packages) {
    case "asLock":
      return fine("依赖与锁文件一致", "the packages are those of the lock file");
    case "linked":
      return ill(
        "warn",
        ["node_modules 是别处的链接，无法比对", "node_modules is linked from another checkout and cannot be compared"],
        ["生产环境请在本目录安装", "in production install in this folder"],
      );
    case "unstamped":
      return ill(
        "warn",
        ["依赖为手工安装，未比对锁文件", "the packages were installed by hand and not compared with the lock file"],
        ["运行一次 npm start", "run npm start once"],
      );
    case "stale":
      return ill(
        "fail",
        ["依赖与锁文件不一致", "the packages are not those of the lock file"],
        ["运行 npm ci --ignore-scripts", "run npm ci --ignore-scripts"],
      );
    case "missing":
      return ill(
        "fail",
        ["依赖未安装", "the packages are not installed"],
        ["运行 npm ci --ignore-scripts", "run npm ci --ignore-scripts"],
      );
  }
}

export function checkClockYear(nowMs: number): Verdict {
  const now = new Date(nowMs);
  const year = now.getUTCFullYear();
  if (year >= YEARS.first && year <= YEARS.last)
    return fine(`本机时间 ${now.toISOString()}`, `this machine says ${now.toISOString()}`);
  return ill(
    "fail",
    [`本机年份 ${year} 不可能`, `this machine believes in the year ${year}`],
    ["开启时间同步（chrony 或 systemd-timesyncd）", "turn on time synchronisation (chrony or systemd-timesyncd)"],
  );
}

export function checkFolders(folders: readonly FolderFacts[]): Verdict {
  const shut = folders.filter((f) => !f.writable).map((f) => f.path);
  if (shut.length > 0)
    return ill(
      "fail",
      [`不能写入：${shut.join("、")}`, `cannot be written: ${shut.join(", ")}`],
      ["把目录交给运行本程序的账号，权限 0700", "give the folder to the account this runs as, mode 0700"],
    );
  const foreign = folders.filter((f) => f.exists && f.ownerUid !== f.ownUid);
  if (foreign.length > 0) {
    const list = foreign.map((f) => `${f.path} (uid ${f.ownerUid})`).join(", ");
    return ill(
      "warn",
      [
        `目录属于其他账号：${list}，本账号 uid ${foreign[0]?.ownUid}`,
        `owned by another account: ${list}; this one is uid ${foreign[0]?.ownUid}`,
      ],
      ["用同一账号运行，或更改目录所有者", "run as that account, or change the folder's owner"],
    );
  }
  const list = folders.map((f) => f.path).join(", ");
  return fine(`数据目录可写：${list}`, `the data folders can be written: ${list}`);
}

export function checkDiskSpace({ path, freeBytes, totalBytes }: DiskFacts): Verdict {
  const free = `${(freeBytes / GIB).toFixed(1)} / ${(totalBytes / GIB).toFixed(1)} GiB`;
  const words = [`${path} 剩余 ${free}`, `${path} has ${free} left`] as const;
  if (freeBytes >= FREE.warn) return fine(...words);
  return ill(freeBytes < FREE.fail ? "fail" : "warn", words, [
    "清理或扩容；数据库写满即停",
    "make room or a larger disk; a full disk stops the database",
  ]);
}

export function checkKeyFiles(facts: KeyFacts): Verdict {
  const { folder } = facts;
  switch (facts.state) {
    case "good":
      return fine(
        `密钥可用，仅所有者可读：${folder}`,
        `the keys can be used and only their owner can read them: ${folder}`,
      );
    case "absent":
      return ill(
        "warn",
        [`尚无密钥：${folder}`, `no keys yet: ${folder}`],
        [
          "首次启动时生成；若是恢复的系统，先从备份取回，否则原有数据无法读取",
          "made on first start; on a restored node bring them back first, or nothing stored can be read",
        ],
      );
    case "bad":
      return ill(
        "fail",
        [`密钥不可用 ${facts.code}：${facts.file}`, `the keys cannot be used, ${facts.code}: ${facts.file}`],
        facts.code === "KEY_FILE_TOO_OPEN"
          ? ["chmod 700 目录，chmod 600 文件", "chmod 700 the folder and chmod 600 its files"]
          : ["从备份取回密钥目录，不要重新生成", "bring the key folder back from a backup; do not make new keys"],
      );
  }
}
