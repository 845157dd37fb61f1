import { createContext, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import { flushSync } from "react-dom";
import { useText } from "../i18n/text.tsx";
import type { PlainKey } from "../i18n/text.tsx";
import { useFlash } from "../shell/flash.tsx";
import { isFormOpen, takesWords, watchFields } from "./open-form.ts";
import { openWriting } from "./writing.ts";

/** A key and what it does. `combo`: "F9", "Shift+F9", "Ctrl+K", "?", "a", "ArrowDown"; "" = no key, found by its words alone. */
export type KeyBinding = {
  readonly combo: string;
  readonly label: PlainKey;
  readonly run: () => void;
  /** false = shown in the sheet only as inactive. */
  readonly enabled?: boolean;
  /** Not listed in the sheet (several keys for one thing). */
  readonly unlisted?: boolean;
  /** Does nothing but say why it cannot be done now: found by its words all the same, behind what can. */
  readonly says?: boolean;
  readonly anywhere?: boolean;
  /** The browser never gets this key while the binding is on screen, also when it does nothing now. */
  readonly holds?: boolean;
  /** Brings a field with the caret in it: what a caller says after the form has gone is written on there. */
  readonly takesWords?: boolean;
};

type Registry = {
  readonly add: (read: () => readonly KeyBinding[]) => () => void;
  /** All bindings now, innermost first. */
  readonly all: () => readonly KeyBinding[];
};

const KeysContext = createContext<Registry | null>(null);

/** Works while an input method is open: if it wanted the key for itself, the browser would name it "Process". */
const VITAL: ReadonlySet<string> = new Set(["F1", "F9", "Shift+F9"]);

/** The name of a pressed key in the form bindings are written in. */
export function comboOf(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): string {
  const letter = event.key.length === 1;
  const key = letter && !(event.ctrlKey || event.metaKey) ? event.key.toLowerCase() : event.key;
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  if (event.shiftKey && !letter) parts.push("Shift");
  parts.push(letter && parts.length > 0 ? key.toUpperCase() : key);
  return parts.join("+");
}

/** The field that a key pressed there belongs to; null = none. */
function writtenField(target: EventTarget | null): Element | null {
  return target instanceof HTMLElement ? target.closest("input, textarea, select, [contenteditable]") : null;
}

/** Whether a pressed key may be taken as a command. Letters and arrows belong to the field or list that has the caret. */
export function mayFire(
  event: Pick<KeyboardEvent, "isComposing" | "keyCode" | "repeat">,
  combo: string,
  writing: boolean,
): boolean {
  const composing = event.isComposing || event.keyCode === 229;
  if (VITAL.has(combo)) return !event.repeat;
  if (composing) return false;
  // Keys that write nothing: they may be given while the person types.
  const writesNothing = /^(Ctrl\+|Alt\+\d$|(Shift\+)?F\d+$|Escape$)/.test(combo);
  if (writesNothing) return !event.repeat;
  return !writing;
}

type Press = Parameters<typeof comboOf>[0] & Parameters<typeof mayFire>[0] & Pick<KeyboardEvent, "code">;

type Where = {
  /** The caret stands in a field. */
  readonly writing: boolean;
  /** Something asks in the middle of the screen. */
  readonly modal: boolean;
  /** A form or the drawer of numbers stands open, wherever the caret is. */
  readonly form?: boolean;
  /** Somebody is in the middle of writing into a field that has gone. */
  readonly writesOn?: boolean;
};

/** Why a letter is not the command it would otherwise be: a form stands open, or it is still part of what was being written. */
type Held = "heldByForm" | "heldByWriting" | "writesOn";

type Pressed = {
  readonly keeps: boolean;
  readonly binding: KeyBinding | null;
  readonly held?: Held;
};

/** What a press means: whether the browser must not have it, and what it runs. `bindings` innermost first. */
export function pressOn(
  event: Press,
  bindings: readonly KeyBinding[],
  { writing, modal, form = false, writesOn = false }: Where,
): Pressed {
  const combo = comboOf(event);
  // The form was sent and the person talks on: what is typed now is words and no command. A field is brought for them where there is one.
  if (writesOn && combo.length === 1) {
    const field = modal ? undefined : bindings.find((b) => b.takesWords === true && b.enabled !== false);
    return { keeps: false, binding: field ?? null, held: field === undefined ? "heldByWriting" : "writesOn" };
  }
  // Alt with the number pad composes a character there where it means anything.
  const own = event.altKey && event.code.startsWith("Numpad") ? [] : bindings.filter((b) => b.combo === combo);
  const binding = own.find((b) => b.enabled !== false) ?? null;
  const keeps = own.some((b) => b.holds === true) || (binding !== null && /^(Shift\+)?F\d+$/.test(combo));
  // What asks in the middle of the screen has the keys, Escape first; only danger and signing reach past it.
  const stands = modal && !VITAL.has(combo);
  if (binding === null || stands || !mayFire(event, combo, writing)) return { keeps, binding: null };
  // Whoever has a form open and lost the caret goes on typing words: not one of their letters may act.
  if (form && combo.length === 1) return { keeps, binding: null, held: "heldByForm" };
  return { keeps: true, binding };
}

/** Listens once for the whole application; the binding added last wins. */
export function KeysProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { t } = useText();
  const flash = useFlash();
  const tell = useRef((_held: Held) => undefined);
  useEffect(() => {
    tell.current = (held) => void flash(t(`key.${held}`), "no");
  });
  const [registry] = useState<Registry>(() => {
    const readers: (() => readonly KeyBinding[])[] = [];
    return {
      add: (read) => {
        readers.unshift(read);
        return () => {
          const at = readers.indexOf(read);
          if (at >= 0) readers.splice(at, 1);
        };
      },
      all: () => readers.flatMap((read) => read()),
    };
  });
  useEffect(() => {
    const hands = openWriting();
    const onKeyDown = (event: KeyboardEvent) => {
      const field = writtenField(event.target);
      const writing = field !== null;
      const writesOn = !writing && hands.goesOn(event.timeStamp);
      hands.note(event, field, field !== null && takesWords(field));
      if (event.defaultPrevented) return;
      const modal = document.querySelector("dialog:modal") !== null;
      const form = isFormOpen();
      const { keeps, binding, held } = pressOn(event, registry.all(), {
        writing,
        modal,
        form,
        writesOn,
      });
      if (keeps) event.preventDefault();
      if (held !== undefined) tell.current(held);
      // At once, so that this very letter goes into the field that comes.
      if (held === "writesOn") flushSync(() => binding?.run());
      else binding?.run();
    };
    const forgetFields = watchFields();
    window.addEventListener("keydown", onKeyDown);
    return () => {
      window.removeEventListener("keydown", onKeyDown);
      forgetFields();
    };
  }, [registry]);
  return <KeysContext value={registry}>{children}</KeysContext>;
}

/** Adds keys while the component is on screen. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const registry = useContext(KeysContext);
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  useEffect(() => registry?.add(() => latest.current), [registry]);
}

/** All keys that work now, for the sheet and the palette. */
export function useAllKeys(open: boolean): readonly KeyBinding[] {
  const registry = useContext(KeysContext);
  return useMemo(() => (open && registry !== null ? registry.all() : []), [open, registry]);
}
