import { isInstant, plusMs } from "../../../kernel/index.ts";
import type { Instant } from "../../../kernel/index.ts";
import { allowedClockCommands, decideClock, mainClock, mayAwait, STANDSTILL } from "../../clock/index.ts";
import type { Clock, ClockCommand, ClockStatus, ResumeReason, Standstill } from "../../clock/index.ts";
import type { ClockCommandName, ClockFileCommand, ClockFileRefusal } from "../clock-command.ts";
import { tellClock } from "../draft.ts";
import type { Draft } from "../draft.ts";
import type { CaseFile } from "../file.ts";
import { recount } from "../recount.ts";
import { dangerWaits } from "../view.ts";

const DAY_MS = 86_400_000;

type Row = {
  readonly command: ClockCommandName;
  readonly tells: Exclude<ClockCommand["type"], "mark">;
  /** Makes the clock stand still: never while a danger of the request is open. */
  readonly stops: boolean;
  /** Whether an extension must be asked for (true) or must not (false); null = either. */
  readonly asked: boolean | null;
  /** Whether it must be said in words, and what. */
  readonly words: boolean;
  readonly clause: string;
};

/** What people may do to a time limit; in which state it must be says the table of clocks. @source nmg:2.2.5 */
// biome-ignore format: a table is read one row a line
export const TIME_LIMIT_TABLE = [
  { command: "pauseClock", tells: "pause", stops: true, asked: null, words: false, clause: "nmg:2.2.5" },
  { command: "awaitRequester", tells: "awaitRequester", stops: true, asked: null, words: true, clause: "nmg:2.2.5" },
  { command: "resumeClock", tells: "resume", stops: false, asked: null, words: false, clause: "nmg:2.2.5" },
  { command: "askExtension", tells: "askExtension", stops: true, asked: false, words: true, clause: "nmg:2.2.5" },
  { command: "approveExtension", tells: "approveExtension", stops: true, asked: true, words: false, clause: "nmg:2.2.5" },
  { command: "refuseExtension", tells: "refuseExtension", stops: false, asked: true, words: true, clause: "nmg:2.2.5" },
  { command: "withdrawExtension", tells: "withdrawExtension", stops: false, asked: true, words: false, clause: "nmg:2.2.5" },
] as const satisfies readonly Row[];

const ROWS: readonly Row[] = TIME_LIMIT_TABLE;

/**
 * What may be done now to the time limit of one thing, in table order, whoever asks. Nothing that gives a matter more time while a
 * danger of it is open. @source nmg:2.2.1 @source nmg:2.2.5
 */
export function allowedClockFileCommands(
  file: CaseFile,
  subject: string,
  standstill: Standstill = STANDSTILL,
): readonly ClockCommandName[] {
  const clock = mainClock(file.clocks, subject);
  if (clock === null) return [];
  const danger = dangerWaits(file);
  return ROWS.filter((row) => fits(row, clock, standstill) && !(row.stops && danger)).map(({ command }) => command);
}

function fits({ tells, asked }: Row, clock: Clock, standstill: Standstill): boolean {
  const { pausable, extensionMax } = clock.policy;
  if (!allowedClockCommands(clock.status).includes(tells)) return false;
  if ((tells === "pause" || tells === "awaitRequester") && !pausable) return false;
  if (tells === "awaitRequester" && !mayAwait(clock, standstill)) return false;
  if (tells === "askExtension" && clock.extended >= extensionMax) return false;
  return asked === null || asked === (clock.asked !== null);
}

/**
 * A person's word about a time limit: it goes to the clock by which the thing is handled as a whole (a request until its end, an order
 * until its reply), never to one of its shorter stages. Errors: CLOCK_NONE, CLOCK_DANGER_OPEN (a danger waits for nothing),
 * CLOCK_AWAIT_TOO_LONG (longer than a requester may be waited for), CLOCK_WORDS_MISSING, CLOCK_NOT_COUNTED (the calendar does not reach so far), and those of `decideClock`.
 * @source nmg:2.2.5 @req REQ-70
 */
