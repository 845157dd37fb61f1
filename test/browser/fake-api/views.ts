import type { Static } from "typebox";
import { ACCESS_TABLE } from "../../../src/core/access/index.ts";
import type { Role } from "../../../src/core/access/index.ts";
import { maskField, maskNumbersInText, showingOf } from "../../../src/core/disclosure/index.ts";
import type {
  FieldView,
  LinkageView,
  Meta,
  DueView,
  OrderView,
  QueueRow,
  RequestView,
  UnitOrderRow,
} from "../../../src/http/contract/index.ts";
import { askedView } from "./advice.ts";
import { ITEMS, LISTS, PLACES } from "./catalogue.ts";
import { DUTY_PHONE } from "./world.ts";
import type { Copy, Linkage, Node, Order, Session, World } from "./world.ts";
import { other } from "./world.ts";
import { jointAllowed } from "./joint.ts";
import { tellingAllowed } from "./telling.ts";
import { clockAllowed, clockOf, spentOn } from "./time-limits.ts";

type Viewer = "desk" | "unit";
type Row = { readonly action: string; readonly roles: readonly Role[]; readonly unitRoles?: readonly Role[] };
const ROWS: readonly Row[] = ACCESS_TABLE;
const DESK: Session["user"]["roles"] = ["callTaker", "dispatcher"];

export function fieldView(viewer: Viewer, copy: Copy, field: string, value: string): Static<typeof FieldView> {
  const showing = showingOf(viewer, field, copy.facts.confidential);
  if (showing === "hidden") return { showing, value: null, revealable: false };
  if (showing === "masked") return { showing, value: maskField(field, value), revealable: viewer === "desk" };
  return { showing, value, revealable: false };
}

const maybe = (copy: Copy, viewer: Viewer, field: string, value: string | null) =>
  value === null ? null : fieldView(viewer, copy, field, value);

const placeName = (code: string | null) => PLACES.find((place) => place.code === code)?.nameZh ?? null;

function orderAllowed(order: Order): string[] {
  if (order.status === "replied" || order.status === "recalled") return [];
  return [
    ...(order.status === "dispatched" ? ["acknowledgeOrder"] : []),
    ...(order.status === "arrived" ? [] : ["arrive"]),
    "reply",
    "recall",
    "orderDanger",
    ...clockAllowed(order),
  ];
}

type Roles = Session["user"]["roles"];
type Open = { readonly allowed: string[]; readonly forOthers: RequestView["forOthers"] };

/** What is open, parted into what these roles may do and what others may. */
function parted(names: readonly string[], roles: Roles): Open {
  const open = (name: string): Roles => {
    const row = ROWS.find((one) => one.action === (name === "orderDanger" ? "danger" : name));
    return [...new Set([...(row?.roles ?? []), ...(row?.unitRoles ?? [])])];
  };
  const mine = (name: string) => open(name).some((role) => roles.includes(role));
  return {
    allowed: names.filter(mine),
    forOthers: names.filter((name) => !mine(name)).map((command) => ({ command, roles: open(command) })),
  };
}

/** A day for the answer, as if the plan said so. */
function dueOf({ dispatchedAt }: Order): Static<typeof DueView> {
  return {
    stage: "reply",
    dueAt: new Date(Date.parse(dispatchedAt) + 86_400_000).toISOString(),
    provisional: false,
    status: "running",
    limit: { code: "reply-general", amount: 24, unit: "naturalHours", source: "nmg:2.2.5", basis: "default" },
  };
}

export function orderView(copy: Copy, order: Order, viewer: Viewer, roles: Roles): Static<typeof OrderView> {
  return {
    ...order,
    instruction: maybe(copy, viewer, "instruction.1", order.instruction),
    reply: maybe(copy, viewer, "reply.1", order.reply),
    due: order.kind === "work" && order.endedAt === null ? dueOf(order) : null,
    clock: clockOf(order),
    ...parted(orderAllowed(order), roles),
  };
}

