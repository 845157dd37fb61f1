import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type {
  AgreementBoard,
  ConsultationBoard,
  ConsultationRecorded,
  ExplanationAnswer,
  Meta,
} from "../../src/http/contract/index.ts";
import type { Static } from "typebox";
import { startTestNodes } from "../setup/pair.ts";
import type { Side, TestNodes } from "../setup/pair.ts";
import { eventually, logIn } from "../setup/pair-seat.ts";
import type { Seat } from "../setup/pair-seat.ts";
import { inState, linkageIn, seenBy, THEFT } from "./matters.ts";

const MINUTES = "试会〔2026〕7号";
const ITEM = THEFT.item ?? "";

let nodes: TestNodes;
let agent: Seat;
let lead: Seat;
let taker: Seat;
let lead110: Seat;

beforeAll(async () => {
  nodes = await startTestNodes();
  [agent, lead, taker, lead110] = await Promise.all([
    logIn(nodes.account("hotline", "agent1")),
    logIn(nodes.account("hotline", "supervisor")),
    logIn(nodes.account("police", "taker1")),
    logIn(nodes.account("police", "supervisor")),
  ]);
});
afterAll(() => nodes?.end());

/** 12345 hands a matter of the kind over, 110 says it is not its own, and both talk about it. */
async function disputed(): Promise<{ readonly no: string; readonly id: string }> {
  const { requestNo: no } = await agent.register(THEFT);
  await agent.give("handOver", no);
  const { id } = linkageIn(await seenBy(taker, no, "the offer", inState("clear", "offered")), "clear");
  await taker.give("negotiate", id, {});
  await seenBy(agent, no, "the negotiation", inState("clear", "negotiating"));
  return { no, id };
}

const TALK = {
  who: "12345话务席01",
  callerPresent: true,
  ours: { owner: "them", ground: "item", ref: ITEM },
  theirs: { owner: "us", ground: "clause", ref: "nmg:2.2.1" },
} as const;

const board = async (seat: Seat) => (await seat.call<ConsultationBoard>("GET", "/consultations")).body;
const today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());

test("a three-way call is on record at both desks, and the desk that both agreed on has the matter when the other has signed (nmg:2.2.1, REQ-15)", async () => {
  const { no, id } = await disputed();
  await agent.give("recordTalk", id, { ...TALK, agreed: "them" });
  const read = await seenBy(taker, no, "the record", (v) => (linkageIn(v, "clear").talks ?? []).length === 1);
  const [talk] = linkageIn(read, "clear").talks ?? [];
  expect(talk).toMatchObject({ to: "police-150100", who: { value: TALK.who }, signed: null, callerPresent: true });
  await taker.give("signTalk", id, { no: 1, who: "110接警席01" });
  const there = await seenBy(taker, no, "its own again", (v) => v.responsible);
  const here = await seenBy(agent, no, "the signature", (v) => linkageIn(v, "clear").state === "accepted");
  for (const view of [here, there])
    expect(linkageIn(view, "clear").talks).toMatchObject([{ signed: { who: { value: "110接警席01" } } }]);
  expect([here.responsible, there.responsible]).toEqual([false, true]);
});

test("what is disputed three times is on the agenda, is decided, is signed by both, and the next such request is routed without dispute (nmg:2.2.4, yn:3.4, REQ-35, REQ-36)", async () => {
  expect((await board(lead)).topics).toEqual([]);
  for (const _ of [1, 2]) {
    const { no, id } = await disputed();
    // Not agreed: who received it first has it provisionally.
    await agent.give("recordTalk", id, TALK);
    const held = await seenBy(taker, no, "the hold", inState("clear", "held"));
    expect(held.responsible).toBe(false);
    expect((await agent.request(no)).responsible).toBe(true);
  }
  for (const seat of [lead, lead110]) {
    const { topics, policy } = await board(seat);
    expect(policy).toEqual({ times: 3, days: 90, source: "default" });
    expect(topics).toMatchObject([{ item: ITEM, requests: 3 }]);
    expect(topics[0]?.matters).toHaveLength(3);
  }
  expect((await agent.call("GET", "/consultations")).status).toBe(403);

  const decided = {
    heldOn: today(),
    number: MINUTES,
    titleZh: "关于此类事项归属的会商纪要",
    titleEn: "Minutes on whose such matters are",
    issuer: "某市联席会议",
    tookPart: "双方平台值班长",
    minutes: "议定由12345受理",
    item: ITEM,
    side: "hotline",
    rule: "由12345受理，公安机关协助",
    unitKind: "urbanManagement",
    validFrom: today(),
  } as const;
  const key = { "idempotency-key": randomUUID() };
  const { body: made, status } = await lead.call<ConsultationRecorded>("POST", "/consultations", decided, key);
  expect([status, made]).toMatchObject([201, { version: "city-150100@1" }]);
  const { body: again } = await lead.call<ConsultationRecorded>("POST", "/consultations", decided, key);
  expect(again).toEqual(made);
  expect((await board(lead)).held).toMatchObject([
    {
      number: MINUTES,
      version: made.version,
      versionState: "draft",
      minutes: "议定由12345受理",
      tookPart: "双方平台值班长",
    },
  ]);
  expect((await board(lead)).held[0]?.requestNos).toHaveLength(3);
  // Written down by one desk it settles nothing yet: both still have it before them.
  expect((await board(lead)).topics).toMatchObject([{ item: ITEM, requests: 3, decidedOn: today() }]);
  expect((await board(lead110)).topics).toMatchObject([{ item: ITEM, requests: 3, decidedOn: null }]);

  await sign(lead, made, "police-150100");
  await eventually(
    "the text at 110",
    async () => {
      const { body } = await lead110.call<AgreementBoard>("GET", "/catalogue/agreement");
      return body.versions.some(({ version }) => version === made.version) ? true : null;
    },
    60_000,
  );
  await sign(lead110, made, "hotline-150100");
  for (const side of ["hotline", "police"] as const) await inForce(side, made.version);

  const { requestNo, view } = await agent.register(THEFT);
  expect(view.verdict).toMatchObject({ side: "hotline", basis: "agreement", catalogueVersion: made.version });
  expect([view.linkages, view.responsible]).toEqual([[], true]);
  await agent.give("accept", requestNo);
  const why = await agent.call<Static<typeof ExplanationAnswer>>(
    "GET",
    `/catalogue/explanation?kind=verdict&code=${ITEM}`,
  );
  expect(why.body.explanation?.documentZh).toContain(MINUTES);
  const at110 = await taker.register(THEFT);
  expect(at110.view.verdict?.side).toBe("hotline");
  await taker.give("handOver", at110.requestNo);
  const { id } = linkageIn(await seenBy(agent, at110.requestNo, "the offer", inState("clear", "offered")), "clear");
  await agent.give("acceptOffer", id);
  await seenBy(taker, at110.requestNo, "the acceptance", (v) => v.status === "handedOver");
  for (const seat of [lead, lead110]) expect((await board(seat)).topics).toEqual([]);
});

/** One desk's signature under what it looked at. */
async function sign(seat: Seat, { version, digest }: ConsultationRecorded, peer: string): Promise<void> {
  const { status, body } = await seat.call("POST", "/catalogue/agreement/approve", { version, digest, peer });
  expect([status, body]).toEqual([204, null]);
}

const inForce = (side: Side, version: string) =>
  eventually(
    `${version} at ${side}`,
    async () => {
      const seat = side === "hotline" ? agent : taker;
      return (await seat.call<Meta>("GET", "/meta")).body.catalogueVersion === version ? true : null;
    },
    30_000,
  );
