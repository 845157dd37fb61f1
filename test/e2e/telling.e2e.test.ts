import { beforeAll, expect, test } from "vitest";
import type { PairFacts } from "../setup/pair.ts";
import { eventually, logIn } from "../setup/pair-seat.ts";
import type { Seat } from "../setup/pair-seat.ts";
import { sharedTestPair } from "../setup/shared-pair.ts";
import { inState, linkageIn, seenBy, STREET_LAMP, THEFT } from "./matters.ts";

const NOTICE = "晚上八点起该路段封闭施工，请接警时告知";
const NEED = "需要两名民警到场维持秩序";

let pair: PairFacts;
let agent: Seat;
let taker110: Seat;
let dispatcher110: Seat;

beforeAll(async () => {
  pair = await sharedTestPair();
  agent = await logIn(pair.account("hotline", "agent1"));
  taker110 = await logIn(pair.account("police", "taker1"));
  dispatcher110 = await logIn(pair.account("police", "dispatcher"));
});

/** The marks of a request at a desk, by kind. */
function marked(seat: Seat, no: string, kind: string, stands: boolean): Promise<boolean> {
  return eventually(`${kind} ${stands ? "stands" : "is over"} at ${seat.account.node}`, async () => {
    const alarms = await seat.alarms();
    const found = alarms.some((a) => a.kind === kind && a.requestNo === no && a.acknowledgedAt === null);
    return found === stands ? true : null;
  });
}

test("a notice reaches the other desk, is receipted and read there, and moves nothing (yn:3.3, REQ-32)", async () => {
  const requesterPhone = "13800002090";
  const { requestNo: no } = await agent.register({
    ...STREET_LAMP,
    fields: { ...STREET_LAMP.fields, requesterPhone },
  });
  await expect(agent.give("notify", no, { text: " " })).rejects.toMatchObject({ problem: { code: "NOTICE_MISSING" } });
  const { view } = await agent.give("notify", no, { text: NOTICE });
  expect([view.responsible, view.status]).toEqual([true, "registered"]);
  await seenBy(agent, no, "the receipt", inState("notice", "received"));
  const there = await seenBy(taker110, no, "the notice", inState("notice", "received"));
  expect(linkageIn(there, "notice").words?.["text"]?.value).toBe(NOTICE);
  expect([there.responsible, there.holder, there.status]).toEqual([false, view.holder, "handedOver"]);
  // What was said and where goes along; who said it does not.
  expect(there.fields["text"]?.value).toBe(STREET_LAMP.fields.text);
  expect(Object.keys(there.fields).filter((name) => name.startsWith("requester."))).toEqual([]);
  await marked(taker110, no, "noticeUnread", true);
  const { view: read } = await taker110.give("readNotice", linkageIn(there, "notice").id);
  expect([read.status, read.closedAs]).toEqual(["closed", "informed"]);
  await marked(taker110, no, "noticeUnread", false);
  const after = await seenBy(agent, no, "that it was read", inState("notice", "read"));
  expect([after.responsible, linkageIn(after, "notice").answeredAt === null]).toEqual([true, false]);
  const said = (await agent.timeline(no)).map(({ type }) => type);
  expect(said).toEqual(expect.arrayContaining(["command.notify", "message.noticeRead"]));
});

test("support is asked for, granted and ended with a result, and who asked keeps the matter (nmg:2.2.3, REQ-33)", async () => {
  const { requestNo: no } = await agent.register(STREET_LAMP);
  await agent.give("accept", no);
  const asked = await agent.give("askSupport", no, { what: NEED, where: "海拉尔东街路口", when: "今晚八点前" });
  expect(asked.view.responsible).toBe(true);
  const there = await seenBy(taker110, no, "the plea", inState("support", "requested"));
  const { id, words } = linkageIn(there, "support");
  expect([words?.["what"]?.value, words?.["when"]?.value]).toEqual([NEED, "今晚八点前"]);
  // Who takes calls sees who decides.
  await expect(taker110.give("grantSupport", id)).rejects.toMatchObject({ problem: { code: "FORBIDDEN" } });
  expect(linkageIn(there, "support").forOthers.map(({ command }) => command)).toContain("grantSupport");
  await dispatcher110.give("grantSupport", id, { note: "已派两人" });
  const granted = await seenBy(agent, no, "the grant", inState("support", "granted"));
  expect([granted.responsible, linkageIn(granted, "support").words?.["answer"]?.value]).toEqual([true, "已派两人"]);
  await marked(agent, no, "supportMoved", true);
  await dispatcher110.give("endSupport", id, { result: "秩序已恢复" });
  const ended = await seenBy(agent, no, "the end", inState("support", "ended"));
  expect([ended.responsible, linkageIn(ended, "support").words?.["result"]?.value]).toEqual([true, "秩序已恢复"]);
  await seenBy(taker110, no, "that it rests", (v) => v.status === "closed" && v.closedAs === "informed");
});

test("110 may be asked back: declined with a reason, and the matter goes on (nmg:2.2.3)", async () => {
  const { requestNo: no } = await dispatcher110.register(THEFT);
  await dispatcher110.give("askSupport", no, { what: "请调取路口监控" });
  const there = await seenBy(agent, no, "the plea", inState("support", "requested"));
  const lead = await logIn(pair.account("hotline", "supervisor"));
  const { id } = linkageIn(there, "support");
  await expect(lead.give("declineSupport", id, { reason: "" })).rejects.toMatchObject({
    problem: { code: "DECLINE_MISSING" },
  });
  await lead.give("declineSupport", id, { reason: "该路口没有监控" });
  const declined = await seenBy(dispatcher110, no, "the refusal", inState("support", "declined"));
  expect(linkageIn(declined, "support").words?.["answer"]?.value).toBe("该路口没有监控");
  expect([declined.responsible, declined.allowed.includes("handOver")]).toEqual([true, true]);
});
