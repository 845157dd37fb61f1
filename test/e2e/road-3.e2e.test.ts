import { beforeAll, expect, test } from "vitest";
import type { PairFacts } from "../setup/pair.ts";
import { logIn } from "../setup/pair-seat.ts";
import type { Seat } from "../setup/pair-seat.ts";
import { sharedTestPair } from "../setup/shared-pair.ts";
import { inState, linkageIn, orderIn, seenBy, STREET_LAMP } from "./matters.ts";

const UNIT = "x150100-municipalWorks";

let pair: PairFacts;
let taker: Seat;
let agent: Seat;
let dispatcher: Seat;
let clerk: Seat;

beforeAll(async () => {
  pair = await sharedTestPair();
  taker = await logIn(pair.account("police", "taker1"));
  agent = await logIn(pair.account("hotline", "agent1"));
  dispatcher = await logIn(pair.account("hotline", "dispatcher"));
  clerk = await logIn(pair.account("hotline", "unit1"));
});

/** 110 registers a government matter and offers it; gives the number and the linkage as 12345 sees it. */
async function offered(): Promise<{ readonly no: string; readonly linkage: string }> {
  const { requestNo } = await taker.register(STREET_LAMP);
  await taker.give("handOver", requestNo);
  const view = await seenBy(agent, requestNo, "the offer", inState("clear", "offered"));
  return { no: requestNo, linkage: linkageIn(view, "clear").id };
}

test("110 hands a government matter over; 12345 accepts, handles, closes; result and rating return (nmg:2.2.1)", async () => {
  const heard = await agent.stream();
  const { requestNo, view } = await taker.register(STREET_LAMP);
  expect(requestNo).toMatch(/^1501002/);
  expect(view).toMatchObject({ status: "registered", responsible: true });
  await taker.give("handOver", requestNo);
  await heard.next("the offer arrives live", (f) => f.requestNo === requestNo && f.type === "message.offer");

  const arrived = await seenBy(agent, requestNo, "the offer", inState("clear", "offered"));
  expect(arrived).toMatchObject({ status: "offered", responsible: false, origin: "linkage" });
  expect(arrived.fields["text"]).toMatchObject({ showing: "clear", value: STREET_LAMP.fields.text });
  expect((await taker.request(requestNo)).responsible).toBe(true);
  expect((await agent.queue("incoming")).map((r) => r.requestNo)).toContain(requestNo);

  const linkage = linkageIn(arrived, "clear").id;
  expect((await agent.give("acceptOffer", linkage)).view).toMatchObject({ status: "accepted", responsible: true });
  await seenBy(taker, requestNo, "the acceptance", (v) => v.status === "handedOver" && !v.responsible);
  await seenBy(agent, requestNo, "the confirmation", inState("clear", "accepted"));

  await agent.give("judge", requestNo, { item: "A01-05" });
  const { view: working } = await agent.give("dispatch", requestNo, { kind: "work", unit: UNIT });
  await clerk.give("reply", orderIn(working, "work").id, { resolution: "resolved", reply: "已换灯头" });
  await seenBy(taker, requestNo, "the unit's reply", (v) =>
    Object.values(v.fields).some((f) => f.value === "已换灯头"),
  );
  await dispatcher.give("conclude", requestNo, { resolution: "resolved", result: "路灯已修复" });
  await seenBy(
    taker,
    requestNo,
    "the result",
    (v) => v.conclusion?.by === "peer" && v.conclusion.result?.value === "路灯已修复",
  );
  await seenBy(agent, requestNo, "the receipt of the conclusion", inState("clear", "toCallBack"));
  await agent.give("callBack", requestNo, { outcome: "reached", satisfaction: 4, solved: true });
  await agent.give("close", requestNo);
  const back = await seenBy(taker, requestNo, "closing and rating", (v) => v.status === "closed");
  expect(back).toMatchObject({ closedAs: "byPeer", rating: { satisfaction: 4, solved: true } });
  heard.close();
});

