import { randomUUID } from "node:crypto";
import type { CommandName } from "../../../src/http/contract/index.ts";
import { both, copyAt, newLinkage, text } from "./act.ts";
import type { Act } from "./act.ts";
import { UNITS } from "./catalogue.ts";
import { clearAlarm, DUTY_PHONE, frame, instant, other, raise, tell } from "./world.ts";
import type { Copy, Linkage, Node, World } from "./world.ts";
import { askJoint, endJoint } from "./joint.ts";
import { onTelling, tellOther } from "./telling.ts";
import { onClock } from "./time-limits.ts";

export function push({ world, at, copy, who }: Act): void {
  copy.danger = true;
  copy.dangerOpen = true;
  if (at.side === "police") {
    tell(at, copy, "CaseAmended", { who, source: "nmg:2.2.1" });
    return;
  }
  const known = copy.linkages.find((linkage) => linkage.kind === "urgent" && linkage.state !== "ended");
  const id = known?.id ?? randomUUID();
  if (known === undefined) copy.linkages.push(newLinkage("urgent", "S", id));
  else known.pushNo += 1;
  const details = { pushNo: copy.linkages.find((one) => one.id === id)?.pushNo ?? 1 };
  tell(at, copy, "command.push", { who, stream: "linkage", streamId: id, to: "pushed", source: "nmg:a3", details });
  const peer = other(world, at);
  if (!world.linkUp) {
    raise(at, "linkSilent", id, copy, { dial: DUTY_PHONE[peer.side] });
    frame(at, copy, "linkage", id, "timer.urgentLink");
    return;
  }
  deliver(world, at, copy, id);
}

/** A push whose key was pressed `lateMinutes` ago, while the link was down, comes now; the sender holds its receipt. */
export function deliverLate(world: World, at: Node, copy: Copy, lateMinutes: number): void {
  const linkage = copy.linkages.find((one) => one.kind === "urgent" && one.role === "S");
  if (linkage === undefined) throw new Error("nothing was pushed");
  const pressedAt = instant(lateMinutes * 60_000);
  deliver(world, at, copy, linkage.id);
  for (const side of [linkage, copyAt(other(world, at), copy).linkages.find(({ id }) => id === linkage.id)])
    if (side !== undefined) Object.assign(side, { pressedAt, cameAt: instant() });
}

function deliver(world: World, at: Node, copy: Copy, id: string): void {
  const peer = other(world, at);
  const there = copyAt(peer, copy);
  const again = there.linkages.find((linkage) => linkage.id === id);
  if (again !== undefined) again.pushNo += 1;
  if (again === undefined) {
    there.linkages.push(newLinkage("urgent", "R", id));
    if (there.origin === "linkage") there.status = "accepted";
    there.responsible = there.origin !== "linkage";
  }
  there.danger = true;
  there.dangerOpen = true;
  const before = peer.alarms.find((alarm) => alarm.kind === "urgentPush" && alarm.subject === id);
  const unsigned = again === undefined || again.signedAt === null;
  if (unsigned) raise(peer, "urgentPush", id, there, { level: (before?.level ?? 0) + 1 });
  const details = { pushNo: there.linkages.find((one) => one.id === id)?.pushNo ?? 1 };
  const told = { node: at.code, stream: "linkage", streamId: id, to: "active", source: "nmg:a3", details } as const;
  tell(peer, there, "message.push", told);
  if (![...peer.sessions.values()].some((session) => session.onDuty)) {
    raise(at, "noSeatOnDuty", id, copy, { dial: DUTY_PHONE[peer.side] });
  }
}

