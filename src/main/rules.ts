import type { ItemCard, Rules, UnitCard, VersionRules } from "../app/deps.ts";
import {
  askedGroups,
  findItem,
  findQuestion,
  isInForce,
  mayMachineJudge,
  searchItems,
  verdictOf,
} from "../core/catalogue/index.ts";
import type { Catalogue, CatalogueItem, Day, EverydayWord } from "../core/catalogue/index.ts";
import { dayKindsOf, indexLimits, openCalendar, policyFor } from "../core/clock/index.ts";
import type { Calendar } from "../core/clock/index.ts";
import {
  governmentDutyDesk,
  isRetired,
  NO_DETAILS,
  openDirectory,
  ringOrder,
  successorOn,
} from "../core/directory/index.ts";
import type { DirectoryBook, DirectoryEntry, Unit } from "../core/directory/index.ts";
import { explain } from "../core/explain/index.ts";
import { handOverTimesOf, standstillOf } from "../core/file/index.ts";
import type { Region } from "../core/places/index.ts";
import type { Classifier } from "../app/ports/classifier.ts";
import type { RegionCode } from "../kernel/index.ts";
import { unitCard, unitOffers } from "./unit-offers.ts";

/** What the law, the places and the directory of this node say, ready for look-ups by code. */
export type RuleBook = Rules & {
  readonly catalogue: Catalogue;
  readonly regions: readonly Region[];
  readonly directory: DirectoryBook;
  /** Items in force on a day for a few typed words, or for a sentence by its cue words; no words: from the first. */
  readonly search: (query: string, limit: number, day: Day) => readonly CatalogueItem[];
};

/** What the rules must ask again each time. */
export type RulesFromOutside = {
  /** The day in Shanghai, `yyyy-mm-dd`: rows of the directory hold for days. */
  readonly today: () => string;
  /** Name of a town or village (12 digits), null where no sheet has it: then it goes by its county. */
  readonly townName: (place: string) => string | null;
  /** Working days and hours; absent = none are known, then no clock starts. */
  readonly calendar?: Calendar;
  /** Words of callers by which items are found as well. */
  readonly everyday?: readonly EverydayWord[];
};

/** Without a day the directory proposes by nearness alone. */
const NOTHING_OUTSIDE: RulesFromOutside = { today: () => "", townName: () => null };

const NO_CALENDAR: Calendar = { version: "cn@0", years: [], days: [], shifts: [] };

/** Builds the look-ups once per version; use cases never walk the lists themselves. */
export function createRules(
  catalogue: Catalogue,
  regions: readonly Region[],
  units: readonly (Unit | DirectoryEntry)[],
  home: RegionCode,
  classifier: Classifier,
  { today, townName, everyday = [], calendar = NO_CALENDAR }: RulesFromOutside = NOTHING_OUTSIDE,
): RuleBook {
  const items = new Map<string, ItemCard>(catalogue.items.map((i) => [i.code, cardOf(i)]));
  const places = new Map<string, string>(regions.map((r) => [r.code, r.name]));
  const cards = new Map<string, UnitCard>(units.map((u) => [u.code, unitCard(u)]));
  const directory = openDirectory(units.map((u) => ("details" in u ? u : { ...u, details: NO_DETAILS })));
  const offers = { catalogue, directory, cards };
  const bounds = new Map(
    catalogue.exclusions.map(({ itemCode, side }) => [String(itemCode), side === "both" ? null : side]),
  );
  const clock = clockRules(catalogue, calendar);
  const dayKind = dayKindsOf(clock.calendar);
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
    directory,
    search: (query, limit, day) => {
      const offered = catalogue.items.filter((item) => isInForce(item, day));
      if (query.trim() === "") return offered.slice(0, limit);
      const found = searchItems(catalogue, query, limit, day, everyday);
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
    asked: (given) => askedGroups(catalogue, given),
    question: (code) => findQuestion(catalogue, code),
    explain: (subject) => explain(catalogue, subject),
    placeName: (code) => places.get(code) ?? townName(code) ?? places.get(code.slice(0, 6)) ?? null,
    unit: (code) => cards.get(code) ?? null,
    retirement: (code) => {
      const entry = directory.find(code);
      const day = today();
      if (entry?.retired === undefined || !isRetired(entry, day)) return null;
      const next = successorOn(directory.find, entry, day);
      return { from: entry.retired.from, successor: next === null ? null : unitCard(next) };
    },
    governmentDesk: (place) => {
      const desk = place === null ? null : governmentDutyDesk(directory.near, place, today());
      return desk === null ? null : { unit: desk.code, dutyPhone: desk.dutyPhone };
    },
    exclusionBounds: (ground) => bounds.get(ground) ?? null,
    ringOrder: (unit, at) => ringOrder(directory, unit, at, dayKind),
    clock,
    handOverTimes: handOverTimesOf(catalogue.policies),
    unitsFor: (asked) => unitOffers(offers, asked, (asked.place ?? home) as RegionCode, today()),
    knownCode: (list, code) => lists[list].has(code),
    dutyArbiter: catalogue.policies.dutyArbiter?.value ?? null,
  };
}

/** What explains a matter that was judged by one version: its items and what they stand for. */
export type VersionBook = VersionRules;

/** The book of one version, whoever keeps it in force. @req REQ-08 */
export function createVersionBook(catalogue: Catalogue): VersionBook {
  const items = new Map<string, ItemCard>(catalogue.items.map((i) => [i.code, cardOf(i)]));
  return {
    item: (code) => items.get(code) ?? null,
    question: (code) => findQuestion(catalogue, code),
    explain: (subject) => explain(catalogue, subject),
    verdictOf: (item, by) => {
      const verdict = verdictOf(catalogue, item);
      return verdict === null ? null : { ...verdict, by };
    },
  };
}

function clockRules(catalogue: Catalogue, sheets: Calendar): Rules["clock"] {
  const limits = indexLimits(catalogue);
  const calendar = openCalendar(sheets);
  return {
    calendar,
    standstill: standstillOf(catalogue.policies),
    policyFor: (subject, at) => {
      const item = subject.itemCode === null ? null : findItem(catalogue, subject.itemCode);
      return policyFor(limits, calendar, { ...subject, classCode: item?.classCode ?? null }, at);
    },
  };
}

function codes(list: readonly { readonly code: string }[]): ReadonlySet<string> {
  return new Set(list.map((e) => e.code));
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
