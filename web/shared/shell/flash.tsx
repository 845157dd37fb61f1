import { createContext, useCallback, useContext, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import { Glyph } from "../design/glyph.tsx";

/** Whether something was done, or why it was not. */
type Kind = "done" | "no";
type Flash = (words: string, kind?: Kind) => void;

const FlashContext = createContext<Flash>(() => undefined);

/** Says in one line that something was done, or why a key did nothing; read out politely, gone by itself. */
export function useFlash(): Flash {
  return useContext(FlashContext);
}

export function FlashProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [said, setSaid] = useState<{ readonly words: string; readonly kind: Kind } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const say = useCallback<Flash>((words, kind = "done") => {
    clearTimeout(timer.current);
    setSaid({ words, kind });
    timer.current = setTimeout(() => setSaid(null), 4_000);
  }, []);
  const value = useMemo(() => say, [say]);
  return (
    <FlashContext value={value}>
      {children}
      <output className="flash" aria-live="polite">
        {said === null ? null : (
          <p>
            <Glyph name={said.kind === "done" ? "check" : "ring"} /> {said.words}
          </p>
        )}
      </output>
    </FlashContext>
  );
}
