/** A bounded number of things at once; the rest wait their turn, first come first served. */
export type Slots = { readonly run: <T>(act: () => Promise<T>) => Promise<T> };

/** Makes `size` slots, at least one. */
export function createSlots(size: number): Slots {
  let free = size;
  const waiting: (() => void)[] = [];
  return {
    run: async (act) => {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await act();
      } finally {
        const next = waiting.shift();
        // A slot is handed over, not given back, so that nobody who comes later can take it first.
        if (next === undefined) free++;
        else next();
      }
    },
  };
}
