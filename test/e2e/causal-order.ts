import { evolveCase } from "../../src/core/case/index.ts";
import type { Case } from "../../src/core/case/index.ts";
import { linkageView } from "../../src/core/file/index.ts";
import { evolveLinkage } from "../../src/core/linkage/index.ts";
import type { Linkage, LinkageState } from "../../src/core/linkage/index.ts";
import { isResponsible } from "../../src/core/responsibility/index.ts";
import type { NodeRecord, RecordedEvent } from "./node-record.ts";

/** One node's copy of a request after one of its transactions. */
type Step = {
  readonly responsible: boolean;
  /** The node's log says that the ordinary part has ended. */
  readonly ended: boolean;
  readonly states: ReadonlyMap<string, LinkageState>;
  /** How many steps of the other node must have happened before: the messages consumed so far were sent by then. */
  readonly after: number;
};

/** What was looked at and what was found. */
export type CausalVerdict = {
  readonly requests: number;
  readonly shared: number;
  readonly cuts: number;
  readonly problems: readonly string[];
};

const NOTHING: Step = { responsible: false, ended: false, states: new Map(), after: 0 };

/**
 * Replays the logs of both nodes and looks at every consistent cut of every request: any number of steps of each node such
 * that no message was consumed before it was sent. At each, at least one node must hold the ordinary part, unless a log
 * says that it has ended; and a danger that its sender has let go must be the receiver's. No clock is asked.
 */
export function auditOwnership(a: NodeRecord, b: NodeRecord): CausalVerdict {
  const [ofA, ofB] = [byCase(a), byCase(b)];
  const sentAt = { a: sendingSteps(ofA, a.code), b: sendingSteps(ofB, b.code) };
  const problems: string[] = [];
  let [cuts, shared] = [0, 0];
  const all = new Set([...ofA.keys(), ...ofB.keys()]);
  for (const id of all) {
    const stepsA = stepsOf(ofA.get(id) ?? [], b.code, sentAt.b);
    const stepsB = stepsOf(ofB.get(id) ?? [], a.code, sentAt.a);
    if (stepsA.length > 1 && stepsB.length > 1) shared += 1;
    const found: string[] = [];
    for (const [i, x] of stepsA.entries()) {
      for (const [j, y] of stepsB.entries()) {
        if (i + j === 0 || x.after > j || y.after > i) continue;
        cuts += 1;
        const broken = brokenAt(x, y);
        if (broken !== null) found.push(`${id} after ${i} steps of ${a.side} and ${j} of ${b.side}: ${broken}`);
      }
    }
    problems.push(...found.slice(0, 3));
    const resting = brokenAtRest(stepsA.at(-1) ?? NOTHING, stepsB.at(-1) ?? NOTHING);
    if (resting !== null) problems.push(`${id} at rest: ${resting}`);
  }
  return { requests: all.size, shared, cuts, problems };
}

/** Ends of a copy that came without the ordinary part: they say nothing of it. */
const ELSEWHERE: readonly Case["closedAs"][] = ["dangerEnded", "informed"];

function brokenAt(x: Step, y: Step): string | null {
  if (!x.responsible && !y.responsible && !x.ended && !y.ended) return "ownerless: nobody holds the ordinary part";
  for (const [from, to] of [
    [x, y],
    [y, x],
  ] as const) {
    for (const [id, state] of from.states) {
      if (state !== "delivered") continue;
      const there = to.states.get(id);
      if (there !== "active" && there !== "endReported") return `ownerless: danger ${id} is delivered/${there}`;
    }
  }
  return null;
}

function brokenAtRest(x: Step, y: Step): string | null {
  const holders = [x, y].filter((s) => s.responsible).length;
  if (holders > 1) return "two desks hold the ordinary part";
  return holders === 0 && !x.ended && !y.ended ? "nobody holds the ordinary part" : null;
}

