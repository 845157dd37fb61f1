import type { AlarmChange, TimerChange } from "../app/ports/store.ts";

/** Of several changes to one thing in one commit the last counts; the order of first mention is kept. */
function lastPerKey<T>(changes: readonly T[], keyOf: (change: T) => string): readonly T[] {
  const last = new Map<string, T>();
  for (const change of changes) last.set(keyOf(change), change);
  return [...last.values()];
}

/** Timer changes of one commit, at most one per (owner, ownerId, kind). */
export function lastTimerChanges(changes: readonly TimerChange[]): readonly TimerChange[] {
  return lastPerKey(changes, (change) =>
    JSON.stringify([change.owner, change.ownerId, "set" in change ? change.set : change.cancel]),
  );
}

/** The same without those of clocks: a clock's row is its timer. */
export function timersOfOthers(changes: readonly TimerChange[]): readonly TimerChange[] {
  return lastTimerChanges(changes).filter(({ owner }) => owner !== "clock");
}

function kindOf(change: AlarmChange): string {
  if ("raise" in change) return change.raise;
  return "clear" in change ? change.clear : change.answer;
}

/** Alarm changes of one commit, at most one per (subject, kind). */
export function lastAlarmChanges(changes: readonly AlarmChange[]): readonly AlarmChange[] {
  return lastPerKey(changes, (change) => JSON.stringify([change.subject, kindOf(change)]));
}
