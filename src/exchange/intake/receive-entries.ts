import type { EntryReading, LooseBatch, ReadEntry, ReceiptResult } from "../contract/index.ts";
import { readEntry } from "../contract/index.ts";
import type { IntakePorts, ReceiveOutcome } from "./ports.ts";

/** Runs one fold when its lane has room for it. */
export type RunFold = <T>(act: () => Promise<T>) => Promise<T>;

function readResult(entry: ReadEntry, outcome: ReceiveOutcome): ReceiptResult {
  const code = outcome.code ?? (entry.repaired.length > 0 ? "EXCHANGE_REPAIRED" : undefined);
  const doubtful = entry.doubtful.map(({ field, version, code: why }) => ({ field, version, code: why }));
  return {
    messageId: entry.message.id,
    digest: entry.digest,
    status: outcome.status,
    ...(code === undefined ? {} : { code }),
    ...(doubtful.length === 0 ? {} : { doubtful }),
  };
}

async function receiveOne(ports: IntakePorts, entry: EntryReading): Promise<ReceiptResult> {
  if (entry.reading === "refused") {
    const { messageId, digest, code } = entry;
    return { messageId, digest, status: "refused", code };
  }
  const messageId = entry.reading === "read" ? entry.message.id : entry.envelope.id;
  try {
    if (entry.reading === "read") return readResult(entry, await ports.receive(entry));
    const { status, code } = await ports.receiveUnread(entry);
    return { messageId, digest: entry.digest, status, code: code ?? entry.code };
  } catch {
    // Nothing of it is stored, so nothing may be acknowledged; the others of the batch are not touched by it.
    return { messageId, digest: entry.digest, status: "refused", code: "EXCHANGE_RECEIVER_FAULT" };
  }
}

function conversationOf(entry: EntryReading, place: number): string {
  if (entry.reading === "read") return entry.message.conversation;
  return entry.reading === "unread" ? entry.envelope.conversation : `refused ${place}`;
}

/**
 * Receives every entry of a batch whose signature is good: one conversation strictly in the batch's order, different
 * conversations beside each other as far as `runFold` lets them. One line for each digest, in the digests' order.
 */
export async function receiveEntries(
  ports: IntakePorts,
  batch: LooseBatch,
  runFold: RunFold,
): Promise<readonly ReceiptResult[]> {
  const conversations = new Map<string, { readonly place: number; readonly entry: EntryReading }[]>();
  for (const [place, digest] of batch.digests.entries()) {
    const entry = readEntry(batch.entries[place], digest, batch);
    const conversation = conversationOf(entry, place);
    const before = conversations.get(conversation);
    if (before === undefined) conversations.set(conversation, [{ place, entry }]);
    else before.push({ place, entry });
  }
  const results = new Map<number, ReceiptResult>();
  await Promise.all(
    [...conversations.values()].map(async (entries) => {
      for (const { place, entry } of entries) {
        results.set(place, await runFold(() => receiveOne(ports, entry)));
      }
    }),
  );
  return batch.digests.map((_, place) => results.get(place)).filter((result) => result !== undefined);
}
