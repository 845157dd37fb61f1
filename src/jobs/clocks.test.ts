import { expect, test, vi } from "vitest";
import { isUrgent, urgently } from "../app/ports/urgency.ts";
import { startClockWatch } from "./clocks.ts";

test("the pages of open requests are gone through one after the other, with ordinary capacity, and then no more until the next day or another calendar (nmg:2.2.5)", async () => {
  const asked: (string | null)[] = [];
  const told: unknown[] = [];
  const pages = ["a", "b", null];
  const looks: number[] = [];
  const looked = async (): Promise<boolean> => looks.push(looks.length) === 3;
  const loop = urgently(() =>
    startClockWatch({
      follow: async (cursor) => {
        expect(isUrgent()).toBe(false);
        asked.push(cursor);
        if (asked.length === 2) throw new Error("no database");
        return pages.shift() ?? null;
      },
      renewCalendar: looked,
      onFault: (_name, fault) => told.push(fault),
    }),
  );
  await vi.waitFor(() => expect(asked).toEqual([null, "a", "a", "b"]), { timeout: 5_000, interval: 10 });
  expect(told).toHaveLength(1);
  for (const looksSoFar of [2, 3]) {
    expect(asked).toHaveLength(4);
    loop.wake();
    await vi.waitFor(() => expect(looks).toHaveLength(looksSoFar), { timeout: 5_000, interval: 10 });
  }
  await vi.waitFor(() => expect(asked).toEqual([null, "a", "a", "b", null]), { timeout: 5_000, interval: 10 });
  await loop.stop();
  expect(asked).toHaveLength(5);
});

test("a calendar that cannot be read holds up no request: the pass of the start goes on without it", async () => {
  const asked: (string | null)[] = [];
  const told: string[] = [];
  const loop = startClockWatch({
    follow: async (cursor) => {
      asked.push(cursor);
      return null;
    },
    renewCalendar: () => Promise.reject(new Error("no file")),
    onFault: (name) => told.push(name),
  });
  await vi.waitFor(() => expect([asked, told]).toEqual([[null], ["calendar"]]), { timeout: 5_000, interval: 10 });
  // It waits for its next look: a loop that tries again at once would have said so twice by now.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(told).toEqual(["calendar"]);
  await loop.stop();
});

test("a page that breaks again and again holds up no look for a calendar, and each new one begins the pass anew (nmg:2.2.5)", async () => {
  const asked: (string | null)[] = [];
  let looks = 0;
  let broken = true;
  const loop = startClockWatch({
    follow: async (cursor) => {
      asked.push(cursor);
      if (cursor === "a" && broken) throw new Error("page");
      return cursor === null ? "a" : null;
    },
    renewCalendar: async () => {
      looks += 1;
      return looks === 2;
    },
    onFault: () => undefined,
  });
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(2), { timeout: 5_000, interval: 10 });
  expect(looks).toBe(1);
  loop.wake();
  await vi.waitFor(() => expect(asked.filter((cursor) => cursor === null)).toHaveLength(2), { timeout: 5_000 });
  expect(looks).toBeGreaterThanOrEqual(2);
  broken = false;
  await vi.waitFor(() => expect(asked.slice(-2)).toEqual(["a", "a"]), { timeout: 5_000 });
  await loop.stop();
});
