import { may, placeInScope } from "../../core/access/index.ts";
import type { Actor, Subject } from "../../core/access/index.ts";
import { allowedCaseVerbs, missingFacts } from "../../core/case/index.ts";
import type { Case } from "../../core/case/index.ts";
import { mainClock } from "../../core/clock/index.ts";
import { allowedClockFileCommands, dangerOpen, fileVersion, holds, linkageView } from "../../core/file/index.ts";
import type { CaseFile } from "../../core/file/index.ts";
import { allowedLinkageCommands } from "../../core/linkage/index.ts";
import type { Linkage, LinkageCommandType } from "../../core/linkage/index.ts";
import { allowedOrderCommands } from "../../core/order/index.ts";
import type { Order, OrderCommandType } from "../../core/order/index.ts";
import { explainResponsibility } from "../../core/responsibility/index.ts";
import type { Sealed } from "../../kernel/index.ts";
import type { CommandName } from "../command-input.ts";
import type { Deps, Rules } from "../deps.ts";
import type { FieldShown, LinkageCard, OrderCard, RequestCard } from "./cards.ts";
import type { Show } from "./door.ts";
import { clockRefs, clockView, dueView } from "./due-view.ts";
import { actionOf, forOthers } from "./for-others.ts";
import { byVoice } from "./by-voice.ts";
import { handOverTo } from "./hand-over-to.ts";
import { offeredVerdict, verdictCard } from "./judged-item.ts";
import { notYet, offerNotYet } from "./not-yet.ts";
import { returnUntilBy, returnUntilOf } from "./return-until.ts";
import { talkCards } from "./talk-view.ts";
import { timeSpent } from "./time-spent.ts";
import { refsIn } from "./timeline-view.ts";

const OF_LINKAGE: Partial<Record<LinkageCommandType, CommandName>> = {
  accept: "acceptOffer",
  return: "return",
  withdraw: "withdraw",
  negotiate: "negotiate",
  ruling: "rule",
  hold: "hold",
  readAdditions: "readAdditions",
  shown: "shown",
  sign: "sign",
  readNotice: "readNotice",
  grant: "grantSupport",
  decline: "declineSupport",
  endSupport: "endSupport",
  talk: "recordTalk",
  signTalk: "signTalk",
};

/** What a linkage command is called where people give it. */
function nameOf(command: LinkageCommandType, { kind }: Linkage): CommandName | null {
  if (command === "end") return kind === "joint" ? "endJoint" : "endDanger";
  return OF_LINKAGE[command] ?? null;
}

const OF_ORDER: Record<OrderCommandType, CommandName> = {
  acknowledge: "acknowledgeOrder",
  arrive: "arrive",
  reply: "reply",
  recall: "recall",
};

/** What a permission is asked about. */
export function subjectOf(file: Pick<CaseFile, "case" | "orders">): Subject {
  const place = file.case === null ? null : placeInScope(file.case.home, file.case.place);
  return { place, units: file.orders.filter((o) => o.status !== "recalled").map((o) => o.unit) };
}

function permitted(actor: Actor, names: readonly CommandName[], subject: Subject): readonly CommandName[] {
  return names.filter((name) => may(actor, actionOf(name), subject));
}

/** Whether a hand-over of this desk waits for the other's answer. */
function offersAway(file: CaseFile, state: Case): boolean {
  const linkages = linkageView(state, file.linkages);
  return file.linkages.some((l) => l.role === "S" && allowedLinkageCommands(linkages, l.id).includes("withdraw"));
}

/** Commands that the tables allow on the request itself, whoever asks. */
function openOnRequest(file: CaseFile, state: Case): readonly CommandName[] {
  const holder = holds(file, "ordinary");
  const handOver = holder && !offersAway(file, state) && ["registered", "accepted", "handling"].includes(state.status);
  const verbs = allowedCaseVerbs(state, holder).filter((v) => v !== "dispatch" || holder || holdsPart(file));
  return ["danger", ...verbs, ...(handOver ? (["handOver"] as const) : []), ...tellings(file, state)];
}

/** What is said to the other desk without handing anything over: by whoever has an open copy, and for help by who acts. */
function tellings(file: CaseFile, { status }: Case): readonly CommandName[] {
  if (status === "closed") return [];
  if (holds(file, "ordinary")) return ["notify", "askSupport", "askJoint"];
  return holdsPart(file) ? ["notify", "askSupport"] : ["notify"];
}

/** Whether this desk acts on something beside the matter itself: its danger, or a part beside another desk's. */
function holdsPart(file: CaseFile): boolean {
  return holds(file, "danger") || holds(file, "partner");
}

/** What the two desks said to each other beside a hand-over, as this reader may see it. */
function wordsView({ words }: Linkage, show: Show): LinkageCard["words"] {
  if (words === undefined) return null;
  return Object.fromEntries(Object.entries(words).map(([name, ref]) => [name, show(ref)]));
}

