import { plusMs } from "../../../kernel/index.ts";
import type { LinkageId, NodeCode, OrderId, RegionCode, Sealed } from "../../../kernel/index.ts";
import type { Case, MissingHalf } from "../../case/index.ts";
import { allowedLinkageCommands } from "../../linkage/index.ts";
import { briefOf } from "../brief.ts";
import { commandLinkage, emitCase, linkageFileOf, takeId, theCase } from "../draft.ts";
import type { Draft } from "../draft.ts";
import type { PeerDesk } from "../file.ts";
import { dangerDesks, placeByVoice } from "../peers.ts";
import { dangerOpen } from "../view.ts";
import { openOrder } from "./dispatch.ts";
import { addTo } from "./add.ts";
import { tellPeers } from "./progress.ts";

/**
 * Danger now: 12345 pushes to 110 and, in the same transaction, orders out the local government's duty desk.
 * 110 itself acts at once and pushes nothing, unless it names another 110 desk (wrong region): then it stays answerable and pushes
 * on by a linkage of its own. Nothing on this path can say no: whatever is missing is marked and completed later.
 * @source nmg:2.2.1 @source nmg:a3 @source nmg:2.2.2 @req REQ-02 @req REQ-17 @req REQ-26 @req REQ-27 @req REQ-90 @req REQ-91
 */
export function pushDanger(
  draft: Draft,
  asked: { readonly machineSuspected: boolean; readonly sealed: readonly Sealed[]; readonly to?: NodeCode },
): void {
  const state = theCase(draft);
  if (!state.danger || asked.sealed.length > 0) {
    emitCase(draft, [{ ...draft.head, type: "CaseAmended", facts: {}, sealed: asked.sealed, danger: true }]);
  }
  const named = asked.to === undefined ? undefined : policeDesk(draft, asked.to);
  const unknown = asked.to !== undefined && named === undefined;
  if (draft.context.side === "hotline") {
    const to = pushToPolice(draft, asked.machineSuspected, named);
    // A desk that is not known here cannot be pushed to: somebody must dial, wherever else it went.
    if (to === null || unknown) callByPhone(draft);
    orderGovernment(draft, "asked");
    return tellDanger(draft, asked.sealed, to);
  }
  if (unknown) callByPhone(draft);
  if (named === undefined) return takeDanger(draft, asked.sealed);
  const to = pushToPolice(draft, asked.machineSuspected, named);
  tellDanger(draft, asked.sealed, to);
}

function policeDesk(draft: Draft, code: NodeCode): PeerDesk | undefined {
  return draft.context.peers.find((p) => p.side === "police" && p.nodeCode === code);
}

/** Every danger that does not leave is louder than the one before: a call that was made told nothing of it. */
function callByPhone(draft: Draft): void {
  const { id: subject, pushesOwed = 0 } = theCase(draft);
  const no = pushesOwed + 1;
  emitCase(draft, [{ ...draft.head, type: "PushOwed", no }]);
  draft.alarms.push({
    act: "raise",
    kind: "noPeer",
    subject,
    level: no,
    dial: numberElsewhere(draft),
    audience: "desk",
  });
}

/** Of the place's own 110 the table may know a number; 110 from the hotline's exchange is that of its city. */
function hotlineDials(draft: Draft, place: RegionCode | null): string {
  return placeByVoice(draft.context, place, draft.head.at)?.dutyPhone ?? "110";
}

/** Whom to dial: 12345 dials 110; 110 never itself but the desk the danger came from, else another one. */
function numberElsewhere(draft: Draft): string | null {
  const { side, peers, dutyPhone } = draft.context;
  if (side === "hotline") return hotlineDials(draft, theCase(draft).place);
  const from = [...draft.linkages.values()].findLast((l) => l.role === "R")?.peer;
  const ranked = [...peers].sort((a, b) => Number(b.nodeCode === from) - Number(a.nodeCode === from));
  return ranked.find((p) => p.dutyPhone !== dutyPhone)?.dutyPhone ?? null;
}

