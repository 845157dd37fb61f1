import type { LinkageId, NodeCode, RequestNo } from "../../../kernel/index.ts";
import type { LinkageCommand, LinkageTimer } from "../command.ts";
import type { LinkageContext } from "../context.ts";
import type { Linkage, LinkageFile, Part } from "../linkage.ts";
import type { LinkageKind } from "../message.ts";
import { isRunning } from "../timer-table.ts";
import { BRIEF, QUIET, parseId } from "./desks.ts";
import type { DeskStep, Desks } from "./desks.ts";
import {
  ADD,
  CONCLUDE,
  DECLINE,
  END_JOINT,
  END_SUPPORT,
  GRANT,
  NEGOTIATE,
  READ_NOTICE,
  REOPEN,
  RETURN,
  TAKE_BACK,
} from "./scene.ts";
import { askJoint, askSupport, notify, offer, push, rule } from "./scene.ts";

/** How far a walk may go. */
export type Bounds = {
  readonly offers: number;
  readonly pushes: number;
  readonly additions: number;
  readonly conclusions: number;
  readonly queue: number;
  readonly policy: "handOff" | "follow";
  readonly absorb: boolean;
  readonly rulings: boolean;
  readonly progress: boolean;
  /** How many notices and pleas for support may be sent, each; left out = none. */
  readonly tellings?: number;
  /** How many parts may be asked for of the other desk; left out = none. */
  readonly joints?: number;
};

/** For walks that absorb: an own case older than every other, held here. */
export const ABSORBING: LinkageContext = {
  ...QUIET,
  primary: {
    requestNo: parseId<RequestNo>("p"),
    firstReceiver: { registeredAt: BRIEF.registeredAt, nodeCode: parseId<NodeCode>("a"), requestNo: "p" },
    holds: true,
    finishedLast: false,
  },
};

/** Every step that may be tried now: what is under way, and whatever a person could ask at any desk. Some will be refused. */
export function movesOf(desks: Desks, bounds: Bounds): readonly DeskStep[] {
  const moves: DeskStep[] = Object.keys(desks.queues).map((queue) => ({ do: "deliver", queue }));
  for (const file of Object.values(desks.files)) {
    for (const command of openings(desks, file, bounds))
      moves.push({ do: "command", desk: file.self, on: null, command });
    for (const linkage of file.linkages) {
      if (isFull(desks, linkage, bounds)) continue;
      for (const command of commandsOn(desks, linkage, bounds)) {
        moves.push({ do: "command", desk: file.self, on: linkage.id, command });
      }
    }
  }
  return moves;
}

const TIMERS: readonly LinkageTimer[] = [
  "urgentReceipt",
  "urgentLink",
  "urgentSeat",
  "urgentSign",
  "deliveryReceipt",
  "answer",
  "answerAtSender",
  "decideReturned",
  "negotiation",
  "arbiter",
  "confirm",
  "answerOwed",
];

/** Every timer that runs now, as a step. */
export function timersOf(desks: Desks): readonly DeskStep[] {
  return Object.values(desks.files).flatMap((f) =>
    f.linkages.flatMap((l) =>
      TIMERS.filter((t) => isRunning(l, t)).map((timer) => ({ do: "timer", desk: f.self, on: l.id, timer }) as const),
    ),
  );
}

/** The receipts a carrier could bring now: the peer has consumed more than S knows. None is folded at R: no rule waits for it there. */
export function receiptsOf(desks: Desks): readonly DeskStep[] {
  const steps: DeskStep[] = [];
  for (const file of Object.values(desks.files)) {
    for (const l of file.linkages.filter(({ role }) => role === "S")) {
      const seq = desks.files[l.peer]?.linkages.find((p) => p.id === l.id && p.role !== l.role)?.seqIn ?? 0;
      if (seq > l.receipted) steps.push({ do: "receipt", desk: file.self, on: l.id, seq });
    }
  }
  return steps;
}

function isFull(desks: Desks, l: Linkage, bounds: Bounds): boolean {
  return (desks.queues[`${l.id}>${l.peer}`]?.length ?? 0) >= bounds.queue;
}

function count(desks: Desks, part: Part): number {
  return Object.values(desks.files).reduce(
    (n, f) => n + f.linkages.filter((l) => l.role === "S" && l.part === part).length,
    0,
  );
}

