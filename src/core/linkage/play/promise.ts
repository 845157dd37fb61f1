import type { NodeCode } from "../../../kernel/index.ts";
import { isResponsible } from "../../responsibility/index.ts";
import type { LinkageDecision, LinkageEvent } from "../event.ts";
import { evolveLinkage } from "../evolve.ts";
import { isPushed } from "../linkage.ts";
import type { Linkage, LinkageFile, LinkageState } from "../linkage.ts";
import type { Desks } from "./desks.ts";

/** A promise of section 10 that does not hold, in words; null when all hold. */
export type Broken = string | null;

/** S and R of one linkage; R is missing until the offer arrives. */
export type Pair = { readonly s: Linkage; readonly r: Linkage | null };

export function pairsOf(desks: Desks): readonly Pair[] {
  const all = Object.values(desks.files).flatMap((f) => f.linkages);
  return all
    .filter((l) => l.role === "S")
    .map((s) => ({ s, r: all.find((l) => l.id === s.id && l.role === "R") ?? null }));
}

/** What must hold after every step: P2 for both parts, returns, and that nothing arrived that cannot arrive (P1). */
export function brokenPromise(desks: Desks, decisions: readonly LinkageDecision[]): Broken {
  const odd = decisions.find((d) => d.noted === "UNEXPECTED");
  if (odd !== undefined) return `P1: ${odd.event.cause.type} cannot arrive in ${odd.event.from}`;
  const moved = Object.values(desks.files).find(isMovedByTelling);
  if (moved !== undefined) return `responsibility: ${moved.self} holds another part by what it was only told`;
  const pairs = pairsOf(desks);
  if (
    isOpen(desks, pairs) &&
    !Object.values(desks.files).some((f) => isResponsible(unwithdrawn(f, pairs), "ordinary"))
  ) {
    return "P2: the ordinary part is nobody's";
  }
  const gap = pairs.find((p) => p.s.state === "delivered" && p.r?.state !== "active" && p.r?.state !== "endReported");
  if (gap !== undefined) return `P2: the ${gap.s.part} part of ${gap.s.id} is nobody's`;
  const twice = Object.values(desks.files).find(
    (f) => f.linkages.filter((l) => l.role === "R" && l.returnedAt !== null).length > 1,
  );
  return twice === undefined ? null : `return: ${twice.self} returned the matter twice`;
}

/** A notice and support move nobody's responsibility: without them every desk holds what it holds with them (section 4). */
function isMovedByTelling(file: LinkageFile): boolean {
  const without = { ...file, linkages: file.linkages.filter((l) => l.kind !== "notice" && l.kind !== "support") };
  return (["ordinary", "danger", "partner"] as const).some(
    (part) => isResponsible(file, part) !== isResponsible(without, part),
  );
}

const RESTING: readonly string[] = [
  "offered/offered",
  "negotiating/negotiating",
  "held/held",
  "returned/returned",
  "accepted/accepted",
  "closed/closed",
  "withdrawn/withdrawn",
  "rejected/rejected",
  "handedBack/handedBack",
  "absorbed/absorbed",
  "pushed/active",
  "delivered/active",
  "ended/ended",
  // The node's receipt is the carrier's: it may still be on its way when nothing else is.
  "sent/received",
  "received/received",
  "read/read",
  "requested/requested",
  "granted/granted",
  "declined/declined",
];

/** What must hold when nothing is under way: convergence to the pairs of 5.4 and one responsible desk for each open part. */
export function brokenAtRest(desks: Desks): Broken {
  const pairs = pairsOf(desks);
  for (const { s, r } of pairs) {
    const pair = `${s.state}/${r?.state}`;
    const concluded = s.followPolicy === "follow" ? "concluded/released" : "concluded/toCallBack";
    if (!RESTING.includes(pair) && pair !== concluded) return `convergence: ${s.id} rests in ${pair}`;
    if (r !== null && isPushed(s) && r.kShown === r.k && s.state === "pushed") return `P2: ${s.id} has two desks`;
    // After a hand-back S has the matter itself and with it what it had added.
    if (r !== null && s.part === "ordinary" && s.state !== "handedBack" && r.additionsReceived !== s.additionsSent)
      return `P4: ${s.id} lost an addition`;
  }
  const holders = Object.values(desks.files)
    .filter((f) => isResponsible(f, "ordinary"))
    .map((f) => f.self);
  const wanted = isOpen(desks, pairs) ? 1 : 0;
  return holders.length === wanted ? null : `P2: at rest ${holders.join(" and ") || "nobody"} instead of ${wanted}`;
}

/** Folding the events of each desk gives exactly what stands in its file. */
export function brokenFold(desks: Desks, events: ReadonlyMap<NodeCode, readonly LinkageEvent[]>): Broken {
  for (const file of Object.values(desks.files)) {
    for (const stored of file.linkages) {
      const own = (events.get(file.self) ?? []).filter((e) => e.linkageId === stored.id);
      const folded = own.reduce<Linkage | null>((l, e) => evolveLinkage(l, roundTrip(e)), null);
      if (JSON.stringify(folded) !== JSON.stringify(stored)) return `fold: ${stored.id} at ${file.self} differs`;
    }
  }
  return null;
}

function roundTrip(event: LinkageEvent): LinkageEvent {
  const copy: LinkageEvent = JSON.parse(JSON.stringify(event));
  return copy;
}

// Closed by whoever may close, unless asked back since; or gone into another case, whose holder holds it (section 8.2).
function isOpen(desks: Desks, pairs: readonly Pair[]): boolean {
  if (pairs.some(({ s }) => s.state === "absorbed")) return false;
  if (desks.reopened) return true;
  const first = pairs.filter(({ s }) => s.source === null && s.part === "ordinary");
  return !first.some(({ s, r }) => s.state === "closed" || r?.state === "closed");
}

const FALLIBLE: readonly LinkageState[] = ["accepted?", "concluding?"];

// The stronger reading of P2: a claim that S has already taken back does not count, though R cannot know yet.
function unwithdrawn(file: LinkageFile, pairs: readonly Pair[]): LinkageFile {
  const fallen = pairs.filter((p) => p.s.state === "withdrawn").map((p) => p.s.id);
  if (fallen.length === 0) return file;
  return {
    ...file,
    linkages: file.linkages.filter((l) => !(l.role === "R" && fallen.includes(l.id) && FALLIBLE.includes(l.state))),
  };
}
