import { expect, test } from "vitest";
import { instantOf } from "../../kernel/index.ts";
import { createPace } from "./pace.ts";
import { RELAY_SETTINGS } from "./ports.ts";

test("a clock that is set back does not lengthen the wait of a lane by as much (nmg:2.2.1)", () => {
  let now = 1_795_000_000_000;
  const pace = createPace(
    { clock: { now: () => instantOf(now), setTimer: () => () => undefined }, random: () => 0 },
    RELAY_SETTINGS,
    "urgent",
  );
  pace.hold(0);
  expect(pace.holdMs()).toBeGreaterThan(0);
  now -= 3_600_000;
  expect(pace.holdMs()).toBe(0);
  pace.hold(0);
  expect(pace.holdMs()).toBeGreaterThan(0);
  expect(pace.holdMs()).toBeLessThanOrEqual(2_000);
});
