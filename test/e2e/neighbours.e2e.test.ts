import { afterAll, beforeAll, expect, test } from "vitest";
import type { RegisterBody } from "../../src/http/contract/index.ts";
import { startTestPair } from "../setup/pair.ts";
import type { TestPair } from "../setup/pair.ts";
import { isAlive, signal } from "../setup/pair-processes.ts";
import { eventually, logIn } from "../setup/pair-seat.ts";
import type { Seat } from "../setup/pair-seat.ts";
import { inState, linkageIn, orderIn, seenBy, THEFT } from "./matters.ts";

/** Five real nodes: the pair, a county's 110, a utility's duty desk, a 综治中心. */
let pair: TestPair;
let agent: Seat;
let taker: Seat;
let county: Seat;
let water: Seat;
let centre: Seat;

const IN_COUNTY = { place: "150121", address: "察素齐镇某路口" } as const;
const FACTS = { requestKind: "complaint", field: "publicServices", requesterType: "person" } as const;
const NO_WATER: RegisterBody = { item: "A14-04", fields: { ...FACTS, place: "150104", text: "整栋楼停水两天" } };
const QUARREL: RegisterBody = { item: "A07-02", fields: { ...FACTS, ...IN_COUNTY, text: "买卖纠纷，双方愿意调解" } };

beforeAll(async () => {
  pair = await startTestPair({ neighbours: true });
  await seats();
}, 120_000);
afterAll(() => pair?.end());

async function seats(): Promise<void> {
  agent = await logIn(pair.account("hotline", "agent1"));
  taker = await logIn(pair.account("police", "dispatcher"));
  county = await logIn(pair.account("county", "taker"));
  water = await logIn(pair.account("water", "desk"));
  centre = await logIn(pair.account("centre", "desk"));
}

/** What one desk takes over from another, answers and closes. */
async function handled(at: Seat, from: Seat, no: string, answer: string): Promise<void> {
  const { id } = linkageIn(await seenBy(at, no, "the offer", inState("clear", "offered")), "clear");
  await at.give("acceptOffer", id);
  await seenBy(at, no, "the confirmation", inState("clear", "accepted"));
  await at.give("answer", no, { answer });
  const told = (value: string | null | undefined) => value === answer;
  await seenBy(from, no, "the answer", (v) => v.conclusion?.by === "peer" && told(v.conclusion.result?.value));
}

test("a danger in a county goes to the county's 110 and not to the city's, by the routing table (nmg:2.2.1, yn:4.1.1)", async () => {
  await county.setDuty(true);
  const { requestNo: no } = await agent.register({ fields: { ...IN_COUNTY, text: "有人落水" }, danger: true });
  const there = await seenBy(county, no, "the push", (v) => v.dangerOpen);
  const { id, pushNo } = linkageIn(there, "urgent");
  await county.give("sign", id, { pushNo });
  await seenBy(agent, no, "the signature", inState("urgent", "delivered"));
  const { view } = await county.give("dispatch", no, { kind: "police", unit: "x150121-policeBranch" });
  const clerk = await logIn(pair.account("county", "patrol"));
  await clerk.give("arrive", orderIn(view, "police").id);
  await clerk.give("reply", orderIn(view, "police").id, { resolution: "handled", reply: "已救起" });
  await county.give("endDanger", id, { outcome: "handled", result: "人已救起送医" });
  await seenBy(agent, no, "the end", (v) => !v.dangerOpen);
  expect((await taker.call("GET", `/requests/${no}`)).status).toBe(404);
});

test("a matter of a county's police goes to the county's 110 without anybody naming it, and passes on to the 综治中心 that it names (yn:4.1.1)", async () => {
  const { requestNo: no } = await agent.register({ ...THEFT, fields: { ...THEFT.fields, ...IN_COUNTY } });
  await agent.give("handOver", no);
  await seenBy(county, no, "the offer", inState("clear", "offered"));
  const quarrel = await county.register(QUARREL);
  await county.give("handOver", quarrel.requestNo, { to: "hotline-150105" });
  await handled(centre, county, quarrel.requestNo, "双方已签调解协议");
  expect((await agent.call("GET", `/requests/${quarrel.requestNo}`)).status).toBe(404);
});

test("the city's 110 hands a failed supply to the utility's own duty desk, which is called by its name (nmg:2.2.1)", async () => {
  const { requestNo: no } = await taker.register(NO_WATER);
  const { body: meta } = await taker.call<{ peers: { nodeCode: string; nameZh: string }[] }>("GET", "/meta");
  expect(meta.peers.find(({ nodeCode }) => nodeCode === "hotline-150104")?.nameZh).toContain("供水");
  // Nobody names a desk: the table says 12345 for every place of the city.
  expect((await taker.request(no)).handOverTo?.to).toBe("hotline-150100");
  await taker.give("handOver", no, { to: "hotline-150104" });
  await handled(water, taker, no, "阀门已修，今晚恢复供水");
});

test("stopped and started again without being asked for, the neighbours run again with what they hold; a second start names all of them", async () => {
  const { requestNo } = await centre.register({ fields: { ...FACTS, place: "150105", text: "邻里纠纷" } });
  const { supervisor } = pair.pids();
  signal(supervisor ?? 0, "SIGTERM");
  await eventually("it has ended", async () => (isAlive(supervisor ?? 0) ? null : true), 20_000);
  await pair.startAgain();
  await seats();
  expect((await centre.request(requestNo)).status).toBe("registered");
  expect(pair.printed()).toContain("综治中心");
});
