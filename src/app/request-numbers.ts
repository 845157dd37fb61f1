import type { RegionCode, RequestNo } from "../kernel/index.ts";
import { shanghaiYymmdd } from "../kernel/index.ts";
import { makeRequestNo } from "../core/request-number/index.ts";
import type { Clock } from "./ports/clock.ts";
import type { CaseStore } from "./ports/store.ts";

/** Gives out request numbers. */
export type RequestNumbers = { readonly next: () => Promise<RequestNo> };

/** Serials are taken in blocks, so that registering never waits for another registration's commit; a restart leaves a gap. */
const BLOCK = 50;

/** Numbers of this node's own series. Gaps may occur, doubles never. */
export function createRequestNumbers(
  store: CaseStore,
  clock: Clock,
  region: RegionCode,
  side: "hotline" | "police",
): RequestNumbers {
  let day = "";
  let next = 0;
  let end = 0;
  let refill: Promise<void> | null = null;
  const take = async (today: string): Promise<void> => {
    const first = await store.takeSerials(region, today, BLOCK);
    day = today;
    next = first;
    end = first + BLOCK;
  };
  return {
    next: async () => {
      for (;;) {
        const today = shanghaiYymmdd(clock.now());
        if (today === day && next < end) return makeRequestNo({ region, side, day, n: next++ });
        refill ??= take(today).finally(() => {
          refill = null;
        });
        await refill;
      }
    },
  };
}
