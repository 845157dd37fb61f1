import type { QueueFilter } from "../src/app/index.ts";
import { instantOf, plusMs } from "../src/kernel/index.ts";
import type {
  CaseId,
  CommandId,
  LinkageId,
  MessageId,
  NodeCode,
  OrderId,
  RegionCode,
  RequestNo,
  UnitCode,
} from "../src/kernel/index.ts";
import type { createSealer, createStores } from "../src/storage/index.ts";
import { filledId } from "./million.ts";

/** One query by what it is for. */
export type HotQuery = { readonly name: string; readonly work: () => Promise<unknown> };

const N = 777_777 % 1_000_000;

const filter = (change: Partial<QueueFilter>): QueueFilter => ({
  view: "all",
  status: null,
  item: null,
  place: null,
  unit: null,
  phoneIndex: null,
  regions: ["150100" as RegionCode],
  cursor: null,
  limit: 50,
  ...change,
});

/** Every query that a desk, a link or a loop asks all the time, on rows that `fillMillion` made. */
export async function hotQueries(
  stores: ReturnType<typeof createStores>,
  sealer: ReturnType<typeof createSealer>,
  peer: NodeCode,
): Promise<readonly HotQuery[]> {
  const { cases, queries, outbox, inbox, timers, notices, readLog } = stores;
  const caseId = filledId("aa", N) as CaseId;
  const no = String(N).padStart(19, "0") as RequestNo;
  const now = instantOf(Date.now());
  const { cursor } = await queries.feed(null, 10);
  const page = (await queries.queue(filter({ view: "all" }))).next;
  const views = ["mine", "incoming", "returned", "theirs", "danger", "closed", "all"] as const;
  return [
    { name: "one request by its number with its values", work: () => cases.findWhole(no) },
    { name: "its history", work: () => cases.findHistory(no, ["ClockStarted"]) },
    { name: "the file of a command by number", work: () => cases.findFile({ kind: "request", no }) },
    { name: "by linkage", work: () => cases.findFile({ kind: "linkage", id: filledId("ac", 300_001) as LinkageId }) },
    { name: "by order", work: () => cases.findFile({ kind: "order", id: filledId("ab", N) as OrderId }) },
    { name: "the file of a message by id", work: () => cases.loadFile(caseId) },
    {
      name: "sealed values of 50 requests (a page)",
      work: () =>
        cases.loadVault(
          Array.from({ length: 50 }, (_, n) =>
            ["text", "requester.name"].map((field) => ({ caseId: filledId("aa", N + n) as CaseId, field, version: 1 })),
          ).flat(),
        ),
    },
    { name: "was this command given before", work: () => cases.findCommand(filledId("ae", N) as CommandId) },
    ...views.map((view) => ({ name: `queue, view ${view}, first page`, work: () => queries.queue(filter({ view })) })),
    { name: "queue, second page", work: () => queries.queue(filter({ cursor: page })) },
    { name: "queue by item", work: () => queries.queue(filter({ item: "A07-01" })) },
    { name: "queue by unit", work: () => queries.queue(filter({ unit: "unit-7" as UnitCode })) },
    { name: "queue by phone", work: () => queries.queue(filter({ phoneIndex: "p77" })) },
    { name: "queue of one district", work: () => queries.queue(filter({ regions: ["150103" as RegionCode] })) },
    { name: "counts of all views", work: () => queries.queueCounts(["150100" as RegionCode]) },
    { name: "open orders of a unit", work: () => queries.unitOrders("unit-100" as UnitCode, true, null, 50) },
    { name: "ended orders of a unit", work: () => queries.unitOrders("unit-7" as UnitCode, false, null, 50) },
    { name: "alarms of a desk", work: () => queries.alarms(["desk"]) },
    { name: "hand-overs that wait for somebody (500)", work: () => queries.awaitedHandOvers(null, 500) },
    {
      name: "figures of the peers",
      work: () => queries.peerFigures({ receipts: plusMs(now, -86_400_000), answers: plusMs(now, -604_800_000) }),
    },
    { name: "marks by kind and level", work: () => queries.alarmCounts() },
    { name: "feed of the live streams", work: () => queries.feed(cursor, 500) },
    { name: "claim of the urgent lane", work: () => outbox.claim(peer, "urgent", 4, 1) },
    { name: "claim of the ordinary lane (256)", work: () => outbox.claim(peer, "ordinary", 256, 1) },
    { name: "backlog of the links", work: () => outbox.backlog() },
    {
      name: "receipt noted in the outbox",
      work: () => outbox.receipted([{ id: filledId("ad", 20_000) as MessageId, status: "applied", code: null }]),
    },
    { name: "was this message received before", work: () => inbox.find(filledId("ad", N) as MessageId) },
    { name: "due timers", work: () => timers.claimDue(plusMs(now, 3_600_000), 64, 1) },
    { name: "notices to send", work: () => notices.claim(32, 1) },
    {
      name: "one act of reading into the log",
      work: () =>
        readLog.write([
          { at: now, reader: { kind: "user", id: "u" }, purpose: "request", caseIds: [caseId], fields: ["text"] },
        ]),
    },
    { name: "verify one link of the chain", work: () => sealer.verifyChain("100", "100") },
  ];
}