/** A push has left, or the danger is over: nobody need dial any more. */
export function pushMade(draft: Draft): void {
  const { id: subject, pushesOwed = 0 } = theCase(draft);
  if (pushesOwed === 0) return;
  emitCase(draft, [{ ...draft.head, type: "PushMade" }]);
  draft.alarms.push({ act: "clear", kind: "noPeer", subject });
}

/** The mark of a danger that nobody could be pushed goes when that danger ends here: the matter is closed, or 110's officers are done. */
export function endOwedPush(draft: Draft, before: Case | null): void {
  const now = draft.case;
  if (before === null || now === null) return;
  const closed = now.status === "closed" && before.status !== "closed";
  if (closed || (before.dangerHere && !now.dangerHere)) pushMade(draft);
}

/** 110 itself has it: from now on its officers can be sent whatever became of the rest, and who holds the rest is told. */
function takeDanger(draft: Draft, sealed: readonly Sealed[]): void {
  if (!theCase(draft).dangerHere) emitCase(draft, [{ ...draft.head, type: "DangerTaken" }]);
  tellDanger(draft, sealed, null);
}

/**
 * Every desk that has to do with the matter learns of the danger, whoever has it: those it was handed to, and those it came from.
 * `pushedTo` knows it by the push itself. @source nmg:2.2.1 @req REQ-14
 */
function tellDanger(draft: Draft, sealed: readonly Sealed[], pushedTo: NodeCode | null): void {
  // Who has an earlier push of it knows that there is danger; it is told more only when more was said.
  addTo(draft, sealed, ({ kind, peer }) => peer !== pushedTo && (kind !== "urgent" || sealed.length > 0));
  const except = pushedTo ?? undefined;
  const [first = null, ...rest] = sealed;
  tellPeers(draft, "noted", { note: first, facts: { danger: true }, except });
  for (const note of rest) tellPeers(draft, "noted", { note, except });
}

/** What a danger lacked when it was pushed and what is known now: the desk of the place, and the government's order. `was` = the place before. */
export function completeDanger(draft: Draft, was: RegionCode | null): void {
  const { danger, place } = theCase(draft);
  if (!danger || place === null || draft.context.side === "police") return;
  const desks = dangerDesks(draft.context, place, draft.head.at);
  const silent = (theCase(draft).pushesOwed ?? 0) > 0;
  const urgent = [...draft.linkages.values()].filter((l) => l.kind === "urgent" && l.role === "S");
  const owed = (theCase(draft).completion ?? null) !== null;
  if (urgent.length === 0 && !owed && !silent) return;
  const reached = urgent.some((l) => desks.some((desk) => desk.nodeCode === l.peer));
  if ((urgent.length > 0 || silent) && desks.length > 0 && !reached) pushToPolice(draft, false);
  // Nobody can be pushed to, and another number serves the place that is known now: the call before reached the wrong desk.
  if (silent && desks.length === 0 && hotlineDials(draft, place) !== hotlineDials(draft, was)) callByPhone(draft);
  orderGovernment(draft, "learned");
}

/** The desk a push left for; null = none did. */
function pushToPolice(draft: Draft, machineSuspected: boolean, named?: PeerDesk): NodeCode | null {
  const state = theCase(draft);
  const brief = briefOf(state, "peerDanger");
  const pushed = [...draft.linkages.values()].filter((l) => l.kind === "urgent" && l.role === "S");
  const desks = dangerDesks(draft.context, state.place, draft.head.at);
  // Of several that serve the place the one that has it already is told more; nobody is pushed to twice.
  const to = named ?? desks.find((desk) => pushed.some((l) => l.peer === desk.nodeCode)) ?? desks[0] ?? null;
  const open = to === null ? pushed[0] : pushed.find((l) => l.peer === to.nodeCode);
  if (open !== undefined) {
    if (allowedLinkageCommands(linkageFileOf(draft), open.id).includes("add")) {
      commandLinkage(draft, open.id, { type: "add", sealed: brief.sealed, brief });
      pushMade(draft);
    }
    return open.peer;
  }
  if (to === null) return null;
  // Pushed on: the new linkage names the one by which the danger came here.
  const came = [...draft.linkages.values()].findLast((l) => l.kind === "urgent" && l.role === "R");
  const linkageId = takeId(draft) as LinkageId;
  commandLinkage(draft, null, {
    type: "push",
    linkageId,
    to: to.nodeCode,
    brief,
    firstReceiver: state.firstReceiver,
    parent: came?.id ?? null,
    machineSuspected,
    regime: draft.context.regime({ to: "police", verdict: state.verdict }),
    catalogueVersion: state.verdict?.catalogueVersion ?? draft.context.catalogueVersion,
  });
  pushMade(draft);
  return to.nodeCode;
}

