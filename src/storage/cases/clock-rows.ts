import type { Clock, ClockEvent } from "../../core/clock/index.ts";
import { evolveClock } from "../../core/clock/index.ts";
import { upcast } from "../../core/evidence/index.ts";
import type { Upcaster } from "../../core/evidence/index.ts";
import { isRecord, parseClock } from "./parse.ts";

/** All clocks of the request in the row `of`, by their ids, which are our own: each with the event that started it. */
export function clocksOf(of: string): string {
  return `(select json_agg(json_build_array(d.version, d.state, s.type_version, s.body) order by d.clock_id)
      from liandong.clocks d
      left join liandong.events s on s.home_region = d.home_region and s.stream_kind = 'clock' and s.stream_id = d.clock_id and s.version = 1
      where d.home_region = ${of}.home_region and d.case_id = ${of}.case_id)`;
}

/**
 * The clocks as they stand: what they began with, brought to today's version, and what has changed since. One that cannot be read is
 * left out, for nothing that is said of a request may wait for a clock; its timer then finds none and tells the operator.
 * `steps`: those of the program unless a test plants others. @source nmg:2.2.1
 */
export function readClocks(rows: readonly unknown[] | null, steps?: readonly Upcaster[]): readonly Clock[] {
  return (rows ?? []).flatMap((row) => {
    const parts: readonly unknown[] = Array.isArray(row) ? row : [];
    const [version, changes, typeVersion, body] = parts;
    const started = startOf(body, typeVersion, steps);
    if (!isRecord(changes) || started === null) return [];
    const clock = parseClock({ ...evolveClock(null, started), ...changes, version });
    return clock === null ? [] : [clock];
  });
}

type Start = ClockEvent & { readonly type: "ClockStarted" };

/** The event that started a clock as today's code reads it; null = it is none, of a newer program, or damaged. */
function startOf(body: unknown, typeVersion: unknown, steps: readonly Upcaster[] | undefined): Start | null {
  if (!isRecord(body) || body["type"] !== "ClockStarted" || typeof typeVersion !== "number") return null;
  try {
    const read = upcast({ stream: "clock", type: "ClockStarted", typeVersion, body }, steps);
    return isStart(read) ? read : null;
  } catch {
    return null;
  }
}

function isStart(body: unknown): body is Start {
  return isRecord(body) && body["type"] === "ClockStarted" && isRecord(body["policy"]);
}

/** Events after which a clock may run by another rule than the one it began with. */
const SETS_A_RULE: ReadonlySet<string> = new Set<ClockEvent["type"]>(["ClockOwnerChanged", "ClockTightened"]);

/** What of a clock the row must have: all that can change. Another policy only when one of these events set it. */
export function clockChanges(state: unknown, events: readonly { readonly body: unknown }[]): object {
  const clock = parseClock(state);
  if (clock === null) throw new Error("a clock without its rule");
  if (events.length === 1 && isRecord(events[0]?.body) && events[0].body["type"] === "ClockStarted") return {};
  const { id: _id, subject: _subject, parent: _parent, startedAt: _at, version: _version, policy, ...changing } = clock;
  const isNew = events.some(
    ({ body }) => isRecord(body) && SETS_A_RULE.has(String(body["type"])) && body["policy"] !== null,
  );
  return isNew ? { ...changing, policy } : changing;
}
