import { clockIdOf, decideClock, evolveClock, startClock } from "../src/core/clock/index.ts";
import type { Calendar, Clock, ClockCommand, ClockPolicy, WorkCalendar } from "../src/core/clock/index.ts";
import type { Catalogue, CatalogueItem, CatalogueLimit } from "../src/core/catalogue/index.ts";
import type { Unit } from "../src/core/directory/index.ts";
import type { Region } from "../src/core/places/index.ts";
import type { ActorRef, Instant, NodeCode, RegionCode, UnitCode } from "../src/kernel/index.ts";
import { instantOf, plusMs } from "../src/kernel/index.ts";

/** The shipped catalogue grown to `rows` items, every fourth with a limit of its own. */
export function grownCatalogue(shipped: Catalogue, rows: number): Catalogue {
  const items: CatalogueItem[] = [];
  const limits: CatalogueLimit[] = [...shipped.limits];
  const [pattern] = shipped.limits.filter((limit) => limit.code === "reply-general");
  if (pattern === undefined) throw new Error("no general limit");
  for (let n = 0; items.length < rows; n++) {
    const of = shipped.items[n % shipped.items.length];
    if (of === undefined) throw new Error("no items");
    const code = `${of.code}x${Math.floor(n / shipped.items.length)}` as CatalogueItem["code"];
    items.push({ ...of, code });
    if (n % 4 === 0) limits.push({ ...pattern, code: `own-${n}`, itemCode: code, amount: 1 + (n % 9) });
  }
  return { ...shipped, items, limits };
}

/** `count` units: every kind of unit in one division after the other. */
export function manyUnits(catalogue: Catalogue, regions: readonly Region[], count: number): readonly Unit[] {
  const kinds = catalogue.lists.unitKinds;
  const places = regions.filter((region) => !region.code.endsWith("0000"));
  return Array.from({ length: count }, (_, n): Unit => {
    const kind = kinds[n % kinds.length];
    const place = places[Math.floor(n / kinds.length) % places.length];
    if (kind === undefined || place === undefined) throw new Error("no kinds or places");
    return {
      code: `u${n}` as UnitCode,
      nameZh: `${place.name}${kind.nameZh}`,
      nameEn: kind.nameEn,
      side: kind.side === "police" ? "police" : "hotline",
      tier: place.code.endsWith("00") ? "prefecture" : "county",
      parent: null,
      region: place.code as RegionCode,
      unitKind: kind.code,
      dutyPhone: "0000-000-0000",
      invented: true,
    };
  });
}

/** The calendar with the first provisional year published: New Year until the 3rd, one Sunday worked instead. */
export function nextPublished(calendar: Calendar): Calendar {
  const year = calendar.years.find((one) => one.status === "provisional")?.year;
  if (year === undefined) throw new Error("every year is published");
  const arranged = (day: string, kind: "holiday" | "workday"): Calendar["days"][number] => ({
    day: `${year}-${day}`,
    kind,
    nameZh: "元旦",
    nameEn: "New Year's Day",
  });
  const days = [
    ...calendar.days.filter((day) => !day.day.startsWith(`${year}-01-0`)),
    ...["01-01", "01-02", "01-03", "01-04"].map((day) => arranged(day, "holiday")),
    arranged("01-10", "workday"),
  ];
  return {
    ...calendar,
    version: `${calendar.version}0`,
    years: calendar.years.map((one) => (one.year === year ? { ...one, status: "published" } : one)),
    days: days.toSorted((a, b) => (a.day < b.day ? -1 : 1)),
  };
}

const BY: ActorRef = { kind: "user", id: "bench", node: "hotline-150100" as NodeCode };
const DAY_MS = 86_400_000;

/**
 * Open clocks of a desk at the turn of a year: started over the last three weeks of it, a third was paused, a third has
 * changed hands, every fifth runs inside the one before it.
 */
export function openClocks(
  count: number,
  calendar: WorkCalendar,
  policies: readonly ClockPolicy[],
  lastDayMs: number,
  random: () => number,
): readonly Clock[] {
  const clocks: Clock[] = [];
  for (let n = 0; n < count; n++) {
    const policy = policies[n % policies.length];
    if (policy === undefined) throw new Error("no policies");
    const at = instantOf(Math.floor(lastDayMs - random() * 21 * DAY_MS));
    const parent = n % 5 === 4 ? (clocks[n - 1] ?? null) : null;
    const started = startClock(
      { id: clockIdOf(`order-${n}`, policy.stage), policy, owner: `u${n % 500}` as UnitCode, parent },
      { at, by: BY, cause: "bench" },
      calendar,
    );
    if (!started.ok) throw new Error(started.error.code);
    const born = started.value.reduce<Clock | null>(evolveClock, null);
    if (born === null) throw new Error("no clock");
    clocks.push(lived(born, n, at, calendar));
  }
  return clocks;
}

function lived(born: Clock, n: number, at: Instant, calendar: WorkCalendar): Clock {
  const steps: readonly ClockCommand[] =
    n % 3 === 0
      ? [{ type: "awaitRequester" }, { type: "resume" }]
      : n % 3 === 1
        ? [{ type: "changeOwner", owner: "other" as UnitCode, policy: null }]
        : [];
  return steps.reduce((clock, command, i) => {
    const head = { at: plusMs(at, (i + 1) * 7_200_000), by: BY, cause: "bench" };
    const decided = decideClock(clock, command, head, calendar);
    return decided.ok ? decided.value.reduce(evolveClock, clock) : clock;
  }, born);
}