function linkageAllowed(linkage: Linkage): string[] {
  const { role, state, kind } = linkage;
  if (linkage.part === "none") return tellingAllowed(linkage);
  if (kind === "joint") return jointAllowed(linkage);
  if (kind === "urgent") {
    if (role === "S" || state !== "active") return [];
    return ["shown", ...(linkage.signedAt === null ? ["sign"] : []), "endDanger"];
  }
  // As the node does it: a hand-over to this desk may be read at any time, also with nothing unread.
  const read = role === "R" && state !== "handedBack" ? ["readAdditions"] : [];
  const accept = linkage.additionsUnread > 0 ? [] : ["acceptOffer"];
  if (role === "R" && state === "offered") return [...accept, "return", "negotiate", ...read];
  if (role === "S" && (state === "offered" || state === "returned")) return ["withdraw", "negotiate"];
  if (role === "R" && state === "negotiating") return [...accept, ...read];
  if (role === "S" && state === "negotiating") return ["withdraw", "hold"];
  return read;
}

function linkageView(world: World, at: Node, linkage: Linkage, roles: Roles): Static<typeof LinkageView> {
  const peer = other(world, at);
  return {
    ...linkage,
    peer: peer.code,
    peerSide: peer.side,
    dutyPhone: DUTY_PHONE[peer.side],
    byVoice: linkage.byVoice ?? null,
    returnUntil: linkage.state === "offered" ? (linkage.returnUntil ?? null) : null,
    returnUntilBy: linkage.state === "offered" ? "nmg-2022-89@2" : null,
    ...parted(linkageAllowed(linkage), roles),
  };
}

function caseAllowed(copy: Copy): string[] {
  const open = ["registered", "accepted", "handling"].includes(copy.status);
  const waits = ["offered", "returned", "negotiating"];
  const offered = copy.linkages.some((linkage) => linkage.role === "S" && waits.includes(linkage.state));
  const item = ITEMS.find((one) => one.code === copy.item);
  return [
    ...(copy.status === "closed" ? [] : ["amend", "danger"]),
    ...(open && copy.responsible
      ? [
          "judge",
          ...(copy.status === "registered" ? ["accept"] : []),
          ...(item?.side === "neither" ? ["guide"] : []),
          "answer",
          "dispatch",
          "recordInitialResponse",
          ...(offered ? [] : ["handOver"]),
          ...(copy.status === "registered" ? [] : ["conclude"]),
        ]
      : []),
    ...(!copy.responsible && copy.dangerOpen && copy.linkages.some((one) => one.kind === "urgent" && one.role === "R")
      ? ["dispatch"]
      : []),
    ...(copy.linkages.some((one) => one.kind === "joint" && one.role === "R" && one.state === "active")
      ? ["dispatch"]
      : []),
    ...(copy.status === "closed" ? [] : ["notify", ...(copy.responsible ? ["askSupport", "askJoint"] : [])]),
    ...(copy.status === "concluded" && copy.responsible ? ["callBack", "close", "reopen"] : []),
    ...(copy.status === "closed" ? ["reopen"] : []),
  ];
}

function verdictView(copy: Copy): RequestView["verdict"] {
  const item = ITEMS.find((one) => one.code === copy.item);
  if (item === undefined) return null;
  const side =
    (["hotline", "police", "both", "neither", "negotiate"] as const).find((one) => one === item.side) ?? "negotiate";
  return {
    side,
    item: item.code,
    itemName: item.nameZh,
    itemNameEn: item.nameEn,
    condition: item.condition,
    mode: item.mode,
    urgency: item.urgency === "urgent" ? "urgent" : "ordinary",
    catalogueVersion: "nmg-2022-89@1",
    source: item.source,
    basis: item.basis === "default" ? "default" : "plan",
    ...(copy.answers.length === 0 ? {} : { asked: askedView(copy.answers) ?? [] }),
    ...(copy.origin === "linkage" ? { by: "peer" as const, from: copy.first.nodeCode } : { by: "person" as const }),
  };
}

