import type { UnitCode } from "../../kernel/index.ts";
import { endsCall } from "../case/index.ts";
import type { CallResult } from "../case/index.ts";
import type { Clock, ClockId, RungLine } from "../clock/index.ts";
import type { RingLine } from "../directory/index.ts";
import { isNotTakenUp } from "./clock-alarms.ts";
import { tellClock } from "./draft.ts";
import type { Draft } from "./draft.ts";

/**
 * An order that was not taken up in the time its limit leaves: the mark that says so names the first number of its unit. It is the mark
 * of the clock and ends with it. @source yn:3.3 @source yn:4.1.2 @req REQ-34
 */
export function ringFirst(draft: Draft, clockId: ClockId): void {
  const clock = draft.clocks.get(clockId);
  const told = draft.clockEvents
    .get(clockId)
    ?.some((event) => event.type === "ClockMarked" && event.mark === "giveBack");
  const first = clock === undefined || told !== true ? undefined : left(draft, clock)[0];
  if (clock !== undefined && first !== undefined) show(draft, clock, { ...first, level: 1, last: false }, first.phone);
}

/**
 * What a call to the number of a silent unit leads to. Nobody reached: the mark comes back at once, one louder, with the next number of
 * the order as it is now; the last one is the supervisor's and stays his. `level` = that of the mark as it named the number: who rang
 * a number that another has led on from leaves the mark as it stands; 0 = it was answered meanwhile. @source yn:4.1.2 @req REQ-34
 */
export function ringOn(draft: Draft, subject: string, level: number, result: CallResult): void {
  const clock = draft.clocks.get(subject as ClockId);
  if (clock === undefined || level < 1 || endsCall(result) || !isNotTakenUp(clock)) return;
  const now = clock.rung.at(-1);
  if (now !== undefined && now.level !== level) return raise(draft, clock.id, now, null);
  const [next, ...others] = left(draft, clock);
  const louder = level + 1;
  if (next !== undefined) {
    // What is the supervisor's stays his, also where a new shift brings numbers that were not rung.
    const last = now?.last === true || (others.length === 0 && now !== undefined);
    return show(draft, clock, { ...next, level: louder, last }, next.phone);
  }
  if (now !== undefined && !now.last) show(draft, clock, { ...now, level: louder, last: true }, null);
}

/** The numbers of the order as it is now that were not rung yet. A directory that breaks has none: no call waits for it. */
function left(draft: Draft, clock: Clock): readonly RingLine[] {
  const unit = unitOf(draft, clock);
  if (unit === null) return [];
  try {
    const lines = draft.context.ringOrder?.(unit, draft.head.at) ?? [];
    return lines.filter((one) => !clock.rung.some((was) => was.unit === one.unit && was.line === one.line));
  } catch {
    return [];
  }
}

/** Only a unit with an order is rung. */
function unitOf(draft: Draft, { subject, owner }: Clock): UnitCode | null {
  return [...draft.orders.values()].find(({ id, unit }) => id === subject || unit === owner)?.unit ?? null;
}

function show(draft: Draft, clock: Clock, { unit, line, level, last }: RungLine, phone: string | null): void {
  tellClock(draft, clock, { type: "ringOn", unit, line, level, last });
  raise(draft, clock.id, { level, last }, phone);
}

/** `phone` null = the number that the mark names already. */
function raise(
  draft: Draft,
  subject: ClockId,
  { level, last }: Pick<RungLine, "level" | "last">,
  phone: string | null,
): void {
  const audience = last ? "supervisor" : "desk";
  draft.alarms.push({ act: "raise", kind: "notTakenUp", subject, level, dial: phone, audience });
}
