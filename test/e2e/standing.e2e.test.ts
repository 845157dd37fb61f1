import { afterAll, beforeAll, expect, test } from "vitest";
import type { PeerFiguresView, StandingView } from "../../src/http/contract/index.ts";
import { startTestNodes } from "../setup/pair.ts";
import type { TestNodes } from "../setup/pair.ts";
import { eventually, logIn } from "../setup/pair-seat.ts";
import type { Seat } from "../setup/pair-seat.ts";
import { THEFT } from "./matters.ts";
import { openNodeLog } from "./node-log.ts";

let nodes: TestNodes;
let agent: Seat;
let supervisor: Seat;
let operator: Seat;

beforeAll(async () => {
  nodes = await startTestNodes();
  const seat = (login: string): Promise<Seat> => logIn(nodes.account("hotline", login));
  [agent, supervisor, operator] = await Promise.all([seat("agent1"), seat("supervisor"), seat("operator")]);
});
afterAll(() => nodes?.end());

async function standing(seat: Seat): Promise<readonly StandingView[]> {
  return (await seat.call<{ readonly rows: readonly StandingView[] }>("GET", "/standing")).body.rows;
}

async function ordinary(): Promise<PeerFiguresView> {
  const { body } = await supervisor.call<{ readonly rows: readonly PeerFiguresView[] }>("GET", "/links/figures");
  const found = body.rows.find(({ lane }) => lane === "ordinary");
  if (found === undefined) throw new Error("no figures of the ordinary lane");
  return found;
}

async function metrics(): Promise<string> {
  return (await fetch(`${nodes.urls.hotline}/metrics`)).text();
}

/** The five minutes are over: the timer that the node set for itself is due now, and its own loop finds it. */
async function passTimer(no: string, timer: string): Promise<void> {
  const log = await openNodeLog(nodes, "hotline");
  await log.rows(
    `update liandong.timers t set due_at = now() from liandong.cases c
     where c.request_no = '${no}' and t.case_id = c.case_id and t.kind = '${timer}'`,
  );
  await log.close();
}

test("an offer to a node that is down stands with the operator, in list, figures and metrics, and goes when the link heals (nmg:2.2.1, nmg:2.3.1)", async () => {
  await nodes.stop("police", "SIGKILL");
  const { requestNo } = await agent.register(THEFT);
  await agent.give("handOver", requestNo);
  expect(await standing(supervisor)).toEqual([]);
  expect(await ordinary()).toMatchObject({ unsent: 1, unanswered: 1 });

  await passTimer(requestNo, "deliveryReceipt");
  const row = await eventually("it stands", async () => (await standing(supervisor))[0] ?? null);
  expect(row).toMatchObject({ requestNo, role: "S", state: "offered", who: "operator", act: "mendLink", level: 1 });
  expect(await standing(operator)).toEqual([row]);
  expect((await agent.call("GET", "/standing")).status).toBe(403);
  const text = await metrics();
  expect(text).toMatch(/^liandong_hand_overs_standing\{peer="[^"]+",lane="ordinary",kind="mendLink",level="1"\} 1$/m);
  expect(text).toMatch(/^liandong_link_up\{peer="[^"]+"\} 0$/m);
  expect(text).not.toContain(requestNo);

  await nodes.start("police");
  await eventually("it moves", async () => ((await standing(supervisor)).length === 0 ? true : null));
  expect(await ordinary()).toMatchObject({ unsent: 0, unanswered: 1 });
  await eventually("the receipt counts", async () => ((await ordinary()).receipts.of > 0 ? true : null));
});
