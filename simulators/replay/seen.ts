import { listOf, numberOf, parseObject, textOf, textsOf } from "../client/json.ts";
import type { Json } from "../client/json.ts";

/** What a person sees of one request at one desk, as far as somebody here acts on it. */
export type Seen = {
  readonly no: string;
  readonly caseId: string;
  readonly etag: string;
  readonly status: string;
  readonly responsible: boolean;
  readonly origin: string;
  readonly danger: boolean;
  readonly dangerOpen: boolean;
  readonly place: string | null;
  readonly item: string | null;
  readonly side: string | null;
  readonly mode: string | null;
  readonly missing: readonly string[];
  readonly initialResponse: boolean;
  readonly conclusion: { readonly resolution: string; readonly at: string } | null;
  readonly callbacks: readonly { readonly outcome: string; readonly solved: boolean | null; readonly at: string }[];
  readonly rated: boolean;
  readonly registeredAt: string;
  readonly changedAt: string;
  readonly orders: readonly SeenOrder[];
  readonly linkages: readonly SeenLinkage[];
  readonly allowed: readonly string[];
};

export type SeenOrder = {
  readonly id: string;
  readonly kind: string;
  readonly unit: string;
  readonly status: string;
  readonly dispatchedAt: string;
  readonly acknowledgedAt: string | null;
  readonly arrivedAt: string | null;
  readonly endedAt: string | null;
  readonly allowed: readonly string[];
};

export type SeenLinkage = {
  readonly id: string;
  readonly kind: string;
  readonly role: string;
  readonly state: string;
  readonly openedAt: string;
  readonly deliveredAt: string | null;
  readonly acceptedAt: string | null;
  readonly signedAt: string | null;
  readonly additionsUnread: number;
  readonly pushNo: number;
  readonly allowed: readonly string[];
};

/** An order on a unit's own screen. */
export type SeenUnitOrder = {
  readonly requestNo: string;
  readonly order: SeenOrder;
  readonly allowed: readonly string[];
};

/** Reads a request as the API shows it; null when it is none. */
export function parseSeen(body: Json): Seen | null {
  const text = (name: string): string => textOf(body[name]) ?? "";
  if (text("requestNo") === "" || text("status") === "") return null;
  const verdict = parseObject(body["verdict"]);
  const conclusion = parseObject(body["conclusion"]);
  const resolution = textOf(conclusion["resolution"]);
  return {
    no: text("requestNo"),
    caseId: text("caseId"),
    etag: text("etag"),
    status: text("status"),
    responsible: body["responsible"] === true,
    origin: text("origin"),
    danger: body["danger"] === true,
    dangerOpen: body["dangerOpen"] === true,
    place: textOf(body["place"]),
    item: textOf(verdict["item"]),
    side: textOf(verdict["side"]),
    mode: textOf(verdict["mode"]),
    missing: textsOf(body["missing"]),
    initialResponse: body["initialResponse"] !== null && body["initialResponse"] !== undefined,
    conclusion: resolution === null ? null : { resolution, at: textOf(conclusion["at"]) ?? "" },
    callbacks: listOf(body["callbacks"]).map(parseCallback),
    rated: body["rating"] !== null && body["rating"] !== undefined,
    registeredAt: text("registeredAt"),
    changedAt: text("changedAt"),
    orders: listOf(body["orders"]).map(parseOrder),
    linkages: listOf(body["linkages"]).map(parseLinkage),
    allowed: textsOf(body["allowed"]),
  };
}

function parseCallback(value: unknown): Seen["callbacks"][number] {
  const row = parseObject(value);
  const solved = row["solved"];
  return {
    outcome: textOf(row["outcome"]) ?? "",
    solved: typeof solved === "boolean" ? solved : null,
    at: textOf(row["at"]) ?? "",
  };
}

function parseOrder(value: unknown): SeenOrder {
  const row = parseObject(value);
  const text = (name: string): string => textOf(row[name]) ?? "";
  return {
    id: text("id"),
    kind: text("kind"),
    unit: text("unit"),
    status: text("status"),
    dispatchedAt: text("dispatchedAt"),
    acknowledgedAt: textOf(row["acknowledgedAt"]),
    arrivedAt: textOf(row["arrivedAt"]),
    endedAt: textOf(row["endedAt"]),
    allowed: textsOf(row["allowed"]),
  };
}

function parseLinkage(value: unknown): SeenLinkage {
  const row = parseObject(value);
  const text = (name: string): string => textOf(row[name]) ?? "";
  return {
    id: text("id"),
    kind: text("kind"),
    role: text("role"),
    state: text("state"),
    openedAt: text("openedAt"),
    deliveredAt: textOf(row["deliveredAt"]),
    acceptedAt: textOf(row["acceptedAt"]),
    signedAt: textOf(row["signedAt"]),
    additionsUnread: numberOf(row["additionsUnread"]) ?? 0,
    pushNo: numberOf(row["pushNo"]) ?? 0,
    allowed: textsOf(row["allowed"]),
  };
}

/** Reads one row of a unit's list of orders. */
export function parseUnitOrder(value: unknown): SeenUnitOrder {
  const row = parseObject(value);
  return {
    requestNo: textOf(row["requestNo"]) ?? "",
    order: parseOrder(row["order"]),
    allowed: textsOf(row["allowed"]),
  };
}

/** Orders that somebody still has to answer. */
export function openOrders(seen: Seen): readonly SeenOrder[] {
  return seen.orders.filter((order) => order.status !== "replied" && order.status !== "recalled");
}
