import { QUIET, play } from "./desks.ts";
import type { DeskStep, Desks } from "./desks.ts";
import type { Linkage, LinkageFile } from "../linkage.ts";
import type { LinkageMessage, LinkageMessageBody } from "../message.ts";
import { LINKAGE_RULES } from "../rules.ts";
import type { LinkageRules } from "../rules.ts";
import { ABSORBING, movesOf } from "./move.ts";
import type { Bounds } from "./move.ts";
import { brokenAtRest, brokenPromise } from "./promise.ts";
import type { Broken } from "./promise.ts";

/** What a search came to. `complete`: every state within the bounds was visited. */
export type Searched = {
  readonly broken: Broken;
  readonly trace: readonly DeskStep[];
  readonly states: number;
  readonly steps: number;
  readonly depth: number;
  readonly complete: boolean;
};

type Found = { readonly desks: Desks; readonly by: DeskStep | null; readonly from: Found | null };

/**
 * Visits breadth-first every state that commands and arrivals can lead to within the bounds, each once, and checks the
 * promises in it. Time stands still; timers are left out, because in a hand-over they do what a command can do as well.
 * Stops at the first broken promise or after `most` states.
 */
export function search(start: Desks, bounds: Bounds, most: number, rules: LinkageRules = LINKAGE_RULES): Searched {
  const seen = new Set<string>([keyOf(start)]);
  let level: Found[] = [{ desks: start, by: null, from: null }];
  let steps = 0;
  let depth = 0;
  for (; level.length > 0; depth++) {
    const next: Found[] = [];
    for (const found of level) {
      for (const step of movesOf(found.desks, bounds)) {
        const played = play(found.desks, step, bounds.absorb ? ABSORBING : QUIET, rules);
        if (!played.ok) continue;
        steps++;
        const { desks, decisions } = played.value;
        const key = keyOf(desks);
        const isNew = !seen.has(key);
        const here: Found = { desks, by: step, from: found };
        const broken = brokenPromise(desks, decisions) ?? (isNew ? restOf(desks) : null);
        if (broken !== null) return { broken, trace: traceOf(here), states: seen.size, steps, depth, complete: false };
        if (!isNew) continue;
        seen.add(key);
        next.push(here);
        if (seen.size >= most) return { broken: null, trace: [], states: seen.size, steps, depth, complete: false };
      }
    }
    level = next;
  }
  return { broken: null, trace: [], states: seen.size, steps, depth, complete: true };
}

function restOf(desks: Desks): Broken {
  return Object.keys(desks.queues).length === 0 ? brokenAtRest(desks) : null;
}

function traceOf(found: Found): readonly DeskStep[] {
  return found.from === null || found.by === null ? [] : [...traceOf(found.from), found.by];
}

// Two worlds are the same when nothing a rule reads tells them apart: states, counters, and what is under way.
function keyOf(desks: Desks): string {
  const files = Object.values(desks.files).map(fileKey);
  const queues = Object.keys(desks.queues)
    .sort()
    .map((q) => `${q}:${queueKey(desks.queues[q] ?? [])}`);
  return `${desks.reopened}${files.join("|")}#${queues.join("|")}`;
}

function fileKey(file: LinkageFile): string {
  return `${file.registrationGrant}${file.linkages.map(linkageKey).sort().join(";")}`;
}

function queueKey(queue: readonly LinkageMessage[]): string {
  return queue.map((m) => bodyKey(m.body)).join();
}

function linkageKey(l: Linkage): string {
  const numbers = [l.additionsSent, l.additionsReceived, l.additionsRead, l.conclusionNo, l.k, l.kShown].join("");
  const facts = [l.acceptedAt, l.confirmedAt, l.returnedAt, l.ruling, l.into, l.signedAt]
    .map((x) => (x === null ? 0 : 1))
    .join("");
  const talks = (l.talks ?? []).map(({ by, no, signed }) => `${by}${no}${signed === null ? 0 : 1}`).join("");
  return `${l.id}${l.role}${l.peer}${l.source}${l.birth}${l.state}${numbers}${facts}${talks}`;
}

function bodyKey(body: LinkageMessageBody): string {
  switch (body.type) {
    case "concluded":
      return `concluded${body.no}${body.seen}`;
    case "conclusionHeld":
    case "closed":
      return `${body.type}${body.no}`;
    case "reopened":
      return `reopened${body.own}`;
    case "accepted":
      return `accepted${body.into}`;
    case "ruling":
      return `ruling${body.to}`;
    case "offer":
      return `offer${body.birth}`;
    case "talked":
    case "talkSigned":
      return `${body.type}${body.no}`;
    case "addition":
      return `addition${body.n}`;
    default:
      return "k" in body ? `${body.type}${body.k}` : body.type;
  }
}
