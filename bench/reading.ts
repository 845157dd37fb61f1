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

/** Question 3: a request with 20 events, its view and its history, against bare SQL that reads the same rows. */
export async function measureReading(bench: Bench): Promise<readonly Verdict[]> {
  const { scratch, plan, say, quick } = bench;
  const files = quick ? 20 : 200;
  const inside = await makeFiles(files, (input, no) =>
    scratch.give(input as never, no === null ? { kind: "new" } : { kind: "request", no: no as never }),
  );
  const outside = await makeFilesOver(bench, files);
  await checkSize(scratch, inside);
  const bare = bareReading(scratch);
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
    { name: "bare", clients, work: () => bare(anyInside()) },
    { name: "use case", clients, work: ours },
    { name: "http", clients, work: http },
  ];
  const one = await runRounds(contenders(1).slice(0, 2), plan);
  say(
    `  1 client : bare SQL ${shownOutcome(one.get("bare"))}, use cases ${shownOutcome(one.get("use case"))}, ratio ${ratioOf(one, "use case", "bare").ratio.toFixed(2)}`,
  );
  return verdicts(one, await runRounds(contenders(8), plan));
}

function verdicts(one: ReadonlyMap<string, Outcome>, eight: ReadonlyMap<string, Outcome>): readonly Verdict[] {
  const base = `bare SQL ${shownOutcome(eight.get("bare"))}`;
  const [inside, outside] = [ratioOf(eight, "use case", "bare"), ratioOf(eight, "http", "bare")];
  return [
    judge({
      question: QUESTION,
      what: `reading a request with ${EVENTS} events and its history in process (with read log) / bare SQL, 8 clients`,
      measured: inside.ratio,
      limit: 0.6,
      direction: "atLeast",
      unit: "",
      detail: `${inside.spread}; ${base}, use cases ${shownOutcome(eight.get("use case"))}; 1 client ${ratioOf(one, "use case", "bare").ratio.toFixed(2)}`,
    }),
    judge({
      question: QUESTION,
      what: "the same over HTTP with log-in, scope and read log / bare SQL, 8 clients",
      measured: outside.ratio,
      limit: 0.3,
      direction: "atLeast",
      unit: "",
      detail: `${outside.spread}; ${base}, HTTP ${shownOutcome(eight.get("http"))}`,
    }),
  ];
}

type Step = { readonly name: string; readonly body: object };

/** What happens to the request: registered and judged, accepted, and then amended until there are 20 events. */
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
    "select count(*)::int as events from liandong.cases c join liandong.events e using (home_region, case_id) where c.request_no = $1",
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
  "select at, stream_kind, stream_id, version, type, body from liandong.events where home_region = $1 and case_id = $2 order by tx, position";

/** The same rows in three named statements: the request with its orders and linkages, its sealed values, its events. */
export function bareReading({ bare }: ScratchNode): (no: string) => Promise<void> {
  return async (no) => {
    const found = await bare.query<{ case_id: string }>({ name: "bench_file", text: FILE, values: ["150100", no] });
    const values = ["150100", found.rows[0]?.case_id];
    await bare.query({ name: "bench_vault", text: VAULT, values });
    await bare.query({ name: "bench_events", text: EVENT_ROWS, values });
  };
}
