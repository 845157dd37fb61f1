import { type BatchSeal, sm3Hex } from "../contract/index.ts";

/** How many batch numbers are remembered; older ones may be used again, which harms nothing: messages are known by id. */
const REMEMBERED_MAX = 8192;

/** Whether a batch number stands for the same content as before. */
export type BatchMemory = { readonly isReused: (batch: BatchSeal) => boolean };

/** Remembers in this process only: a number used twice shows a sender out of step, it can never do harm. */
export function createBatchMemory(): BatchMemory {
  const contents = new Map<string, string>();
  return {
    isReused: (batch) => {
      const number = `${batch.sender}/${batch.batchId}`;
      const content = sm3Hex(batch.digests.join());
      const before = contents.get(number);
      if (before !== undefined) return before !== content;
      contents.set(number, content);
      const oldest = contents.keys().next();
      if (contents.size > REMEMBERED_MAX && oldest.done !== true) contents.delete(oldest.value);
      return false;
    },
  };
}
