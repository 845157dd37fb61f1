import type { Seat } from "./seat.ts";
import { FIELDS, HOTLINE_ITEM, nextPhone, POLICE_ITEM } from "./sample-request.ts";
import { seededRandom } from "./statistics.ts";

/** What becomes of one new record. */
type Kind = "danger" | "toPolice" | "toHotline" | "hotline" | "police";

/** Of 20 new records: 4 are danger (hotline → police), 3 ordinary transfers (2 to 110, 1 to 12345), 13 stay where they are. */
const MIX: readonly Kind[] = [
  ...Array.from({ length: 4 }, (): Kind => "danger"),
  ...Array.from({ length: 2 }, (): Kind => "toPolice"),
  "toHotline",
  ...Array.from({ length: 9 }, (): Kind => "hotline"),
  ...Array.from({ length: 4 }, (): Kind => "police"),
];
/** The same without danger: for a run that makes its own pushes one by one. */
export const QUIET_MIX: readonly Kind[] = MIX.map((kind) => (kind === "danger" ? "hotline" : kind));
export const MIX_IN_WORDS =
  "20 % danger, 15 % ordinary transfer (two thirds to 110), 65 % registered only (a third at 110)";
export const DANGER_SHARE = 0.2;

export type Desks = { readonly hotline: () => Seat; readonly police: () => Seat };

/** Clicks of one run: request number → milliseconds of the click. `late`: how far behind its plan each record was started. */
export type Clicks = {
  readonly pushes: Map<string, number>;
  readonly transfers: Map<string, { readonly at: number; readonly to: "hotline" | "police" }>;
  readonly late: number[];
  readonly faults: string[];
  readonly count: { records: number };
};

export function newClicks(): Clicks {
  return { pushes: new Map(), transfers: new Map(), late: [], faults: [], count: { records: 0 } };
}

type Done = { readonly requestNo: string };

/**
 * New records at `perSecond` for `ms`, at instants drawn as calls come (exponential gaps, seeded), whether or not the desk
 * has answered the ones before: a slow answer never thins the load out. A push counts from its planned instant.
 */
export async function runLoad(
  desks: Desks,
  plan: { readonly perSecond: number; readonly ms: number; readonly seed: number; readonly mix?: readonly Kind[] },
  clicks: Clicks,
): Promise<void> {
  const random = seededRandom(plan.seed);
  const begin = performance.now();
  const pending = new Set<Promise<void>>();
  let deck: Kind[] = [];
  for (let at = begin; ; ) {
    at += (-Math.log(1 - random()) / plan.perSecond) * 1_000;
    if (at - begin > plan.ms) break;
    const wait = at - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    if (deck.length === 0) deck = shuffled(plan.mix ?? MIX, random);
    const kind = deck.pop() ?? "hotline";
    clicks.late.push(Math.max(0, performance.now() - at));
    clicks.count.records += 1;
    const work = record(desks, kind, at, clicks)
      .catch((fault: unknown) => void clicks.faults.push(`${kind}: ${String(fault)}`))
      .finally(() => pending.delete(work));
    pending.add(work);
  }
  await Promise.all(pending);
}

async function record(desks: Desks, kind: Kind, at: number, clicks: Clicks): Promise<void> {
  const fields = { ...FIELDS, requesterPhone: nextPhone() };
  const register = (seat: Seat, rest: object): Promise<Done> =>
    seat.send<Done>("POST", "/requests", { fields, ...rest });
  switch (kind) {
    case "danger": {
      const { requestNo } = await register(desks.hotline(), { danger: true });
      clicks.pushes.set(requestNo, at);
      return;
    }
    case "toPolice":
    case "toHotline": {
      const to = kind === "toPolice" ? "police" : "hotline";
      const seat = to === "police" ? desks.hotline() : desks.police();
      const { requestNo } = await register(seat, { item: to === "police" ? POLICE_ITEM : HOTLINE_ITEM });
      clicks.transfers.set(requestNo, { at: performance.now(), to });
      await seat.send("POST", `/requests/${requestNo}/hand-over`, {});
      return;
    }
    case "hotline":
      await register(desks.hotline(), { item: HOTLINE_ITEM });
      return;
    case "police":
      await register(desks.police(), { item: POLICE_ITEM });
  }
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const mixed = [...items];
  for (let n = mixed.length - 1; n > 0; n--) {
    const m = Math.floor(random() * (n + 1));
    const [a, b] = [mixed[n], mixed[m]];
    if (a !== undefined && b !== undefined) [mixed[n], mixed[m]] = [b, a];
  }
  return mixed;
}
