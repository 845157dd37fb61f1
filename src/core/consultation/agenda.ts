import { epochMs, plusMs } from "../../kernel/index.ts";
import type { Instant, ItemCode, LinkageId, NodeCode, RegionCode, RequestNo } from "../../kernel/index.ts";
import type { Policies } from "../catalogue/index.ts";
import type { Linkage } from "../linkage/index.ts";

/** How a matter went wrong between two desks: given back, talked about, held by the first receiver, ruled, or handed to and fro. */
export const DISPUTE_WAYS = ["returned", "negotiated", "held", "ruled", "bounced"] as const;
export type DisputeWay = (typeof DISPUTE_WAYS)[number];

/** One disputed hand-over as this desk has it: codes and instants alone. `item` null = nobody has judged it. */
export type DisputedMatter = {
  readonly requestNo: RequestNo;
  readonly linkageId: LinkageId;
  readonly peer: NodeCode;
  readonly item: ItemCode | null;
  /** County; null = no place is known. */
  readonly division: RegionCode | null;
  readonly at: Instant;
  readonly ways: readonly DisputeWay[];
};

/** So many requests within so many days put a matter on the agenda. `source` = a paper, a clause, or `default` (待会商). */
export type AgendaPolicy = { readonly times: number; readonly days: number; readonly source: string };

/** Neither plan prints a number: a proposal until two desks agree on others. @source nmg:2.2.4 @source yn:3.4 */
export const DEFAULT_AGENDA: AgendaPolicy = { times: 3, days: 90, source: "default" };

/** The thresholds a catalogue sets, ours where it is silent. */
export function agendaPolicyOf({ consultationTimes, consultationDays }: Policies): AgendaPolicy {
  return {
    times: consultationTimes?.value ?? DEFAULT_AGENDA.times,
    days: consultationDays?.value ?? DEFAULT_AGENDA.days,
    source: consultationTimes?.source ?? consultationDays?.source ?? DEFAULT_AGENDA.source,
  };
}

/** A decision of both sides, which holds in the whole region as its row does: what was disputed before it is settled by it. */
export type Settled = { readonly item: ItemCode; readonly at: Instant };

/** One matter to be talked about, with everything behind it, newest first. `requests` = how many of them there are. */
export type AgendaTopic = {
  readonly item: ItemCode | null;
  readonly division: RegionCode | null;
  readonly requests: number;
  readonly ways: Readonly<Partial<Record<DisputeWay, number>>>;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** When both sides last decided on it; null = never. */
  readonly settledAt: Instant | null;
  readonly matters: readonly DisputedMatter[];
};

const DAY_MS = 86_400_000;

/** From when on disputes count. */
export function agendaSince(now: Instant, { days }: Pick<AgendaPolicy, "days">): Instant {
  return plusMs(now, -days * DAY_MS);
}

/**
 * The agenda (会商议题): matters by item and county that were disputed in at least so many requests within the window and since the last
 * decision on them; the most often disputed first. @source nmg:2.2.4 @source yn:3.4 @req REQ-35
 */
export function agendaOf(
  matters: readonly DisputedMatter[],
  settled: readonly Settled[],
  policy: AgendaPolicy,
  now: Instant,
): readonly AgendaTopic[] {
  const since = epochMs(agendaSince(now, policy));
  const topics = new Map<string, DisputedMatter[]>();
  for (const matter of matters) {
    if (epochMs(matter.at) < since) continue;
    const after = settledAt(settled, matter);
    if (after !== null && epochMs(matter.at) <= epochMs(after)) continue;
    const key = `${matter.item} ${matter.division}`;
    topics.set(key, [...(topics.get(key) ?? []), matter]);
  }
  return [...topics.values()]
    .flatMap((found) => topicOf(found, settled) ?? [])
    .filter(({ requests }) => requests >= policy.times)
    .toSorted((a, b) => b.requests - a.requests || epochMs(b.lastAt) - epochMs(a.lastAt));
}

function topicOf(found: readonly DisputedMatter[], settled: readonly Settled[]): AgendaTopic | null {
  const matters = found.toSorted((a, b) => epochMs(b.at) - epochMs(a.at));
  const [newest, oldest] = [matters[0], matters.at(-1)];
  if (newest === undefined || oldest === undefined) return null;
  const requests = new Set(matters.map(({ requestNo }) => requestNo)).size;
  const ways = Object.fromEntries(
    DISPUTE_WAYS.map((way) => [way, matters.filter((matter) => matter.ways.includes(way)).length] as const).filter(
      ([, count]) => count > 0,
    ),
  );
  const { item, division } = newest;
  return {
    item,
    division,
    requests,
    ways,
    firstAt: oldest.at,
    lastAt: newest.at,
    settledAt: settledAt(settled, newest),
    matters,
  };
}

/** When the item was last decided on. */
function settledAt(settled: readonly Settled[], { item }: Pick<DisputedMatter, "item">): Instant | null {
  return settled
    .filter((one) => one.item === item)
    .map(({ at }) => at)
    .reduce<Instant | null>((last, at) => (last === null || at > last ? at : last), null);
}

/** A copy as it is kept; what an older program wrote may lack members. */
type Disputed = Pick<Linkage, "requestNo" | "id" | "peer" | "state"> &
  Partial<Pick<Linkage, "brief" | "returnedAt" | "negotiatedAt" | "ruling" | "fired" | "talks">>;

/** The disputed matter in a copy of a hand-over; null = it never was disputed. `item` and `place` are those of the request. */
export function disputeIn(
  linkage: Disputed,
  { item, place }: { readonly item: ItemCode | null; readonly place: RegionCode | null },
): DisputedMatter | null {
  const { returnedAt, negotiatedAt, ruling, state, fired, talks = [], brief } = linkage;
  const at = returnedAt ?? negotiatedAt;
  if (at === null || at === undefined) return null;
  const ways: readonly (readonly [DisputeWay, boolean])[] = [
    ["returned", isThere(returnedAt)],
    ["negotiated", isThere(negotiatedAt)],
    ["held", state === "held" || (fired?.arbiter ?? 0) > 0 || talks.some(({ to }) => to === null)],
    ["ruled", isThere(ruling)],
    ["bounced", state === "handedBack"],
  ];
  return {
    requestNo: linkage.requestNo,
    linkageId: linkage.id,
    peer: linkage.peer,
    item: item ?? brief?.item ?? null,
    division: place === null ? null : (place.slice(0, 6) as RegionCode),
    at,
    ways: ways.filter(([, is]) => is).map(([way]) => way),
  };
}

function isThere(value: object | string | null | undefined): boolean {
  return value !== null && value !== undefined;
}
