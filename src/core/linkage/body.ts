import type { Linkage } from "./linkage.ts";
import { SEALED_GROUNDS } from "./message.ts";
import type { LinkageMessageBody, LinkageMessageType, Telling } from "./message.ts";
import { commandOf, findCommand, messageOf } from "./work.ts";
import type { Work } from "./work.ts";

type Body<T extends LinkageMessageType> = Extract<LinkageMessageBody, { type: T }>;

/** What is said to the peer. `l` is the linkage with the facts of the row already set. */
const BODIES: { readonly [T in LinkageMessageType]: (work: Work, l: Linkage) => Body<T> } = {
  offer: (w, l) => ({ ...offerBody(l), ...ruledBy(w) }),
  accepted: (w, l) => ({
    type: "accepted",
    by: w.input.via === "command" ? "person" : "node",
    acceptedAt: w.at,
    into: l.into,
  }),
  confirmed: () => ({ type: "confirmed" }),
  withdrawn: (w, l) => ({
    type: "withdrawn",
    reason: l.withdrawReason ?? "ruled",
    decidedAt: w.at,
    note: (findCommand(w, "withdraw") ?? findCommand(w, "ruling"))?.note ?? null,
  }),
  returned: (w) => {
    const { reason, basis, proposedOwner, note } = commandOf(w, "return");
    const clear = { basis: SEALED_GROUNDS, proposedOwner: SEALED_GROUNDS };
    return { type: "returned", reason, ...clear, note, grounds: { basis, proposedOwner } };
  },
  negotiate: (w) => ({ type: "negotiate", note: findCommand(w, "negotiate")?.note ?? null }),
  held: () => ({ type: "held" }),
  bound: (w) => {
    const ruling = findCommand(w, "ruling");
    return ruling === null
      ? { type: "bound", basis: "firstReceiver" }
      : { type: "bound", basis: ruling.basis, note: ruling.note };
  },
  ruling: (w) => {
    const { to, basis, note } = commandOf(w, "ruling");
    return { type: "ruling", to, basis, note };
  },
  rejected: (_, l) => {
    if (l.rejectCode === null) throw new Error("a rejection names its code");
    return { type: "rejected", code: l.rejectCode };
  },
  addition: (w, l) => ({ type: "addition", n: l.additionsSent, sealed: commandOf(w, "add").sealed, brief: l.brief }),
  progress: (w, l) => progressBody(w, l),
  concluded: (_, l) => ({
    type: "concluded",
    no: l.conclusionNo,
    seen: l.additionsReceived,
    resolution: l.resolution ?? "",
    result: l.result,
  }),
  conclusionHeld: (_, l) => ({ type: "conclusionHeld", no: l.conclusionNo }),
  closed: (_, l) => ({ type: "closed", no: l.conclusionNo, rating: l.rating }),
  reopen: (w) => {
    const { reason, note } = commandOf(w, "reopen");
    return { type: "reopen", reason, note };
  },
  reopened: (w) =>
    w.trigger === "message:reopen"
      ? { type: "reopened", own: false, answers: messageOf(w).id }
      : { type: "reopened", own: true, answers: null },
  push: (_, l) => ({
    type: "push",
    k: l.k,
    brief: l.brief,
    firstReceiver: l.firstReceiver,
    parent: l.parent,
    machineSuspected: l.machineSuspected,
    regime: l.regime,
    catalogueVersion: l.catalogueVersion,
  }),
  delivered: (w, l) => ({ type: "delivered", k: l.k, at: w.at }),
  noSeatOnDuty: (w, l) => ({ type: "noSeatOnDuty", k: l.k, dial: w.context.dutyPhone }),
  signed: (w, l) => ({ type: "signed", k: l.k, at: w.at }),
  ended: (w, l) => ({ type: "ended", k: l.k, outcome: commandOf(w, "end").outcome, result: l.result }),
  endHeld: (_, l) => ({ type: "endHeld", k: l.k }),
  notice: (_, l) => ({ type: "notice", ...tellingOf(l), text: l.words?.text ?? null }),
  noticeRead: (w) => ({ type: "noticeRead", at: w.at }),
  support: (_, l) => {
    const { what = null, where = null, when = null } = l.words ?? {};
    return { type: "support", ...tellingOf(l), what, where, when };
  },
  joint: (_, l) => ({ type: "joint", k: l.k, ...tellingOf(l), what: l.words?.what ?? null, regime: l.regime }),
  granted: (w) => ({ type: "granted", at: w.at, note: commandOf(w, "grant").note }),
  declined: (w) => ({ type: "declined", at: w.at, note: commandOf(w, "decline").note }),
  supportEnded: (w) => ({ type: "supportEnded", at: w.at, result: commandOf(w, "endSupport").result }),
};

/** The body of one message a row sends. */
export function bodyToSend(type: LinkageMessageType, work: Work, linkage: Linkage): LinkageMessageBody {
  return BODIES[type](work, linkage);
}

/** What the ruling rests on travels with what it binds. */
function ruledBy(work: Work): Pick<Body<"offer">, "ruling"> {
  const ruling = findCommand(work, "ruling") ?? findCommand(work, "offer")?.ruling;
  return ruling === undefined ? {} : { ruling: { basis: ruling.basis, note: ruling.note } };
}

function tellingOf({ brief, firstReceiver, catalogueVersion }: Linkage): Telling {
  return { brief, firstReceiver, catalogueVersion };
}

function offerBody(l: Linkage): Body<"offer"> {
  if (l.kind !== "clear" && l.kind !== "afterInitialResponse") throw new Error(`${l.kind} is not offered`);
  if (l.birth !== "offered" && l.birth !== "negotiating" && l.birth !== "bound")
    throw new Error(`what is born ${l.birth} is no offer`);
  return {
    type: "offer",
    kind: l.kind,
    birth: l.birth,
    brief: l.brief,
    firstReceiver: l.firstReceiver,
    chain: l.chain,
    source: l.source,
    initialResponse: l.initialResponse,
    followPolicy: l.followPolicy,
    regime: l.regime,
    catalogueVersion: l.catalogueVersion,
  };
}

function progressBody(work: Work, l: Linkage): Body<"progress"> {
  const command = findCommand(work, "progress");
  if (command !== null) {
    const { stage, note, facts } = command;
    return { type: "progress", stage, at: work.at, note, ...(facts === undefined ? {} : { facts }) };
  }
  // Stood down: one late fact says since when this desk had been at work.
  return { type: "progress", stage: "late", at: l.acceptedAt ?? work.at, note: null };
}