const TELLINGS = [
  ["notice", "n", notify],
  ["support", "s", askSupport],
] as const;

function countOf(desks: Desks, kind: LinkageKind): number {
  return Object.values(desks.files).flatMap((f) => f.linkages.filter((l) => l.role === "S" && l.kind === kind)).length;
}

function openings(desks: Desks, file: LinkageFile, bounds: Bounds): readonly LinkageCommand[] {
  const others = Object.values(desks.files)
    .filter((f) => f.self !== file.self)
    .map((f) => f.self);
  const offers = count(desks, "ordinary");
  const pushes = count(desks, "danger");
  const commands: LinkageCommand[] = [];
  for (const to of others) {
    const more = { followPolicy: bounds.policy, firstReceiver: file.firstReceiver };
    if (offers < bounds.offers) commands.push(offer(newId("i", offers), to, more));
    if (offers < bounds.offers && bounds.rulings)
      commands.push(offer(newId("i", offers), to, { ...more, ruling: { basis: "consultation", note: null } }));
    if (pushes < bounds.pushes) commands.push(push(newId("u", pushes), to));
    const joints = count(desks, "partner");
    if (joints < (bounds.joints ?? 0)) commands.push(askJoint(newId("p", joints), to));
    for (const [kind, letter, tell] of TELLINGS) {
      const told = countOf(desks, kind);
      if (told < (bounds.tellings ?? 0)) commands.push(tell(newId(letter, told), to));
    }
  }
  return commands;
}

function newId(letter: string, n: number): LinkageId {
  return parseId<LinkageId>(`${letter}${n}`);
}

function commandsOn(desks: Desks, l: Linkage, bounds: Bounds): readonly LinkageCommand[] {
  if (l.part === "danger") return urgentCommands(l, bounds);
  if (l.part === "partner") return jointCommands(l, bounds);
  const said = bounds.progress && l.role === "R" ? [PROGRESS] : [];
  if (l.kind === "notice") return [READ_NOTICE, ...said];
  if (l.kind === "support") return [GRANT, DECLINE, END_SUPPORT, ...said];
  const commands: LinkageCommand[] = [NEGOTIATE, { type: "hold" }, TAKE_BACK, REOPEN, { type: "close", rating: null }];
  if (l.role === "S")
    return [...commands, ...rulingsFrom(desks, l, bounds), ...(l.additionsSent < bounds.additions ? [ADD] : [])];
  commands.push({ type: "accept" }, RETURN, ...rulingsFrom(desks, l, bounds));
  if (l.additionsRead < l.additionsReceived) commands.push({ type: "readAdditions" });
  if (bounds.progress) commands.push(PROGRESS);
  if (l.conclusionNo < bounds.conclusions) commands.push(CONCLUDE);
  if (bounds.absorb) commands.push({ type: "absorb", into: parseId<RequestNo>("p") });
  return commands;
}

function rulingsFrom(desks: Desks, l: Linkage, bounds: Bounds): readonly LinkageCommand[] {
  if (!bounds.rulings) return [];
  const offers = count(desks, "ordinary");
  const codes = Object.values(desks.files).map((f) => f.self);
  const free = l.role === "R" || offers < bounds.offers;
  return codes.filter((to) => free || to === l.self || to === l.peer).map((to) => rule(to, newId("i", offers)));
}

const PROGRESS: LinkageCommand = { type: "progress", stage: "arrived", note: null };
const ON_PUSH: readonly LinkageCommand[] = [
  { type: "shown" },
  { type: "sign", onScreen: true },
  { type: "sign", onScreen: false },
  { type: "end", outcome: "handled", result: null },
];

const ON_JOINT: readonly LinkageCommand[] = [
  { type: "shown" },
  { type: "sign", onScreen: true },
  { type: "sign", onScreen: false },
  END_JOINT,
];

function jointCommands(l: Linkage, bounds: Bounds): readonly LinkageCommand[] {
  if (l.role === "S") return l.k <= bounds.additions ? [ADD, askJoint(l.id, l.peer)] : [];
  return [...ON_JOINT, ...(bounds.progress ? [PROGRESS] : [])];
}

function urgentCommands(l: Linkage, bounds: Bounds): readonly LinkageCommand[] {
  if (l.role === "S") return l.k <= bounds.additions ? [ADD] : [];
  return [...ON_PUSH, ...(bounds.progress ? [PROGRESS] : [])];
}
