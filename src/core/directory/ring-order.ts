import { shanghaiDay } from "../../kernel/index.ts";
import type { Instant, UnitCode } from "../../kernel/index.ts";
import { shiftDay } from "../duty/index.ts";
import type { DayKind, DutyTurn } from "../duty/index.ts";
import type { DirectoryBook } from "./book.ts";
import { successorOn } from "./retirement.ts";

const DAY_MINUTES = 1_440;

/** One number in the order to ring a unit on. `unit` = whose number it is; `line` = which of its numbers, a code that stays the same while the same people sit there. */
export type RingLine = { readonly unit: UnitCode; readonly line: string; readonly phone: string };

/**
 * The numbers by which a unit is reached at a moment, in the order to ring them: who of it is on duty, its duty phone when nobody is, then
 * whoever is next when nobody answers. Its successor stands in the place of a unit that has retired; a number stands once. Empty = the
 * directory knows no such unit. @source yn:4.1.2 @req REQ-34
 */
export function ringOrder(book: DirectoryBook, unit: UnitCode, at: Instant, dayKind: DayKind): readonly RingLine[] {
  const today = shanghaiDay(at);
  const entry = book.find(unit);
  const own = entry === null ? null : successorOn(book.find, entry, today);
  const turns = own === null ? [] : book.dutyOf(own.code, at, dayKind);
  const duty: readonly RingLine[] =
    own === null
      ? []
      : turns.length > 0
        ? turns.map((turn) => ({ unit: own.code, line: lineOf(turn, at), phone: turn.phone }))
        : [{ unit: own.code, line: "dutyPhone", phone: own.dutyPhone }];
  const acting = own?.code ?? unit;
  const next = book.escalationOf(acting, today).map(({ to, step, phone }): RingLine => {
    return { unit: to ?? acting, line: `step-${step}`, phone };
  });
  const lines = [...duty, ...next];
  return lines.filter(({ phone }, i) => lines.findIndex((one) => one.phone === phone) === i);
}

/** Tomorrow's shift has other people: its number is another one to ring, also where the digits are the same. One without an end has not. */
function lineOf({ shift, order }: DutyTurn, at: Instant): string {
  const own = `${shift.code}-${order}`;
  return shift.to - shift.from >= DAY_MINUTES ? own : `${shiftDay(shift, at)}-${own}`;
}
