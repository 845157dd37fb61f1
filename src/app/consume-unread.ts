import { consumeUnreadIn } from "../core/file/index.ts";
import type { LinkageMessage } from "../core/linkage/index.ts";
import { backOff } from "./back-off.ts";
import { openCaseKey } from "./case-keys.ts";
import type { Deps } from "./deps.ts";
import { keepDoubtful, readLooseValues } from "./keep-doubtful.ts";
import type { Received } from "./receive-message.ts";
import { toCommit } from "./to-commit.ts";
import { fileOf } from "./write-file.ts";

/** A message whose type or body this program does not understand, with the reason. */
export type UnreadInput = {
  readonly envelope: Omit<LinkageMessage, "body"> & { readonly body: { readonly type: string } };
  readonly code: "UNKNOWN_TYPE" | "EXCHANGE_SCHEMA_INVALID";
  /** What came beside it, as it came. */
  readonly enclosure?: unknown;
};

const TRIES = 20;

/**
 * Keeps such a message as evidence and takes its place in the conversation, so that what comes after it is not held up.
 * Before its turn, or in a conversation that is not here yet, it waits as the sender's to send again.
 */
export async function consumeUnread(deps: Deps, { envelope, code, enclosure }: UnreadInput): Promise<Received> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const found = await deps.store.loadFile(envelope.caseId);
    const linkage = found?.linkages.find((l) => l.id === envelope.conversation);
    const before = fileOf(found);
    if (found === null || linkage === undefined || envelope.seq > linkage.seqIn + 1)
      throw new Error(`${code} before its turn`);
    if (linkage.peer !== envelope.sender) throw new Error(`${code} from who is no party of this linkage`);
    if (envelope.seq <= linkage.seqIn) return { status: "duplicate", code: null };
    const at = deps.clock.now();
    const caseKey = await openCaseKey(deps.keys, envelope.caseId, found.wrappedKey);
    const kept = keepDoubtful(deps.keys, caseKey, envelope, readLooseValues(enclosure, code));
    const decision = consumeUnreadIn(before, { ...envelope, at }, kept.refs);
    if (decision === null) throw new Error(`${code} in an unknown conversation`);
    const commit = toCommit(deps, decision, {
      before,
      at,
      cause: envelope.id,
      caseKey,
      vault: kept.rows,
      phoneIndex: found.phoneIndex,
      inbox: {
        messageId: envelope.id,
        conversation: envelope.conversation,
        seq: envelope.seq,
        sender: envelope.sender,
        receivedAt: at,
        noted: code,
        message: envelope,
      },
      command: null,
      reads: [],
      fired: null,
    });
    const outcome = await deps.store.commit(commit);
    if (outcome === "duplicate") return { status: "duplicate", code: null };
    if (outcome === "done") {
      deps.wake.wake("feed");
      if (commit.alarms.length > 0) deps.wake.wake("alarms");
      return { status: code === "UNKNOWN_TYPE" ? "noted" : "kept", code };
    }
    await backOff(deps, attempt);
  }
  throw new Error(`${code}: written by others again and again`);
}
