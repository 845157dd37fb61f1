import { ordinarily } from "../app/ports/urgency.ts";
import { startLoop } from "./loop.ts";
import type { Loop } from "./loop.ts";

type ClocksJob = {
  /** One page of open requests; returns where to go on, null = the end. */
  readonly follow: (cursor: string | null) => Promise<string | null>;
  /** Looks for a newer calendar; true = due times are counted by another one from now on. */
  readonly renewCalendar: () => Promise<boolean>;
  readonly onFault: (name: string, fault: unknown) => void;
};

/** A calendar that was published is found so soon. */
const LOOK_MS = 600_000;
/** What was left without its clocks by a fault has them a day later at the latest. */
const PASS_MS = 86_400_000;

/**
 * At the start of the node, once a day, and when another calendar was published: every open request is looked through, a page at a time
 * and with ordinary capacity, so that each has its clocks and they are counted by the calendar of today. The look for a calendar and the
 * pass are loops of their own: what holds up one does not hold up the other. @source nmg:2.2.5
 */
export function startClockWatch({ follow, renewCalendar, onFault }: ClocksJob): Loop {
  const at: { cursor: string | null; calendars: number } = { cursor: null, calendars: 0 };
  const pass = startLoop({
    name: "clocks",
    everyMs: PASS_MS,
    onFault,
    run: () =>
      ordinarily(async () => {
        const counted = at.calendars;
        const next = await follow(at.cursor);
        // Another calendar came while this page was looked through: those before it were counted by the old one.
        if (at.calendars !== counted) return true;
        at.cursor = next;
        return next !== null;
      }),
  });
  const look = startLoop({
    name: "calendar",
    everyMs: LOOK_MS,
    onFault,
    run: () =>
      ordinarily(async () => {
        // A look that fails is made anew at the next, not at once and again and again.
        const isNew = await renewCalendar().catch((fault: unknown) => {
          onFault("calendar", fault);
          return false;
        });
        if (!isNew) return false;
        at.cursor = null;
        at.calendars += 1;
        pass.wake();
        return false;
      }),
  });
  return {
    wake: look.wake,
    stop: async () => {
      await Promise.all([look.stop(), pass.stop()]);
    },
  };
}
