import { createContext, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import type { PlainKey } from "../i18n/text.tsx";

/** A key and what it does. `combo`: "F9", "Shift+F9", "Ctrl+K", "?", "a", "ArrowDown". */
export type KeyBinding = {
  readonly combo: string;
  readonly label: PlainKey;
  readonly run: () => void;
  /** false = shown in the sheet only as inactive. */
  readonly enabled?: boolean;
  /** Not listed in the sheet (several keys for one thing). */
  readonly unlisted?: boolean;
  readonly anywhere?: boolean;
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

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
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
  const functionOrCtrl = /^(Ctrl\+|(Shift\+)?F\d+$|Escape$)/.test(combo);
  if (functionOrCtrl) return !event.repeat;
  return !writing;
}

/** Listens once for the whole application; the binding added last wins. */
export function KeysProvider({ children }: { readonly children: ReactNode }): ReactNode {
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
    const onKeyDown = (event: KeyboardEvent) => {
      const combo = comboOf(event);
      const binding = registry.all().find((b) => b.combo === combo && b.enabled !== false);
      if (binding === undefined || event.defaultPrevented) return;
      if (/^(Shift\+)?F\d+$/.test(combo)) event.preventDefault();
      // What asks in the middle of the screen has the keys, Escape first; only danger and signing reach past it.
      if (!VITAL.has(combo) && document.querySelector("dialog:modal") !== null) return;
      if (!mayFire(event, combo, isWriting(event.target))) return;
      event.preventDefault();
      binding.run();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
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