/** What is open on the time limit of one thing: who asked for an extension does not approve it, and nobody else takes the wish back. */
function onClock({ clock }: Rules, file: CaseFile, subject: string, { id }: Actor): readonly CommandName[] {
  const asked = mainClock(file.clocks, subject)?.asked;
  const own = asked?.by.kind === "user" && asked.by.id === id;
  const names = allowedClockFileCommands(file, subject, clock.standstill);
  return names.filter((name) => name !== (own ? "approveExtension" : "withdrawExtension"));
}

/** What of it another role may give; a wish is taken back by one person alone. */
function clockForOthers({ clock }: Rules, file: CaseFile, subject: string): readonly CommandName[] {
  return allowedClockFileCommands(file, subject, clock.standstill).filter((name) => name !== "withdrawExtension");
}

/** Commands this reader may give on the request itself: what the tables allow and the account permits. */
export function allowedOnRequest(actor: Actor, file: CaseFile, state: Case): readonly CommandName[] {
  return permitted(actor, openOnRequest(file, state), subjectOf(file));
}

function toldView(rules: Rules, state: Case): RequestCard["told"] {
  return Object.entries(state.told ?? {}).map(([name, said]) => {
    const item = name === "item" && typeof said.value === "string" ? rules.item(said.value) : null;
    return { name, ...said, label: item?.nameZh ?? null, labelEn: item?.nameEn ?? null };
  });
}

/** One order as its reader may see and act on it. */
export function orderView(rules: Rules, actor: Actor, file: CaseFile, order: Order, show: Show): OrderCard {
  const names = allowedOrderCommands(order).map((c) => OF_ORDER[c]);
  const ofUnit: Subject = { place: file.case?.place ?? null, units: [order.unit] };
  return {
    id: order.id,
    kind: order.kind,
    unit: order.unit,
    unitName: rules.unit(order.unit)?.nameZh ?? order.unit,
    role: order.role,
    status: order.status,
    dispatchedAt: order.dispatchedAt,
    acknowledgedAt: order.acknowledgedAt,
    arrivedAt: order.arrivedAt,
    endedAt: order.endedAt,
    instruction: order.instruction === null ? null : show(order.instruction),
    reply: order.reply === null ? null : show(order.reply),
    resolution: order.resolution,
    due: dueView(file.clocks, order.id),
    clock: clockView(file.clocks, order.id, actor.id, show),
    allowed: permitted(actor, [...names, ...onClock(rules, file, order.id, actor)], ofUnit),
    forOthers: forOthers(actor, [...names, ...clockForOthers(rules, file, order.id)]),
  };
}

/** The grounds of a return; of a copy written before they were sealed there is no reference to show. */
function returnedView({ returnReason, returnedAt, returnBasis, proposedOwner }: Linkage, show: Show) {
  if (returnReason === null || returnedAt === null) return null;
  const [basis, owner] = [returnBasis, proposedOwner].map((text) => refsIn(text)[0]);
  return {
    reason: returnReason,
    at: returnedAt,
    basis: basis === undefined ? null : show(basis),
    proposedOwner: owner === undefined ? null : show(owner),
  };
}

type Reading = { readonly deps: Deps; readonly actor: Actor; readonly show: Show };

function linkageEntry({ deps, actor, show }: Reading, file: CaseFile, state: Case, linkage: Linkage): LinkageCard {
  const peer = deps.peers().find((p) => p.nodeCode === linkage.peer);
  const names = allowedLinkageCommands(linkageView(state, file.linkages), linkage.id).flatMap(
    (c) => nameOf(c, linkage) ?? [],
  );
  return {
    id: linkage.id,
    kind: linkage.kind,
    role: linkage.role,
    peer: linkage.peer,
    peerSide: peer?.side ?? (deps.node.side === "hotline" ? "police" : "hotline"),
    outcome:
      linkage.outcome === null
        ? null
        : { as: linkage.outcome, result: linkage.result === null ? null : show(linkage.result) },
    returned: returnedView(linkage, show),
    state: linkage.state,
    part: linkage.part,
    openedAt: linkage.openedAt,
    deliveredAt: linkage.deliveredAt,
    acceptedAt: linkage.acceptedAt,
    signedAt: linkage.signedAt,
    returnUntil: returnUntilOf(deps, linkage),
    returnUntilBy: returnUntilBy(linkage),
    followPolicy: linkage.followPolicy,
    regime: linkage.regime,
    item: linkage.brief.item,
    // What went back to the desk it came from is read there.
    additionsUnread: linkage.state === "handedBack" ? 0 : linkage.additionsReceived - linkage.additionsRead,
    dutyPhone: peer?.dutyPhone ?? "",
    catalogueVersion: linkage.catalogueVersion,
    ruling: linkage.ruling,
    talks: talkCards(deps, linkage, show),
    words: wordsView(linkage, show),
    answeredAt: linkage.answeredAt ?? null,
    endedAt: linkage.endedAt,
    byVoice: byVoice(deps, state, linkage),
    pressedAt: linkage.pressedAt ?? null,
    cameAt: linkage.cameAt ?? null,
    pushNo: linkage.k,
    shownPushNo: linkage.kShown,
    allowed: permitted(actor, names, subjectOf(file)),
    forOthers: forOthers(actor, names),
  };
}

