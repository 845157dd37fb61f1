import { fine, ill } from "./finding.ts";
import type { Verdict } from "./finding.ts";
import type { CatalogueFacts, MetricsFacts, PeerFacts, PortFacts, WorkFacts } from "./probe.ts";

/** How long a message may wait before somebody should know; urgent ones are due within seconds. @source default */
const WAIT_MS = { urgent: 10_000, ordinary: 300_000 };
const PEER_DRIFT_MS = 30_000;
const SHOWN = 5;

export function checkPort({ host, port, state, detail }: PortFacts): Verdict {
  const at = `${host}:${port}`;
  switch (state) {
    case "free":
      return port === 0
        ? fine("监听任意空闲端口", "any free port will be taken")
        : fine(`端口 ${at} 空闲`, `the port ${at} is free`);
    case "ours":
      return fine(`端口 ${at} 由本节点使用`, `the port ${at} is held by this node`);
    case "taken":
      return ill(
        "fail",
        [`端口 ${at} 被占用，不是本节点（${detail}）`, `the port ${at} is taken, not by this node (${detail})`],
        ["停掉占用者，或改 listen.port", "stop who holds it, or change listen.port"],
      );
    case "forbidden":
      return ill(
        "fail",
        [`本账号不得监听 ${at}`, `this account may not listen on ${at}`],
        ["改用 1024 以上的端口，由代理转发", "take a port above 1024 behind a proxy"],
      );
    case "noAddress":
      return ill(
        "fail",
        [`本机没有地址 ${host}（${detail}）`, `this machine has no address ${host} (${detail})`],
        ["改 listen.host", "change listen.host"],
      );
  }
}

export function checkCatalogue({ folder, version, problems }: CatalogueFacts): Verdict {
  if (problems.length === 0)
    return fine(`目录文件可用：${folder}（${version}）`, `the catalogue files can be used: ${folder} (${version})`);
  const shown = problems
    .slice(0, SHOWN)
    .map((p) => `${p.file}${p.row === null ? "" : `:${p.row}`} ${p.code} ${p.detail}`);
  const list = [...shown, ...(problems.length > SHOWN ? [`… +${problems.length - SHOWN}`] : [])].join("; ");
  return ill(
    "fail",
    [`目录文件有 ${problems.length} 处错误：${list}`, `${problems.length} faults in the catalogue files: ${list}`],
    ["按文件名与行号改正", "mend them by file and row"],
  );
}

export function checkScreens({ folder, built }: { readonly folder: string; readonly built: boolean }): Verdict {
  if (built) return fine("界面已构建", "the screens are built");
  return ill(
    "fail",
    [`界面未构建：${folder}`, `the screens are not built: ${folder}`],
    ["运行 npm start（自动构建）", "run npm start, which builds them"],
  );
}

export function checkPeers(peers: readonly PeerFacts[]): Verdict {
  if (peers.length === 0)
    return ill(
      "warn",
      ["没有配置对方节点，无法联动", "no peer is configured: nothing can be handed over"],
      ["在 peers 中登记对方节点", "enter the other node under peers"],
    );
  const silent = peers.filter((peer) => peer.failure !== null);
  if (silent.length > 0) return silentPeers(silent);
  const astray = peers.filter((peer) => Math.abs(peer.aheadMs ?? 0) > PEER_DRIFT_MS);
  if (astray.length > 0) {
    const list = astray.map((p) => `${p.code} ${Math.round((p.aheadMs ?? 0) / 1000)} s`).join(", ");
    return ill(
      "warn",
      [`对方时钟与本机相差：${list}`, `a peer's clock differs from ours: ${list}`],
      ["双方都开启时间同步", "turn on time synchronisation on both sides"],
    );
  }
  const list = peers.map((p) => p.code).join(", ");
  return fine(`对方节点都有应答：${list}`, `every peer answers: ${list}`);
}

function silentPeers(silent: readonly PeerFacts[]): Verdict {
  const list = silent.map((p) => `${p.code} ${p.url} ${p.failure?.code} ${p.failure?.detail}`).join("; ");
  const phones = silent.map((p) => `${p.code} ${p.dutyPhone}`).join(", ");
  const linkOnly = silent.every((p) => p.failure?.link === true);
  return ill(
    "fail",
    [`对方节点不应答：${list}`, `a peer does not answer: ${list}`],
    linkOnly
      ? [
          `查网络与对方服务；期间消息排队，急事打电话：${phones}`,
          `look at network and peer; messages wait meanwhile, call for what is urgent: ${phones}`,
        ]
      : [
          `核对 peers 中的地址、编号与公钥（当面交换）；急事打电话：${phones}`,
          `compare url, code and public key under peers, in person; call for what is urgent: ${phones}`,
        ],
  );
}

export function checkBacklog({ backlog, nowMs }: WorkFacts): Verdict {
  const late = backlog.filter((b) => b.oldestAt !== null && nowMs - Date.parse(b.oldestAt) > WAIT_MS[b.lane]);
  const waiting = backlog.reduce((sum, b) => sum + b.waiting, 0);
  if (late.length === 0) return fine(`待发消息 ${waiting} 条，无滞留`, `${waiting} messages on their way, none late`);
  const list = late.map((b) => `${b.peer} ${b.lane} ${b.waiting} (${b.oldestAt})`).join("; ");
  return ill(
    late.some((b) => b.lane === "urgent") ? "fail" : "warn",
    [`消息滞留：${list}`, `messages wait too long: ${list}`],
    ["查与对方的链路；紧急的立即电话告知对方", "look at the link; tell the peer urgent ones by telephone at once"],
  );
}

export function checkDeadLetters({ deadLetters, givenUpNotices }: WorkFacts): Verdict {
  if (deadLetters === 0 && givenUpNotices === 0)
    return fine("没有死信，没有放弃的通知", "no dead letters and no notices given up");
  return ill(
    deadLetters > 0 ? "fail" : "warn",
    [
      `死信 ${deadLetters} 条，放弃的通知 ${givenUpNotices} 条`,
      `${deadLetters} dead letters, ${givenUpNotices} notices given up`,
    ],
    ["在运维界面查看原因并重发", "see the reasons on the operator's screen and send again"],
  );
}

export function checkMetrics({ access, behindProxy, inClear }: MetricsFacts): Verdict {
  if (access === "loopback" && behindProxy)
    return ill(
      "warn",
      [
        "指标只准本机读取，而代理转来的请求也像本机发出",
        "figures are for this machine alone, and what a proxy hands on looks as if it came from here",
      ],
      [
        "在代理上拦下 /metrics，或把 listen.metrics 改为令牌",
        "keep /metrics back at the proxy, or set listen.metrics to a token",
      ],
    );
  if (access === "token" && inClear)
    return ill(
      "warn",
      ["读取指标的令牌以明文传送", "the token for the figures travels in clear"],
      ["配置 listen.tlsCert 与 listen.tlsKey", "set listen.tlsCert and listen.tlsKey"],
    );
  if (access === "off") return fine("指标 /metrics 已关闭", "the figures at /metrics are off");
  return access === "token"
    ? fine("指标 /metrics 凭令牌读取", "the figures at /metrics are read by token")
    : fine("指标 /metrics 只准本机读取", "the figures at /metrics are for this machine alone");
}
