import { isInstant, plusMs } from "../../kernel/index.ts";
import type { ActorRef, Instant, NodeCode, UnitCode } from "../../kernel/index.ts";
import { clockIdOf, decideClock, evolveClock, openCalendar, startClock } from "./index.ts";
import type {
  Calendar,
  CalendarDay,
  Clock,
  ClockCommand,
  ClockEvent,
  ClockPolicy,
  ClockRefusal,
  Shift,
  WorkCalendar,
} from "./index.ts";

const SHANGHAI_MS = 8 * 3_600_000;

/** A moment written as the wall clock in Shanghai shows it, `2025-01-27 10:00`. */
export function shanghai(text: string): Instant {
  const utc = `${text.replace(" ", "T")}:00.000Z`;
  if (!isInstant(utc)) throw new Error(text);
  return plusMs(utc, -SHANGHAI_MS);
}

/** A moment as the wall clock in Shanghai shows it. */
export function shown(instant: Instant | null | undefined): string | null {
  if (instant === null || instant === undefined) return null;
  return plusMs(instant, SHANGHAI_MS).slice(0, 16).replace("T", " ");
}

/** One shift of the test calendar. */
export function aShift(
  code: string,
  hours: string,
  days: string,
  from: string,
  to: string,
  change?: Partial<Shift>,
): Shift {
  const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const [start, end] = [minutes(from), minutes(to)];
  return {
    code,
    hours,
    nameZh: code,
    nameEn: code,
    days,
    from: start,
    to: end > start ? end : end + 1_440,
    season: null,
    validFrom: "2020-01-01",
    validTo: null,
    source: "yn:4.3.3",
    basis: "default",
    ...change,
  };
}

const SHIFTS: readonly Shift[] = [
  aShift("morning", "office@1", "12345", "08:30", "12:00"),
  aShift("afternoon", "office@1", "12345", "14:30", "18:00"),
  aShift("all", "always@1", "1234567H", "00:00", "24:00"),
  aShift("night", "night@1", "12345", "22:00", "06:00"),
  aShift("whole", "whole@1", "12345", "09:00", "17:00"),
  aShift("winter", "season@1", "12345", "09:00", "17:00", { season: { from: "10-01", to: "04-30" } }),
  aShift("summer", "season@1", "12345", "08:00", "16:00", { season: { from: "05-01", to: "09-30" } }),
  aShift("friday", "short-friday@1", "5", "09:00", "12:00"),
  aShift("others", "short-friday@1", "1234", "09:00", "17:00"),
];

function days(kind: CalendarDay["kind"], names: string, list: string): readonly CalendarDay[] {
  return list.split(" ").map((day) => ({ day, kind, nameZh: names, nameEn: names }));
}

/** Late January to early February 2025, National Day 2025, New Year 2026, as published; 2027 by law alone. */
export const SMALL: Calendar = {
  version: "cn@1",
  years: [
    { year: 2025, status: "published", sourceZh: "2025" },
    { year: 2026, status: "published", sourceZh: "2026" },
    { year: 2027, status: "provisional", sourceZh: "law" },
  ],
  days: [
    ...days(
      "holiday",
      "春节",
      "2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-02-01 2025-02-02 2025-02-03 2025-02-04",
    ),
    ...days("workday", "春节调休上班", "2025-01-26 2025-02-08"),
    ...days("workday", "国庆节调休上班", "2025-09-28 2025-10-11"),
    ...days(
      "holiday",
      "国庆节",
      "2025-10-01 2025-10-02 2025-10-03 2025-10-04 2025-10-05 2025-10-06 2025-10-07 2025-10-08",
    ),
    ...days("holiday", "元旦", "2026-01-01 2026-01-02 2026-01-03"),
    ...days("workday", "元旦调休上班", "2026-01-04"),
    ...days("festival", "元旦", "2027-01-01"),
  ],
  shifts: SHIFTS,
};

const OPENED = openCalendar(SMALL);

/** The test calendar, with changes. */
export function aCalendar(change: Partial<Calendar> | null = null): WorkCalendar {
  return change === null ? OPENED : openCalendar({ ...SMALL, ...change });
}

/** A reply limit of five working days, with changes. */
export function aPolicy(change: Partial<ClockPolicy> = {}): ClockPolicy {
  return {
    limit: "reply-general",
    catalogueVersion: "small@1",
    stage: "reply",
    amount: 5,
    unit: "workingDays",
    hours: "office@1",
    pausable: true,
    extensionMax: 10,
    giveBackMinutes: null,
    marks: [
      { mark: "reminder", minutes: 2_880, audience: "owner" },
      { mark: "supervision", minutes: 1_440, audience: "supervisor" },
      { mark: "due", minutes: 0, audience: "desk" },
      { mark: "overdue", minutes: 1_440, audience: "supervisor" },
    ],
    source: "nmg:2.2.5",
    basis: "default",
    ...change,
  };
}

export const WORKS = "x150100-works" as UnitCode;
export const HEATING = "x150100-heating" as UnitCode;

/** Somebody of the desk; another `id` is another person. */
export function someone(id = "user-1"): ActorRef {
  return { kind: "user", id, node: "hotline-150100" as NodeCode };
}

/** A clock that is driven by commands at moments, with the events it gave. */
export class Run {
  clock: Clock;
  readonly events: ClockEvent[] = [];
  readonly calendar: WorkCalendar;

  constructor(start: { at: string; policy?: ClockPolicy; calendar?: WorkCalendar; parent?: Clock; id?: string }) {
    this.calendar = start.calendar ?? aCalendar();
    const policy = start.policy ?? aPolicy();
    const born = startClock(
      { id: clockIdOf(start.id ?? "order-1", policy.stage), policy, owner: WORKS, parent: start.parent ?? null },
      { at: shanghai(start.at), by: someone(), cause: "start" },
      this.calendar,
    );
    if (!born.ok) throw new Error(born.error.code);
    this.events.push(...born.value);
    const clock = born.value.reduce<Clock | null>(evolveClock, null);
    if (clock === null) throw new Error("nothing started");
    this.clock = clock;
  }

  /** Gives a command that must be taken. */
  does(at: string, command: ClockCommand, by: string = "user-1", calendar: WorkCalendar = this.calendar): this {
    const decided = this.tries(at, command, by, calendar);
    if (!decided.ok) throw new Error(`${command.type}: ${decided.error.code}`);
    this.events.push(...decided.value);
    this.clock = decided.value.reduce(evolveClock, this.clock);
    return this;
  }

  /** What a command would give. */
  tries(at: string, command: ClockCommand, by: string = "user-1", calendar: WorkCalendar = this.calendar): Decided {
    return decideClock(this.clock, command, { at: shanghai(at), by: someone(by), cause: "test" }, calendar);
  }

  /** When it is due, by the wall clock in Shanghai. */
  get due(): string | null {
    return shown(this.clock.due?.at);
  }
}

type Decided =
  | { readonly ok: true; readonly value: readonly ClockEvent[] }
  | { readonly ok: false; readonly error: ClockRefusal };