/** Steps that the node would refuse now, as its own view says it. */
function notYet(copy: Copy, allowed: readonly string[]): RequestView["notYet"] {
  const missing = missingOf(copy);
  const open = copy.orders.filter((order) => order.endedAt === null).length;
  const ending =
    copy.item === null
      ? { code: "NOT_JUDGED", params: {} }
      : missing.length > 0
        ? { code: "FACTS_MISSING", params: { fields: missing } }
        : open > 0
          ? { code: "ORDERS_OPEN", params: { count: open } }
          : unreadFirst(copy);
  const reached = copy.callbacks.some((one) => one.outcome === "reached") || copy.callbacks.length >= 3;
  const close = reached ? null : { code: "NOT_CALLED_BACK", params: { attempts: copy.callbacks.length, needed: 3 } };
  const takenUp = copy.status === "accepted" || copy.status === "handling";
  const handOver =
    takenUp && copy.initialResponse === null
      ? { code: "NO_INITIAL_RESPONSE", params: {} }
      : open > 0
        ? { code: "ORDERS_OPEN", params: { count: open } }
        : null;
  return [
    ...(handOver === null ? [] : [{ command: "handOver", ...handOver }]),
    ...["answer", "conclude"].flatMap((command) => (ending === null ? [] : [{ command, ...ending }])),
    ...(close === null ? [] : [{ command: "close", ...close }]),
  ]
    .filter(({ command }) => allowed.includes(command))
    .concat(
      copy.linkages
        .filter((one) => one.role === "R" && one.state === "offered" && one.additionsUnread > 0)
        .map((one) => ({ command: "acceptOffer", code: "UNREAD_ADDITION", params: { count: one.additionsUnread } })),
    );
}

/** What was added by the other desk is read before the matter is ended. */
function unreadFirst({ linkages }: Copy): { readonly code: string; readonly params: Record<string, unknown> } | null {
  const count = linkages.find((one) => one.role === "R" && one.state === "accepted")?.additionsUnread ?? 0;
  return count === 0 ? null : { code: "UNREAD_ADDITION", params: { count } };
}

const missingOf = ({ facts }: Copy) =>
  (["requestKind", "field", "requesterType"] as const).filter((name) => facts[name] === null);

export function requestView(world: World, at: Node, copy: Copy, roles: Roles = DESK): RequestView {
  const { facts } = copy;
  const open = parted(caseAllowed(copy), roles);
  return {
    requestNo: copy.no,
    caseId: copy.caseId,
    etag: String(copy.version),
    status: copy.status,
    responsible: copy.responsible,
    holder: copy.responsible ? at.code : other(world, at).code,
    origin: copy.origin,
    firstReceiver: copy.first,
    registeredAt: copy.first.registeredAt,
    receivedAt: copy.receivedAt,
    changedAt: copy.changedAt,
    ...facts,
    placeName: placeName(facts.place),
    danger: copy.danger,
    dangerOpen: copy.dangerOpen,
    verdict: verdictView(copy),
    told: copy.told,
    completion: copy.completion,
    missing: missingOf(copy),
    fields: Object.fromEntries(
      Object.entries(copy.texts).map(([field, value]) => [field, fieldView("desk", copy, field, value)]),
    ),
    initialResponse: maybe(copy, "desk", "initialResponse.1", copy.initialResponse),
    conclusion:
      copy.conclusion === null
        ? null
        : { ...copy.conclusion, result: fieldView("desk", copy, "result.1", copy.conclusion.result) },
    callbacks: copy.callbacks.map((one) => ({ ...one, note: null })),
    rating: null,
    closedAs: copy.closedAs,
    spent: spentOn(at.code, copy.orders),
    orders: copy.orders.map((order) => orderView(copy, order, "desk", roles)),
    linkages: copy.linkages.map((linkage) => linkageView(world, at, linkage, roles)),
    ...open,
    notYet: notYet(copy, open.allowed),
  };
}

function handOverOf({ linkages }: Copy): NonNullable<Static<typeof QueueRow>["handOver"]> | null {
  const newest = linkages.findLast((one) => one.kind !== "urgent");
  return newest === undefined ? null : { role: newest.role, state: newest.state };
}

function nextOf({ status, responsible, orders, callbacks }: Copy): "conclude" | "callBack" | "close" | null {
  if (!responsible) return null;
  if (status === "concluded") return callbacks.some((one) => one.outcome === "reached") ? "close" : "callBack";
  const replied = orders.some((one) => one.status === "replied") && orders.every((one) => one.endedAt !== null);
  return status === "handling" && replied ? "conclude" : null;
}