/** Who acts for the ordinary part as far as this node can know; null when it has ended. */
function holderOf(file: CaseFile, state: Case): string | null {
  const hint = explainResponsibility(linkageView(state, file.linkages), "ordinary").holderHint;
  return hint.holder === "self" ? state.self : hint.holder === "peer" ? hint.node : null;
}

/** What goes to the other side, to a desk that the table or a person names. */
const SENT_SOMEWHERE: readonly CommandName[] = ["handOver", "notify", "askSupport", "askJoint"];

/** One request with everything this reader may see and do. */
export function requestView(deps: Deps, actor: Actor, file: CaseFile, state: Case, show: Show): RequestCard {
  const rules = deps.rules();
  const maybe = (ref: Case["initialResponse"]): FieldShown | null => (ref === null ? null : show(ref));
  const { conclusion } = state;
  const allowed = allowedOnRequest(actor, file, state);
  const { callbackAttempts, side } = deps.node;
  const { exclusionBounds } = rules;
  const known = { openOffer: offersAway(file, state), callbackAttempts, side, exclusionBounds };
  return {
    requestNo: state.requestNo,
    caseId: state.id,
    etag: String(fileVersion(file)),
    status: state.status,
    responsible: holds(file, "ordinary"),
    holder: holderOf(file, state),
    origin: state.origin,
    firstReceiver: state.firstReceiver,
    registeredAt: state.registeredAt,
    receivedAt: state.receivedAt,
    changedAt: state.changedAt,
    channel: state.channel,
    place: state.place,
    placeName: state.place === null ? null : rules.placeName(state.place),
    requestKind: state.requestKind,
    field: state.field,
    requesterType: state.requesterType,
    confidential: state.confidential,
    danger: state.danger,
    dangerOpen: dangerOpen(file),
    verdict: verdictCard(deps, state.verdict ?? offeredVerdict(deps, file)),
    told: toldView(rules, state),
    completion: state.completion ?? null,
    missing: missingFacts(state),
    fields: Object.fromEntries(Object.values(state.sealed).map((s) => [s.field, show(s)])),
    initialResponse: maybe(state.initialResponse),
    conclusion: conclusion === null ? null : { ...conclusion, result: maybe(conclusion.result) },
    callbacks: state.callbacks.map(({ no, at, outcome, satisfaction, solved, note }) => ({
      no,
      at,
      outcome,
      satisfaction,
      solved,
      note: maybe(note),
    })),
    rating: state.rating,
    closedAs: state.closedAs,
    due: dueView(file.clocks, state.id),
    clock: clockView(file.clocks, state.id, actor.id, show),
    spent: timeSpent(file.clocks, rules, deps.clock.now()),
    orders: file.orders.map((o) => orderView(rules, actor, file, o, show)),
    linkages: file.linkages.map((l) => linkageEntry({ deps, actor, show }, file, state, l)),
    allowed: [
      ...allowed,
      ...permitted(actor, onClock(rules, file, state.id, actor), { ...subjectOf(file), units: [] }),
    ],
    notYet: [
      ...notYet(file, state, allowed, known),
      ...offerNotYet(file, state, (name) => may(actor, name, subjectOf(file))),
    ],
    forOthers: forOthers(actor, [...openOnRequest(file, state), ...clockForOthers(rules, file, state.id)]),
    handOverTo: allowed.some((name) => SENT_SOMEWHERE.includes(name)) ? handOverTo(deps, state) : null,
  };
}

/** Every sealed reference that the view of a request shows. */
export function refsOf({ case: state, orders, linkages, clocks }: CaseFile): readonly Sealed[] {
  if (state === null) return [];
  const refs: Sealed[] = Object.values(state.sealed);
  const add = (ref: Sealed | null | undefined): void => {
    if (ref !== null && ref !== undefined) refs.push(ref);
  };
  add(state.initialResponse);
  add(state.conclusion?.result);
  for (const { note } of state.callbacks) add(note);
  for (const { instruction, reply } of orders) for (const ref of [instruction, reply]) add(ref);
  for (const { returnBasis, proposedOwner, words, talks } of linkages)
    refs.push(...[returnBasis, proposedOwner, words, talks].flatMap(refsIn));
  return [...refs, ...clockRefs(clocks)];
}
