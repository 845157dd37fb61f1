import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LinkageView, OrderView, RegisterBody, RequestView } from "../../src/http/contract/index.ts";
import type { PairFacts, Side } from "../setup/pair.ts";
import { eventually } from "../setup/pair-seat.ts";
import type { Seat } from "../setup/pair-seat.ts";

/** A government matter of annex part one with every mandatory fact. */
export const STREET_LAMP: RegisterBody = {
  item: "A01-05",
  fields: {
    place: "150102",
    requestKind: "complaint",
    field: "publicServices",
    requesterType: "person",
    address: "新城区海拉尔东街与兴安北路路口",
    text: "路灯坏了三天，晚上看不见路",
  },
};

/** A police matter of annex part two, nothing urgent. */
export const THEFT: RegisterBody = {
  item: "B01-02",
  fields: {
    place: "150103",
    requestKind: "policeReport",
    field: "socialManagement",
    requesterType: "person",
    address: "回民区中山西路",
    text: "电动自行车停在楼下被人推走",
  },
};

/** The linkage of a kind in a view. */
export function linkageIn(view: RequestView, kind: string): LinkageView {
  const found = view.linkages.find((l) => l.kind === kind);
  if (found === undefined) throw new Error(`${view.requestNo} has no ${kind} linkage`);
  return found;
}

/** The only order of a kind in a view. */
export function orderIn(view: RequestView, kind: "work" | "police"): OrderView {
  const found = view.orders.filter((o) => o.kind === kind);
  if (found.length !== 1 || found[0] === undefined)
    throw new Error(`${view.requestNo} has ${found.length} ${kind} orders`);
  return found[0];
}

/** The request as `seat` sees it, once it is there and `holds` holds. */
export function seenBy(
  seat: Seat,
  no: string,
  what: string,
  holds: (view: RequestView) => boolean,
  withinMs = 10_000,
): Promise<RequestView> {
  return eventually(
    `${what} at ${seat.account.node}`,
    async () => {
      const { status, body } = await seat.call<RequestView>("GET", `/requests/${no}`);
      return status === 200 && holds(body) ? body : null;
    },
    withinMs,
  );
}

/** The linkage of a kind is in `state` at this desk. */
export function inState(kind: string, state: string): (view: RequestView) => boolean {
  return (view) => view.linkages.some((l) => l.kind === kind && l.state === state);
}

type Sent = { readonly id: string; readonly template: string; readonly address: string; readonly text: string };

/** What a node has sent to people so far: the file sender's lines. */
export function noticesOf(pair: PairFacts, side: Side): readonly Sent[] {
  const folder = join(pair.config(side).storage.files, "notices");
  try {
    return readdirSync(folder)
      .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"))
      .filter((line) => line !== "")
      .map((line): Sent => JSON.parse(line));
  } catch {
    return [];
  }
}

/** The check code that the requester of `no` was sent. */
export function checkCodeSent(pair: PairFacts, side: Side, no: string): Promise<string> {
  return eventually(`the notice of ${no}`, async () => {
    const sent = noticesOf(pair, side).find((n) => n.template === "requestRegistered" && n.text.includes(no));
    return sent === undefined ? null : (/check code ([0-9A-Z]{6})/.exec(sent.text)?.[1] ?? null);
  });
}
