import {
  atWork,
  belongsElsewhere,
  calledBack,
  linkage,
  missingFields,
  more,
  needsEntry,
  officers,
  officersDone,
  officersFirst,
  on,
  ours,
  phonedIn,
  pushedHere,
  readyToHandOver,
  received,
  replyOf,
  request,
  resolution,
  satisfaction,
  satisfied,
  sent,
  workOrder,
} from "./judgement.ts";
import { DANGER_END_MIX, INITIAL_RESPONSE_MIX } from "./mixes.ts";
import { openOrders } from "./seen.ts";
import type { Seen, SeenUnitOrder } from "./seen.ts";
import type { ClerkStep, Step, Wish } from "./step.ts";

/** A screen says which push it has painted. */
function painted(seen: Seen): Wish | null {
  return on(seen, "shown", pushedHere, { pushNo: linkage(seen, pushedHere)?.pushNo });
}

/** An urgent push at 110, and what both desks do about danger. */
// biome-ignore format: a table is read one row a line
const DANGER_STEPS: readonly Step[] = [
  { name: "show", lane: "danger", who: "callTaker", delay: "show", see: painted },
  { name: "sign", lane: "danger", who: "callTaker", delay: "sign", see: (s) => on(s, "sign", pushedHere) },
  { name: "sendOfficersToDanger", lane: "danger", who: "dispatcher", delay: "sendOfficers", see: (s, m) => linkage(s, (l) => pushedHere(l) && l.state === "active") === null ? null : officers(s, m) },
  { name: "endDanger", lane: "danger", who: "dispatcher", delay: "conclude", see: (s, m) => officersDone(s) ? on(s, "endDanger", pushedHere, { outcome: m.story.draw.ofMix("danger end", DANGER_END_MIX), result: "现场已处置" }) : null },
  { name: "danger", lane: "danger", who: "callTaker", delay: "decide", once: true, see: (s, m) => request(s, "danger", m.story.dangerByKey && m.desk === m.story.desk && !s.danger && atWork(s), { note: "来电人称现在有危险" }) },
  { name: "addDuringDanger", lane: "danger", who: "callTaker", delay: "talk", chance: "addedDuringDanger", once: true, see: (s, m) => request(s, "amend", linkage(s, (l) => l.kind === "urgent" && l.role === "S" && l.state !== "ended") !== null, more(m, "来电人补充危险情况")) },
];

/** Matters that one desk offers to the other: first the receiver's rows, then the sender's. */
// biome-ignore format: a table is read one row a line
const HAND_OVER_STEPS: readonly Step[] = [
  { name: "readAdditions", lane: "handOver", who: "callTaker", delay: "read", see: (s) => on(s, "readAdditions", (l) => received(l) && l.additionsUnread > 0) },
  { name: "return", lane: "handOver", who: "dispatcher", delay: "decide", chance: "returned", once: true, see: (s, m) => on(s, "return", (l) => received(l) && l.state === "offered", { reason: m.story.draw.pick("return reason", m.returnReasons) ?? "other", basis: "对照事项清单", proposedOwner: "原平台" }) },
  { name: "negotiate", lane: "handOver", who: "dispatcher", delay: "decide", chance: "negotiated", once: true, see: (s, m) => on(s, "negotiate", (l) => received(l) && l.state === "offered", { note: `职责交叉(${m.story.index})` }) },
  { name: "accept", lane: "handOver", who: "callTaker", delay: "takeUp", see: (s) => on(s, "acceptOffer", received) },

  { name: "keep", lane: "handOver", who: "dispatcher", delay: "decide", chance: "keptAfterReturn", see: (s) => on(s, "withdraw", (l) => sent(l) && l.state === "returned", { reason: "keep" }) },
  { name: "dispute", lane: "handOver", who: "dispatcher", delay: "decide", see: (s) => on(s, "negotiate", (l) => sent(l) && l.state === "returned", { note: "请再商" }) },
  { name: "withdraw", lane: "handOver", who: "callTaker", delay: "secondThoughts", chance: "withdrawn", once: true, see: (s) => on(s, "withdraw", (l) => sent(l) && l.state === "offered", { reason: "takeBack" }) },
  { name: "addAfterHandOver", lane: "handOver", who: "callTaker", delay: "sayMore", chance: "addedAfterHandOver", once: true, see: (s, m) => request(s, "amend", linkage(s, (l) => sent(l) && l.state === "accepted") !== null, more(m, "来电人再次来电补充")) },
];

