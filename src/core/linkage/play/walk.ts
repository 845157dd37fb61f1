import type { NodeCode } from "../../../kernel/index.ts";
import type { LinkageEvent } from "../event.ts";
import type { LinkageState } from "../linkage.ts";
import type { LinkageContext } from "../context.ts";
import { LINKAGE_RULES } from "../rules.ts";
import type { LinkageRules } from "../rules.ts";
import { QUIET, fileOf, later, play } from "./desks.ts";
import type { DeskStep, Desks } from "./desks.ts";
import { ABSORBING, movesOf, receiptsOf, timersOf } from "./move.ts";
import type { Bounds } from "./move.ts";
import { brokenAtRest, brokenFold, brokenPromise } from "./promise.ts";
import type { Broken } from "./promise.ts";
import { push } from "./scene.ts";
import { parseId } from "./desks.ts";

/** What a walk came to. */
export type Walked = { readonly broken: Broken; readonly desks: Desks; readonly trace: readonly DeskStep[] };

/** How far a walk has come; what happened stays with it. */
type Walker = { desks: Desks; events: Map<NodeCode, LinkageEvent[]>; trace: DeskStep[]; broken: Broken };

/**
 * Walks as the choices say: each number picks one of the steps possible then (also a timer, a receipt, a doubled
 * message). After every step the promises are checked; then everything under way arrives and rest is checked; then the
 * link is cut and the timers alone have to lead on. `before` is played first. The same choices give the same walk.
 */
export function walk(
  start: Desks,
  choices: readonly number[],
  bounds: Bounds,
  rules: LinkageRules = LINKAGE_RULES,
  before: readonly DeskStep[] = [],
): Walked {
  const walker: Walker = { desks: start, events: new Map(), trace: [], broken: null };
  for (const step of before) take(walker, step, rules, QUIET);
  for (const choice of choices) {
    const steps = stepsFor(walker.desks, choice, bounds);
    const from = Math.floor(choice / KINDS);
    const context = contextFor(choice, bounds);
    // The first step from the chosen one on that is taken: a refused command would only waste the choice.
    for (let n = 0; n < steps.length; n++) {
      const step = steps[(from + n) % steps.length];
      if (step !== undefined && take(walker, step, rules, context)) break;
    }
    if (walker.broken === null) walker.broken = pushRefused(walker.desks, rules);
    if (walker.broken !== null) return walker;
    walker.desks = later(walker.desks, choice % 7_000);
  }
  drain(walker, rules);
  walker.broken ??= brokenAtRest(walker.desks) ?? brokenFold(walker.desks, walker.events);
  if (walker.broken === null) walker.broken = undecided(walker, rules);
  return walker;
}

/** A broken promise with the steps that led to it, short enough to read; empty when all held. */
export function tell({ broken, trace }: Walked): string {
  return broken === null ? "" : [broken, ...trace.map(inWords)].join("\n");
}

function inWords(step: DeskStep): string {
  switch (step.do) {
    case "command": {
      const to = "to" in step.command ? ` to ${step.command.to}` : "";
      return `${step.desk}: ${step.command.type}${to} on ${step.on ?? "the request"}`;
    }
    case "timer":
      return `${step.desk}: ${step.timer} fires on ${step.on}`;
    case "receipt":
      return `${step.desk}: receipt ${step.seq} on ${step.on}`;
    case "deliver":
    case "double":
      return `${step.do} ${step.queue}`;
  }
}

// Out of a hundred choices: what arrives, what leads on, what disputes, what the carrier and the clock do. Left to an
// even choice most walks end in a withdrawal before anything was accepted.
const KINDS = 100;
const DISPUTES = ["withdraw", "return", "negotiate", "hold", "ruling", "absorb"];

