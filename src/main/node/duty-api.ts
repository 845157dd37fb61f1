import { dayKindsOf } from "../../core/clock/index.ts";
import { dutyCards } from "../../core/directory/index.ts";
import type { DirectoryEntry, DutyCard } from "../../core/directory/index.ts";
import type { DutyBoard, DutyRow } from "../../http/contract/index.ts";
import { daysBetween, shanghaiDay } from "../../kernel/index.ts";
import type { Instant } from "../../kernel/index.ts";
import { DAYS_AHEAD, PHONE_MAX_DAYS } from "../directory/summary.ts";
import type { RuleBook } from "../rules.ts";

/** Whom to ring now: units found by words, who of them is on duty, and who is next when nobody answers. @source yn:4.1.2 @req REQ-34 */
export function dutyBoard(rules: RuleBook, at: Instant, q: string, limit: number): DutyBoard {
  const { directory, clock, placeName, catalogue } = rules;
  const kinds = new Map(catalogue.lists.unitKinds.map((kind) => [kind.code, kind]));
  const kindOf = ({ unitKind }: DirectoryEntry): DutyRow["kind"] => {
    const kind = kinds.get(unitKind);
    return { nameZh: kind?.nameZh ?? unitKind, nameEn: kind?.nameEn ?? unitKind };
  };
  const wordsOf = (entry: DirectoryEntry): string => {
    const { nameZh, nameEn } = kindOf(entry);
    const area = placeName(entry.region) ?? "";
    return [entry.nameZh, entry.nameEn, nameZh, nameEn, area, entry.code, entry.dutyPhone].join(" ");
  };
  const words = q.split(/[\s,，、;；]+/u).filter((word) => word !== "");
  const dayKind = dayKindsOf(clock.calendar);
  const { cards, more } = dutyCards(directory, { words, wordsOf, at, daysAhead: DAYS_AHEAD, dayKind, limit });
  const today = shanghaiDay(at);
  const rowOf = ({ entry, now, gap, next }: DutyCard): DutyRow => ({
    code: entry.code,
    nameZh: entry.nameZh,
    nameEn: entry.nameEn,
    side: entry.side,
    kind: kindOf(entry),
    area: placeName(entry.region),
    dutyPhone: entry.dutyPhone,
    verifiedOn: entry.details.verifiedOn,
    stale: entry.details.verifiedOn === null || daysBetween(entry.details.verifiedOn, today) > PHONE_MAX_DAYS,
    invented: entry.invented,
    rostered: entry.details.turns.length > 0,
    now: now.map(({ functionZh, functionEn, phone }) => ({ functionZh, functionEn, phone })),
    gap,
    next: next.map(({ to, functionZh, phone, afterMinutes }) => {
      const other = to === null ? null : directory.find(to);
      const unit = other === null ? null : { nameZh: other.nameZh, nameEn: other.nameEn };
      return { unit, functionZh: functionZh === unit?.nameZh ? null : functionZh, phone, afterMinutes };
    }),
  });
  return { at, rows: cards.map(rowOf), more };
}
