import { AWAITED_MESSAGES } from "../core/linkage/index.ts";
import type { LinkageMessage } from "../core/linkage/index.ts";
import { backOff } from "./back-off.ts";
import { openCaseKey } from "./case-keys.ts";
import type { Deps } from "./deps.ts";
import { fileOf, writeFile } from "./write-file.ts";

const TRIES = 20;

/**
 * Takes note that the peer holds our message durably. Folding twice changes nothing, so the outbox may mark it afterwards.
 * Linkage table, section 9.
 */
export async function foldReceipt(deps: Deps, message: LinkageMessage, noted: string | null): Promise<void> {
  if (!AWAITED_MESSAGES.includes(message.body.type)) return;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const found = await deps.store.loadFile(message.caseId);
    const linkage = found?.linkages.find((l) => l.id === message.conversation);
    if (found === null || linkage === undefined || linkage.receipted >= message.seq) return;
    const written = await writeFile(deps, {
      attempt,
      before: fileOf(found),
      input: { via: "receipt", at: deps.clock.now(), linkageId: message.conversation, seq: message.seq, noted },
      caseKey: await openCaseKey(deps.keys, message.caseId, found.wrappedKey),
      vault: [],
      phoneIndex: found.phoneIndex,
      inbox: null,
      command: null,
    });
    if (written.ok && written.value.outcome === "done") return;
    await backOff(deps, attempt);
  }
  throw new Error(`receipt of ${message.id} could not be folded`);
}
