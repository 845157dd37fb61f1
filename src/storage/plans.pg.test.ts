import type { Pool, QueryConfig } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "../../test/setup/test-database.ts";
import type { QueueFilter } from "../app/ports/queries.ts";
import type { NodeCode, RegionCode, RequestNo, UnitCode } from "../kernel/index.ts";
import { createSealer } from "./ledger/sealer.ts";
import { fillTables } from "./fill-tables.ts";
import { migrate } from "./migrate.ts";
import { openStore } from "./open-store.ts";
import type { Store } from "./open-store.ts";
import {
  aCase,
  aMessage,
  amendment,
  anOrder,
  caseIdOf,
  emptyCommit,
  HOME,
  indexOf,
  aClock,
  clockTimer,
  clockWrite,
  linkageIdOf,
  linkageWrite,
  orderIdOf,
  orderWrite,
  PEER,
  registration,
  second,
  SELF,
  commandIdOf,
  messageIdOf,
} from "./sample-commits.ts";
import { createStores } from "./stores.ts";

const FILES = 100_000;
const BIG = [
  "cases",
  "events",
  "orders",
  "linkages",
  "clocks",
  "outbox",
  "inbox",
  "timers",
  "vault",
  "case_keys",
  "commands",
  "seals",
];

type Sent = { readonly name: string; readonly text: string; readonly values: readonly unknown[] };

let store: Store;
let sent: Sent[] = [];
let drop: () => Promise<void>;

/** Notes every hot statement on its way to the server. */
function listen(pool: Pool): void {
  const original: (config: QueryConfig) => Promise<unknown> = pool.query.bind(pool);
  Object.assign(pool, {
    query: (config: QueryConfig) => {
      if (config.name !== undefined) sent.push({ name: config.name, text: config.text, values: config.values ?? [] });
      return original(config);
    },
  });
}

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  await migrate(database.url);
  store = openStore(database.url, { home: HOME, max: 2 });
  await store.pool.query("set statement_timeout = 0");
  await fillTables(store, FILES);
  await store.pool.query("insert into liandong.seal_heads values ($1, 0, '', '0', 0)", [HOME]);
  const { rows } = await store.pool.query<{ name: string }>(
    "select indexrelid::regclass::text as name from pg_index where indpred is not null",
  );
  for (const { name } of rows) partial.add(name.replace("liandong.", ""));
  listen(store.pool);
}, 180_000);
afterAll(async () => {
  await store.close();
  await drop();
});

type Plan = {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "Index Cond"?: string;
  readonly Plans?: readonly Plan[];
};

/** Indexes of some rows only, such as those that wait: to read one of them whole is what it is for. */
const partial = new Set<string>();

/** Every key begins with the home region, and a node has one: an index asked for that alone is the whole table. */
const WHOLE = /^\(\(?home_region = [^()]*\)?\)$/;
const GATHERS = /^(Sort|Incremental Sort|Aggregate|Hash|Hash Join|Merge Join|Unique|WindowAgg|Bitmap Heap Scan)$/;

/**
 * Big tables that a plan reads from end to end, as a table or through an index. In the order of an index it may: when a limit stands
 * above it and nothing between gathers all rows first, it ends after as many as are asked for.
 */
function scans(plan: Plan, table = "", ends = false): readonly string[] {
  const node = plan["Node Type"];
  const here = plan["Relation Name"] ?? table;
  const cond = plan["Index Cond"];
  const all = !partial.has(plan["Index Name"] ?? "") && (cond === undefined || WHOLE.test(cond));
  const whole = node === "Seq Scan" || (/Index/.test(node) && !ends && all);
  const inner = node === "Limit" || (ends && !GATHERS.test(node));
  const found = whole && BIG.includes(here) ? [here] : [];
  return [...found, ...(plan.Plans ?? []).flatMap((one) => scans(one, here, inner))];
}

/** The one plan of a statement, whatever its values: what the shipped connections use. */
async function planOf(text: string, values: number): Promise<Plan> {
  const client = await store.pool.connect();
  try {
    await client.query(`prepare asked as ${text}`);
    const nothing = Array.from({ length: values }, () => "null").join(", ");
    const { rows } = await client.query<{ "QUERY PLAN": readonly [{ readonly Plan: Plan }] }>(
      `explain (format json) execute asked${values === 0 ? "" : `(${nothing})`}`,
    );
    const [first] = rows;
    if (first === undefined) throw new Error("no plan");
    return first["QUERY PLAN"][0].Plan;
  } finally {
    await client.query("deallocate asked");
    client.release();
  }
}

