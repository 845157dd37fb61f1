import { useEffect, useRef, useState } from "react";
import type { CallResult } from "../../../src/core/case/index.ts";
import type { PlainKey } from "../../shared/i18n/text.tsx";
import { useKeys } from "../../shared/keys/keys.tsx";

/** Results that need no words, each with its key: they may be given while one writes, telephone in hand. */
export const QUICK = [
  { result: "reached", combo: "Alt+7", label: "key.dialReached" },
  { result: "noAnswer", combo: "Alt+8", label: "key.dialNoAnswer" },
  { result: "busy", combo: "Alt+9", label: "key.dialBusy" },
] as const satisfies readonly { readonly result: CallResult; readonly combo: string; readonly label: PlainKey }[];

/**
 * Which of the numbers to dial has the keys: the one that had them keeps them while it stands, so that one that comes back does not slip
 * under the finger of who speaks with another; else the one that waits longest. null = there is none.
 */
export function keyedDial(
  before: string | null,
  dials: readonly { readonly key: string; readonly at: string }[],
): string | null {
  if (dials.some(({ key }) => key === before)) return before;
  return dials.reduce<(typeof dials)[number] | null>((a, b) => (a === null || b.at < a.at ? b : a), null)?.key ?? null;
}

/** The same, remembered. */
export function useKeyedDial(dials: Parameters<typeof keyedDial>[1]): string | null {
  const [before, setBefore] = useState<string | null>(null);
  const now = keyedDial(before, dials);
  if (now !== before) setBefore(now);
  return now;
}

/** A press within so long of getting the keys was meant for the number before, or for nothing: nobody dials and speaks so quickly. */
const SETTLE_MS = 1_000;

type Way = {
  readonly keyed: boolean;
  readonly busy: boolean;
  readonly record: (result: CallResult) => void;
};

/** Keys and words of the palette for the number that has them. `live` = a press counts now; `words` = where who was told is written. */
export function useDialKeys({ keyed, busy, record }: Way) {
  const words = useRef<HTMLInputElement>(null);
  const [live, setLive] = useState(false);
  useEffect(() => {
    if (!keyed) return undefined;
    const timer = setTimeout(() => setLive(true), SETTLE_MS);
    return () => {
      clearTimeout(timer);
      setLive(false);
    };
  }, [keyed]);
  useKeys(
    keyed
      ? [
          ...QUICK.map(({ result, combo, label }) => ({
            combo,
            label,
            holds: true,
            run: () => (live && !busy ? record(result) : undefined),
          })),
          { combo: "", label: "key.dialOther" as const, run: () => words.current?.focus() },
        ]
      : [],
  );
  return { live, words };
}
