import { SILENT_CLOCK_EVENTS } from "../src/app/index.ts";
import type { Bench } from "./bench.ts";
import { ratioOf, runRounds, shownOutcome } from "./rounds.ts";
import type { Outcome } from "./rounds.ts";
import { FIELDS, HOTLINE_ITEM, nextPhone } from "./sample-request.ts";
import type { ScratchNode } from "./scratch-node.ts";
import type { Seat } from "./seat.ts";
import { judge } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

const QUESTION = "reading";
const EVENTS = 20;
const NOTE = "来电人再次来电，称仍未恢复，已告知抢修进度并安抚，请承办单位尽快联系。";

/**
 * Question 3: a request with 20 events and its history, as a screen asks for them: two acts of reading. Each act must be in the
 * read log, on disk, before its answer (P5), so the bare side reads the same rows and writes the same log rows; what reading
 * alone would cost is measured beside it.
 */
export async function measureReading(bench: Bench): Promise<readonly Verdict[]> {
  const { scratch, plan, say, quick } = bench;
  const files = quick ? 20 : 200;
  const inside = await makeFiles(files, (input, no) =>
    scratch.give(input as never, no === null ? { kind: "new" } : { kind: "request", no: no as never }),
  );
  const outside = await makeFilesOver(bench, files);
  await checkSize(scratch, inside);
  const pick = (numbers: readonly string[]) => () => numbers[Math.floor(Math.random() * numbers.length)] ?? "";
  const [anyInside, anyOutside] = [pick(inside), pick(outside)];
  const ours = async (): Promise<void> => {
    const no = anyInside() as never;
    const view = await scratch.node.readRequest(scratch.actor, no);
    const history = await scratch.node.readTimeline(scratch.actor, no);
    if (!view.ok || !history.ok) throw new Error("a request could not be read");
  };
  const http = async (client: number): Promise<void> => {
    const no = anyOutside();
    const seat = bench.seatFor(client);
    await seat.get(`/requests/${no}`);
    await seat.get(`/requests/${no}/timeline`);
  };
  const contenders = (clients: number) => [
    { name: "bare", clients, work: () => bareReading(scratch, anyInside(), true) },
    { name: "unlogged", clients, work: () => bareReading(scratch, anyInside(), false) },
    { name: "use case", clients, work: ours },
    { name: "http", clients, work: http },
  ];
  const one = await runRounds(contenders(1).slice(0, 3), plan);
  say(`  1 client : ${line(one)}, ratio ${ratioOf(one, "use case", "bare").ratio.toFixed(2)}`);
  const eight = await runRounds(contenders(8), plan);
  say(`  8 clients: ${line(eight)}, HTTP ${shownOutcome(eight.get("http"))}`);
  return verdicts(one, eight);
}

function line(outcomes: ReadonlyMap<string, Outcome>): string {
  const of = (name: string): string => shownOutcome(outcomes.get(name));
  return `bare SQL ${of("bare")}, the same without read log ${of("unlogged")}, use cases ${of("use case")}`;
}

function verdicts(one: ReadonlyMap<string, Outcome>, eight: ReadonlyMap<string, Outcome>): readonly Verdict[] {
  const against = (name: string, limit: number, what: string): Verdict => {
    const { ratio, spread } = ratioOf(eight, name, "bare");
    const alone = ratioOf(eight, name, "unlogged").ratio.toFixed(2);
    const single = name === "use case" ? `; 1 client ${ratioOf(one, name, "bare").ratio.toFixed(2)}` : "";
    return judge({
      question: QUESTION,
      what,
      measured: ratio,
      limit,
      direction: "atLeast",
      unit: "",
      detail: `${spread}; bare SQL ${shownOutcome(eight.get("bare"))}, ours ${shownOutcome(eight.get(name))}; against reading without read log ${alone}${single}`,
    });
  };
  return [
    against(
      "use case",
      0.6,
      `request with ${EVENTS} events and its history, in process / bare SQL with the same rows and read log, 8 clients`,
    ),
    against(
      "http",
      0.3,
      "the same over HTTP with log-in and scope / bare SQL with the same rows and read log, 8 clients",
    ),
  ];
}

