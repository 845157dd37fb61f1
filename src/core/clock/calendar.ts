import type { Basis, ClauseKey, Day } from "../catalogue/index.ts";

/** Whether the State Council has published how this year's holidays are arranged; until then only the law is known. */
export type CalendarYear = {
  readonly year: number;
  readonly status: "published" | "provisional";
  readonly sourceZh: string;
};

/**
 * One day that is not what its weekday says: `holiday` and `workday` (a make-up working day) by a published arrangement,
 * `festival` by the law alone in a year whose arrangement is not published.
 */
export type CalendarDay = {
  readonly day: Day;
  readonly kind: "holiday" | "workday" | "festival";
  readonly nameZh: string;
  readonly nameEn: string;
};

/**
 * One span of work within a day. `days` are the days it is worked on: 1 to 5 = Monday to Friday when they are working days,
 * 6 and 7 = Saturday and Sunday when they are not, H = holidays. A make-up working day is worked as a Monday.
 * `from` and `to` are minutes after the day's midnight, `to` beyond 1440 for a shift that ends the next morning.
 */
export type Shift = {
  readonly code: string;
  /** Hours it belongs to, with their version: `office@1`. Hours once used are never edited, a new version is added. */
  readonly hours: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly days: string;
  readonly from: number;
  readonly to: number;
  /** `mm-dd`, both ends count, may pass the turn of the year; null = all year. */
  readonly season: { readonly from: string; readonly to: string } | null;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly source: ClauseKey;
  readonly basis: Basis;
};

/** The calendar of one version: plain data. Days are sorted, each at most once. @source yn:4.3.3 @req REQ-70 */
export type Calendar = {
  /** `cn@n` */
  readonly version: string;
  readonly years: readonly CalendarYear[];
  readonly days: readonly CalendarDay[];
  readonly shifts: readonly Shift[];
};
