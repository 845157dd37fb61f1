import { isOpen } from "./audit.ts";
import type { Both } from "./audit.ts";
import { isHandOver } from "./judgement.ts";
import type { Seen, SeenLinkage } from "./seen.ts";

/** How many requests came how far. Counted from what the desks show at the end. */
export type Funnel = Readonly<Record<FunnelName, number>>;
const FUNNEL_NAMES = [
  "registered",
  "registeredAtHotline",
  "registeredAtPolice",
  "judged",
  "guided",
  "answered",
  "handedOver",
  "handedOverClear",
  "handedOverAfterInitialResponse",
  "handOverAccepted",
  "handOverWithdrawn",
  "handedBack",
  "dangerPushed",
  "dangerDelivered",
  "dangerSigned",
  "dangerEnded",
  "dispatched",
  "replied",
  "concluded",
  "calledBack",
  "closed",
  "open",
] as const;
export type FunnelName = (typeof FUNNEL_NAMES)[number];

export type Spread = { readonly count: number; readonly p50: number; readonly p95: number };

function views({ hotline, police }: Both): readonly Seen[] {
  return [hotline, police].filter((seen) => seen !== null);
}

function linkagesOf(both: Both, role: "S" | "R"): readonly SeenLinkage[] {
  return views(both).flatMap((seen) => seen.linkages.filter((l) => l.role === role));
}

/** Requests by how far they came; `desk` = where a request was registered. */
export function funnelOf(all: readonly (Both & { readonly desk: "hotline" | "police" })[]): Funnel {
  const counts = Object.fromEntries(FUNNEL_NAMES.map((name) => [name, 0]));
  for (const both of all) {
    for (const [name, holds] of Object.entries(marksOf(both))) if (holds) counts[name] = (counts[name] ?? 0) + 1;
  }
  const at = (name: FunnelName): number => counts[name] ?? 0;
  return byName(at);
}

function byName(at: (name: FunnelName) => number): Funnel {
  const pairs = FUNNEL_NAMES.map((name): readonly [FunnelName, number] => [name, at(name)]);
  return parseFunnel(Object.fromEntries(pairs));
}

function parseFunnel(value: object): Funnel {
  return value as Funnel;
}

function marksOf(both: Both & { readonly desk: "hotline" | "police" }): Readonly<Record<FunnelName, boolean>> {
  const all = views(both);
  const known = all.length > 0;
  const some = (test: (seen: Seen) => boolean): boolean => all.some(test);
  const offers = linkagesOf(both, "S").filter(isHandOver);
  const pushes = linkagesOf(both, "S").filter((l) => l.kind === "urgent");
  const pushed = linkagesOf(both, "R").filter((l) => l.kind === "urgent");
  return {
    registered: known,
    registeredAtHotline: known && both.desk === "hotline",
    registeredAtPolice: known && both.desk === "police",
    judged: some((s) => s.item !== null),
    guided: some((s) => s.conclusion?.resolution === "guided"),
    answered: some((s) => s.conclusion?.resolution === "answeredAtOnce"),
    handedOver: offers.length > 0,
    handedOverClear: offers.some((l) => l.kind === "clear"),
    handedOverAfterInitialResponse: offers.some((l) => l.kind === "afterInitialResponse"),
    handOverAccepted: offers.some((l) => l.acceptedAt !== null),
    handOverWithdrawn: offers.some((l) => l.state === "withdrawn"),
    handedBack: offers.some((l) => l.state === "handedBack"),
    dangerPushed: pushes.length > 0,
    dangerDelivered: pushes.some((l) => l.deliveredAt !== null),
    dangerSigned: pushed.some((l) => l.signedAt !== null),
    dangerEnded: pushes.length > 0 && pushes.every((l) => l.state === "ended"),
    dispatched: some((s) => s.orders.length > 0),
    replied: some((s) => s.orders.some((o) => o.status === "replied")),
    concluded: some((s) => s.conclusion !== null),
    calledBack: some((s) => s.callbacks.length > 0),
    closed: known && !isOpen(both),
    open: known && isOpen(both),
  };
}

/** Seconds from one moment of a request to another, by the desks' own clocks. */
export function stagesOf(all: readonly Both[]): Readonly<Record<string, Spread>> {
  const seconds = new Map<string, number[]>();
  const add = (name: string, from: string | null | undefined, to: string | null | undefined): void => {
    if (!from || !to) return;
    const span = (Date.parse(to) - Date.parse(from)) / 1000;
    if (Number.isFinite(span)) seconds.set(name, [...(seconds.get(name) ?? []), span]);
  };
  for (const both of all) {
    const seen = views(both);
    const registeredAt = seen.map((s) => s.registeredAt).sort()[0];
    for (const l of linkagesOf(both, "S")) {
      if (l.kind === "urgent") add("danger pushed → shown at 110", l.openedAt, l.deliveredAt);
      else if (isHandOver(l)) add("offered → accepted", l.openedAt, l.acceptedAt);
    }
    for (const l of linkagesOf(both, "R")) {
      if (l.kind !== "urgent") continue;
      add("danger pushed → at 110's node", pushedAt(both, l.id), l.openedAt);
      add("danger at 110's node → signed", l.openedAt, l.signedAt);
    }
    for (const order of seen.flatMap((s) => s.orders)) {
      add("registered → dispatched", registeredAt, order.dispatchedAt);
      add("dispatched → acknowledged", order.dispatchedAt, order.acknowledgedAt);
      add("dispatched → arrived", order.dispatchedAt, order.arrivedAt);
      add("dispatched → replied", order.dispatchedAt, order.endedAt);
    }
    const concludedAt = seen
      .map((s) => s.conclusion?.at ?? "")
      .filter((at) => at !== "")
      .sort()[0];
    add("registered → concluded", registeredAt, concludedAt);
    add("concluded → first call-back", concludedAt, seen.flatMap((s) => s.callbacks.map((c) => c.at)).sort()[0]);
    if (!isOpen(both))
      add(
        "registered → closed",
        registeredAt,
        seen
          .filter((s) => s.status === "closed")
          .map((s) => s.changedAt)
          .sort()[0],
      );
  }
  return Object.fromEntries([...seconds].map(([name, list]) => [name, spreadOf(list)]));
}

/** Both desks know a linkage by the same id. */
function pushedAt(both: Both, id: string): string | null {
  return linkagesOf(both, "S").find((l) => l.id === id)?.openedAt ?? null;
}

/** Nearest-rank percentiles; of nothing they are 0. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95) };
}