function amend(act: Act): void {
  const { world, at, copy, who, body } = act;
  const fields = (body["fields"] ?? {}) as Readonly<Record<string, unknown>>;
  const names: Readonly<Record<string, string>> = {
    requesterPhone: "requester.phone",
    requesterName: "requester.name",
    requesterContact: "requester.contact",
    address: "address",
    text: "text",
  };
  for (const [name, value] of Object.entries(fields)) {
    const sealed = names[name];
    if (sealed !== undefined && typeof value === "string") copy.texts[sealed] = value;
    else if (name in copy.facts) copy.facts = { ...copy.facts, [name]: value };
  }
  const note = text(body, "note");
  const field = `note.${randomUUID()}`;
  if (note !== "") copy.texts[field] = note;
  tell(at, copy, "CaseAmended", { who, source: "nmg:2.2.1", texts: note === "" ? [] : [[field, note]] });
  for (const linkage of copy.linkages.filter(
    (one) => one.part !== "none" && !["ended", "closed", "withdrawn", "returned"].includes(one.state),
  )) {
    const peer = other(world, at);
    const there = copyAt(peer, copy);
    const theirs = there.linkages.find((one) => one.id === linkage.id);
    if (theirs !== undefined && note !== "" && !["urgent", "joint"].includes(linkage.kind)) theirs.additionsUnread += 1;
    if (linkage.kind === "urgent" && linkage.role === "S") {
      linkage.pushNo += 1;
      const details = { pushNo: linkage.pushNo };
      tell(at, copy, "command.add", { who, stream: "linkage", streamId: linkage.id, details });
    }
    if (linkage.kind === "urgent" && world.linkUp) deliver(world, at, copy, linkage.id);
    else tell(peer, there, "message.addition", { node: at.code, stream: "linkage", streamId: linkage.id });
  }
}

function onLinkage(name: CommandName, act: Act, linkage: Linkage): string | null {
  if (linkage.part === "none") return onTelling(name, act, linkage);
  const { at, copy, world } = act;
  const now = instant();
  switch (name) {
    case "shown": {
      const shownPushNo = linkage.pushNo;
      const there = both(
        act,
        linkage,
        { deliveredAt: now, shownPushNo },
        { state: "delivered", deliveredAt: now, shownPushNo },
        ["command.shown", "message.delivered"],
        { shownPushNo },
      );
      if (there !== null) clearAlarm(other(world, at), "noSeatOnDuty", linkage.id);
      return null;
    }
    case "sign":
      if (linkage.signedAt !== null) return "ALREADY_SIGNED";
      // As the node has it: whoever signs the newest push has it on screen.
      if (act.body["pushNo"] === linkage.pushNo && linkage.shownPushNo < linkage.pushNo)
        onLinkage("shown", act, linkage);
      for (const kind of ["urgentPush", "jointAsked"]) clearAlarm(at, kind, linkage.id);
      both(act, linkage, { signedAt: now }, { signedAt: now }, ["command.sign", "message.signed"]);
      return null;
    case "endJoint":
      return endJoint(act, linkage);
    case "endDanger": {
      clearAlarm(at, "urgentPush", linkage.id);
      copy.dangerOpen = false;
      const said = text(act.body, "result");
      const result = said === "" ? null : ({ showing: "clear", value: said, revealable: false } as const);
      const as = act.body["outcome"] === "noDangerFound" ? "noDangerFound" : "handled";
      const end = { state: "ended", endedAt: now, outcome: { as, result } } as const;
      const there = both(act, linkage, end, end, ["command.end", "message.ended"]);
      if (there !== null) there.dangerOpen = false;
      return null;
    }
    case "acceptOffer": {
      if (linkage.additionsUnread > 0) return "UNREAD_ADDITION";
      copy.status = "accepted";
      copy.responsible = true;
      const there = both(act, linkage, { state: "accepted", acceptedAt: now }, { state: "accepted", acceptedAt: now }, [
        "command.accept",
        "message.accepted",
      ]);
      if (there !== null) Object.assign(there, { status: "handedOver", responsible: false });
      return null;
    }
    case "return": {
      copy.status = "stoodDown";
      const grounds = (name: string) => ({ showing: "clear" as const, value: text(act.body, name), revealable: false });
      const [basis, proposedOwner] = [grounds("basis"), grounds("proposedOwner")];
      const returned = { reason: text(act.body, "reason"), at: now, basis, proposedOwner };
      const moved = { state: "returned", returned };
      both(act, linkage, moved, moved, ["command.return", "message.returned"]);
      return null;
    }
    case "withdraw": {
      const types = ["command.withdraw", "message.withdrawn"] as const;
      const details = { withdrawn: text(act.body, "reason") };
      const there = both(act, linkage, { state: "withdrawn" }, { state: "withdrawn" }, types, details);
      if (there !== null) there.status = "stoodDown";
      return null;
    }
    case "hold":
      both(act, linkage, { state: "held" }, { state: "held" }, ["command.hold", "message.held"]);
      return null;
    case "negotiate":
      both(act, linkage, { state: "negotiating" }, { state: "negotiating" }, [
        "command.negotiate",
        "message.negotiate",
      ]);
      return null;
    case "readAdditions":
      linkage.additionsUnread = 0;
      tell(at, copy, "command.readAdditions", { who: act.who, stream: "linkage", streamId: linkage.id });
      return null;
    default:
      return "NOT_IN_STATE";
  }
}

