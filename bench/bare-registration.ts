import { randomBytes } from "node:crypto";
import type { Pool } from "pg";
import type { ScratchNode } from "./scratch-node.ts";

/*
 * What the use case is compared with: the same rows of one registration in one hand-written, named statement with plain
 * values, without keys, rules, sealing, checks or a number series. Texts and boxes are those of a registration that the use
 * case itself has written, with fresh ids in them.
 */
const CASE_COLUMNS =
  "case_id, request_no, version, file_version, status, responsible, danger_open, danger, item, place, peer, units, phone_index, registered_at, changed_at, state";
const CLOCK_COLUMNS = "clock_id, case_id, version, ring_at, state";
const CLOCK_CASTS = { 0: "::uuid", 1: "::uuid", 2: "::int", 3: "::timestamptz", 4: "::jsonb" };
const EVENT_COLUMNS = "stream_kind, stream_id, version, case_id, type, type_version, at, body";

type Row = Readonly<Record<string, unknown>>;

/** The rows of one registration as they lie in the tables. */
type Sample = {
  readonly home: string;
  readonly caseId: string;
  readonly requestNo: string;
  readonly file: Row;
  readonly events: readonly Row[];
  readonly vault: readonly Row[];
  readonly key: Row;
  readonly command: Row;
  readonly notices: readonly Row[];
  readonly clocks: readonly Row[];
};

async function readSample(bare: Pool, requestNo: string): Promise<Sample> {
  const rows = async (text: string, values: readonly unknown[]): Promise<readonly Row[]> =>
    (await bare.query<Row>(text, [...values])).rows;
  const [file] = await rows("select * from liandong.cases where request_no = $1", [requestNo]);
  const caseId = String(file?.["case_id"]);
  const of = (table: string, order: string): Promise<readonly Row[]> =>
    rows(`select * from liandong.${table} where case_id = $1 order by ${order}`, [caseId]);
  const [key] = await of("case_keys", "case_id");
  const [command] = await rows("select * from liandong.commands where answer->>'caseId' = $1", [caseId]);
  if (file === undefined || key === undefined || command === undefined) throw new Error("no sample registration");
  return {
    home: String(file["home_region"]),
    caseId,
    requestNo,
    file,
    events: await of("events", "position"),
    vault: await of("vault", "field"),
    key,
    command,
    notices: await of("notices", "notice_id"),
    clocks: await of("clocks", "clock_id"),
  };
}

function valuesText(
  rows: number,
  columns: number,
  first: number,
  casts: Readonly<Record<number, string>> = {},
): string {
  const row = (n: number): string =>
    `($1, ${Array.from({ length: columns }, (_, c) => `$${first + n * columns + c}${casts[c] ?? ""}`).join(", ")})`;
  return Array.from({ length: rows }, (_, n) => row(n)).join(", ");
}

/** Builds the statement for as many events, vault rows, notices and clocks as the sample has. */
function statementFor({ events, vault, notices, clocks }: Sample): string {
  let next = 2;
  const take = (count: number): number => {
    const first = next;
    next += count;
    return first;
  };
  const command = valuesText(1, 5, take(5));
  const file = valuesText(1, 16, take(16));
  const happened = valuesText(events.length, 8, take(8 * events.length), {
    1: "::uuid",
    2: "::int",
    3: "::uuid",
    5: "::smallint",
    6: "::timestamptz",
    7: "::jsonb",
  });
  const key = valuesText(1, 2, take(2));
  const boxes = valuesText(vault.length, 5, take(5 * vault.length), { 0: "::uuid", 2: "::int", 4: "::bytea" });
  const told =
    notices.length === 0
      ? ""
      : `, n as (insert into liandong.notices (home_region, notice_id, case_id, recipient, unit, template, params) values ${valuesText(notices.length, 6, take(6 * notices.length))})`;
  const running =
    clocks.length === 0
      ? ""
      : `, d as (insert into liandong.clocks (home_region, ${CLOCK_COLUMNS}) values ${valuesText(clocks.length, 5, take(5 * clocks.length), CLOCK_CASTS)})`;
  return `with c as (insert into liandong.commands (home_region, command_id, user_id, digest, answer, at) values ${command}),
    k as (insert into liandong.case_keys (home_region, case_id, wrapped) values ${key}),
    v as (insert into liandong.vault (home_region, case_id, field, version, commitment, box) values ${boxes}),
    e as (insert into liandong.events (home_region, ${EVENT_COLUMNS}) values ${happened})${told}${running}
    insert into liandong.cases (home_region, ${CASE_COLUMNS}) values ${file}`;
}

