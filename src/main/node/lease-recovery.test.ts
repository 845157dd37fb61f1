import { expect, test, vi } from "vitest";
import { createLeaseRecovery } from "./lease-recovery.ts";

test("after the database was away leases are freed as soon as it answers, once, and work is woken (nmg:2.2.1)", async () => {
  const calls = { free: 0, wake: 0 };
  const recovery = createLeaseRecovery({
    isUnavailable: (fault) => fault === "away",
    free: async () => {
      calls.free += 1;
      if (calls.free < 3) throw new Error("still away");
    },
    wake: () => {
      calls.wake += 1;
    },
    everyMs: 1,
  });
  recovery.note("a mistake of our own");
  for (let i = 0; i < 5; i++) recovery.note("away");
  await vi.waitFor(() => expect(calls).toEqual({ free: 3, wake: 1 }));
  recovery.note("away");
  await vi.waitFor(() => expect(calls).toEqual({ free: 4, wake: 2 }));
  await recovery.stop();
  recovery.note("away");
  await new Promise((resolve) => setImmediate(resolve));
  expect(calls.free).toBe(4);
});