export function queueRow(world: World, at: Node, copy: Copy): Static<typeof QueueRow> {
  const view = verdictView(copy);
  const name = copy.texts["requester.name"];
  return {
    requestNo: copy.no,
    caseId: copy.caseId,
    status: copy.status,
    responsible: copy.responsible,
    danger: copy.danger,
    dangerOpen: copy.dangerOpen,
    item: copy.item,
    itemName: view?.itemName ?? null,
    itemNameEn: view?.itemNameEn ?? null,
    place: copy.facts.place,
    placeName: placeName(copy.facts.place),
    peer: copy.linkages.length === 0 ? null : other(world, at).code,
    handOver: handOverOf(copy),
    next: nextOf(copy),
    additionsUnread: copy.linkages.reduce((sum, one) => sum + one.additionsUnread, 0),
    units: copy.orders.map((order) => order.unit),
    registeredAt: copy.first.registeredAt,
    changedAt: copy.changedAt,
    requester: name === undefined ? null : maskField("requester.name", name),
    summary: maskNumbersInText([...(copy.texts["text"] ?? "")].slice(0, 80).join("")),
  };
}

/** Which queue views a request stands in. */
export function viewsOf(copy: Copy): readonly string[] {
  const incoming = copy.status === "offered";
  const theirs = copy.status === "handedOver";
  const closed = copy.status === "closed" || copy.status === "stoodDown";
  return [
    ...(incoming ? ["incoming"] : []),
    ...(theirs ? ["theirs"] : []),
    ...(copy.linkages.some(({ role, state }) => role === "S" && state === "returned") ? ["returned"] : []),
    ...(closed ? ["closed"] : []),
    ...((copy.responsible && copy.status !== "closed") || copy.dangerOpen ? ["mine"] : []),
    ...(copy.dangerOpen ? ["danger"] : []),
    "all",
  ];
}

function pushOf({ linkages }: Copy): UnitOrderRow["push"] {
  const urgent = linkages.findLast((one) => one.kind === "urgent" && one.role === "S");
  if (urgent === undefined) return null;
  if (urgent.state === "ended") return "ended";
  return urgent.shownPushNo < urgent.pushNo ? "sent" : urgent.signedAt === null ? "onScreen" : "signed";
}

export function unitOrderRow(copy: Copy, order: Order): UnitOrderRow {
  const view = verdictView(copy);
  const shown = Object.entries(copy.texts).map(
    ([field, value]) => [field, fieldView("unit", copy, field, value)] as const,
  );
  return {
    order: orderView(copy, order, "unit", ["unitClerk"]),
    push: pushOf(copy),
    requestNo: copy.no,
    danger: copy.danger,
    placeName: placeName(copy.facts.place),
    itemName: view?.itemName ?? null,
    itemNameEn: view?.itemNameEn ?? null,
    registeredAt: copy.first.registeredAt,
    fields: Object.fromEntries(shown),
    allowed: [],
  };
}

export function metaView(world: World, at: Node): Meta {
  const peer = other(world, at);
  return {
    nodeCode: at.code,
    side: at.side,
    region: "150100",
    regionName: "呼和浩特市",
    title:
      at.side === "hotline"
        ? { zh: "呼和浩特 12345 热线", en: "Hohhot 12345 hotline" }
        : { zh: "呼和浩特 110 报警台", en: "Hohhot 110 call desk" },
    demo: true,
    version: "0.1.0",
    catalogueVersion: "nmg-2022-89@1",
    dutyArbiter: null,
    peers: [
      {
        nodeCode: peer.code,
        nameZh: peer.side === "hotline" ? "呼和浩特12345" : "呼和浩特市公安局110",
        nameEn: peer.side === "hotline" ? "Hohhot 12345" : "Hohhot 110",
        side: peer.side,
        dutyPhone: DUTY_PHONE[peer.side],
      },
    ],
    lists: structuredClone(LISTS) as unknown as Meta["lists"],
    places: PLACES.map((place) => ({ ...place })),
  };
}
