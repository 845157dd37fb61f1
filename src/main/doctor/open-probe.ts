import { isLoopbackHost, productionProblems } from "../config/production.ts";
import type { NodeConfig } from "../config/load.ts";
import { metricsAccess } from "../node/metrics.ts";
import { PROGRAM_ROOT } from "../node/program-path.ts";
import { lookAtCatalogue, lookAtScreens } from "./look-at-content.ts";
import { lookAtDatabase, lookAtWork } from "./look-at-database.ts";
import { lookAtPeers, lookAtPort } from "./look-at-links.ts";
import { lookAtDisk, lookAtFolder, lookAtKeys, lookAtRuntime, lookForInstances } from "./look-at-machine.ts";
import type { MetricsFacts, Probe } from "./probe.ts";

/** The looks at the real machine for one node's configuration, read from `configFile`. Nothing is asked before `runDoctor`. */
export function openProbe(
  config: NodeConfig,
  configFile: string,
  environment: Readonly<Record<string, string | undefined>>,
): Probe {
  return {
    configuration: async () => productionProblems(config, environment),
    runtime: () => lookAtRuntime(PROGRAM_ROOT),
    nowMs: Date.now,
    folders: async () => [await lookAtFolder(config.storage.files), await lookAtFolder(config.storage.keys)],
    disk: () => lookAtDisk(config.storage.files),
    keys: () => lookAtKeys(config.storage.keys),
    database: () => lookAtDatabase(config.database.url),
    port: async () => lookAtPort(config, (await lookAtKeys(config.storage.keys)).publicKey),
    instances: () => lookForInstances(configFile),
    catalogue: () => lookAtCatalogue(config.catalogue),
    screens: () => lookAtScreens(PROGRAM_ROOT),
    peers: () => lookAtPeers(config),
    metrics: async () => metricsFacts(config),
    work: () => lookAtWork(config.database.url, config.node.region, Date.now()),
  };
}

function metricsFacts({ listen, demo }: Pick<NodeConfig, "listen" | "demo">): MetricsFacts {
  const access = metricsAccess(listen.metrics, demo);
  const inClear = !isLoopbackHost(listen.host) && (listen.tlsCert === undefined || listen.tlsKey === undefined);
  return { access: typeof access === "string" ? access : "token", behindProxy: listen.behindTlsProxy, inClear };
}
