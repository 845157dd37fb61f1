import { DAY_MS, dayNumber, daysBetween, instantOf, plusMs, startOfDay, stemOf } from "../../kernel/index.ts";
import type { Instant, ItemCode, RegionCode } from "../../kernel/index.ts";
import { coverGaps, dutyDays, onDuty } from "../duty/index.ts";
import type { DayKind, DutyDays, DutyTurn, EscalationStep, Gap } from "../duty/index.ts";
import { stemsAround } from "../places/index.ts";
import type { DirectoryEntry } from "./entry.ts";
import { nearestUnits } from "./nearest.ts";
import type { NearestUnits } from "./nearest.ts";
import { isRetired, successorOn } from "./retirement.ts";
import type { Served } from "./served.ts";
import type { Unit } from "./unit.ts";

/** Units of one role and the row they were found by; `by` null = nobody is named, they are the nearest of the kind proposed. */
export type HandlersHere = {
  /** Sorted by code; several lead units are a choice that a person makes. */
  readonly units: readonly Unit[];
  readonly by: { readonly matter: string; readonly area: RegionCode } | null;
};

/** Who answers for a matter at a place and who helps. */
export type Handlers = { readonly lead: HandlersHere; readonly assisting: HandlersHere };

/** A unit with a roster that leaves a time open. */
export type UncoveredUnit = { readonly unit: Unit; readonly gaps: readonly Gap[] };

/** A directory ready for look-ups. Built once at start; every question is answered from indexes. */
export type DirectoryBook = {
  readonly entries: readonly DirectoryEntry[];
  readonly near: NearestUnits;
  readonly find: (unit: string) => DirectoryEntry | null;
  readonly handlersOf: (question: {
    readonly item: ItemCode;
    readonly classCode: string;
    /** Which half is asked for: an item of part three has one unit on each side. */
    readonly side: Unit["side"];
    /** Kind of unit the catalogue proposes for the item; null = none. */
    readonly unitKind: string | null;
    readonly place: RegionCode;
    /** `yyyy-mm-dd`. */
    readonly day: string;
  }) => Handlers;
  /** Who of a unit is on duty at a moment, in the order to ring; empty when nobody is or it has no roster. */
  readonly dutyOf: (unit: string, at: Instant, dayKind: DayKind) => readonly DutyTurn[];
  /** Units with a roster that leaves a time open between now and so many days later: raise an alarm before it begins. */
  readonly gapsAhead: (now: Instant, days: number, dayKind: DayKind) => readonly UncoveredUnit[];
  /** Units whose duty phone was never rung, or longer ago than so many days. */
  readonly phonesToVerify: (today: string, maxDays: number) => readonly DirectoryEntry[];
  /**
   * Whom to ring when a unit does not answer: its own order, then the duty phones of the units above it; in the place of who is retired on
   * `day` (`yyyy-mm-dd`, absent = nobody is) its successor, each unit once.
   */
  readonly escalationOf: (unit: string, day: string) => readonly EscalationStep[];
};

/** Builds the look-ups of a directory. @source nmg:2.2.2 @source yn:4.1.2 @req REQ-10 @req REQ-34 @req REQ-69 */
export function openDirectory(entries: readonly DirectoryEntry[]): DirectoryBook {
  const byCode = new Map<string, DirectoryEntry>(entries.map((entry) => [entry.code, entry]));
  const near = nearestUnits(entries);
  const served = servedIndex(entries);
  return {
    entries,
    near,
    find: (unit) => byCode.get(unit) ?? null,
    handlersOf: (question) => handlersOf(byCode, served, near, question),
    dutyOf: (unit, at, dayKind) => onDuty(byCode.get(unit)?.details.turns ?? [], at, dayKind),
    gapsAhead: (now, days, dayKind) => {
      const ahead = dutyDays(now, plusMs(now, days * DAY_MS), dayKind);
      return entries.flatMap((unit) => {
        const gaps = gapsOf(unit, ahead);
        return gaps.length === 0 ? [] : [{ unit, gaps }];
      });
    },
    phonesToVerify: (today, maxDays) =>
      entries.filter(
        (entry) =>
          !isRetired(entry, today) &&
          (entry.details.verifiedOn === null || daysBetween(entry.details.verifiedOn, today) > maxDays),
      ),
    escalationOf: (unit, day) => escalationOf(byCode, unit, day),
  };
}

/** When nobody of a unit is on duty; without a roster none is known, and from the day it retires none is needed. @req REQ-04 */
export function gapsOf({ details: { turns }, retired }: DirectoryEntry, ahead: DutyDays): readonly Gap[] {
  if (turns.length === 0) return [];
  const gaps = coverGaps(turns, ahead);
  if (retired === undefined || gaps.length === 0) return gaps;
  const leaves = instantOf(startOfDay(dayNumber(retired.from)));
  return gaps.filter(({ from }) => from < leaves).map(({ from, to }) => ({ from, to: to < leaves ? to : leaves }));
}

