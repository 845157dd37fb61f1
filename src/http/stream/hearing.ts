import type { ActingUser } from "../../app/sessions/index.ts";

/** Asks the application whether somebody may hear of a request. */
export type MayHear = (actor: ActingUser, caseId: string) => Promise<boolean>;

/** As MayHear, for one frame: clients of the same scope share one question. */
export type Hearing = (actor: ActingUser, scope: string, caseId: string, cursor: string) => Promise<boolean>;

const YES_MS = 5_000;
const REMEMBERED = 10_000;

/** What decides about hearing: roles, regions, unit. Never the person, so that a thousand seats cost a few questions. */
export function scopeOf(actor: ActingUser): string {
  return JSON.stringify([actor.roles, actor.regions, actor.unit]);
}

/**
 * Remembers a yes for a few seconds and a no for the one frame only: the very frame that tells of a new order is the one that
 * turns a no into a yes.
 */
export function createHearing(mayHear: MayHear, nowMs: () => number): Hearing {
  const known = new Map<string, { readonly cursor: string; readonly answer: Promise<boolean> }>();
  const yes = new Map<string, number>();
  return async (actor, scope, caseId, cursor) => {
    const key = `${scope} ${caseId}`;
    const since = yes.get(key);
    if (since !== undefined && Math.abs(nowMs() - since) < YES_MS) return true;
    const asked = known.get(key);
    if (asked !== undefined && asked.cursor === cursor) return asked.answer;
    const answer = mayHear(actor, caseId);
    known.set(key, { cursor, answer });
    // A question that failed must be asked again: whoever was dropped for it comes back with the same frame.
    answer.catch(() => known.delete(key));
    forgetOldest(known);
    const heard = await answer;
    if (heard) {
      yes.delete(key);
      yes.set(key, nowMs());
      forgetOldest(yes);
    }
    return heard;
  };
}

function forgetOldest(map: Map<string, unknown>): void {
  const oldest = map.size > REMEMBERED ? map.keys().next() : null;
  if (oldest !== null && oldest.done !== true) map.delete(oldest.value);
}
