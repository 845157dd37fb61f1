import { stemOf } from "../../kernel/index.ts";
import type { RegionCode } from "../../kernel/index.ts";
import { countyOf, prefectureOf, townOf } from "../places/index.ts";
import type { DirectoryEntry } from "./entry.ts";
import { successorOn } from "./retirement.ts";
import { GOVERNMENT_DUTY_DESK } from "./unit.ts";
import type { Unit } from "./unit.ts";

/** A directory ready to be asked which unit of a kind is nearest; built once, so that a look-up does not walk all units. `day` lets successors stand for who is retired then. */
export type NearestUnits = {
  /** Sorted by unit code, successors of the retired last; read only. */
  readonly find: (unitKind: string, place: RegionCode, day?: string) => readonly Unit[];
};

/**
 * Units of a kind that are nearest to a place: those to whom its village or town belongs, else those of its county, else those of
 * towns within the county, else of its prefecture, else of its province. Only the first step that finds any counts. Sorted by unit
 * code, so that two desks with the same directory propose the same. Empty when the directory has none: a person chooses. A section
 * is part of another unit and found only where it is named. In the place of who is retired on the day asked for stands its successor, behind
 * those that stay.
 * @source nmg:2.2.2 @req REQ-10
 */
export function nearestUnits(units: readonly (Unit | DirectoryEntry)[]): NearestUnits {
  const byPlace = new Map<string, Unit[]>();
  const byCode = new Map<string, Unit | DirectoryEntry>(units.map((unit) => [unit.code, unit]));
  const anyLeaves = units.some((unit) => "retired" in unit && unit.retired !== undefined);
  const put = (key: string, unit: Unit): void => {
    const there = byPlace.get(key);
    if (there === undefined) byPlace.set(key, [unit]);
    else if (there.at(-1) !== unit) there.push(unit);
  };
  for (const unit of units.toSorted((a, b) => (a.code < b.code ? -1 : 1))) {
    if (unit.tier === "section") continue;
    const precinct = "details" in unit ? unit.details.precinct : [];
    for (const area of [unit.region, ...precinct]) {
      put(`${unit.unitKind} ${stemOf(area)}`, unit);
      put(`${unit.unitKind} in ${countyOf(area)}`, unit);
    }
  }
  return {
    find: (unitKind, place, day = "") => {
      for (const step of stepsFrom(place)) {
        const all = byPlace.get(`${unitKind} ${step}`);
        const found = all !== undefined && anyLeaves ? takingOver(byCode, all, day) : all;
        if (found !== undefined && found.length > 0) return found;
      }
      return [];
    },
  };
}

/** Who takes new orders on a day in the place of each: first who stays, then the successors of who does not. */
function takingOver(
  byCode: ReadonlyMap<string, Unit | DirectoryEntry>,
  units: readonly Unit[],
  day: string,
): readonly Unit[] {
  const now = units.map((unit) => successorOn((code) => byCode.get(code) ?? null, unit, day));
  const stay = units.filter((unit, i) => now[i] === unit);
  const others = now.filter((unit): unit is Unit => unit !== null && !stay.includes(unit));
  return [...new Set([...stay, ...others])];
}

function stepsFrom(place: RegionCode): readonly string[] {
  const town = townOf(place);
  const county = countyOf(place);
  const above = [stemOf(county), `in ${county}`, stemOf(prefectureOf(place)), place.slice(0, 2)];
  return town === null ? above : [place, stemOf(town), ...above];
}

/** The local government's 24-hour duty desk for a place, or null: the other half of a part-three dispatch. @source nmg:a3 @req REQ-90 */
export function governmentDutyDesk(near: NearestUnits, region: RegionCode, day?: string): Unit | null {
  return near.find(GOVERNMENT_DUTY_DESK, region, day)[0] ?? null;
}
