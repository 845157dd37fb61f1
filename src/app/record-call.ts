import type { CallResult } from "../core/case/index.ts";
import type { ActorRef, CaseId } from "../kernel/index.ts";
import { openCaseKey } from "./case-keys.ts";
import type { Deps } from "./deps.ts";
import type { AlarmChange, Commit, CommitOutcome } from "./ports/store.ts";
import { createSealer } from "./seal-input.ts";
import { fileOf, writeFile } from "./write-file.ts";

/** A call that a person made because red marks of a request asked for it; `text` = in the person's own words, "" = none. */
export type MadeCall = {
  readonly caseId: CaseId;
  readonly by: ActorRef;
  /** null = the mark named no number. */
  readonly dial: string | null;
  readonly subject: string;
  readonly about: readonly string[];
  /** Level of the mark as it was read: which of a silent unit's numbers was rung. */
  readonly level: number;
  readonly result: CallResult;
  readonly text: string;
};

/** What is written with a call: the marks it answers, and the key it was given with. */
export type WithCall = {
  /** How often this was tried before and somebody else wrote first. */
  readonly attempt: number;
  readonly alarms: readonly AlarmChange[];
  readonly command: NonNullable<Commit["command"]>;
};

/**
 * Writes a call into the request's own history, what was said sealed, in one commit with what it answers. Whether the person may answer
 * these marks is checked by who asks. @source nmg:2.2.1
 */
export async function recordCall(deps: Deps, made: MadeCall, also: WithCall): Promise<CommitOutcome> {
  const { caseId, by, text, dial, subject, about, level, result } = made;
  const { id, at } = also.command;
  const found = await deps.store.loadFile(caseId);
  if (found === null) throw new Error("a mark of a request that is not here");
  const caseKey = await openCaseKey(deps.keys, caseId, found.wrappedKey);
  const sealer = createSealer(deps.keys, caseKey, found.case, id);
  const said = sealer.entry("call", text);
  const written = await writeFile(deps, {
    attempt: also.attempt,
    before: fileOf(found),
    input: { via: "command", id, at, by, command: { type: "recordCall", dial, subject, about, level, result, said } },
    caseKey,
    vault: sealer.rows(),
    phoneIndex: found.phoneIndex,
    inbox: null,
    command: also.command,
    alarms: also.alarms,
  });
  if (!written.ok) throw new Error(`a call on record was refused: ${written.error.code}`);
  return written.value.outcome;
}