/** Big tables that the statements sent by `work` would read from end to end, by the server's own plan. */
async function tablesScanned(work: () => Promise<unknown>): Promise<readonly string[]> {
  sent = [];
  await work();
  const statements = sent;
  expect(statements.length).toBeGreaterThan(0);
  const found: string[] = [];
  for (const { text, values } of statements) found.push(...scans(await planOf(text, values.length)));
  return found;
}

const filter = (change: Partial<QueueFilter>): QueueFilter => ({
  view: "all",
  status: null,
  item: null,
  place: null,
  unit: null,
  phoneIndex: null,
  regions: null,
  cursor: null,
  limit: 50,
  ...change,
});

describe("the plan on 100,000 requests", () => {
  it("would show a table read from end to end", async () => {
    const { rows } = await store.pool.query<{ "QUERY PLAN": readonly [{ readonly Plan: Plan }] }>(
      "explain (format json) select count(*) from liandong.cases where state->>'status' = 'x'",
    );
    expect(scans(rows[0]?.["QUERY PLAN"][0].Plan ?? { "Node Type": "" })).toContain("cases");
  });

  it.each([
    "select count(*) from liandong.cases where home_region = $1 and state->>'status' = $2",
    "select * from liandong.events where home_region = $1 and type = $2 order by at limit 5",
    "select count(*) from liandong.orders where home_region = $1 and state->>'status' = $2",
  ])("would show one read from end to end through an index: %s", async (text) => {
    expect(await scans(await planOf(text, 2))).not.toEqual([]);
  });

  it.each(["mine", "incoming", "returned", "theirs", "danger", "closed", "all"] as const)(
    "of the view %s uses an index on every page",
    async (view) => {
      const { queue } = createStores(store).queries;
      const next = (await queue(filter({ view, limit: 5 }))).next;
      expect(await tablesScanned(() => queue(filter({ view })))).toEqual([]);
      expect(await tablesScanned(() => queue(filter({ view, cursor: next })))).toEqual([]);
      expect(await tablesScanned(() => queue(filter({ view, regions: ["150103" as RegionCode] })))).toEqual([]);
    },
  );

  it("of every filter of the queue and of its counts uses an index", async () => {
    const { queue, queueCounts } = createStores(store).queries;
    const filters: readonly Partial<QueueFilter>[] = [
      { phoneIndex: "p77" },
      { item: "A7" },
      { place: "150103" },
      { unit: "unit-7" as UnitCode },
      { status: ["offered", "handling"] },
    ];
    for (const change of filters)
      expect([change, await tablesScanned(() => queue(filter(change)))]).toEqual([change, []]);
    expect(await tablesScanned(() => queueCounts(null))).toEqual([]);
  });

  it("of loading and finding one request uses an index", async () => {
    const { cases, queries } = createStores(store);
    const works: readonly (() => Promise<unknown>)[] = [
      () => cases.loadFile(caseIdOf(777)),
      () => cases.loadVault([{ caseId: caseIdOf(777), field: "text", version: 1 }]),
      () => cases.loadStanding([caseIdOf(777), caseIdOf(778)], ["text", "address"]),
      () => cases.findFile({ kind: "request", no: "N777" as RequestNo }),
      () => cases.findFile({ kind: "linkage", id: linkageIdOf(778) }),
      () => cases.findFile({ kind: "order", id: orderIdOf(777) }),
      () => cases.findCommand(commandIdOf(777)),
      () => cases.findWhole("N777" as RequestNo),
      () => cases.findHistory("N777" as RequestNo, ["ClockStarted"]),
      () => queries.unitOrders("unit-7" as UnitCode, true, null, 20),
      () => queries.unitOrders("unit-7" as UnitCode, false, null, 20),
    ];
    for (const work of works) expect([String(work), await tablesScanned(work)]).toEqual([String(work), []]);
  });

  it("of the feed, the lanes, the inbox, the timers and the alarms uses an index", async () => {
    const { queries, outbox, inbox, timers } = createStores(store);
    const { cursor } = await queries.feed(null, 10);
    const works: readonly (() => Promise<unknown>)[] = [
      () => queries.feed(cursor, 100),
      () => outbox.claim(PEER, "ordinary", 64, 1),
      () => outbox.release([], second(1), "x").then(() => outbox.bury(messageIdOf(1), "x")),
      () => outbox.receipted([{ id: messageIdOf(1), status: "applied", code: null }]),
      () => outbox.release([messageIdOf(1)], second(1), "x"),
      () => outbox.backlog(),
      () => inbox.find(messageIdOf(777)),
      () => inbox.nextWaiting(linkageIdOf(1), PEER, 1),
      () => timers.claimDue(second(0), 50, 1),
      () => timers.nextDueAt(),
      () => queries.alarms(["desk"]),
      () => queries.deadLetters(),
      () => queries.awaitedHandOvers(null, 500),
      () => queries.disputed(second(-7_776_000)),
      () => queries.peerFigures({ receipts: second(-86_400), answers: second(-604_800) }),
      () => createSealer(store).verifyChain("100", "100"),
    ];
    for (const work of works) expect([String(work), await tablesScanned(work)]).toEqual([String(work), []]);
  });

  it("of hand-overs that wait reads the index of those alone, in its order (nmg:2.2.1)", async () => {
    sent = [];
    await createStores(store).queries.awaitedHandOvers(null, 500);
    const [asked] = sent;
    const plan = JSON.stringify(await planOf(asked?.text ?? "", asked?.values.length ?? 0));
    expect([/"linkages_awaited"/.test(plan), /"(Incremental )?Sort"/.test(plan)]).toEqual([true, false]);
  });

  it("of what is disputed reads the index of that alone, in its order, so that its cost grows with disputes and not with the node (nmg:2.2.4)", async () => {
    sent = [];
    await createStores(store).queries.disputed(second(-7_776_000));
    const [asked] = sent;
    const plan = JSON.stringify(await planOf(asked?.text ?? "", asked?.values.length ?? 0));
    expect([/"linkages_disputed"/.test(plan), /"(Incremental )?Sort"/.test(plan)]).toEqual([true, false]);
  });

  it("of a commit with every part in it uses an index, and so does that of a later change", async () => {
    const { cases } = createStores(store);
    const n = FILES + 1;
    const message = aMessage(n, n, 1, { sender: PEER, receiver: SELF });
    const whole = {
      ...registration(n),
      outbox: [aMessage(n + 1, n + 1, 1)],
      timers: [{ set: "answer", owner: "case", ownerId: caseIdOf(n), caseId: caseIdOf(n), dueAt: second(1) }],
      alarms: [{ clear: "x", subject: "y", at: second(1) }],
      inbox: {
        messageId: message.id,
        conversation: message.conversation,
        seq: 1,
        sender: PEER,
        receivedAt: second(1),
        noted: null,
        message,
      },
    } as const;
    expect(await tablesScanned(async () => expect(await cases.commit(whole)).toBe("done"))).toEqual([]);
    const later = {
      ...amendment(n, 1),
      timers: [{ cancel: "answer", owner: "case", ownerId: caseIdOf(n) }],
    } as const;
    expect(await tablesScanned(async () => expect(await cases.commit(later)).toBe("done"))).toEqual([]);
    const streams = [linkageWrite(1, 1, 1), orderWrite(anOrder(1, 1), 1), clockWrite(aClock(1, caseIdOf(1)), 1, 1)];
    const rings = [clockTimer(1, 1, second(9)), clockTimer(2, 2, second(9))];
    const others = { ...emptyCommit(), streams, index: indexOf(aCase(1), 4), timers: rings };
    expect(await tablesScanned(async () => expect(await cases.commit(others)).toBe("done"))).toEqual([]);
    const index = { ...emptyCommit(), index: indexOf(aCase(n), 2) };
    expect(await tablesScanned(async () => expect(await cases.commit(index)).toBe("done"))).toEqual([]);
  });

  it("is made once for a connection: the same set of parts is the same named statement", async () => {
    const { cases } = createStores(store);
    sent = [];
    for (const n of [1, 2, 3]) await cases.commit(registration(FILES + 10 + n));
    expect(new Set(sent.map(({ name }) => name)).size).toBe(1);
    expect(sent.map(({ name }) => name.length <= 63)).toEqual([true, true, true]);
  });

  it("knows the peer and its unsent messages without looking at what was receipted", async () => {
    const { outbox } = createStores(store);
    const [lane] = await outbox.backlog();
    expect([lane?.peer, lane?.waiting]).toEqual([PEER as NodeCode, FILES / 500 + 1]);
  });
});
