import type { NodeCode } from "../../kernel/index.ts";
import type { Case, CaseEvent, CaseFacts, EventHead, FactName, ToldFact } from "../case/index.ts";
import type { CaseBrief, ToldFacts } from "../linkage/index.ts";

/** What a desk says of the facts of a request, and which of them count here at once. */
type Telling = {
  readonly from: NodeCode;
  readonly facts: ToldFacts;
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
 * overruled by a message.
 * @source nmg:2.2.1 @source nmg:2.3.1 @req REQ-14
 */
export function toldEvents(head: EventHead, state: Case, { from, facts, yields }: Telling): readonly CaseEvent[] {
  const told: ToldFact[] = [];
  for (const name of FACT_NAMES) {
    const value = facts[name];
    if (value === undefined) continue;
    const own = name === "item" ? (state.verdict?.item ?? null) : state[name];
    const before = state.told?.[name];
    if (before === undefined ? value === own : before.value === value) continue;
    told.push({ name, value, counts: value !== own && name !== "item" && taken(name, own, value, yields) });
  }
  return told.length === 0 ? [] : [{ ...head, type: "CaseTold", from, told }];
}

function taken(name: FactName, own: unknown, value: unknown, yields: Telling["yields"]): boolean {
  if (name === "confidential") return value === true;
  return value !== null && (own === null || yields(name, own));
}

/** The facts of a brief that its sender has changed since the one before, taken back ones too; all known ones at a birth. */
export function changedFacts(before: CaseBrief | null, brief: CaseBrief): ToldFacts {
  const changed = FACT_NAMES.filter((name) => (before?.[name] ?? null) !== brief[name]);
  return Object.fromEntries(changed.map((name) => [name, brief[name]]));
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
