import type { OutboxEntry, ReceiptedEntry } from "../../app/ports/outbox.ts";
import type { MessageId } from "../../kernel/index.ts";
import { blameOf, type Receipt } from "../contract/index.ts";

/** What a receipt means for each message that was sent. */
export type Settlement = {
  readonly receipted: readonly ReceiptedEntry[];
  /** Refused or unreadable for itself: sending it again cannot help. */
  readonly dead: readonly { readonly id: MessageId; readonly code: string }[];
  /** Not held by the receiver, and not the message's fault. */
  readonly again: readonly { readonly entry: OutboxEntry; readonly code: string }[];
};

/**
 * Reads a verified receipt: its results stand in the order of `entries`. A message the receiver keeps without being
 * able to read it is a dead letter here, so that a person sees it; its place in the conversation is taken all the same.
 */
export function settle(entries: readonly OutboxEntry[], receipt: Receipt): Settlement {
  const receipted: ReceiptedEntry[] = [];
  const dead: { readonly id: MessageId; readonly code: string }[] = [];
  const again: { readonly entry: OutboxEntry; readonly code: string }[] = [];
  for (const [i, entry] of entries.entries()) {
    const result = receipt.results[i];
    if (result === undefined) throw new Error("a verified receipt has one result for each entry");
    const code = result.code ?? null;
    const unreadable = blameOf(result.code) === "message";
    if ((result.status === "refused" || result.status === "kept") && unreadable) {
      dead.push({ id: entry.id, code: code ?? "" });
    } else if (result.status === "refused") again.push({ entry, code: code ?? "refused" });
    else receipted.push({ id: entry.id, status: result.status, code });
  }
  return { receipted, dead, again };
}
