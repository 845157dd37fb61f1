import { describe, expect, test } from "vitest";
import { DEFAULT_LINKAGE_POLICY } from "../../../src/core/linkage/index.ts";
import { DWELL_MS, standing, stillToStand } from "./dwell.ts";
import type { Sight, Stand } from "./dwell.ts";

const seen = (rest: Partial<Sight> = {}): Sight => ({
  what: "l1 1",
  inView: true,
  visible: true,
  onDuty: true,
  ...rest,
});
const after = (looks: readonly (readonly [at: number, sight: Sight])[]): Stand =>
  looks.reduce<Stand>((stand, [at, sight]) => standing(stand, sight, at), null);

describe("a push counts as shown after it has stood in view for the dwell (nmg:2.2.1)", () => {
  test("not a moment before, and from then on", () => {
    const stand = after([[5_000, seen()]]);
    expect([5_000, 5_000 + DWELL_MS - 1, 5_000 + DWELL_MS, 9_999].map((now) => stillToStand(stand, now))).toEqual([
      DWELL_MS,
      1,
      0,
      0,
    ]);
  });

  test("looking again in between does not begin it anew", () => {
    const stand = after([
      [0, seen()],
      [400, seen()],
      [900, seen()],
    ]);
    expect(stillToStand(stand, DWELL_MS)).toBe(0);
  });

  test.each([
    ["scrolled away", seen({ inView: false })],
    ["in a hidden tab", seen({ visible: false })],
    ["off duty", seen({ onDuty: false })],
    ["another push of the same danger", seen({ what: "l1 2" })],
    ["another danger in its line", seen({ what: "l2 1" })],
    ["nothing", seen({ what: null })],
  ])("a break begins it anew: %s", (_, sight) => {
    const broken = after([
      [0, seen()],
      [DWELL_MS - 1, sight],
      [DWELL_MS, seen()],
    ]);
    expect(stillToStand(broken, DWELL_MS)).toBe(DWELL_MS);
  });

  test.each([seen({ inView: false }), seen({ visible: false }), seen({ onDuty: false }), seen({ what: null })])(
    "what nobody can see never counts, however long it is there: %o",
    (sight) => {
      expect(stillToStand(after([[0, sight]]), 60_000)).toBeNull();
    },
  );

  test("the dwell is a second and leaves more than half of the time after which the receiving node calls for a telephone", () => {
    expect(DWELL_MS).toBeGreaterThanOrEqual(1_000);
    expect(DWELL_MS * 2).toBeLessThan(DEFAULT_LINKAGE_POLICY.urgentSeat);
  });
});
