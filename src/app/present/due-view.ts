import { mainClock, nextDue } from "../../core/clock/index.ts";
import type { Clock } from "../../core/clock/index.ts";
import type { Actor } from "../../core/access/index.ts";
import type { Sealed } from "../../kernel/index.ts";
import type { ClockCard, DueCard, FieldShown } from "./cards.ts";
import type { Show } from "./door.ts";

/** The running time limit of one thing (a request, an order) that is due first, with the rule behind it. @source nmg:2.2.5 @req REQ-70 */
export function dueView(clocks: readonly Clock[], subject: string): DueCard | null {
  const next = nextDue(clocks.filter((clock) => clock.subject === subject));
  if (next === null || next.due === null || next.status === "stopped") return null;
  const { stage, limit, catalogueVersion, amount, unit, source, basis } = next.policy;
  return {
    stage,
    dueAt: next.due.at,
    provisional: next.due.provisional,
    status: next.status,
    limit: { code: limit, catalogueVersion, amount, unit, source, basis },
  };
}

/**
 * The clock by which a thing is handled as a whole, with what was asked of it; null = none runs. `reader` = who looks: nobody approves
 * what is his own. @source nmg:2.2.5
 */
export function clockView(
  clocks: readonly Clock[],
  subject: string,
  reader: Actor["id"],
  show: Show,
): ClockCard | null {
  const clock = mainClock(clocks, subject);
  if (clock === null || clock.status === "stopped") return null;
  const { policy, due, pauseNote, asked, extended } = clock;
  const shown = (note: Sealed | null): FieldShown | null => (note === null ? null : show(note));
  return {
    stage: policy.stage,
    status: clock.status,
    dueAt: due?.at ?? null,
    provisional: due?.provisional ?? false,
    unit: policy.unit,
    pauseReason: clock.pauseReason,
    note: shown(pauseNote),
    awaitUntil: clock.awaitUntil,
    extended,
    extensionLeft: Math.max(policy.extensionMax - extended, 0),
    asked:
      asked === null
        ? null
        : {
            amount: asked.amount,
            reason: asked.reason,
            note: shown(asked.note),
            at: asked.at,
            wantedAt: asked.wanted?.at ?? null,
            own: asked.by.kind === "user" && asked.by.id === reader,
          },
  };
}

/** What `clockView` shows of sealed words, of all clocks of a file. */
export function clockRefs(clocks: readonly Clock[]): readonly Sealed[] {
  return clocks.flatMap(({ status, pauseNote, asked }) =>
    status === "stopped" ? [] : [pauseNote, asked?.note ?? null].filter((note) => note !== null),
  );
}
