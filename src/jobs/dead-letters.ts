import type { Clock } from "../app/ports/clock.ts";
import type { AlarmRow, DeadLetter } from "../app/ports/queries.ts";
import type { AlarmChange } from "../app/ports/store.ts";
import type { Instant } from "../kernel/index.ts";
import { startLoop } from "./loop.ts";
import type { Loop } from "./loop.ts";

type DeadLetterJob = {
  readonly letters: () => Promise<readonly DeadLetter[]>;
  /** Marks that stand for who runs the node. */
  readonly standing: () => Promise<readonly Pick<AlarmRow, "kind" | "subject">[]>;
  /** Writes the marks, durably, and says so to the screens. */
  readonly write: (alarms: readonly AlarmChange[]) => Promise<void>;
  readonly clock: Clock;
  readonly onFault: (name: string, fault: unknown) => void;
};

const KIND = "deadLetter";
const EVERY_MS = 2_000;
/** From 2 on a mark is red. */
const LEVEL = { urgent: 3, ordinary: 1 } as const;

/**
 * Keeps one red mark for each message that waits for a person, raised when it is given up, ended when it was tried again or
 * dealt with. The letters are the truth: whoever was killed between a burial and its alarm is made up for by the next look.
 * @source nmg:2.2.1
 */
export function startDeadLetterAlarms(job: DeadLetterJob): Loop {
  return startLoop({
    name: "dead letters",
    everyMs: EVERY_MS,
    onFault: job.onFault,
    run: async () => {
      const [letters, standing] = [await job.letters(), await job.standing()];
      const alarms = deadLetterAlarms(letters, standing, job.clock.now());
      if (alarms.length > 0) await job.write(alarms);
      return false;
    },
  });
}

/** Marks to raise for letters that have none, and marks to end whose letter is gone. Urgent ones are red (level 3). */
export function deadLetterAlarms(
  letters: readonly DeadLetter[],
  standing: readonly Pick<AlarmRow, "kind" | "subject">[],
  at: Instant,
): readonly AlarmChange[] {
  const marked = new Set(standing.filter(({ kind }) => kind === KIND).map(({ subject }) => subject));
  const dead = new Set<string>(letters.map(({ messageId }) => messageId));
  const raised = letters
    .filter(({ messageId }) => !marked.has(messageId))
    .map(
      ({ messageId, caseId, lane }): AlarmChange => ({
        raise: KIND,
        subject: messageId,
        caseId,
        level: LEVEL[lane],
        dial: null,
        audience: "operator",
        at,
      }),
    );
  const ended = [...marked].filter((subject) => !dead.has(subject)).map((subject) => ({ clear: KIND, subject, at }));
  return [...raised, ...ended];
}
