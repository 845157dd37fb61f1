import type { Instant, OrderId, UnitCode } from "../../kernel/index.ts";
import { openCalendar } from "../clock/index.ts";
import type { Clock, ClockPolicy, PolicyMark } from "../clock/index.ts";
import type { FileContext } from "./file.ts";
import { aDesk, LAMP_VERDICT, put, registration, tell } from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";

export const HOUR = 3_600_000;
export const WORKS = "x150100-works" as UnitCode;

export const MARKS: readonly PolicyMark[] = [
  { mark: "reminder", minutes: 60, audience: "owner" },
  { mark: "supervision", minutes: 30, audience: "supervisor" },
  { mark: "due", minutes: 0, audience: "desk" },
  { mark: "overdue", minutes: 60, audience: "supervisor" },
];

/** Hours of each stage; work orders only, as shipped. */
export const HOURS: Readonly<Record<string, number>> = {
  dispatch: 24,
  conclude: 360,
  callback: 24,
  acknowledge: 4,
  firstContact: 8,
  reply: 120,
};

export type Asked = Parameters<FileContext["clock"]["policyFor"]>[0];

export function limits(change: Partial<ClockPolicy> = {}): { clock: FileContext["clock"]; asked: Asked[] } {
  const asked: Asked[] = [];
  const policyFor: FileContext["clock"]["policyFor"] = (subject) => {
    asked.push(subject);
    const { stage, orderKind } = subject;
    const amount = HOURS[stage];
    if (amount === undefined || orderKind === "police") return null;
    return {
      limit: `${stage}-general`,
      catalogueVersion: "small@1",
      stage,
      amount,
      unit: "naturalHours",
      hours: "always@1",
      pausable: true,
      extensionMax: 48,
      giveBackMinutes: stage === "acknowledge" ? 120 : null,
      marks: MARKS,
      source: "nmg:2.2.5",
      basis: "default",
      ...change,
    };
  };
  const always = {
    code: "all",
    hours: "always@1",
    nameZh: "全天",
    nameEn: "all day",
    days: "1234567H",
    from: 0,
    to: 1_440,
    season: null,
    validFrom: "2020-01-01",
    validTo: null,
    source: "yn:4.3.3",
    basis: "default" as const,
  };
  return {
    asked,
    clock: { policyFor, calendar: openCalendar({ version: "cn@1", years: [], days: [], shifts: [always] }) },
  };
}

export function aTimedDesk(side: "hotline" | "police" = "hotline"): Desk {
  return aDesk(side, { clock: limits().clock, followPolicy: "handOff" });
}

export function registered(desk: Desk = aTimedDesk()): Desk {
  must(tell(desk, registration({ verdict: LAMP_VERDICT })));
  return desk;
}

export const DISPATCH = { type: "dispatch", kind: "work", unit: WORKS, role: "lead", instruction: null } as const;

export function dispatched(): Desk {
  const desk = registered();
  must(tell(desk, DISPATCH));
  return desk;
}

export const orderOf = (desk: Desk): OrderId => {
  const order = desk.file.orders.at(-1);
  if (order === undefined) throw new Error("no order");
  return order.id;
};

export function clockOf(desk: Desk, stage: string): Clock {
  const found = desk.file.clocks.find((c) => c.policy.stage === stage);
  if (found === undefined) throw new Error(`no clock of ${stage}`);
  return found;
}

/** Stages of the clocks that run. */
export const running = (desk: Desk): readonly string[] =>
  desk.file.clocks.filter((c) => c.status !== "stopped").map((c) => c.policy.stage);
export const outcomes = (desk: Desk): Readonly<Record<string, string>> =>
  Object.fromEntries(desk.file.clocks.flatMap((c) => (c.outcome === null ? [] : [[c.policy.stage, c.outcome]])));
export const alarms = (desk: Desk): readonly (readonly (string | number)[])[] | undefined =>
  desk.log.at(-1)?.alarms.map((a) => ("level" in a ? [a.kind, a.audience, a.level] : ["clear", a.kind]));

/** Lets the timer of a clock fire at an instant. */
export function fire(desk: Desk, clock: Clock, at: Instant): void {
  must(put(desk, { via: "clockTimer", at, clockId: clock.id }));
}

function must(answer: string): void {
  if (answer !== "ok") throw new Error(answer);
}