/**
 * Once for each unit, also when that has replied. Under a closed matter only a person who says danger orders it out; what was just
 * learned is a mark there, for nobody would see the order.
 */
function orderGovernment(draft: Draft, why: "asked" | "learned"): void {
  const state = theCase(draft);
  const target = draft.context.governmentDesk(state.place);
  const ordered = [...draft.orders.values()].some((o) => o.unit === target?.unit && o.status !== "recalled");
  if (target === null || (!ordered && why === "learned" && state.status === "closed")) return owe(draft);
  draft.alarms.push({ act: "clear", kind: "completionOwed", subject: state.id });
  made(draft);
  if (ordered) return;
  openOrder(draft, {
    orderId: takeId(draft) as OrderId,
    kind: "work",
    unit: target.unit,
    role: "lead",
    instruction: null,
  });
}

/** Until the missing half is there it is called out first after this time, then again and again. `default`. */
const FIRST_CALL_MS = 5 * 60_000;
const NEXT_CALL_MS = 15 * 60_000;

/** The half of the dispatch that is missing, named, with a timer that does not let it be forgotten. @source nmg:a3 @req REQ-02 */
function owe(draft: Draft): void {
  const { place, completion = null } = theCase(draft);
  const missing = place === null ? "place" : "unit";
  if (completion?.missing === missing) return;
  callOut(draft, missing, completion?.no ?? 1, FIRST_CALL_MS);
}

function callOut(draft: Draft, missing: MissingHalf, no: number, againMs: number): void {
  const { id: subject } = theCase(draft);
  emitCase(draft, [{ ...draft.head, type: "CompletionOwed", missing, no }]);
  draft.alarms.push({ act: "raise", kind: "completionOwed", subject, level: no, dial: null, audience: "desk" });
  draft.timers.push({ set: "completion", dueAt: plusMs(draft.head.at, againMs) });
}

/** An order that a person sent to a unit is the half for which no desk was known. */
export function completedByHand(draft: Draft, kind: "work" | "police"): void {
  const { id: subject, completion = null } = theCase(draft);
  if (kind !== "work" || completion?.missing !== "unit") return;
  draft.alarms.push({ act: "clear", kind: "completionOwed", subject });
  made(draft);
}

function made(draft: Draft): void {
  if ((theCase(draft).completion ?? null) === null) return;
  emitCase(draft, [{ ...draft.head, type: "CompletionMade" }]);
  draft.timers.push({ cancel: "completion" });
}

/** The completion timer: the half is there now and goes out, or it is called out once more; when all is over it ends. */
export function callCompletion(draft: Draft): void {
  const { completion = null, status, id: subject } = theCase(draft);
  if (completion === null) return;
  if (status === "closed" && !dangerOpen({ case: draft.case, linkages: [...draft.linkages.values()] })) {
    draft.alarms.push({ act: "clear", kind: "completionOwed", subject });
    return made(draft);
  }
  orderGovernment(draft, "learned");
  const { completion: left = null } = theCase(draft);
  if (left !== null) callOut(draft, left.missing, left.no + 1, NEXT_CALL_MS);
}