function stepsFor(desks: Desks, choice: number, bounds: Bounds): readonly DeskStep[] {
  const kind = choice % KINDS;
  const moves = movesOf(desks, bounds);
  if (kind < 45) return [...moves.filter((m) => m.do === "deliver"), ...moves];
  if (kind < 82) return [...moves.filter((m) => m.do === "command" && !DISPUTES.includes(m.command.type)), ...moves];
  if (kind < 92) return [...moves.filter((m) => m.do === "command" && DISPUTES.includes(m.command.type)), ...moves];
  return [...timersOf(desks), ...receiptsOf(desks), ...doublings(desks), ...moves];
}

function contextFor(choice: number, bounds: Bounds): LinkageContext {
  const base = bounds.absorb ? ABSORBING : QUIET;
  const rejected = choice % 23 === 0;
  return { ...base, seatOnDuty: choice % 3 !== 0, rejects: () => (rejected ? "OUT_OF_SCOPE" : null) };
}

function doublings(desks: Desks): readonly DeskStep[] {
  return Object.keys(desks.queues).map((queue) => ({ do: "double", queue }));
}

function take(walker: Walker, step: DeskStep, rules: LinkageRules, context: LinkageContext): boolean {
  const played = play(walker.desks, step, context, rules);
  if (!played.ok) {
    if (step.do !== "command") walker.broken = `P1: ${step.do} was refused: ${played.error.code}`;
    return false;
  }
  walker.trace.push(step);
  const { desks, decisions } = played.value;
  for (const { event, linkage } of decisions) {
    walker.events.set(linkage.self, [...(walker.events.get(linkage.self) ?? []), event]);
  }
  walker.broken ??= unconsumed(walker.desks, step, desks) ?? brokenPromise(desks, decisions);
  walker.desks = desks;
  return true;
}

// P1: a message delivered once is consumed once; delivered again it is dropped by its number.
function unconsumed(before: Desks, step: DeskStep, after: Desks): Broken {
  if (step.do !== "deliver") return null;
  const message = before.queues[step.queue]?.[0];
  if (message === undefined) return null;
  const copy = fileOf(after, message.receiver).linkages.find((l) => l.id === message.conversation);
  return copy !== undefined && copy.seqIn >= message.seq ? null : `P1: ${message.body.type} was not consumed`;
}

// P3: whatever state anything is in, every desk can push.
function pushRefused(desks: Desks, rules: LinkageRules): Broken {
  for (const file of Object.values(desks.files)) {
    const to = Object.values(desks.files).find((f) => f.self !== file.self)?.self ?? file.self;
    const played = play(
      desks,
      { do: "command", desk: file.self, on: null, command: push(parseId("danger"), to) },
      QUIET,
      rules,
    );
    if (!played.ok) return `P3: ${file.self} could not push: ${played.error.code}`;
  }
  return null;
}

function drain(walker: Walker, rules: LinkageRules): void {
  for (let n = 0; n < 1_000 && walker.broken === null; n++) {
    const queue = Object.keys(walker.desks.queues)[0];
    if (queue === undefined) return;
    take(walker, { do: "deliver", queue }, rules, QUIET);
  }
  walker.broken ??= "convergence: the desks never stop answering each other";
}

const DISPUTED: readonly LinkageState[] = ["offered", "negotiating", "returned"];

// Decided: with the link cut, the timers at S alone lead from every disputed state to held or bound.
function undecided(walker: Walker, rules: LinkageRules): Broken {
  for (const file of Object.values(walker.desks.files)) {
    for (const { id, role, part, state } of file.linkages) {
      if (role !== "S" || part !== "ordinary" || !DISPUTED.includes(state)) continue;
      for (let n = 0; n < 8; n++) {
        const step = timersOf(walker.desks).find((s) => s.do === "timer" && s.on === id && s.desk === file.self);
        const now = fileOf(walker.desks, file.self).linkages.find((l) => l.id === id);
        if (step === undefined || now?.state === "held" || now?.state === "bound") break;
        take(walker, step, rules, QUIET);
      }
      const end = fileOf(walker.desks, file.self).linkages.find((l) => l.id === id)?.state;
      if (end !== "held" && end !== "bound") return `decided: the timers leave ${id} in ${end}`;
    }
  }
  return null;
}
