import { OPEN_APPROVALS_MOST, openApprovals } from "../../core/catalogue/index.ts";
import { may } from "../../core/access/index.ts";
import { instantOf } from "../../kernel/index.ts";
import type { NodeCode, RegionCode, UserId } from "../../kernel/index.ts";
import { openFileKeys } from "../../keys/index.ts";
import { createStores } from "../../storage/index.ts";
import { AGREEMENT_WORDS, standingLines } from "../catalogue/agreement-lines.ts";
import { approveVersion } from "../catalogue/approve-version.ts";
import type { ApproveRefusal } from "../catalogue/approve-version.ts";
import { openCatalogueDesk, standingOf } from "../catalogue/catalogue-desk.ts";
import type { CatalogueDesk } from "../catalogue/catalogue-desk.ts";
import { askAnew } from "../catalogue/fetch-versions.ts";
import { loadConfig } from "../config/load.ts";
import type { NodeConfig } from "../config/load.ts";
import { withStore } from "../node/with-store.ts";
import { problemLine } from "../directory/problem-words.ts";
import { complain, say, UsageError } from "./command.ts";

/** The verbs by which two desks agree, for the usage of `catalogue`. */
export const AGREEMENT_USAGE = [
  "catalogue status --config FILE",
  "catalogue approve VERSION --config FILE --user LOGIN [--peer CODE]",
  "catalogue fetch VERSION --config FILE [--peer CODE]",
  "catalogue approvals --config FILE [--peer CODE]      (signed there, nothing came of it)",
  "catalogue drop VERSION|all --peer CODE --config FILE --user LOGIN",
] as const;

type KeptWord = Awaited<ReturnType<CatalogueDesk["approvals"]["approvals"]>>[number];

type Open = {
  readonly config: NodeConfig;
  readonly desk: CatalogueDesk;
  readonly accounts: ReturnType<typeof createStores>["accounts"];
};

/** Works on the node's database beside the running node, which finds what was written within seconds. */
export async function withDesk<T>(
  configFile: string,
  access: "read" | "write",
  work: (open: Open) => Promise<T>,
): Promise<T> {
  const config = loadConfig(configFile, process.env);
  return withStore(config, access, async (store) => {
    const desk = openCatalogueDesk(store, config.node.code, () => instantOf(Date.now()));
    return work({ config, desk, accounts: createStores(store).accounts });
  });
}

/** How far every version has come with every peer, and what could not be used. */
export async function showStanding(configFile: string): Promise<number> {
  return withDesk(configFile, "read", async ({ config, desk }) => {
    const peers = config.peers.map(({ code }) => code);
    for (const line of standingLines(await standingOf(desk, peers))) say(line);
    return 0;
  });
}

const REFUSALS = {
  VERSION_UNKNOWN: "本节点没有这个版本 this node does not keep this version",
  VERSION_STATE: "已被后来的版本取代 a later version has followed it",
  VERSION_OLDER: "已有更新的版本生效 a later version is in force",
  VERSION_OTHER_TEXT:
    "对方以此名签的是另一文本，须改用下一版本号 the peer signed another text under this name: take the next number",
  VERSION_UNUSABLE: "时限无法计算 its limits cannot be counted",
} as const satisfies Record<ApproveRefusal["code"], string>;

/** Signs a version for one peer or for all, in the name of the node; who decided so is kept. */
export async function approve(
  version: string,
  configFile: string,
  login: string,
  peer: string | undefined,
): Promise<number> {
  return withDesk(configFile, "write", async ({ config, desk, accounts }) => {
    const user = await operatorOf(accounts, login, config.node.region);
    if (user === null) return refuseUser(login);
    const keys = await openFileKeys(config.storage.keys);
    if (!keys.ok) throw new Error(`${keys.error.code}: ${keys.error.file}`);
    try {
      const approved = await approveVersion(desk, keys.value, { version, peers: peersOf(config, peer), user });
      if (!approved.ok) {
        complain(`${version}: ${approved.error.code} ${REFUSALS[approved.error.code]}`);
        for (const problem of approved.error.problems) complain(problemLine(problem));
        return 1;
      }
      for (const { peer: with_, anew, state } of approved.value)
        say(`${version} ${with_}: ${anew ? "已签署 signed" : "此前已签署 signed before"}；${AGREEMENT_WORDS[state]}`);
      return 0;
    } finally {
      await keys.value.close();
    }
  });
}