function progress(act: Act, stage: string): void {
  const { world, at, copy } = act;
  const linkage = copy.linkages.find((one) => one.state === "accepted" && one.role === "R");
  const peer = other(world, at);
  const there = peer.copies.get(copy.no);
  if (linkage === undefined || there === undefined) return;
  tell(peer, there, "message.progress", { node: at.code, stream: "linkage", streamId: linkage.id, details: { stage } });
}

function onOrder(name: CommandName, act: Act, id: string): string | null {
  const { at, copy, who, body } = act;
  const order = copy.orders.find((one) => one.id === id);
  if (order === undefined) return "ORDER_UNKNOWN";
  const told = { who, stream: "order", streamId: id } as const;
  const now = instant();
  switch (name) {
    case "acknowledgeOrder":
      Object.assign(order, { status: "acknowledged", acknowledgedAt: now });
      tell(at, copy, "OrderAcknowledged", told);
      progress(act, "acknowledged");
      return null;
    case "arrive":
      Object.assign(order, { status: "arrived", arrivedAt: now, acknowledgedAt: order.acknowledgedAt ?? now });
      tell(at, copy, "OfficersArrived", told);
      progress(act, "arrived");
      return null;
    case "reply":
      Object.assign(order, {
        status: "replied",
        reply: text(body, "reply"),
        resolution: text(body, "resolution"),
        endedAt: now,
      });
      tell(at, copy, "OrderReplied", { ...told, texts: [["reply.1", text(body, "reply")]] });
      progress(act, "replied");
      return null;
    case "recall":
      Object.assign(order, { status: "recalled", endedAt: now });
      tell(at, copy, "OrderRecalled", told);
      return null;
    case "orderDanger":
      push(act);
      return null;
    default: {
      const type = onClock(name, order, body);
      if (type === null) return "ORDER_NOT_IN_STATE";
      tell(at, copy, type, { ...told, stream: "clock" });
      return null;
    }
  }
}

export function dispatch({ at, copy, who, body, ...rest }: Act): void {
  const unit = UNITS.find((one) => one.code === body["unit"]);
  const id = randomUUID();
  copy.orders.push({
    id,
    kind: at.side === "police" ? "police" : "work",
    unit: text(body, "unit"),
    unitName: unit?.nameZh ?? text(body, "unit"),
    role: body["role"] === "assisting" ? "assisting" : "lead",
    status: "dispatched",
    dispatchedAt: instant(),
    acknowledgedAt: null,
    arrivedAt: null,
    endedAt: null,
    instruction: text(body, "instruction") || null,
    reply: null,
    resolution: null,
  });
  copy.status = "handling";
  tell(at, copy, "OrderDispatched", { who, stream: "order", streamId: id, to: "dispatched", source: "nmg:2.2.1" });
  progress({ at, copy, who, body, ...rest }, at.side === "police" ? "policeDispatched" : "dispatched");
}

