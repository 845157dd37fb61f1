import { afterAll, beforeAll, expect, test } from "vitest";
import { logIn } from "../setup/pair-seat.ts";
import type { Seat } from "../setup/pair-seat.ts";
import { startWithStranger } from "../setup/stranger.ts";
import type { StrangerDesk, StrangerPair } from "../setup/stranger.ts";
import { inState, linkageIn, seenBy, STREET_LAMP, THEFT } from "./matters.ts";

let pair: StrangerPair;
let desk: StrangerDesk;
let agent: Seat;

beforeAll(async () => {
  pair = await startWithStranger();
  desk = pair.desk;
  agent = await logIn(pair.nodes.account("hotline", "agent1"));
});
afterAll(() => pair?.end());

test("an offer is taken, confirmed, told of step by step and concluded by a desk that shares no code (nmg:2.2.1)", async () => {
  const { requestNo: no } = await agent.register(THEFT);
  await agent.give("handOver", no);
  const { conversation } = await desk.inState(no, "handOver", "offered");
  const told = (await desk.view()).said.filter((one) => one.requestNo === no);
  expect(told.map(({ value }) => value)).toEqual(expect.arrayContaining([THEFT.fields.text, THEFT.fields.address]));
  await desk.give("accept", { conversation });
  await seenBy(agent, no, "the acceptance", (v) => v.status === "handedOver" && v.holder === "police-150100");
  await desk.inState(no, "handOver", "accepted");
  for (const stage of ["policeDispatched", "arrived"]) await desk.give("progress", { conversation, stage });
  await desk.give("progress", { conversation, stage: "fedBack", note: "已调取监控" });
  await seenBy(agent, no, "the feedback", (v) => Object.values(v.fields).some((f) => f.value === "已调取监控"));
  await desk.give("conclude", { conversation, resolution: "policeCaseOpened", result: "已受案侦办" });
  const concluded = await seenBy(agent, no, "the result", (v) => v.conclusion?.by === "peer");
  expect(concluded.conclusion).toMatchObject({ resolution: "policeCaseOpened", result: { value: "已受案侦办" } });
  await desk.inState(no, "handOver", "toCallBack");
  await desk.give("close", { conversation, rating: { satisfaction: 5, solved: true, reached: true } });
  const closed = await seenBy(agent, no, "the end", (v) => v.status === "closed");
  expect(closed).toMatchObject({ closedAs: "byPeer", rating: { satisfaction: 5, solved: true } });
});

test("an urgent push is held, shown, signed and ended, and each word of it releases the sender (nmg:2.2.2)", async () => {
  await desk.setDuty(true);
  const { requestNo: no } = await agent.register({ ...STREET_LAMP, danger: true });
  const { conversation, opening } = await desk.inState(no, "urgent", "active");
  expect(opening).toMatchObject({ type: "push", k: 1, brief: { danger: true } });
  await seenBy(agent, no, "the push is under way", inState("urgent", "pushed"));
  await desk.give("shown", { conversation });
  await seenBy(agent, no, "that it is on a screen", inState("urgent", "delivered"));
  await desk.give("sign", { conversation, push: 1 });
  await seenBy(agent, no, "the signature", (v) => linkageIn(v, "urgent").signedAt !== null);
  await desk.give("end", { conversation, outcome: "noDangerFound", result: "现场已处置" });
  await seenBy(agent, no, "the end", inState("urgent", "ended"));
  await desk.inState(no, "urgent", "ended");
});

test("a push that finds nobody on duty is answered with the number to dial (nmg:2.2.2)", async () => {
  await desk.setDuty(false);
  const { requestNo: no } = await agent.register({ ...STREET_LAMP, danger: true });
  await desk.inState(no, "urgent", "active");
  await expect
    .poll(async () => (await agent.alarms()).find((a) => a.kind === "noSeatOnDuty" && a.requestNo === no)?.dial)
    .toBe("110");
  await desk.setDuty(true);
});

test("a return names its reason, basis and owner, and the matter stays with 12345 (nmg:2.2.1)", async () => {
  const { requestNo: no } = await agent.register(THEFT);
  await agent.give("handOver", no);
  const { conversation } = await desk.inState(no, "handOver", "offered");
  const grounds = { reason: "outOfScope", basis: "nmg:2.1", proposedOwner: "hotline", note: "属城市管理" };
  await desk.give("return", { conversation, ...grounds });
  const back = await seenBy(agent, no, "the return", inState("clear", "returned"));
  expect(back).toMatchObject({ responsible: true, status: "registered" });
  const { returned } = linkageIn(back, "clear");
  expect([returned?.basis?.value, returned?.proposedOwner?.value]).toEqual(["nmg:2.1", "hotline"]);
  expect(Object.values(back.fields).map((f) => f.value)).toContain("属城市管理");
});

test("a matter of the stranger's own goes to 12345 after its initial response, and comes back concluded (nmg:2.2.1)", async () => {
  const no = await desk.register({
    facts: {
      place: "150102",
      requestKind: "complaint",
      field: "publicServices",
      requesterType: "person",
      item: "D06-01",
    },
    words: { text: "路灯坏了三天", address: "新城区海拉尔东街" },
    initialResponse: "已设警示桩",
  });
  await desk.give("offer", { requestNo: no, kind: "afterInitialResponse" });
  const offered = await seenBy(agent, no, "the offer", inState("afterInitialResponse", "offered"));
  const said = Object.values(offered.fields).map((f) => f.value);
  expect(said).toEqual(["路灯坏了三天", "新城区海拉尔东街", "已设警示桩"]);
  const { id } = linkageIn(offered, "afterInitialResponse");
  await agent.give("acceptOffer", id);
  await desk.inState(no, "handOver", "accepted");
});

