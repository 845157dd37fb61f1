import { shanghaiDay } from "../../kernel/index.ts";
import type { DirectoryBook, DirectoryEntry } from "../../core/directory/index.ts";
import type { DayKind } from "../../core/duty/index.ts";
import type { Instant } from "../../kernel/index.ts";

/** How far ahead gaps in cover are sought, and after how long a duty phone is to be rung again: proposals of this project (待会商). */
export const DAYS_AHEAD = 7;
export const PHONE_MAX_DAYS = 90;

/** Counts of a directory and what in it needs care, one line each, for a person at a terminal. */
export function directorySummary(book: DirectoryBook, now: Instant, dayKind: DayKind): readonly string[] {
  const { entries } = book;
  const count = (fits: (entry: DirectoryEntry) => boolean): number => entries.filter(fits).length;
  const tiers = [...new Set(entries.map((entry) => entry.tier))].map(
    (tier) => `${tier} ${count((e) => e.tier === tier)}`,
  );
  const sum = (of: (entry: DirectoryEntry) => readonly unknown[]): number =>
    entries.reduce((total, entry) => total + of(entry).length, 0);
  const gaps = book.gapsAhead(now, DAYS_AHEAD, dayKind);
  const phones = book.phonesToVerify(shanghaiDay(now), PHONE_MAX_DAYS);
  return [
    `单位 units ${entries.length} (${tiers.join(", ")}); 12345 ${count((e) => e.side === "hotline")}, 110 ${count((e) => e.side === "police")}; 虚构 invented ${count((e) => e.invented)}`,
    `承办范围 matters served ${sum((e) => e.details.served)}, 警务区 precincts ${sum((e) => e.details.precinct)}, 值班 turns ${sum((e) => e.details.turns)}, 升级 escalation steps ${sum((e) => e.details.escalation)}`,
    `统一社会信用代码 credit codes ${count((e) => e.details.creditCode !== null)}, 公安机关代码 police codes ${count((e) => e.details.policeCode !== null)}`,
    `没有值班表 without a roster ${count((e) => e.details.turns.length === 0)}`,
    `${DAYS_AHEAD} 天内有空班 with a gap in cover within ${DAYS_AHEAD} days ${gaps.length}${some(gaps.map(({ unit }) => unit.code))}`,
    `${PHONE_MAX_DAYS} 天未核实值班电话 duty phone not verified for ${PHONE_MAX_DAYS} days ${phones.length}${some(phones.map(({ code }) => code))}`,
  ];
}

function some(codes: readonly string[]): string {
  if (codes.length === 0) return "";
  return `: ${codes.slice(0, 5).join(", ")}${codes.length > 5 ? ", …" : ""}`;
}