/** One registration by bare SQL, on any connection of the pool. */
export async function bareRegistration(
  { bare, node, give }: ScratchNode,
  register: Parameters<ScratchNode["give"]>[0],
): Promise<() => Promise<void>> {
  const sample = await readSample(bare, await give(register));
  const text = statementFor(sample);
  const texts = (value: unknown): string => JSON.stringify(value);
  const { file, events, vault, key, command, notices, clocks } = sample;
  const [state, bodies] = [texts(file["state"]), events.map((e) => texts(e["body"]))];
  const lives = clocks.map((c) => texts(c["state"]));
  let serial = 0;
  return async () => {
    const [caseId, commandId] = [node.newId(), node.newId()];
    serial += 1;
    const requestNo = `9${sample.requestNo.slice(1, 10)}${String(serial).padStart(9, "0")}`;
    const clockIds = new Map(clocks.map((c) => [String(c["clock_id"]), node.newId()]));
    const ours = (id: unknown): string => clockIds.get(String(id)) ?? caseId;
    const fresh = (json: string): string =>
      [...clockIds].reduce(
        (text, [from, to]) => text.replaceAll(from, to),
        json.replaceAll(sample.caseId, caseId).replaceAll(sample.requestNo, requestNo),
      );
    const at = new Date().toISOString();
    const told = [commandId, command["user_id"], command["digest"], texts({ caseId, requestNo }), at];
    const index = [
      ...[
        "version",
        "file_version",
        "status",
        "responsible",
        "danger_open",
        "danger",
        "item",
        "place",
        "peer",
        "units",
      ].map((column) => file[column]),
      randomBytes(32).toString("hex"),
    ];
    const happened = events.flatMap((e, n) => {
      return [
        e["stream_kind"],
        ours(e["stream_id"]),
        e["version"],
        caseId,
        e["type"],
        e["type_version"],
        at,
        fresh(bodies[n] ?? ""),
      ];
    });
    const boxes = vault.flatMap((v) => [caseId, v["field"], v["version"], v["commitment"], v["box"]]);
    const notes = notices.flatMap((n) => [
      node.newId(),
      caseId,
      n["recipient"],
      n["unit"],
      n["template"],
      texts({ requestNo }),
    ]);
    const values = [sample.home, ...told, caseId, requestNo, ...index, at, at, fresh(state)].concat(
      happened,
      [caseId, key["wrapped"]],
      boxes,
      notes,
      clocks.flatMap((c, n) => [ours(c["clock_id"]), caseId, c["version"], c["ring_at"], fresh(lives[n] ?? "")]),
    );
    await bare.query({ name: "bench_register", text, values });
  };
}

/** Rows and bytes that one registration of each side has left in each table; both must be the same. */
export async function rowsPerRegistration(bare: Pool): Promise<readonly Row[]> {
  const { rows } = await bare.query<Row>(`
    with side as (select case_id, case when request_no like '9%' then 'bare' else 'ours' end as side from liandong.cases
      where request_no not like '8%'),
    counted as (select side, count(*) as files from side group by side),
    all_rows as (
      select side, pg_column_size(t) as bytes, 'cases' as name from liandong.cases t join side using (case_id)
      union all select side, pg_column_size(t), 'events' from liandong.events t join side using (case_id)
      union all select side, pg_column_size(t), 'vault' from liandong.vault t join side using (case_id)
      union all select side, pg_column_size(t), 'case_keys' from liandong.case_keys t join side using (case_id)
      union all select side, pg_column_size(t), 'notices' from liandong.notices t join side using (case_id)
      union all select side, pg_column_size(t), 'clocks' from liandong.clocks t join side using (case_id)
      union all select side, pg_column_size(t), 'commands' from liandong.commands t join side on side.case_id = (t.answer->>'caseId')::uuid)
    select name, side, round(count(*)::numeric / max(files), 2)::float8 as rows, round(sum(bytes)::numeric / max(files))::float8 as bytes
    from all_rows join counted using (side) group by name, side order by name, side`);
  return rows;
}
