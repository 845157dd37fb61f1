/** A field, as far as this matters: whether it still stands on the screen. */
type FieldLike = { readonly isConnected: boolean };

type Key = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "timeStamp">;

/** So soon after the last key a letter still belongs to what was being written: people type on at two to ten a second. */
export const WRITES_ON_MS = 1_000;

/** Whether the keys pressed now are still somebody's words although their field has gone. */
export type Writing = {
  /** Told of every key that goes down, with the field that has the caret; `said` = a form in which a caller's words are taken down. */
  readonly note: (key: Key, field: FieldLike | null, said: boolean) => void;
  /** Whether somebody is in the middle of writing into a field that was taken from under their hands. */
  readonly goesOn: (at: number) => boolean;
};

function writes({ key, ctrlKey, metaKey, altKey }: Key): boolean {
  const named = key === "Backspace" || key === "Delete" || key === "Process" || key === "Unidentified";
  return named || (key.length === 1 && !ctrlKey && !metaKey && !altKey);
}

function sends({ key, ctrlKey, metaKey }: Key): boolean {
  return key === "Enter" && (ctrlKey || metaKey);
}

/**
 * Follows one person's keys. Who sends a form, closes it or leaves it by a key has ended what was written there, but for the words of a
 * caller: they go on after Ctrl+Enter as before it.
 */
export function openWriting(): Writing {
  let last: { readonly at: number; readonly field: FieldLike } | null = null;
  return {
    note: (key, field, said) => {
      if (key.key === "Shift" || key.key === "Control" || key.key === "Meta") return;
      if (field !== null) last = writes(key) || (said && sends(key)) ? { at: key.timeStamp, field } : null;
      // A letter that was held is written on as well; any other key shows that the hands have left the words.
      else if (last !== null) last = writes(key) ? { ...last, at: key.timeStamp } : null;
    },
    goesOn: (at) => last !== null && !last.field.isConnected && at - last.at < WRITES_ON_MS,
  };
}
