import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { join } from "node:path";
import { createTestDatabase } from "./test-database.ts";
import type { CatalogueContent } from "../../src/exchange/contract/index.ts";
import { createExchangeHandler, createHttpCarrier, EXCHANGE_PATHS } from "../../src/exchange/http-api/index.ts";
import type { ExchangeHandler, HttpCarrier } from "../../src/exchange/http-api/index.ts";
import type { Instant, NodeCode, RegionCode } from "../../src/kernel/index.ts";
import { migrate, openStore } from "../../src/storage/index.ts";
import { openPassingKeys } from "./passing-keys.ts";
import { openRules } from "../../src/main/node/seed.ts";
import type { LiveRules } from "../../src/main/node/seed.ts";
import { openCatalogueDesk } from "../../src/main/catalogue/catalogue-desk.ts";
import type { CatalogueDesk } from "../../src/main/catalogue/catalogue-desk.ts";
import { fetchWanted } from "../../src/main/catalogue/fetch-versions.ts";
import { giveVersion } from "../../src/main/catalogue/give-version.ts";
import { keepApproval } from "../../src/main/catalogue/keep-approval.ts";
import { createApprovalSender } from "../../src/main/catalogue/send-approvals.ts";
import { settleAgreements } from "../../src/main/catalogue/settle-agreements.ts";

const HOME = "150100" as RegionCode;

type ExchangePeer = Parameters<HttpCarrier["sendApproval"]>[0];

/** One node as far as its catalogue goes: real database, keys, HTTP and rules; its loops turn when the test says so. */
export type TestDesk = {
  readonly self: NodeCode;
  readonly keys: ReturnType<typeof openPassingKeys>;
  readonly desk: () => CatalogueDesk;
  readonly rules: () => LiveRules;
  readonly query: (text: string) => Promise<unknown>;
  /** Peers as the registry knows them; a test may change what they say of themselves. */
  peers: ExchangePeer[];
  /** What it gives a peer that asks for a version. */
  give: (version: string, peer: NodeCode) => Promise<CatalogueContent | null>;
  /** One turn of its loops. */
  readonly turn: () => Promise<void>;
  readonly versionInUse: () => string;
  readonly states: () => Promise<readonly string[]>;
  /** Ends everything but the database and opens it again, as a process that is started anew. */
  readonly startAgain: () => Promise<void>;
  readonly url: () => string;
  readonly faults: string[];
  readonly close: () => Promise<void>;
};

/** Makes a node on a database of its own, seeded with the shipped catalogue. */
export async function aTestDesk(self: NodeCode, folder: string, now: () => Instant): Promise<TestDesk> {
  const database = await createTestDatabase();
  await migrate(database.url);
  const keys = openPassingKeys();
  const faults: string[] = [];
  const open = async () => {
    const store = openStore(database.url, { home: HOME, max: 2 });
    const desk = openCatalogueDesk(store, self, now);
    const seed = { catalogueFolder: folder, unitsFile: "catalogue/demo/units-150100.csv", home: HOME };
    const rules = await openRules(store, { ...seed, at: now(), now, log: () => undefined });
    const carrier = createHttpCarrier({ keys, self, fetch, clock: { now }, evidence: async () => undefined });
    const peers = (): readonly ExchangePeer[] => made.peers;
    const onFault = (where: string, fault: unknown): void => void faults.push(`${where} ${String(fault)}`);
    const send = createApprovalSender({ desk, keys, carrier, peers, onFault });
    return { store, desk, rules, carrier, send };
  };
  const handler = createExchangeHandler({
    self,
    keys,
    clock: { now },
    peer: (code) => made.peers.find(({ nodeCode }) => nodeCode === code) ?? null,
    receive: async () => ({ status: "applied" }),
    receiveUnread: async () => ({ status: "noted" }),
    evidence: async () => undefined,
    refused: ({ code }) => void faults.push(code),
    describe: async () => Promise.reject(new Error("nobody asks")),
    catalogue: (version, peer) => made.give(version, peer),
    keepApproval: async (approval) => {
      const kept = await keepApproval(made.desk(), approval);
      return kept.ok ? { ok: true, value: kept.value.own } : kept;
    },
  });
  const server = await serve(handler);
  const made: TestDesk = {
    self,
    keys,
    peers: [],
    faults,
    url: () => server.url,
    desk: () => open_.desk,
    rules: () => open_.rules,
    query: async (text) => (await open_.store.pool.query(text)).rows,
    give: (version, peer) => giveVersion(open_.desk, version, peer),
    turn: async () => {
      const { desk, rules, carrier, send } = open_;
      await settleAgreements(
        desk,
        made.peers.map(({ nodeCode }) => nodeCode),
      );
      await rules.renew();
      await send();
      await fetchWanted({ desk, carrier, peers: () => made.peers, log: () => undefined, onFault: () => undefined });
    },
    versionInUse: () => open_.rules.current().catalogueVersion,
    states: async () => (await open_.desk.versions.versions()).map((v) => `${v.version} ${v.state}`).toSorted(),
    startAgain: async () => {
      await open_.store.close();
      open_ = await open();
    },
    close: async () => {
      await server.close();
      await open_.store.close();
      await keys.close();
      await database.drop();
    },
  };
  let open_ = await open();
  return made;
}

/** The addresses of the exchange that are about the catalogue, on a free port of the loopback. */
async function serve(handler: ExchangeHandler): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    const answer = async () =>
      path === EXCHANGE_PATHS.catalogue
        ? handler.handleCatalogueRequest(await json(request), "127.0.0.1")
        : handler.handleApproval(await json(request), "127.0.0.1");
    answer().then(
      ({ status, body }) => response.writeHead(status).end(JSON.stringify(body)),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port to listen on");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Makes each known to the others, by pinned key. */
export function link(...desks: readonly TestDesk[]): void {
  for (const one of desks)
    one.peers = desks
      .filter((other) => other !== one)
      .map(({ self, url, keys }) => ({
        nodeCode: self,
        url: url(),
        publicKey: keys.nodePublicKey,
        protocols: { min: 1, max: 4 },
      }));
}

/** A city's folder over the shipped plan: one renamed reason for a return, allowed by a paper. Gives its path. */
export async function aCityFolder(
  top: string,
  { version = 1, validFrom = "2026-05-01", name = "重复反映" } = {},
): Promise<string> {
  const folder = join(top, `v${version}-${validFrom}-${name}`, "city-1501");
  await mkdir(folder, { recursive: true });
  const head = `id: city-1501
version: city-1501@${version}
base: nmg-2022-89@4
region: "150100"
document: { titleZh: 试行细则, titleEn: Trial rules, number: 试〔2026〕1号, issuer: 某市, issuedOn: "2026-03-01" }
validFrom: "${validFrom}"
policies: {}
milestones: []
`;
  await writeFile(join(folder, "catalogue.yaml"), head);
  const paper =
    "code,title_zh,title_en,number,issuer,issued_on\nminutes3,会商纪要,Minutes,试会〔2026〕3号,某市,2026-04-20\n";
  await writeFile(join(folder, "documents.csv"), paper);
  // A byte order mark and carriage returns: what a spreadsheet writes has to come back as it was.
  const reasons = `\uFEFFchange,document,code,name_zh,name_en,source,basis,valid_to\r\nreplace,minutes3,duplicate,${name},Said before,nmg:2.2.1,agreement,\r\n`;
  await writeFile(join(folder, "return-reasons.csv"), reasons);
  return folder;
}
