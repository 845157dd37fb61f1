import { DAY_MS, plusMs, shanghaiDay } from "../../kernel/index.ts";
import type { Instant } from "../../kernel/index.ts";
import { dutyDays } from "../duty/index.ts";
import type { DayKind, DutyTurn, EscalationStep, Gap } from "../duty/index.ts";
import { gapsOf } from "./book.ts";
import type { DirectoryBook } from "./book.ts";
import type { DirectoryEntry } from "./entry.ts";
import { isRetired } from "./retirement.ts";

/** Whom of a unit to ring now, and what is to be known before one relies on it. @source yn:3.3 @source yn:4.1.2 @req REQ-34 */
export type DutyCard = {
  readonly entry: DirectoryEntry;
  /** Who is on duty, in the order to ring; empty when nobody is or the unit has no roster. */
  readonly now: readonly DutyTurn[];
  /** The first time that the roster leaves open, null = none within the days looked at, or no roster. */
  readonly gap: Gap | null;
  /** Whom to ring when the unit does not answer, in order. */
  readonly next: readonly EscalationStep[];
};

/** Units that stand in the directory at a moment and are found by words, with whom to ring, and how many more were found. */
export type DutyCards = { readonly cards: readonly DutyCard[]; readonly more: number };

export type DutyQuestion = {
  /** Every word must occur in what `wordsOf` says of a unit; none = all units. */
  readonly words: readonly string[];
  readonly wordsOf: (entry: DirectoryEntry) => string;
  readonly at: Instant;
  readonly daysAhead: number;
  readonly dayKind: DayKind;
  readonly limit: number;
};

/** 110, 119, 120, 122: three digits that are dialled in every city. @source nmg:2.2.3 @source yn:3.3 @req REQ-29 */
function isEmergencyLine({ dutyPhone }: DirectoryEntry): boolean {
  return /^\d{3}$/.test(dutyPhone);
}

/** Looks up whom to ring, the emergency lines first. Rosters are laid out for the units shown alone. @source yn:4.1.2 @req REQ-34 */
export function dutyCards(book: DirectoryBook, question: DutyQuestion): DutyCards {
  const { at, daysAhead, dayKind, limit } = question;
  const today = shanghaiDay(at);
  const words = question.words.map((word) => word.toLowerCase());
  const found = book.entries.filter((entry) => {
    if (isRetired(entry, today)) return false;
    if (words.length === 0) return true;
    const said = question.wordsOf(entry).toLowerCase();
    return words.every((word) => said.includes(word));
  });
  const lines = [...found.filter(isEmergencyLine), ...found.filter((entry) => !isEmergencyLine(entry))];
  const ahead = dutyDays(at, plusMs(at, daysAhead * DAY_MS), dayKind);
  const cards = lines.slice(0, limit).map((entry) => ({
    entry,
    now: book.dutyOf(entry.code, at, dayKind),
    gap: gapsOf(entry, ahead)[0] ?? null,
    next: book.escalationOf(entry.code, today),
  }));
  return { cards, more: found.length - cards.length };
}