export function setTimeLimit(draft: Draft, command: ClockFileCommand): ClockFileRefusal | null {
  if (!recounted(draft)) return { code: "CLOCK_NOT_COUNTED" };
  const clock = mainClock([...draft.clocks.values()], command.subject);
  if (clock === null) return { code: "CLOCK_NONE" };
  const row = ROWS.find((one) => one.command === command.type);
  const linkages = [...draft.linkages.values()];
  if (row?.stops === true && dangerWaits({ case: draft.case, linkages })) return { code: "CLOCK_DANGER_OPEN" };
  const { awaitDays: most } = draft.context.clock.standstill ?? STANDSTILL;
  if (command.type === "awaitRequester" && command.days > most) return { code: "CLOCK_AWAIT_TOO_LONG", most };
  const told = toClock(command, draft.head.at);
  const refused = checked(draft, clock, told);
  if (refused !== null) return refused;
  if (row?.words === true && command.note === null) return { code: "CLOCK_WORDS_MISSING" };
  tellClock(draft, clock, told);
  if (command.type === "approveExtension" && command.passOn) passOn(draft, clock);
  return null;
}

/** By the calendar of today, so that nobody is answered by a due time that has moved; false = it cannot be counted. */
function recounted(draft: Draft): boolean {
  try {
    recount(draft);
    return true;
  } catch {
    return false;
  }
}

/** Asked before anything is told: what breaks while it is counted, or leads out of the calendar, is refused and changes nothing. */
function checked(draft: Draft, clock: Clock, command: ClockCommand): ClockFileRefusal | null {
  try {
    const { calendar, standstill } = draft.context.clock;
    const decided = decideClock(clock, command, draft.head, calendar, standstill);
    if (!decided.ok) return decided.error;
    const dues = decided.value.flatMap((event) => [
      "due" in event ? event.due : null,
      "wanted" in event ? event.wanted : null,
    ]);
    return dues.every((due) => due === null || isInstant(due.at)) ? null : { code: "CLOCK_NOT_COUNTED" };
  } catch {
    return { code: "CLOCK_NOT_COUNTED" };
  }
}

function toClock(command: ClockFileCommand, at: Instant): ClockCommand {
  const { note } = command;
  switch (command.type) {
    case "pauseClock":
      return { type: "pause", reason: command.reason, note };
    case "awaitRequester":
      return { type: "awaitRequester", until: plusMs(at, Math.max(command.days, 1) * DAY_MS), note };
    case "resumeClock":
      return { type: "resume", why: "byPerson", note };
    case "askExtension":
      return { type: "askExtension", amount: command.amount, reason: command.reason, note };
    case "approveExtension":
      return { type: "approveExtension", amount: command.amount, note };
    case "refuseExtension":
      return { type: "refuseExtension", reason: command.reason, note };
    case "withdrawExtension":
      return { type: "withdrawExtension", note };
  }
}

/** What the request has more, its open orders have more as well, as far as it is not theirs already. */
function passOn(draft: Draft, before: Clock): void {
  const parent = draft.clocks.get(before.id);
  const more = (parent?.extended ?? 0) - before.extended;
  if (parent === undefined || more < 1) return;
  for (const child of draft.clocks.values())
    if (child.parent === parent.id && child.status !== "stopped")
      tellClock(draft, child, { type: "passOn", parent, amount: more });
}

/**
 * What stands still runs on before anything is counted, so that neither a limit nor a calendar that is out of order can hold it: with
 * danger in any case, and `now`, when a timer says so, whatever has stood for as long as was said. @source nmg:2.2.1
 */
export function endWaits(draft: Draft, now: Instant | null): void {
  const danger = dangerWaits({ case: draft.case, linkages: [...draft.linkages.values()] });
  for (const { id } of draft.clocks.values()) {
    const clock = draft.clocks.get(id);
    if (clock === undefined || !stands(clock.status)) continue;
    const over = now !== null && clock.awaitUntil !== null && clock.awaitUntil <= now;
    if (danger || over)
      resumeAnyway(draft, clock, danger ? "danger" : clock.status === "paused" ? "pauseOver" : "awaitOver");
  }
}

function resumeAnyway(draft: Draft, clock: Clock, why: ResumeReason): void {
  try {
    tellClock(draft, clock, { type: "resume", why });
  } catch {
    // It runs: what broke were the limits of clocks inside of it, which are counted next and then told of.
  }
}

function stands(status: ClockStatus): boolean {
  return status === "paused" || status === "awaitingRequester";
}

/** Clocks that wait for the requester run on when he has answered. @source nmg:2.2.5 */
export function runOn(draft: Draft): void {
  // What this desk adds to a request is what its requester was waited for, or it would not have added it; the other desk's word is not.
  const { by } = draft.head;
  const added =
    by.kind === "user" &&
    by.node === draft.context.self &&
    draft.caseEvents.some((event) => event.type === "CaseAmended" && event.sealed.length > 0);
  if (!added) return;
  for (const clock of draft.clocks.values())
    if (clock.status === "awaitingRequester") tellClock(draft, clock, { type: "resume", why: "answered" });
}