/** Events of a node by request, each request's in the order of their transactions. */
function byCase(node: NodeRecord): ReadonlyMap<string, readonly (readonly RecordedEvent[])[]> {
  const cases = new Map<string, RecordedEvent[][]>();
  for (const event of node.events) {
    const transactions = cases.get(event.caseId) ?? [];
    const last = transactions.at(-1);
    if (last?.[0]?.tx === event.tx) last.push(event);
    else transactions.push([event]);
    cases.set(event.caseId, transactions);
  }
  return cases;
}

/** The step (1, 2, …) at which each message was sent, by conversation, sender and number. */
function sendingSteps(cases: ReturnType<typeof byCase>, self: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const transactions of cases.values()) {
    for (const [i, events] of transactions.entries()) {
      for (const { kind, stream, body } of events) {
        if (kind === "linkage") for (const { seq } of body.sent) found.set(`${stream}/${self}/${seq}`, i + 1);
      }
    }
  }
  return found;
}

function stepsOf(
  transactions: readonly (readonly RecordedEvent[])[],
  peer: string,
  sentByPeer: ReadonlyMap<string, number>,
): readonly Step[] {
  const steps: Step[] = [NOTHING];
  let state: Case | null = null;
  let after = 0;
  const linkages = new Map<string, Linkage>();
  for (const events of transactions) {
    for (const event of events) {
      if (event.kind === "case") state = evolveCase(state, event.body);
      if (event.kind !== "linkage") continue;
      linkages.set(event.stream, evolveLinkage(linkages.get(event.stream) ?? null, event.body));
      if (event.body.received === null) continue;
      after = Math.max(after, sentByPeer.get(`${event.stream}/${peer}/${event.body.received}`) ?? Infinity);
    }
    if (state === null) throw new Error("a linkage before its case");
    steps.push({
      responsible: isResponsible(linkageView(state, [...linkages.values()]), "ordinary"),
      ended: state.status === "closed" && !ELSEWHERE.includes(state.closedAs),
      states: new Map([...linkages].map(([id, l]) => [id, l.state])),
      after,
    });
  }
  return steps;
}

const RESTING: readonly string[] = [
  "offered/offered",
  "negotiating/negotiating",
  "held/held",
  "returned/returned",
  "accepted/accepted",
  "concluded/toCallBack",
  "closed/closed",
  "withdrawn/withdrawn",
  "rejected/rejected",
  "handedBack/handedBack",
  "absorbed/absorbed",
  "pushed/active",
  "delivered/active",
  "ended/ended",
  "received/received",
  "read/read",
  "requested/requested",
  "granted/granted",
  "declined/declined",
];

/** Every linkage is known at both nodes and rests in a pair of linkage.md 5.4 or of an urgent push (policy handOff). */
export function auditPairs(
  a: NodeRecord,
  b: NodeRecord,
): { readonly pairs: Readonly<Record<string, number>>; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const pairs: Record<string, number> = {};
  for (const [here, there] of [
    [a, b],
    [b, a],
  ] as const) {
    for (const linkage of here.linkages.values()) {
      const other = there.linkages.get(linkage.id);
      if (other === undefined) problems.push(`lost: ${linkage.kind} ${linkage.id} is unknown at ${there.side}`);
      if (linkage.role !== "S") continue;
      const pair = `${linkage.state}/${other?.state}`;
      pairs[pair] = (pairs[pair] ?? 0) + 1;
      if (!RESTING.includes(pair)) problems.push(`${linkage.kind} ${linkage.id} rests in ${pair}`);
      const shown = linkage.state === "pushed" && other !== undefined && other.kShown === other.k;
      if (shown) problems.push(`${linkage.id}: the receiver has it on screen and the sender does not know`);
      // After a hand-back the sender has the matter itself, and with it what it had added: as in the rule's own search.
      const carried = linkage.part === "ordinary" && linkage.state !== "handedBack";
      if (other !== undefined && carried && other.additionsReceived !== linkage.additionsSent)
        problems.push(
          `lost: ${linkage.id} (${pair}) has ${other.additionsReceived} of ${linkage.additionsSent} additions`,
        );
    }
  }
  return { pairs, problems };
}
