import type { Drafts } from "../drafts/drafts.ts";

/** Under which key a command goes out: the same content keeps its key until it is answered. */
export type KeyBook = {
  /** The key of this content. It lies beside the draft before the command leaves. */
  readonly keyOf: (draft: string | null, content: string) => string;
  readonly answered: (draft: string | null, content: string) => void;
  readonly forget: () => void;
};

type DraftKeys = Pick<Drafts, "find" | "noteSent">;

/**
 * Keys of commands of which nobody knows whether they arrived. Kept beside the screens, not in them: who leaves a form after
 * a broken line, comes back and sends it again gives the same command. What comes from a draft keeps its key there, so that
 * a reload makes no second order.
 */
export function openKeyBook(drafts: DraftKeys, newKey: () => string): KeyBook {
  const unanswered = new Map<string, string>();
  const left = (draft: string | null, content: string): string | null => {
    const sent = draft === null ? null : (drafts.find(draft)?.sent ?? null);
    return sent?.content === content ? sent.key : null;
  };
  return {
    keyOf: (draft, content) => {
      const key = unanswered.get(content) ?? left(draft, content) ?? newKey();
      unanswered.set(content, key);
      if (draft !== null) drafts.noteSent(draft, { content, key });
      return key;
    },
    answered: (draft, content) => {
      unanswered.delete(content);
      if (draft !== null && left(draft, content) !== null) drafts.noteSent(draft, null);
    },
    forget: () => unanswered.clear(),
  };
}
