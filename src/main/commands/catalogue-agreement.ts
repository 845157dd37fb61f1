import { may } from "../../core/access/index.ts";
import { instantOf } from "../../kernel/index.ts";
import type { NodeCode, UserId } from "../../kernel/index.ts";
import { openFileKeys } from "../../keys/index.ts";
import { createStores, migrate, openStore } from "../../storage/index.ts";
import { AGREEMENT_WORDS, standingLines } from "../catalogue/agreement-lines.ts";
import { approveVersion } from "../catalogue/approve-version.ts";
import type { ApproveRefusal } from "../catalogue/approve-version.ts";
import { openCatalogueDesk, signaturesOf } from "../catalogue/catalogue-desk.ts";
import type { CatalogueDesk } from "../catalogue/catalogue-desk.ts";
import { loadConfig } from "../config/load.ts";
import type { NodeConfig } from "../config/load.ts";
import { problemLine } from "../node/seed-error.ts";
import { complain, say, UsageError } from "./command.ts";

/** The verbs by which two desks agree, for the usage of `catalogue`. */
export const AGREEMENT_USAGE = [
  "catalogue status --config FILE",
  "catalogue approve VERSION --config FILE --user LOGIN [--peer CODE]",
  "catalogue fetch VERSION --config FILE [--peer CODE]",
] as const;

type Open = {
  readonly config: NodeConfig;
  readonly desk: CatalogueDesk;
  readonly accounts: ReturnType<typeof createStores>["accounts"];
};

/** Works on the node's database beside the running node, which finds what was written within seconds. */
async function withDesk<T>(configFile: string, work: (open: Open) => Promise<T>): Promise<T> {
  const config = loadConfig(configFile, process.env);
  const url = config.database.migratorUrl ?? config.database.url;
  await migrate(url);
  const store = openStore(url, { home: config.node.region, max: 1 });
  try {
    const desk = openCatalogueDesk(store, config.node.code, () => instantOf(Date.now()));
    return await work({ config, desk, accounts: createStores(store).accounts });
  } finally {
    await store.close();
  }
}

/** How far every version has come with every peer, and what could not be used. */
export async function showStanding(configFile: string): Promise<number> {
  return withDesk(configFile, async ({ config, desk }) => {
    const lines = standingLines({
      self: desk.self,
      at: desk.now(),
      peers: config.peers.map(({ code }) => code),
      versions: await desk.versions.versions(),
      signatures: await signaturesOf(desk),
      approvals: await desk.approvals.approvals(),
      unheld: await desk.approvals.unheld(desk.self),
      wanted: await desk.wanted.wanted(),
    });
    for (const line of lines) say(line);
    return 0;
  });
}

const REFUSALS = {
  VERSION_UNKNOWN: "本节点没有这个版本 this node does not keep this version",
  VERSION_STATE: "已被后来的版本取代 a later version has followed it",
  VERSION_OLDER: "已有更新的版本生效 a later version is in force",
  VERSION_UNUSABLE: "时限无法计算 its limits cannot be counted",
} as const satisfies Record<ApproveRefusal["code"], string>;

/** Signs a version for one peer or for all, in the name of the node; who decided so is kept. */
export async function approve(
  version: string,
  configFile: string,
  login: string,
  peer: string | undefined,
): Promise<number> {
  return withDesk(configFile, async ({ config, desk, accounts }) => {
    const user = await operatorOf(accounts, login);
    if (user === null) {
      complain(`账号 ${login} 不存在、已停用或无权签署目录 is unknown, switched off or may not sign the catalogue`);
      return 1;
    }
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
  return withDesk(configFile, async ({ config, desk }) => {
    const peers = peersOf(config, peer);
    await desk.wanted.forget(version);
    let noted = 0;
    for (const code of peers) if (await desk.wanted.want(version, code, desk.now())) noted += 1;
    if (noted === 0) {
      complain(`${version} 已在本节点 is kept here already`);
      return 1;
    }
    say(`${version}: 将由运行中的节点索取 the running node asks for it`);
    return 0;
  });
}

async function operatorOf(accounts: Open["accounts"], login: string): Promise<UserId | null> {
  const found = await accounts.findByLogin(login);
  if (found === null || !found.user.active) return null;
  return may(found.user, "approveCatalogue", null) ? found.user.id : null;
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