function handOver({ world, at, copy, who }: Act): string | null {
  const peer = other(world, at);
  const id = randomUUID();
  const { item } = copy;
  // What the other desk gave back once comes a second time as a negotiation, by rule.
  const again = copy.linkages.some((one) => one.role === "S" && (one.returned ?? null) !== null);
  const state = again ? "negotiating" : "offered";
  const returnUntil = again ? null : instant(-1_800_000);
  copy.linkages.push({ ...newLinkage("clear", "S", id), item, state, deliveredAt: instant(), returnUntil });
  tell(at, copy, "command.offer", { who, stream: "linkage", streamId: id, to: state, source: "nmg:2.2.1" });
  const there = copyAt(peer, copy);
  there.status = "offered";
  there.responsible = false;
  there.linkages.push({
    ...newLinkage("clear", "R", id),
    item,
    state,
    deliveredAt: instant(),
    returnUntil,
  });
  tell(peer, there, "message.offer", {
    node: at.code,
    stream: "linkage",
    streamId: id,
    to: "offered",
    source: "nmg:2.2.1",
  });
  return null;
}

/** Carries out one command on both nodes' copies. Returns a refusal code, or null. */
export function carryOut(name: CommandName, subject: string, act: Act): string | null {
  const { at, copy, who, body } = act;
  const linkage = copy.linkages.find((one) => one.id === subject);
  if (linkage !== undefined) return onLinkage(name, act, linkage);
  if (copy.orders.some((one) => one.id === subject)) return onOrder(name, act, subject);
  switch (name) {
    case "amend":
      amend(act);
      return null;
    case "danger":
      push(act);
      return null;
    case "judge":
      copy.item = text(body, "item");
      copy.answers = (body["answers"] as Copy["answers"] | undefined) ?? [];
      tell(at, copy, "CaseJudged", { who, source: "nmg:2.2" });
      return null;
    case "accept":
      copy.status = "accepted";
      tell(at, copy, "CaseAccepted", { who, from: "registered", to: "accepted", source: "nmg:2.2.1" });
      return null;
    case "dispatch":
      dispatch(act);
      return null;
    case "recordInitialResponse":
      copy.initialResponse = text(body, "entry");
      tell(at, copy, "InitialResponseRecorded", {
        who,
        source: "nmg:2.2.2",
        texts: [["initialResponse.1", text(body, "entry")]],
      });
      return null;
    case "handOver":
      return handOver(act);
    case "askJoint":
      return askJoint(act);
    case "notify":
    case "askSupport":
      return tellOther(name, act);
    case "answer":
    case "conclude":
    case "guide": {
      const facts = [copy.facts.requestKind, copy.facts.field, copy.facts.requesterType];
      if (name !== "guide" && facts.includes(null)) return "FACTS_MISSING";
      const result = text(body, "result") || text(body, "answer") || text(body, "guidance");
      const resolution =
        name === "answer" ? "answeredAtOnce" : name === "guide" ? "explained" : text(body, "resolution");
      copy.conclusion = { resolution, result, at: instant(), by: "self" };
      copy.status = name === "guide" ? "closed" : "concluded";
      copy.closedAs = name === "guide" ? "guided" : null;
      tell(at, copy, name === "guide" ? "CaseGuided" : "CaseConcluded", {
        who,
        to: copy.status,
        texts: [["result.1", result]],
      });
      return null;
    }
    case "callBack": {
      const satisfaction = typeof body["satisfaction"] === "number" ? body["satisfaction"] : null;
      const solved = typeof body["solved"] === "boolean" ? body["solved"] : null;
      copy.callbacks.push({
        no: copy.callbacks.length + 1,
        at: instant(),
        outcome: text(body, "outcome"),
        satisfaction,
        solved,
      });
      tell(at, copy, "CaseCalledBack", {
        who,
        source: "nmg:2.2.1",
        details: { outcome: text(body, "outcome"), satisfaction },
      });
      return null;
    }
    case "close":
      if (copy.callbacks.every((one) => one.outcome !== "reached")) return "NOT_CALLED_BACK";
      copy.status = "closed";
      copy.closedAs = "calledBack";
      tell(at, copy, "CaseClosed", { who, to: "closed" });
      return null;
    case "reopen":
      copy.status = "accepted";
      tell(at, copy, "CaseReopened", { who, to: "accepted" });
      return null;
    default:
      return "NOT_FOUND";
  }
}
