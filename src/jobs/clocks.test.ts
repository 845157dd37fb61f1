import { expect, test, vi } from "vitest";
import { isUrgent, urgently } from "../app/ports/urgency.ts";
import { startClockWatch } from "./clocks.ts";

test("the pages of open requests are gone through one after the other, with ordinary capacity, and then no more until the next day", async () => {
  const asked: (string | null)[] = [];
  const told: unknown[] = [];
  const pages = ["a", "b", null];
  const loop = urgently(() =>
    startClockWatch({
      follow: async (cursor) => {
        expect(isUrgent()).toBe(false);
        asked.push(cursor);
        if (asked.length === 2) throw new Error("no database");
        return pages.shift() ?? null;
      },
      onFault: (_name, fault) => told.push(fault),
    }),
  );
  await vi.waitFor(() => expect(asked).toEqual([null, "a", "a", "b"]), { timeout: 5_000, interval: 10 });
  expect(told).toHaveLength(1);
  loop.wake();
  await vi.waitFor(() => expect(asked).toEqual([null, "a", "a", "b", null]), { timeout: 5_000, interval: 10 });
  await loop.stop();
  expect(asked).toHaveLength(5);
});