test("a return names its reason, basis and owner, and the matter stays with who offered it (nmg:2.2.1)", async () => {
  const { no, linkage } = await offered();
  const reason = { reason: "outOfScope", basis: "nmg:2.1", proposedOwner: "police" };
  await expect(agent.give("return", linkage, { ...reason, reason: "noSuchReason" })).rejects.toMatchObject({
    problem: { code: "CODE_UNKNOWN" },
  });
  const returned = await agent.give("return", linkage, { ...reason, note: "属公安交管设施" });
  expect(returned.view).toMatchObject({ responsible: false });
  const back = await seenBy(taker, no, "the return", inState("clear", "returned"));
  expect(back).toMatchObject({ responsible: true, status: "registered" });
  expect(Object.values(back.fields).map((f) => f.value)).toContain("属公安交管设施");

  await taker.give("negotiate", linkage, { note: "权属已核对" });
  const again = await seenBy(agent, no, "the negotiation", inState("clear", "negotiating"));
  expect(linkageIn(again, "clear").allowed).not.toContain("return");
});

test("what was added after the offer must be read before it is accepted: nobody asks twice (nmg:2.2.1)", async () => {
  const { no, linkage } = await offered();
  await taker.give("amend", no, { fields: { address: "新城区兴安北路12号" }, note: "来电人补充：灯杆倾斜" });
  const unread = await seenBy(agent, no, "the addition", (v) => linkageIn(v, "clear").additionsUnread > 0);
  expect(unread.fields["address"]).toMatchObject({ value: "新城区兴安北路12号" });
  expect(linkageIn(unread, "clear").allowed).not.toContain("acceptOffer");
  await expect(agent.give("acceptOffer", linkage)).rejects.toMatchObject({ problem: { code: "UNREAD_ADDITION" } });
  await agent.give("readAdditions", linkage);
  expect((await agent.give("acceptOffer", linkage)).view.responsible).toBe(true);
  // The other way round as well: what 12345 writes from now on is unread at 110 until somebody there has read it.
  await agent.give("amend", no, { fields: {}, note: "已联系路灯所，今晚到场" });
  const told = await seenBy(taker, no, "the word", (v) => linkageIn(v, "clear").additionsUnread > 0);
  expect(Object.values(told.fields).map((f) => f.value)).toContain("已联系路灯所，今晚到场");
  const { view } = await taker.give("readAdditions", linkage);
  expect(linkageIn(view, "clear").additionsUnread).toBe(0);
});

test("what 110 took back before the acceptance stays with 110 (nmg:2.2.1)", async () => {
  const { no, linkage } = await offered();
  await taker.give("withdraw", linkage, { reason: "keep" });
  const stoodDown = await seenBy(agent, no, "the withdrawal", inState("clear", "withdrawn"));
  expect(stoodDown).toMatchObject({ status: "stoodDown", responsible: false });
  await expect(agent.give("acceptOffer", linkage)).rejects.toMatchObject({ status: 409 });
  expect(await taker.request(no)).toMatchObject({ responsible: true, status: "registered" });
});

test("what 110 has taken up goes to 12345 only with an entry of the initial response (nmg:2.2.2)", async () => {
  const { requestNo } = await taker.register({ ...STREET_LAMP, item: "D06-01" });
  await expect(taker.give("handOver", requestNo)).rejects.toMatchObject({ problem: { code: "NO_INITIAL_RESPONSE" } });
  await taker.give("recordInitialResponse", requestNo, { manner: "onSite", entry: "已设警示桩" });
  await taker.give("handOver", requestNo);
  const arrived = await seenBy(agent, requestNo, "the offer", inState("afterInitialResponse", "offered"));
  const told = [...Object.values(arrived.fields), arrived.initialResponse];
  expect(told.map((f) => f?.value)).toContain("已设警示桩");
});
