import { shanghaiDay } from "../../kernel/index.ts";
import type { Instant } from "../../kernel/index.ts";
import { isInForce, limitSelector } from "../catalogue/index.ts";
import type {
  Basis,
  Catalogue,
  CatalogueLimit,
  ClauseKey,
  Day,
  LimitStage,
  LimitUnit,
  MarkRule,
  Urgency,
} from "../catalogue/index.ts";
import type { WorkCalendar } from "./work-calendar.ts";

/** What of a request a limit may depend on. null = not known yet. */
export type LimitSubject = {
  readonly stage: LimitStage;
  readonly urgency: Urgency;
  /** null = a stage of the request itself. */
  readonly orderKind: "work" | "police" | null;
  readonly itemCode: string | null;
  readonly classCode: string | null;
  readonly requestKind: string | null;
};

/** A mark as a clock keeps it. @source nmg:2.2.5 */
export type PolicyMark = Pick<MarkRule, "mark" | "minutes" | "audience">;

/**
 * The rule one clock runs by, frozen when it starts: an edit of a sheet never reaches a running clock. Names the row, the two
 * versions, the clause and whether it is agreed (P6). @source nmg:2.2.5 @source yn:4.3.3
 */
export type ClockPolicy = {
  readonly limit: string;
  readonly catalogueVersion: string;
  readonly stage: LimitStage;
  readonly amount: number;
  readonly unit: LimitUnit;
  /** Hours with their version, `office@1`; natural units keep them for the shares of worked time. */
  readonly hours: string;
  readonly pausable: boolean;
  readonly extensionMax: number;
  readonly giveBackMinutes: number | null;
  readonly marks: readonly PolicyMark[];
  readonly source: ClauseKey;
  readonly basis: Basis;
};

/** The limits of one catalogue version, ready for look-up. */
export type LimitIndex = {
  readonly catalogueVersion: string;
  readonly bySelector: ReadonlyMap<string, readonly CatalogueLimit[]>;
  readonly marks: ReadonlyMap<string, readonly PolicyMark[]>;
};

/** Builds the look-up once for a catalogue version. */
export function indexLimits(catalogue: Catalogue): LimitIndex {
  const bySelector = new Map<string, CatalogueLimit[]>();
  for (const limit of catalogue.limits) {
    const selector = limitSelector(limit);
    bySelector.set(selector, [...(bySelector.get(selector) ?? []), limit]);
  }
  const marks = new Map<string, PolicyMark[]>();
  for (const { profile, mark, minutes, audience } of catalogue.clockMarks)
    marks.set(profile, [...(marks.get(profile) ?? []), { mark, minutes, audience }]);
  return { catalogueVersion: catalogue.head.version, bySelector, marks };
}

/**
 * The limit for a subject on a day, or null when none fits. The most specific row in force wins, in this order: a row that names
 * the urgency before one that does not (danger first), then one that names the kind of order (whose rules count), then the
 * item, then the class, then the kind of request.
 * @source yn:4.3.3 @req REQ-70
 */
export function findLimit(index: LimitIndex, subject: LimitSubject, day: Day): CatalogueLimit | null {
  const { stage, orderKind, itemCode, classCode, requestKind } = subject;
  const matters = [{ itemCode, classCode: null }, { itemCode: null, classCode }, NO_MATTER].filter(isNamed);
  const kinds = orNone(requestKind);
  for (const urgency of [subject.urgency, null]) {
    for (const order of orNone(orderKind)) {
      for (const matter of matters) {
        for (const kind of kinds) {
          const selector = limitSelector({ stage, urgency, orderKind: order, ...matter, requestKind: kind });
          const found = index.bySelector.get(selector)?.find((limit) => isInForce(limit, day));
          if (found !== undefined) return found;
        }
      }
    }
  }
  return null;
}

function orNone<T>(value: T | null): readonly (T | null)[] {
  return value === null ? [null] : [value, null];
}

type Matter = { readonly itemCode: string | null; readonly classCode: string | null };
const NO_MATTER: Matter = { itemCode: null, classCode: null };

function isNamed(matter: Matter): boolean {
  return matter === NO_MATTER || matter.itemCode !== null || matter.classCode !== null;
}

/**
 * The policy a clock of this subject freezes when it starts now; null when no limit fits or the calendar does not know its hours
 * (then there is no clock, and nothing waits for one).
 */
export function policyFor(
  index: LimitIndex,
  calendar: WorkCalendar,
  subject: LimitSubject,
  at: Instant,
): ClockPolicy | null {
  const day = shanghaiDay(at);
  const limit = findLimit(index, subject, day);
  const hours = limit === null ? null : calendar.hoursOn(limit.hours, day);
  if (limit === null || hours === null) return null;
  return {
    limit: limit.code,
    catalogueVersion: index.catalogueVersion,
    stage: limit.stage,
    amount: limit.amount,
    unit: limit.unit,
    hours,
    pausable: limit.pausable,
    extensionMax: limit.extensionMax,
    giveBackMinutes: limit.giveBackMinutes,
    marks: index.marks.get(limit.marks) ?? [],
    source: limit.source,
    basis: limit.basis,
  };
}
