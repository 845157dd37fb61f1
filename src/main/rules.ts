import type { ItemCard, Rules, UnitCard } from "../app/deps.ts";
import { isInForce, mayMachineJudge, searchItems, unitKindFor, verdictOf } from "../core/catalogue/index.ts";
import type { Catalogue, CatalogueItem, Day } from "../core/catalogue/index.ts";
import { governmentDutyDesk, unitsFor } from "../core/directory/index.ts";
import type { Region, Unit } from "../core/directory/index.ts";
import type { Classifier } from "../app/ports/classifier.ts";
import type { RegionCode } from "../kernel/index.ts";

/** What the law, the places and the directory of this node say, ready for look-ups by code. */
export type RuleBook = Rules & {
  readonly catalogue: Catalogue;
  readonly regions: readonly Region[];
  /** Items in force on a day for a few typed words, or for a sentence by its cue words; no words: from the first. */
  readonly search: (query: string, limit: number, day: Day) => readonly CatalogueItem[];
};

const POLICE_COMMAND = "policeCommand";

/** Builds the look-ups once per version; use cases never walk the lists themselves. */
export function createRules(
  catalogue: Catalogue,
  regions: readonly Region[],
  units: readonly Unit[],
  home: RegionCode,
  classifier: Classifier,
): RuleBook {
  const items = new Map<string, ItemCard>(catalogue.items.map((i) => [i.code, cardOf(i)]));
  const places = new Map<string, string>(regions.map((r) => [r.code, r.name]));
  const cards = new Map<string, UnitCard>(units.map((u) => [u.code, unitCard(u)]));
  const lists: Record<Parameters<Rules["knownCode"]>[0], ReadonlySet<string>> = {
    channels: codes(catalogue.channels),
    requestKinds: codes(catalogue.lists.requestKinds),
    fields: codes(catalogue.lists.fields),
    requesterTypes: codes(catalogue.lists.requesterTypes),
    returnReasons: codes(catalogue.lists.returnReasons),
    withdrawReasons: codes(catalogue.lists.withdrawReasons),
    guidanceReasons: codes(catalogue.guidanceReasons),
    resolutions: codes(catalogue.lists.resolutions),
  };
  return {
    catalogue,
    regions,
    search: (query, limit, day) => {
      const offered = catalogue.items.filter((item) => isInForce(item, day));
      if (query.trim() === "") return offered.slice(0, limit);
      const found = searchItems(catalogue, query, limit, day);
      if (found.length > 0) return found;
      const proposed = new Set<string>(classifier.suggest(query, null, limit).map((s) => s.item));
      return offered.filter((i) => proposed.has(i.code));
    },
    catalogueVersion: catalogue.head.version,
    verdictOf: (item, by) => {
      const verdict = by === "machine" && !mayMachineJudge(catalogue, item) ? null : verdictOf(catalogue, item);
      return verdict === null ? null : { ...verdict, by };
    },
    item: (code) => items.get(code) ?? null,
    placeName: (code) => places.get(code) ?? places.get(code.slice(0, 6)) ?? null,
    unit: (code) => cards.get(code) ?? null,
    governmentDesk: (place) => {
      const desk = place === null ? null : governmentDutyDesk(units, place);
      return desk === null ? null : { unit: desk.code, dutyPhone: desk.dutyPhone };
    },
    unitsFor: ({ item, place, kind }) => {
      const side = kind === "police" ? "police" : "hotline";
      const unitKind = item === null ? null : unitKindFor(catalogue, item, side);
      const wanted = unitKind ?? (kind === "police" ? POLICE_COMMAND : null);
      const region = (place ?? home) as RegionCode;
      const near = wanted === null ? [] : unitsFor(units, wanted, region);
      const suggested = new Set(near.map((u) => u.code));
      const rest = units.filter((u) => u.side === side && !suggested.has(u.code));
      return [
        ...near.map((u) => ({ ...unitCard(u), suggested: true })),
        ...rest.map((u) => ({ ...unitCard(u), suggested: false })),
      ];
    },
    knownCode: (list, code) => lists[list].has(code),
  };
}

function codes(list: readonly { readonly code: string }[]): ReadonlySet<string> {
  return new Set(list.map((e) => e.code));
}

function unitCard(unit: Unit): UnitCard {
  const { code, nameZh, nameEn, side, tier, region, unitKind, dutyPhone } = unit;
  return { code, nameZh, nameEn, side, tier, region, unitKind, dutyPhone };
}

function cardOf(item: CatalogueItem): ItemCard {
  return {
    code: item.code,
    className: item.classNameZh,
    classNameEn: item.classNameEn,
    nameZh: item.nameZh,
    nameEn: item.nameEn,
    condition: item.conditionZh,
    side: item.side,
    mode: item.mode,
    urgency: item.urgency,
    source: item.source,
    basis: item.basis,
    unitKind: item.defaultUnitKind ?? item.defaultPoliceUnitKind,
  };
}