type ByCode = ReadonlyMap<string, DirectoryEntry>;
type Row = { readonly entry: DirectoryEntry; readonly served: Served };

function servedIndex(entries: readonly DirectoryEntry[]): ReadonlyMap<string, readonly Row[]> {
  const index = new Map<string, Row[]>();
  for (const entry of entries.toSorted((a, b) => (a.code < b.code ? -1 : 1))) {
    for (const served of entry.details.served) {
      const key = `${entry.side} ${served.role} ${served.matter} ${stemOf(served.area)}`;
      const rows = index.get(key);
      if (rows === undefined) index.set(key, [{ entry, served }]);
      else rows.push({ entry, served });
    }
  }
  return index;
}

/**
 * What a row is about weighs more than how small its area is: a heating company named for one item in the whole city stands before
 * a town named for the whole class. Within one matter the smallest area around the place wins. Lead and assisting are sought apart.
 */
function handlersOf(
  byCode: ByCode,
  index: ReadonlyMap<string, readonly Row[]>,
  near: NearestUnits,
  { item, classCode, side, unitKind, place, day }: Parameters<DirectoryBook["handlersOf"]>[0],
): Handlers {
  const matters = [item, classCode, ...(unitKind === null ? [] : [`kind:${unitKind}`])];
  const stems = stemsAround(place);
  const named = (role: Served["role"]): HandlersHere | null => {
    for (const matter of matters) {
      for (const stem of stems) {
        const rows = (index.get(`${side} ${role} ${matter} ${stem}`) ?? []).filter(({ served }) =>
          isInForce(served, day),
        );
        const units = [...new Set(rows.flatMap((row) => takerOf(byCode, row, day)))];
        const area = rows[0]?.served.area;
        if (area !== undefined && units.length > 0) return { units, by: { matter, area } };
      }
    }
    return null;
  };
  return {
    lead: named("lead") ?? { units: unitKind === null ? [] : near.find(unitKind, place, day), by: null },
    assisting: named("assisting") ?? { units: [], by: null },
  };
}

/** Who answers by a row on a day: its unit, or the successor of that, unless a row of the successor's own says what it is there. */
function takerOf(byCode: ByCode, { entry, served }: Row, day: string): readonly DirectoryEntry[] {
  const taker = successorOn((code) => byCode.get(code) ?? null, entry, day);
  if (taker === null) return [];
  const own = ({ matter, area }: Served): boolean => matter === served.matter && stemOf(area) === stemOf(served.area);
  return taker !== entry && taker.details.served.some((row) => isInForce(row, day) && own(row)) ? [] : [taker];
}

function isInForce({ validFrom, validTo }: Served, day: string): boolean {
  return validFrom <= day && (validTo === null || day <= validTo);
}

function escalationOf(byCode: ByCode, unit: string, day: string): readonly EscalationStep[] {
  const planned = [...(byCode.get(unit)?.details.escalation ?? [])];
  const named = new Set<string | null>(planned.map((step) => step.to));
  // A cycle of parents is refused when sheets are read; kept records are not trusted to have none.
  const seen = new Set<string>([unit]);
  for (
    let above = parentOf(byCode, unit);
    above !== null && !seen.has(above.code);
    above = parentOf(byCode, above.code)
  ) {
    seen.add(above.code);
    if (!named.has(above.code))
      planned.push({ ...phoneOf(above), step: planned.length + 1, afterMinutes: ABOVE_AFTER_MINUTES });
  }
  const steps = planned.flatMap((step) => stepOn(byCode, step, day));
  return steps.filter(({ to }, i) => to === null || (to !== unit && steps.findIndex((one) => one.to === to) === i));
}

/** A step as it is on a day. A number without a unit stays what it is. */
function stepOn(byCode: ByCode, step: EscalationStep, day: string): readonly EscalationStep[] {
  const named = step.to === null ? null : (byCode.get(step.to) ?? null);
  if (named === null || !isRetired(named, day)) return [step];
  const taker = successorOn((code) => byCode.get(code) ?? null, named, day);
  return taker === null ? [] : [{ ...step, ...phoneOf(taker) }];
}

function phoneOf({ code, nameZh, dutyPhone }: Unit): Pick<EscalationStep, "to" | "functionZh" | "phone"> {
  return { to: code, functionZh: nameZh, phone: dutyPhone };
}

/** Nobody set a time for ringing the unit above; five minutes is a proposal of this project (待会商). */
const ABOVE_AFTER_MINUTES = 5;

function parentOf(byCode: ReadonlyMap<string, DirectoryEntry>, unit: string): DirectoryEntry | null {
  const parent = byCode.get(unit)?.parent ?? null;
  return parent === null ? null : (byCode.get(parent) ?? null);
}
