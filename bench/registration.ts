import { bareRegistration, rowsPerRegistration } from "./bare-registration.ts";
import type { Bench } from "./bench.ts";
import { ratioOf, runRounds, shownOutcome } from "./rounds.ts";
import { FIELDS, HOTLINE_ITEM, nextPhone } from "./sample-request.ts";
import { judge } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

const QUESTION = "registration";

/** Question 1 and 2: the registration use case, in this process and over HTTP, against the same rows by bare SQL. */
export async function measureRegistration(bench: Bench): Promise<readonly Verdict[]> {
  const { scratch, plan, say } = bench;
  const body = () => ({ fields: { ...FIELDS, requesterPhone: nextPhone() }, item: HOTLINE_ITEM });
  const bareOnce = await bareRegistration(scratch, { name: "register", body: body() });
  const ours = async (): Promise<void> => {
    await scratch.give({ name: "register", body: body() });
  };
  const overHttp = async (client: number): Promise<void> => {
    await bench.seatFor(client).send("POST", "/requests", body());
  };
  const one = await runRounds(
    [
      { name: "bare", clients: 1, work: bareOnce },
      { name: "use case", clients: 1, work: ours },
    ],
    plan,
  );
  say(
    `  1 client : bare SQL ${shownOutcome(one.get("bare"))}, use case ${shownOutcome(one.get("use case"))}, ratio ${ratioOf(one, "use case", "bare").ratio.toFixed(2)}`,
  );
  const eight = await runRounds(
    [
      { name: "bare", clients: 8, work: bareOnce },
      { name: "use case", clients: 8, work: ours },
      { name: "http", clients: 8, work: overHttp },
    ],
    plan,
  );
  await checkSameRows(bench);
  const inside = ratioOf(eight, "use case", "bare");
  const http = ratioOf(eight, "http", "bare");
  const base = `bare SQL ${shownOutcome(eight.get("bare"))}`;
  return [
    judge({
      question: QUESTION,
      what: "registration use case in process / bare SQL, 8 clients",
      measured: inside.ratio,
      limit: 0.6,
      direction: "atLeast",
      unit: "",
      detail: `${inside.spread}; ${base}, use case ${shownOutcome(eight.get("use case"))}; 1 client ${ratioOf(one, "use case", "bare").ratio.toFixed(2)}`,
    }),
    judge({
      question: QUESTION,
      what: "registration over HTTP with log-in, scope and read log / bare SQL, 8 clients",
      measured: http.ratio,
      limit: 0.3,
      direction: "atLeast",
      unit: "",
      detail: `${http.spread}; ${base}, HTTP ${shownOutcome(eight.get("http"))}`,
    }),
  ];
}

/** The comparison is only fair when both sides have written the same rows. */
async function checkSameRows({ scratch, say }: Bench): Promise<void> {
  const rows = await rowsPerRegistration(scratch.bare);
  for (const name of new Set(rows.map((r) => r["name"]))) {
    const [bare, ours] = ["bare", "ours"].map((side) => rows.find((r) => r["name"] === name && r["side"] === side));
    if (bare?.["rows"] !== ours?.["rows"])
      throw new Error(`bare SQL writes other rows into ${String(name)}: ${JSON.stringify(rows)}`);
  }
  const bytes = (side: string): number =>
    rows.filter((r) => r["side"] === side).reduce((sum, r) => sum + Number(r["bytes"]), 0);
  say(
    `  rows of one registration are the same on both sides: ${rows
      .filter((r) => r["side"] === "ours")
      .map((r) => `${String(r["rows"])} ${String(r["name"])}`)
      .join(", ")}; ${bytes("bare")} and ${bytes("ours")} bytes`,
  );
}
