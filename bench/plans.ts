import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { escapeLiteral } from "pg";
import type { Pool, QueryConfig } from "pg";
import type { NodeCode, RegionCode } from "../src/kernel/index.ts";
import { createSealer, createStores, migrate, openStore } from "../src/storage/index.ts";
import type { Store } from "../src/storage/index.ts";
import { defaultDataRoot, ensureDatabase, makeFolder, startEmbeddedServer } from "../src/storage/server/index.ts";
import { fillMillion } from "./million.ts";
import { hotQueries } from "./hot-queries.ts";
import { median } from "./statistics.ts";

/*
 * `node scripts/with-node.mjs bench/plans.ts [ROWS]`: every hot query on a node with a million requests, as the shipped stores
 * send it, explained and timed by the server. Writes the table into docs/queries.md. Everything is undone and deleted afterwards.
 */
const HOME = "150100" as RegionCode;
const FILE = join(import.meta.dirname, "../docs/queries.md");
const BEGIN = "<!-- measured: written by bench/plans.ts -->";
const END = "<!-- end of measured -->";
const RUNS = 5;

type Plan = {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly Plans?: readonly Plan[];
};
type Explained = { readonly Plan: Plan; readonly "Execution Time": number };
type Sent = { readonly text: string; readonly values: readonly unknown[] };

/** Notes every statement on its way to the server. */
function listen(pool: Pool): { readonly take: () => readonly Sent[] } {
  let sent: Sent[] = [];
  const original: (config: QueryConfig) => Promise<unknown> = pool.query.bind(pool);
  Object.assign(pool, {
    query: (config: QueryConfig) => {
      if (config.name !== undefined) sent.push({ text: config.text, values: config.values ?? [] });
      return original(config);
    },
  });
  return {
    take: () => {
      const taken = sent;
      sent = [];
      return taken;
    },
  };
}

/** What the plan touches, in the order of the plan: indexes by name, tables that are read from end to end in capitals. */
function inWords(plan: Plan): readonly string[] {
  const table = plan["Relation Name"];
  const here =
    plan["Index Name"] !== undefined
      ? [plan["Index Name"]]
      : plan["Node Type"] === "Seq Scan"
        ? [`WHOLE ${table}`]
        : plan["Node Type"] === "ModifyTable"
          ? [`writes ${table}`]
          : [];
  return [...here, ...(plan.Plans ?? []).flatMap(inWords)];
}

/** As the program sends them: prepared once, by a plan that knows no values. */
async function explain({ pool }: Store, { text, values }: Sent): Promise<Explained> {
  const client = await pool.connect();
  try {
    await client.query(`prepare asked as ${text}`);
    const given = values.map((value) => literalOf(value)).join(", ");
    const times: number[] = [];
    let first: Explained | undefined;
    for (let n = 0; n < RUNS; n++) {
      await client.query("begin");
      const { rows } = await client.query<{ "QUERY PLAN": readonly [Explained] }>(
        `explain (analyze, format json) execute asked${given === "" ? "" : `(${given})`}`,
      );
      await client.query("rollback");
      first = rows[0]?.["QUERY PLAN"][0];
      times.push(first?.["Execution Time"] ?? Number.NaN);
    }
    if (first === undefined) throw new Error("no plan");
    return { Plan: first.Plan, "Execution Time": median(times) };
  } finally {
    await client.query("deallocate asked");
    client.release();
  }
}

/** A value in the text of EXECUTE, written as the driver would send it. */
function literalOf(value: unknown): string {
  return value === null || value === undefined ? "null" : escapeLiteral(textOf(value));
}

function textOf(value: unknown): string {
  if (Buffer.isBuffer(value)) return `\\x${value.toString("hex")}`;
  if (!Array.isArray(value)) return String(value);
  return `{${value.map((one) => (one === null ? "NULL" : JSON.stringify(textOf(one)))).join(",")}}`;
}

async function tableOf(store: Store): Promise<readonly string[]> {
  const ears = listen(store.pool);
  const lines: string[] = [];
  for (const { name, work } of await hotQueries(
    createStores(store),
    createSealer(store),
    "police-150100" as NodeCode,
  )) {
    ears.take();
    await work();
    const statements = ears.take();
    if (statements.length === 0) throw new Error(`${name} sent nothing`);
    const explained = [];
    for (const sent of statements) explained.push(await explain(store, sent));
    const words = [...new Set(explained.flatMap((e) => inWords(e.Plan)))].join(", ");
    const ms = explained.reduce((sum, e) => sum + e["Execution Time"], 0);
    lines.push(`| ${name} | ${words} | ${ms.toFixed(2)} |`);
    console.log(lines.at(-1));
  }
  return lines;
}

const files = Number(process.argv[2] ?? 1_000_000);
const parent = join(defaultDataRoot(), "bench");
makeFolder(parent, 0o711);
const folder = mkdtempSync(join(parent, `m-${process.pid}-`));
chmodSync(folder, 0o711);
const server = await startEmbeddedServer({ dataDir: folder });
try {
  const { ownerUrl } = await ensureDatabase(server.superuserUrl, {
    database: "bench_million",
    owner: { role: "bench_owner", password: "bench" },
  });
  await migrate(ownerUrl);
  const filling = openStore(ownerUrl, { home: HOME, max: 1 });
  await filling.pool.query("set statement_timeout = 0");
  await fillMillion(filling.pool, HOME, files, (line) => console.log(line));
  await filling.close();
  const store = openStore(ownerUrl, { home: HOME, max: 2 });
  const lines = await tableOf(store);
  await store.close();
  const text = readFileSync(FILE, "utf8");
  const table = [
    `${files.toLocaleString("en")} requests, PostgreSQL 18.4, ${new Date().toISOString().slice(0, 10)}; median of ${RUNS} runs, on warm data.`,
    "",
    "| query | what its plan reads | ms |",
    "| --- | --- | --- |",
    ...lines,
  ];
  writeFileSync(
    FILE,
    `${text.slice(0, text.indexOf(BEGIN))}${BEGIN}\n${table.join("\n")}\n${text.slice(text.indexOf(END))}`,
  );
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit();
