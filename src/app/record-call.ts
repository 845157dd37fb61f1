import type { CallResult } from "../core/case/index.ts";
import { err, ok } from "../kernel/index.ts";
import type { ActorRef, CaseId, CommandId, Result } from "../kernel/index.ts";
import { backOff } from "./back-off.ts";
import { openCaseKey } from "./case-keys.ts";
import type { Deps } from "./deps.ts";
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
  readonly result: CallResult;
  readonly text: string;
};

const TRIES = 20;

/**
 * Writes a call into the request's own history, what was said sealed. Whether the person may answer these marks is checked by
 * who asks. Errors: CONFLICT (written by others again and again). @source nmg:2.2.1
 */
export async function recordCall(deps: Deps, made: MadeCall): Promise<Result<null, { readonly code: "CONFLICT" }>> {
  const { caseId, by, text, dial, subject, about, result } = made;
  const id = deps.ids.next() as CommandId;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const found = await deps.store.loadFile(caseId);
    if (found === null) throw new Error("a mark of a request that is not here");
    const caseKey = await openCaseKey(deps.keys, caseId, found.wrappedKey);
    const sealer = createSealer(deps.keys, caseKey, found.case, id);
    const said = sealer.entry("call", text);
    const written = await writeFile(deps, {
      attempt,
      before: fileOf(found),
      input: {
        via: "command",
        id,
        at: deps.clock.now(),
        by,
        command: { type: "recordCall", dial, subject, about, result, said },
      },
      caseKey,
      vault: sealer.rows(),
      phoneIndex: found.phoneIndex,
      inbox: null,
      command: null,
    });
    if (!written.ok) throw new Error(`a call on record was refused: ${written.error.code}`);
    if (written.value.outcome === "done") return ok(null);
    await backOff(deps, attempt);
  }
  return err({ code: "CONFLICT" });
}
