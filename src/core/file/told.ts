import { plusMs } from "../../kernel/index.ts";
import type { Instant, NodeCode } from "../../kernel/index.ts";
import type { Case, CaseEvent, CaseFacts, EventHead, FactName, ToldFact } from "../case/index.ts";
import type { CaseBrief, FactStamp, StampedFact, ToldFacts } from "../linkage/index.ts";

/** What a desk says of the facts of a request, and which of them count here at once. */
type Telling = {
  readonly from: NodeCode;
  readonly facts: ToldFacts;
  /** When it was told here: what an older program says bears no stamp of its own. */
  readonly at: Instant;
  /** Whether the other desk's word replaces ours. What is unknown here, and confidentiality asked for, is taken in any case. */
  readonly yields: (name: FactName, own: unknown) => boolean;
};

const FACT_NAMES = [
  "channel",
  "place",
  "requestKind",
  "field",
  "requesterType",
  "confidential",
  "item",
] as const satisfies readonly FactName[];

/**
 * What is kept of the coded facts the other desk tells: who said what, and whether it counts here now. What was entered here is
 * replaced only where the other desk may: the rest stands beside it, so that nothing that was said is lost and nobody is
 * overruled by a message. A word that came by another desk and is older than what stands here says nothing any more: else two values
 * would chase each other round a ring of desks for ever. What the desk that tells it said itself is heard in any case.
 * @source nmg:2.2.1 @source nmg:2.3.1 @req REQ-14
 */
export function toldEvents(head: EventHead, state: Case, { from, facts, at, yields }: Telling): readonly CaseEvent[] {
  const told: ToldFact[] = [];
  const said: Partial<Record<StampedFact, FactStamp>> = {};
  for (const name of FACT_NAMES) {
    const value = facts[name];
    if (value === undefined) continue;
    const own = name === "item" ? (state.verdict?.item ?? null) : state[name];
    const before = state.told?.[name];
    const stamp = name === "item" ? null : stampFor(state.said?.[name], facts.said?.[name] ?? { at, by: from }, from);
    if (value !== own && name !== "item" && stamp === null) continue;
    const counts = value !== own && name !== "item" && taken(name, own, value, yields);
    // What is told once more is said once more only where it changes something here.
    if (!counts && (before === undefined ? value === own : before.value === value)) continue;
    told.push({ name, value, counts });
    if (counts && stamp !== null) said[name] = stamp;
  }
  if (told.length === 0) return [];
  return [{ ...head, type: "CaseTold", from, told, ...(Object.keys(said).length === 0 ? {} : { said }) }];
}

/** The stamp under which a value counts here; null = it came by way of another desk and is older than what stands. */
function stampFor(known: FactStamp | undefined, told: FactStamp, from: NodeCode): FactStamp | null {
  if (known === undefined || isNewer(told, known)) return told;
  return told.by === from && known.by !== from ? { at: plusMs(known.at, 1), by: from } : null;
}

function isNewer(a: FactStamp, b: FactStamp): boolean {
  return a.at === b.at ? a.by > b.by : a.at > b.at;
}

function taken(name: FactName, own: unknown, value: unknown, yields: Telling["yields"]): boolean {
  if (name === "confidential") return value === true;
  return value !== null && (own === null || yields(name, own));
}

/** The facts of a brief that its sender has changed since the one before, taken back ones too; all known ones at a birth. */
export function changedFacts(before: CaseBrief | null, brief: CaseBrief): ToldFacts {
  const changed = FACT_NAMES.filter((name) => (before?.[name] ?? null) !== brief[name]);
  return { ...Object.fromEntries(changed.map((name) => [name, brief[name]])), ...saidOf(brief.said) };
}

/** Stamps as a member that is left out where there are none. */
function saidOf(said: CaseBrief["said"]): Pick<ToldFacts, "said"> {
  return said === undefined ? {} : { said };
}

/** The same facts with when and where each was said, as far as that is known. */
export function stamped({ said }: Pick<Case, "said">, facts: ToldFacts): ToldFacts {
  const named = Object.entries(said ?? {}).filter(([name]) => Object.hasOwn(facts, name));
  return named.length === 0 ? facts : { ...facts, said: Object.fromEntries(named) };
}

/** The facts that a command changes, as they are told to the desks that wait. */
export function correctedFacts(state: Case, facts: Partial<CaseFacts>): ToldFacts {
  const changed = Object.entries(facts).filter(([name, value]) => Reflect.get(state, name) !== value);
  return Object.fromEntries(changed);
}

/** Of what another desk told: the facts that count here now. They are told on to the desks that wait for us. */
export function countedFacts(events: readonly CaseEvent[]): ToldFacts {
  const counted = events.flatMap((e) => (e.type === "CaseTold" ? e.told.filter((t) => t.counts) : []));
  return Object.fromEntries(counted.map(({ name, value }) => [name, value]));
}
