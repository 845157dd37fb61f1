import { UNCOUNTED } from "../clock/index.ts";
import type { Clock } from "../clock/index.ts";
import { finishDraft, theCase } from "./draft.ts";
import type { Draft } from "./draft.ts";
import type { ClockFault, FileAlarm } from "./file-alarm.ts";
import type { FileDecision } from "./file.ts";

/** Longest word of a fault that goes into the log. */
const DETAIL_LENGTH = 200;

/** Thrown where it is known what of a limit is out of order; everything else that breaks is a limit that cannot be counted. */
export class BrokenLimit extends Error {
  readonly code: ClockFault["code"];
  constructor(code: ClockFault["code"], detail: string) {
    super(detail);
    this.code = code;
  }
}

/** What clocks do to a draft, all of it or nothing: when one breaks, the step stands as it was and the operator is told why. @source nmg:2.2.1 */
export function withClocks(draft: Draft, move: (draft: Draft) => void): FileDecision {
  const before = finishDraft(draft);
  try {
    move(draft);
  } catch (cause) {
    return told(before, faultOf(cause), theCase(draft).id);
  }
  const after = finishDraft(draft);
  const open = after.clockEvents.map(({ clockId }) => draft.clocks.get(clockId)).find((clock) => isUncounted(clock));
  if (open === undefined) return after;
  return told(after, { code: "limitNotCounted", detail: `hours ${open.policy.hours}` }, theCase(draft).id);
}

/** It runs, and no calendar could say until when. */
function isUncounted(clock: Clock | undefined): boolean {
  return clock?.status === "running" && clock.calendarVersion === UNCOUNTED;
}

function told(decision: FileDecision, fault: ClockFault, subject: string): FileDecision {
  return { ...decision, faults: [fault], alarms: [...decision.alarms, markOf(fault, subject)] };
}

function faultOf(cause: unknown): ClockFault {
  const code = cause instanceof BrokenLimit ? cause.code : "limitNotCounted";
  return { code, detail: detailOf(cause).slice(0, DETAIL_LENGTH) };
}

/** Rules and clocks hold codes and instants alone, so that what they break with names nobody. */
export function detailOf(cause: unknown): string {
  if (cause instanceof BrokenLimit) return cause.message;
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : typeof cause;
}

function markOf({ code }: ClockFault, subject: string): FileAlarm {
  return { act: "raise", kind: code, subject, level: 1, dial: null, audience: "operator" };
}
