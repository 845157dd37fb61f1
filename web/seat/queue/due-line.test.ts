import { expect, test } from "vitest";
import { dueState } from "./due-line.tsx";

const NOW = Date.parse("2026-11-22T08:00:00.000Z");
const HOUR = 3_600_000;
const due = (ms: number | null, status: "running" | "paused" | "awaitingRequester" = "running") => ({
  stage: "reply" as const,
  at: ms === null ? null : new Date(NOW + ms).toISOString(),
  provisional: false,
  status,
});

test("a row is marked when its time has passed, is near, or stands still; a far one is not (nmg:2.2.5)", () => {
  expect(dueState(due(0), NOW)).toBe("late");
  expect(dueState(due(24 * HOUR), NOW)).toBe("near");
  expect(dueState(due(24 * HOUR + 1), NOW)).toBeNull();
  expect(dueState(due(null, "paused"), NOW)).toBe("paused");
  expect(dueState(due(48 * HOUR, "awaitingRequester"), NOW)).toBe("awaiting");
  expect([dueState(null, NOW), dueState(undefined, NOW)]).toEqual([null, null]);
});

test("what has passed is said although something else of the request stands still", () => {
  expect(dueState(due(-1, "paused"), NOW)).toBe("late");
});
