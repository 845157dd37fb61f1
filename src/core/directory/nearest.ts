import type { RegionCode } from "../../kernel/index.ts";
import { countyOf, prefectureOf, townOf } from "../places/index.ts";
import { GOVERNMENT_DUTY_DESK } from "./unit.ts";
import type { Unit } from "./unit.ts";

/**
 * Units of a kind that are nearest to a place: those of its town, else of its county, else those of towns within the county,
 * else of its prefecture, else of its province. Only the first step that finds any counts. Sorted by unit code, so that two
 * desks with the same directory propose the same. Empty when the directory has none: a person chooses.
 * @source nmg:2.2.2 @req REQ-10
 */
export function unitsFor(units: readonly Unit[], unitKind: string, region: RegionCode): readonly Unit[] {
  const ofKind = units.filter((unit) => unit.unitKind === unitKind);
  for (const isHere of steps(region)) {
    const found = ofKind.filter((unit) => isHere(unit.region));
    if (found.length > 0) return found.sort((a, b) => (a.code < b.code ? -1 : 1));
  }
  return [];
}

/** The local government's 24-hour duty desk for a place, or null: the other half of a part-three dispatch. @source nmg:a3 @req REQ-90 */
export function governmentDutyDesk(units: readonly Unit[], region: RegionCode): Unit | null {
  return unitsFor(units, GOVERNMENT_DUTY_DESK, region)[0] ?? null;
}

function steps(region: RegionCode): readonly ((of: RegionCode) => boolean)[] {
  const town = townOf(region);
  const county = countyOf(region);
  return [
    (of) => town !== null && townOf(of) === town,
    (of) => of === county,
    (of) => countyOf(of) === county,
    (of) => of === prefectureOf(region),
    (of) => of === `${region.slice(0, 2)}0000`,
  ];
}
