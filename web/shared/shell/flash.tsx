import { createContext, useCallback, useContext, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import { Glyph } from "../design/glyph.tsx";

const FlashContext = createContext<(words: string) => void>(() => undefined);

/** Says in one line that something was done; read out politely, gone by itself. */
export function useFlash(): (words: string) => void {
  return useContext(FlashContext);
}

export function FlashProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [words, setWords] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const say = useCallback((next: string) => {
    clearTimeout(timer.current);
    setWords(next);
    timer.current = setTimeout(() => setWords(null), 4_000);
  }, []);
  const value = useMemo(() => say, [say]);
  return (
    <FlashContext value={value}>
      {children}
      <output className="flash" aria-live="polite">
        {words === null ? null : (
          <p>
            <Glyph name="check" /> {words}
          </p>
        )}
      </output>
    </FlashContext>
  );
}