/** Has a version asked for (again), also one that came and could not be used. */
export async function fetchAgain(version: string, configFile: string, peer: string | undefined): Promise<number> {
  return withDesk(configFile, "write", async ({ config, desk }) => {
    const peers = peersOf(config, peer);
    const asked = await askAnew(desk, version, peers);
    if (!asked.ok) {
      complain(
        asked.error.code === "VERSION_KEPT"
          ? `${version} 已在本节点 is kept here already`
          : `${version} 不是版本名 is no name of a version (ID@N)`,
      );
      return 1;
    }
    say(`${version}: 将由运行中的节点索取 the running node asks for it`);
    return 0;
  });
}

/** What peers have signed and nothing came of, oldest first, with how many more each may sign. */
export async function showOpen(configFile: string, peer: string | undefined): Promise<number> {
  return withDesk(configFile, "read", async ({ config, desk }) => {
    for (const code of peersOf(config, peer)) {
      const open = await openOf(desk, code);
      say(`${code}: ${open.length} / ${OPEN_APPROVALS_MOST}`);
      for (const { version, digest, approvedAt } of open)
        say(`  ${version.padEnd(24)} ${approvedAt}  ${digest.slice(0, 16)}`);
    }
    return 0;
  });
}

/** Lays a peer's open approvals of a version aside, or all of them: they stay on record and take no place any more. */
export async function dropOpen(version: string, configFile: string, login: string, peer: string): Promise<number> {
  return withDesk(configFile, "write", async ({ config, desk, accounts }) => {
    const user = await operatorOf(accounts, login, config.node.region);
    if (user === null) return refuseUser(login);
    const [code] = peersOf(config, peer);
    const open = code === undefined ? [] : await openOf(desk, code);
    const dropped = open.filter((one) => version === "all" || one.version === version);
    for (const one of dropped) await desk.approvals.layAside(one, user, desk.now());
    say(`${peer}: ${dropped.length} 份已搁置 laid aside, ${open.length - dropped.length} 份未了 open`);
    return dropped.length > 0 || version === "all" ? 0 : 1;
  });
}

async function openOf(desk: CatalogueDesk, peer: NodeCode): Promise<ReturnType<typeof openApprovals<KeptWord>>> {
  return openApprovals(
    { node: peer, peer: desk.self },
    await desk.versions.versions(),
    await desk.approvals.approvals(),
  );
}

function refuseUser(login: string): number {
  complain(`账号 ${login} 不存在、已停用或无权签署目录 is unknown, switched off or may not sign the catalogue`);
  return 1;
}

/** Who may sign for the whole node. */
async function operatorOf(accounts: Open["accounts"], login: string, region: string): Promise<UserId | null> {
  const found = await accounts.findByLogin(login);
  if (found === null || !found.user.active) return null;
  return may(found.user, "approveCatalogue", { place: region as RegionCode, units: [] }) ? found.user.id : null;
}

function peersOf(config: NodeConfig, named: string | undefined): readonly NodeCode[] {
  const codes = config.peers.map(({ code }) => code);
  if (named === undefined) {
    if (codes.length === 0) throw new UsageError("配置中没有对端 the configuration names no peer");
    return codes;
  }
  const peer = codes.find((code) => code === named);
  if (peer === undefined) throw new UsageError(`没有对端 no peer ${named}；peers: ${codes.join(", ")}`);
  return [peer];
}
