import { may } from "../core/access/index.ts";
import type { Actor } from "../core/access/index.ts";
import { err, ok } from "../kernel/index.ts";
import type { CommandId, Result } from "../kernel/index.ts";
import { answerTo, audiencesOf, isAnswered, marksInScope } from "./alarm-marks.ts";
import type { MarkAnswer, MarkRefusal, MarkSaid } from "./alarm-marks.ts";
import { backOff } from "./back-off.ts";
import type { Deps } from "./deps.ts";
import type { AlarmRow } from "./ports/queries.ts";
import type { AlarmChange, Commit, CommitOutcome } from "./ports/store.ts";
import { urgently } from "./ports/urgency.ts";
import { recordCall } from "./record-call.ts";

/** What a person says to a red mark. The id makes a repeat harmless; a repeat with another digest is none. */
export type GivenAnswer = MarkSaid & {
  readonly actor: Actor;
  readonly id: CommandId;
  readonly digest: string;
};

export type AnswerRefusal =
  | MarkRefusal
  | { readonly code: "FORBIDDEN" }
  | { readonly code: "CONFLICT" }
  | { readonly code: "IDEMPOTENCY_KEY_REUSED" };

const TRIES = 20;

/** The marks of the reader's roles within his divisions. */
export async function readAlarms(deps: Deps, actor: Actor): Promise<readonly AlarmRow[]> {
  // A push is seen by its red mark: reading it may not wait behind ordinary load.
  // The divisions are asked for as well: a list with a cap of all divisions could hold none of the reader's.
  const { roles, regions } = actor;
  return marksInScope(actor, await urgently(() => deps.queries.alarms(audiencesOf(roles), regions)));
}

/** As `readAlarms`, those of one subject: what a list of very many late requests leaves out can be answered all the same. @source nmg:2.2.1 */
async function marksOf(deps: Deps, { roles, regions }: Actor, subject: string): Promise<readonly AlarmRow[]> {
  return marksInScope({ regions }, await urgently(() => deps.queries.alarmsOf(audiencesOf(roles), subject)));
}

/**
 * Answers red marks: the call that was made for them in the request's own history, the marks themselves and the key it was given with
 * are one commit. A call that was made is kept also when somebody else answered the marks meanwhile; then that answer stands.
 * Errors: `AnswerRefusal`. @source nmg:2.2.1
 */
export async function answerAlarm(deps: Deps, given: GivenAnswer): Promise<Result<null, AnswerRefusal>> {
  if (!may(given.actor, "acknowledgeAlarm", null)) return err({ code: "FORBIDDEN" });
  const decided = answerTo(await marksOf(deps, given.actor, given.subject), given);
  if (!decided.ok) return (await repeated(deps, given)) ?? decided;
  const answer = decided.value;
  let { marks } = answer;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const outcome = await write(deps, given, answer, marks, attempt);
    if (outcome === "done") {
      deps.wake.wake("alarms");
      return ok(null);
    }
    if (outcome === "duplicate") return (await repeated(deps, given)) ?? err({ code: "CONFLICT" });
    await backOff(deps, attempt);
    marks = standing(answer, await marksOf(deps, given.actor, given.subject));
    if (marks.length === 0 && !isOfRequest(answer)) return err({ code: "ALARM_UNKNOWN" });
  }
  return err({ code: "CONFLICT" });
}

/** Whether a call was made that a request's history has to tell of. */
function isOfRequest({ call, mark }: MarkAnswer): boolean {
  return call !== null && mark.caseId !== null;
}

/** Those of the marks that nobody has answered since, as they are now. */
function standing({ marks }: MarkAnswer, rows: readonly AlarmRow[]): readonly AlarmRow[] {
  return rows.filter((row) => !isAnswered(row) && marks.some((m) => m.kind === row.kind && m.subject === row.subject));
}

/** One try: `marks` = those of the answer that still stand as it was decided. */
async function write(
  deps: Deps,
  { actor, id, digest }: GivenAnswer,
  answer: MarkAnswer,
  marks: readonly AlarmRow[],
  attempt: number,
): Promise<CommitOutcome> {
  const { call, mark, outcome } = answer;
  const at = deps.clock.now();
  const alarms = marks.map(({ kind, subject, acknowledgedAt: seen }): AlarmChange => {
    return { answer: kind, subject, seen, by: actor.id, at, outcome };
  });
  const command = { id, user: actor.id, digest, answer: null, at };
  if (call === null || mark.caseId === null) return deps.store.commit(alone(deps, alarms, command));
  const by = { kind: "user", id: actor.id, node: deps.node.self } as const;
  const about = answer.marks.map(({ kind }) => kind);
  const { caseId, dial, subject } = mark;
  // Of a mark that somebody else has answered meanwhile the call leads nowhere further.
  const level = marks.some(({ kind }) => kind === mark.kind) ? mark.level : 0;
  const made = { caseId, by, dial, subject, about, level, ...call };
  return recordCall(deps, made, { attempt, alarms, command });
}

/** A commit of answered marks alone. */
function alone(deps: Deps, alarms: Commit["alarms"], command: Commit["command"]): Commit {
  const nothing = { streams: [], vault: [], outbox: [], timers: [], notices: [], reads: [] };
  return { ...nothing, home: deps.node.home, index: null, caseKey: null, inbox: null, alarms, command };
}

/** What an earlier answer with this key was told; null = there was none. */
async function repeated(
  deps: Deps,
  { id, digest, actor }: GivenAnswer,
): Promise<Result<null, { readonly code: "IDEMPOTENCY_KEY_REUSED" }> | null> {
  const record = await deps.store.findCommand(id);
  if (record === null) return null;
  return record.digest === digest && record.user === actor.id ? ok(null) : err({ code: "IDEMPOTENCY_KEY_REUSED" });
}