type Step = { readonly name: string; readonly body: object };

/** What happens to the request: registered and judged, accepted, and then amended until there are 20 events besides those of its clocks. */
async function makeFiles(
  count: number,
  give: (step: Step, no: string | null) => Promise<string>,
): Promise<readonly string[]> {
  const made: string[] = [];
  for (let n = 0; n < count; n++) {
    const no = await give(
      { name: "register", body: { fields: { ...FIELDS, requesterPhone: nextPhone() }, item: HOTLINE_ITEM } },
      null,
    );
    await give({ name: "accept", body: {} }, no);
    for (let events = 3; events < EVENTS; events++) await give({ name: "amend", body: { fields: {}, note: NOTE } }, no);
    made.push(no);
  }
  return made;
}

function makeFilesOver({ seatFor }: Bench, count: number): Promise<readonly string[]> {
  let turn = 0;
  const next = (): Seat => seatFor(turn++);
  return makeFiles(count, async ({ name, body }, no) => {
    const path = no === null ? "/requests" : `/requests/${no}/${name}`;
    return (await next().send<{ readonly requestNo: string }>("POST", path, body)).requestNo;
  });
}

async function checkSize({ bare }: ScratchNode, [first]: readonly string[]): Promise<void> {
  const { rows } = await bare.query<{ events: number }>(
    "select count(*)::int as events from liandong.cases c join liandong.events e using (home_region, case_id) where c.request_no = $1 and e.stream_kind <> 'clock'",
    [first],
  );
  if (rows[0]?.events !== EVENTS) throw new Error(`a request with ${rows[0]?.events} events instead of ${EVENTS}`);
}

const FILE = `
  select c.case_id, c.state, k.wrapped,
    (select jsonb_agg(l.state) from liandong.linkages l where l.home_region = c.home_region and l.case_id = c.case_id) as linkages,
    (select jsonb_agg(o.state) from liandong.orders o where o.home_region = c.home_region and o.case_id = c.case_id) as orders
  from liandong.cases c left join liandong.case_keys k using (home_region, case_id)
  where c.home_region = $1 and c.request_no = $2`;
const VAULT = "select field, version, commitment, box from liandong.vault where home_region = $1 and case_id = $2";
const EVENT_ROWS =
  "select at, stream_kind, stream_id, version, type, body from liandong.events where home_region = $1 and case_id = $2 and (stream_kind <> 'clock' or type <> all($3)) order by tx, position";

const LOG = `
  insert into liandong.read_log (home_region, at, reader_kind, reader_id, purpose, case_ids, fields)
  values ($1, $2, 'user', 'bench', $3, array[$4::uuid], $5::text[])`;
const LOGGED = ["address", "requester.name (masked)", "requester.phone (masked)", "text"];

/** Both acts in named statements: the request with its orders and linkages by its number, its sealed values, its events. */
async function bareReading({ bare }: ScratchNode, no: string, logged: boolean): Promise<void> {
  for (const purpose of ["request", "timeline"]) {
    const found = await bare.query<{ case_id: string }>({ name: "bench_file", text: FILE, values: ["150100", no] });
    const caseId = found.rows[0]?.case_id;
    if (purpose === "timeline")
      await bare.query({ name: "bench_events", text: EVENT_ROWS, values: ["150100", caseId, SILENT_CLOCK_EVENTS] });
    await bare.query({ name: "bench_vault", text: VAULT, values: ["150100", caseId] });
    const values = ["150100", new Date().toISOString(), purpose, caseId, LOGGED];
    if (logged) await bare.query({ name: "bench_log", text: LOG, values });
  }
}
