import {
  checkClockDrift,
  checkDatabase,
  checkDatabaseVersion,
  checkInstances,
  checkMigrations,
  checkSessionSettings,
  databaseSilent,
} from "./check-database.ts";
import {
  checkClockYear,
  checkConfiguration,
  checkDiskSpace,
  checkFolders,
  checkKeyFiles,
  checkNodeVersion,
  checkPackages,
  checkPinnedBinary,
} from "./check-machine.ts";
import {
  checkBacklog,
  checkCatalogue,
  checkDeadLetters,
  checkMetrics,
  checkPeers,
  checkPort,
  checkScreens,
} from "./check-service.ts";
import { CHECK_IDS, ill } from "./finding.ts";
import type { CheckId, Finding, Verdict } from "./finding.ts";
import type { DatabaseFacts, Probe } from "./probe.ts";

type Reached = Extract<DatabaseFacts, { readonly reachable: true }>;
type Check = (looks: Probe) => Promise<Verdict>;

/** A look that takes longer than this has hung: the report must come. */
const PATIENCE_MS = 20_000;

/** Asked only when the database answers. */
function onDatabase(check: (facts: Reached, looks: Probe) => Verdict | Promise<Verdict>): Check {
  return async (looks) => {
    const facts = await looks.database();
    return facts.reachable ? check(facts, looks) : databaseSilent();
  };
}

const CHECKS: Readonly<Record<CheckId, Check>> = {
  configuration: async (looks) => checkConfiguration(await looks.configuration()),
  nodeVersion: async (looks) => checkNodeVersion(await looks.runtime()),
  pinnedBinary: async (looks) => checkPinnedBinary(await looks.runtime()),
  packages: async (looks) => checkPackages(await looks.runtime()),
  clockYear: async (looks) => checkClockYear(looks.nowMs()),
  folders: async (looks) => checkFolders(await looks.folders()),
  diskSpace: async (looks) => checkDiskSpace(await looks.disk()),
  keyFiles: async (looks) => checkKeyFiles(await looks.keys()),
  database: async (looks) => checkDatabase(await looks.database()),
  databaseVersion: onDatabase(checkDatabaseVersion),
  migrations: onDatabase(checkMigrations),
  clockDrift: onDatabase(checkClockDrift),
  sessionSettings: onDatabase(checkSessionSettings),
  port: async (looks) => checkPort(await looks.port()),
  instances: async (looks) => {
    const [pids, facts] = await Promise.all([looks.instances(), looks.database()]);
    return checkInstances(pids, facts.reachable ? facts.hosts : []);
  },
  catalogue: async (looks) => checkCatalogue(await looks.catalogue()),
  screens: async (looks) => checkScreens(await looks.screens()),
  peers: async (looks) => checkPeers(await looks.peers()),
  backlog: onDatabase(async (_facts, looks) => checkBacklog(await looks.work())),
  deadLetters: onDatabase(async (_facts, looks) => checkDeadLetters(await looks.work())),
  metrics: async (looks) => checkMetrics(await looks.metrics()),
};

/**
 * Looks at everything a node needs, each check by itself: one that throws or hangs is a finding and spoils no other. Each
 * look is taken once, however many checks need it. One finding for each of `CHECK_IDS`, in that order; changes nothing.
 */
export async function runDoctor(probe: Probe, patienceMs: number = PATIENCE_MS): Promise<readonly Finding[]> {
  const looks = lookingOnce(probe);
  return Promise.all(
    CHECK_IDS.map(async (id): Promise<Finding> => {
      try {
        return { id, ...(await inTime(CHECKS[id](looks), patienceMs)) };
      } catch (fault) {
        const detail = fault instanceof Error ? fault.message : String(fault);
        return { id, ...unseen(detail) };
      }
    }),
  );
}

function unseen(detail: string): Verdict {
  return ill(
    "fail",
    [`检查未能完成：${detail}`, `this could not be looked at: ${detail}`],
    ["按上述原因处理后再运行", "mend that and run again"],
  );
}

function lookingOnce(probe: Probe): Probe {
  const once = <T>(look: () => Promise<T>): (() => Promise<T>) => {
    let taken: Promise<T> | undefined;
    return () => (taken ??= look());
  };
  return {
    configuration: once(probe.configuration),
    runtime: once(probe.runtime),
    nowMs: probe.nowMs,
    folders: once(probe.folders),
    disk: once(probe.disk),
    keys: once(probe.keys),
    database: once(probe.database),
    port: once(probe.port),
    instances: once(probe.instances),
    catalogue: once(probe.catalogue),
    screens: once(probe.screens),
    peers: once(probe.peers),
    work: once(probe.work),
    metrics: once(probe.metrics),
  };
}

async function inTime<T>(work: Promise<T>, patienceMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${patienceMs} ms`)), patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