test("what the stranger took back before the answer stays with it (nmg:2.2.1)", async () => {
  const no = await desk.register({ facts: { place: "150102" }, words: { text: "井盖松动" } });
  const conversation = await desk.give("offer", { requestNo: no });
  await seenBy(agent, no, "the offer", inState("clear", "offered"));
  await desk.give("withdraw", { conversation, reason: "keep" });
  const view = await seenBy(agent, no, "the withdrawal", inState("clear", "withdrawn"));
  expect(view).toMatchObject({ status: "stoodDown", responsible: false });
});

test("a notice goes both ways and is read (yn:3.3, REQ-32)", async () => {
  const { requestNo: no } = await agent.register(STREET_LAMP);
  await agent.give("notify", no, { text: "今晚封路" });
  const { conversation } = await desk.inState(no, "notice", "received");
  await desk.give("readNotice", { conversation });
  const { responsible } = await seenBy(agent, no, "that it was read", inState("notice", "read"));
  expect(responsible).toBe(true);

  const own = await desk.register({ facts: { place: "150102" }, words: { text: "演练" } });
  await desk.give("notify", { requestNo: own, text: "明早演练" });
  const there = await seenBy(agent, own, "the notice", inState("notice", "received"));
  await agent.give("readNotice", linkageIn(there, "notice").id);
  await desk.inState(own, "notice", "read");
});

test("support is granted and ended at either desk (nmg:2.2.3, REQ-33)", async () => {
  const { requestNo: no } = await agent.register(STREET_LAMP);
  await agent.give("accept", no);
  await agent.give("askSupport", no, { what: "请派两名民警" });
  const { conversation } = await desk.inState(no, "support", "requested");
  await desk.give("grant", { conversation, note: "已派" });
  await seenBy(agent, no, "the grant", inState("support", "granted"));
  await desk.give("endSupport", { conversation, result: "秩序已恢复" });
  await seenBy(agent, no, "the end", inState("support", "ended"));

  const own = await desk.register({ facts: { place: "150102" }, words: { text: "路面塌陷" } });
  const plea = await desk.give("askSupport", { requestNo: own, what: "请抢修路面" });
  const there = await seenBy(agent, own, "the plea", inState("support", "requested"));
  const lead = await logIn(pair.nodes.account("hotline", "supervisor"));
  await lead.give("declineSupport", linkageIn(there, "support").id, { reason: "非本市道路" });
  await desk.inState(own, "support", "declined");
  expect((await desk.view()).linkages.find((l) => l.conversation === plea)?.state).toBe("declined");
});

test("killed at work the stranger remembers everything and takes what came meanwhile, once (nmg:2.2.1)", async () => {
  const { requestNo: no } = await agent.register(THEFT);
  await agent.give("handOver", no);
  const { conversation } = await desk.inState(no, "handOver", "offered");
  await desk.give("accept", { conversation });
  await desk.kill();
  const { requestNo: later } = await agent.register(THEFT);
  await agent.give("handOver", later);
  await desk.start();
  await desk.inState(no, "handOver", "accepted");
  await desk.inState(later, "handOver", "offered");
  expect((await desk.view()).outbox).toEqual([]);
});

test("what the stranger says while 12345 is down is sent again until it is receipted, in its order (nmg:2.2.1)", async () => {
  const { nodes } = pair;
  const { requestNo: no } = await agent.register(THEFT);
  await agent.give("handOver", no);
  const { conversation } = await desk.inState(no, "handOver", "offered");
  await nodes.stop("hotline", "SIGKILL");
  await desk.give("accept", { conversation });
  await desk.give("progress", { conversation, stage: "policeDispatched" });
  await desk.give("progress", { conversation, stage: "arrived" });
  expect((await desk.view()).outbox.map(({ type }) => type)).toEqual(["accepted", "progress", "progress"]);
  await nodes.start("hotline");
  await desk.inState(no, "handOver", "accepted");
  agent = await logIn(nodes.account("hotline", "agent1"));
  const stages = (await agent.timeline(no)).filter((r) => r.type === "message.progress").map((r) => r.details["stage"]);
  expect(stages).toEqual(["policeDispatched", "arrived"]);
});

test("the catalogue version an offer names is asked for by a signed document, checked and kept (PR-LINKAGE-EXCHANGE 12)", async () => {
  const offer = (await desk.view()).linkages.find(({ opening }) => opening["type"] === "offer");
  const version = String(offer?.opening["catalogueVersion"]);
  expect(await desk.post("fetch-catalogue", { version })).toEqual({ fetched: true, signed: true, base: null });
  expect(await desk.post("fetch-catalogue", { version: "unheard-of@1" })).toMatchObject({
    fetched: false,
    code: "EXCHANGE_CATALOGUE_UNKNOWN",
  });
});

test("nothing on the way was refused, kept or doubtful at either end, and all of it is receipted", async () => {
  await expect.poll(async () => (await desk.view()).outbox).toEqual([]);
  const { evidence, doubtful, peerRange } = await desk.view();
  const lines = evidence.flatMap(({ receipt }) => receipt.results);
  expect(lines.filter(({ status }) => status === "refused" || status === "kept")).toEqual([]);
  expect([doubtful, peerRange]).toEqual([[], { min: 1, max: 7 }]);
});
