import { useEffect, useState } from "react";
import type { KeyboardEvent } from "react";

type Asked<T> = {
  /** The options still answer something typed before. */
  readonly loading: boolean;
  /** The option that would be taken; null = nothing fits. */
  readonly first: T | null;
  readonly take: (option: T) => void;
  readonly send: () => void;
  /** Takes the option in sight, without sending: the form goes with the next press. */
  readonly show: (option: T) => void;
};

type Field = { readonly open: boolean; readonly typed: boolean; readonly offered: boolean };

type Haste = {
  /**
   * Enter chooses. Ctrl+Enter is the form's, after the choice when something was typed or a choice is on its way. Where nothing was
   * typed but one stands `offered`, highlighted in front of the person, it is taken and stands there before the form goes. Whether the key
   * was for this field.
   */
  readonly enter: (event: KeyboardEvent, field: Field) => boolean;
  /** What was waited for is wanted no more: chosen by hand, typed over, closed. */
  readonly drop: () => void;
  /** The field is left before the answer came: a form that was to be sent goes with what was typed. */
  readonly leave: () => void;
};

/** Who types quickly gets neither an older answer nor a form that left without what was chosen: both wait for the answer. */
export function useHaste<T>({ loading, first, take, send, show }: Asked<T>): Haste {
  const [due, setDue] = useState<"pick" | "send" | null>(null);
  const [sends, setSends] = useState(false);
  useEffect(() => {
    if (due === null || loading) return;
    setDue(null);
    if (first !== null) take(first);
    setSends(due === "send");
    // When the answer to what was typed is here.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [due, loading]);
  useEffect(() => {
    if (!sends) return;
    setSends(false);
    send();
    // A painting after the choice, when the form holds it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [sends]);
  return {
    enter: (event, { open, typed, offered }) => {
      const submits = event.ctrlKey || event.metaKey;
      if (submits && due === null && open && !typed && offered && !loading && first !== null) {
        event.stopPropagation();
        show(first);
        return true;
      }
      const mine = submits ? due !== null || (open && typed && (loading || first !== null)) : open;
      if (!mine) return false;
      if (submits) event.stopPropagation();
      if (loading) setDue((now) => (submits ? "send" : (now ?? "pick")));
      else if (first !== null) {
        take(first);
        setSends(submits);
      }
      return true;
    },
    drop: () => setDue(null),
    leave: () => {
      if (due === "send") setSends(true);
      setDue(null);
    },
  };
}