/** The ordinary part, while it is this desk's, and orders of units without a log-in. */
// biome-ignore format: a table is read one row a line
const ORDINARY_STEPS: readonly Step[] = [
  { name: "officersPhoneIn", lane: "order", who: "dispatcher", delay: "feedback", see: (s, m) => phonedIn(s, m, "police") },
  { name: "unitPhonesIn", lane: "order", who: "dispatcher", delay: "unitReply", see: (s, m) => phonedIn(s, m, "work") },

  { name: "judge", lane: "ordinary", who: "callTaker", delay: "decide", see: (s, m) => request(s, "judge", atWork(s) && s.item === null, { item: m.story.item }) },
  { name: "complete", lane: "ordinary", who: "callTaker", delay: "talk", see: (s, m) => request(s, "amend", atWork(s) && s.side !== "neither" && s.missing.length > 0 && !belongsElsewhere(s, m), missingFields(s, m)) },
  { name: "guide", lane: "ordinary", who: "callTaker", delay: "talk", see: (s, m) => request(s, "guide", atWork(s) && s.side === "neither" && !s.danger, { reason: m.story.draw.pick("guidance", m.guidanceReasons) ?? "N00-99", guidance: "不属于受理范围,已说明原因和反映渠道" }) },
  { name: "sendOfficers", lane: "ordinary", who: "dispatcher", delay: "sendOfficers", see: (s, m) => atWork(s) && officersFirst(s, m) && m.story.road !== "answer" ? officers(s, m) : null },
  { name: "writeInitialResponse", lane: "ordinary", who: "callTaker", delay: "read", see: (s, m) => request(s, "recordInitialResponse", readyToHandOver(s, m) && needsEntry(s, m), { manner: m.story.draw.ofMix("manner", INITIAL_RESPONSE_MIX), entry: "已先行处置并安抚来电人" }) },
  { name: "handOver", lane: "ordinary", who: "callTaker", delay: "decide", see: (s, m) => request(s, "handOver", readyToHandOver(s, m) && !needsEntry(s, m)) },
  { name: "answer", lane: "ordinary", who: "callTaker", delay: "talk", see: (s, m) => request(s, "answer", m.story.road === "answer" && atWork(s) && s.orders.length === 0 && !belongsElsewhere(s, m), { answer: "已按口径当场答复" }) },
  { name: "sendOfficersAnyway", lane: "ordinary", who: "dispatcher", delay: "sendOfficers", see: (s, m) => atWork(s) && !belongsElsewhere(s, m) ? officers(s, m) : null },
  { name: "dispatch", lane: "ordinary", who: "callTaker", delay: "dispatchOrder", see: (s, m) => m.desk === "hotline" && atWork(s) && !belongsElsewhere(s, m) && s.orders.length === 0 ? workOrder(s, "lead") : null },
  { name: "dispatchSecond", lane: "ordinary", who: "callTaker", delay: "decide", chance: "secondUnit", once: true, see: (s, m) => m.desk === "hotline" && atWork(s) && openOrders(s).length === 1 ? workOrder(s, "assisting") : null },
  { name: "conclude", lane: "ordinary", who: "dispatcher", delay: "conclude", see: (s, m) => request(s, "conclude", ours(s) && !s.dangerOpen && s.orders.length > 0 && openOrders(s).length === 0 && !readyToHandOver(s, m), { resolution: resolution(m), result: "办理完毕,结果如答复所述" }) },
  { name: "rate", lane: "ordinary", who: "callTaker", delay: "sayMore", chance: "ratedByMessage", once: true, see: (s, m) => request(s, "rate", s.status === "concluded" && !satisfied(s), { satisfaction: satisfaction(m, "message"), solved: true }) },
  { name: "callBack", lane: "ordinary", who: "callTaker", delay: "callBack", see: (s, m) => request(s, "callBack", s.status === "concluded" && !satisfied(s), calledBack(s, m)) },
  { name: "reopen", lane: "ordinary", who: "callTaker", delay: "decide", chance: "reopened", once: true, see: (s) => request(s, "reopen", s.responsible && s.status === "concluded" && s.callbacks.at(-1)?.solved === false, { reason: "notSolved", note: "诉求人称未解决" }) },
  { name: "close", lane: "ordinary", who: "callTaker", delay: "close", see: (s) => request(s, "close", s.status === "concluded" && satisfied(s)) },
];

/** Call takers and dispatchers of both desks. */
export const DESK_STEPS: readonly Step[] = [...DANGER_STEPS, ...HAND_OVER_STEPS, ...ORDINARY_STEPS];

function onOrder(row: SeenUnitOrder, command: string, when: boolean, body: object = {}): Wish | null {
  const allowed = command === "orderDanger" ? row.allowed : row.order.allowed;
  return when && allowed.includes(command) ? { command, target: row.order.id, body } : null;
}

/** Unit clerks and officers. */
// biome-ignore format: a table is read one row a line
export const CLERK_STEPS: readonly ClerkStep[] = [
  { name: "acknowledge", delay: () => "acknowledge", chance: "acknowledged", see: (row) => onOrder(row, "acknowledgeOrder", true) },
  { name: "officersArrive", delay: () => "arrive", see: (row) => onOrder(row, "arrive", row.order.kind === "police") },
  { name: "siteVisit", delay: () => "dispatchOrder", chance: "siteVisit", see: (row) => onOrder(row, "arrive", row.order.kind === "work") },
  { name: "orderDanger", delay: () => "decide", chance: "dangerFoundByUnit", see: (row) => onOrder(row, "orderDanger", row.order.kind === "work", { note: "现场情况失控" }) },
  { name: "reply", delay: (order) => (order.kind === "police" ? "feedback" : "unitReply"), see: (row, desk) => onOrder(row, "reply", true, replyOf(row.order, desk === "police" ? "handled" : "resolved")) },
];
