import { epochMs } from "../../kernel/index.ts";
import type { Instant, UserId } from "../../kernel/index.ts";

/** A key for what an account has half written, 64 hex digits (32 bytes), and the time window it is named after. */
export type DraftKey = { readonly id: string; readonly key: string };

/** A new key every three hours. */
const WINDOW_MS = 3 * 3_600_000;

/** Windows given besides the running one: a draft of twelve hours is always covered, one of eighteen never. */
const FORMER = 5;

/**
 * The keys under which an account's drafts lie on the disk of a shared machine, newest first. They hang on the account and
 * not on the session, because a draft outlives an expired log-in; they are given only to who is logged in, and for each
 * window no longer than 18 hours after it began. Nothing is stored: `keyedHash` stands on a secret of the node.
 * @source nmg:2.3.2
 */
export function draftKeys(keyedHash: (text: string) => string, user: UserId, now: Instant): readonly DraftKey[] {
  const running = Math.floor(epochMs(now) / WINDOW_MS);
  return Array.from({ length: FORMER + 1 }, (_, age) => {
    const id = String(running - age);
    return { id, key: keyedHash(`liandong/draft/${user}/${id}`) };
  });
}
