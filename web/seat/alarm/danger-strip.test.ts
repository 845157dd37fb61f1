import { expect, test } from "vitest";
import { arrivalOf } from "./danger-strip.tsx";

test("a danger of a request without an urgent linkage is not said to have been sent (P3)", () => {
  expect(arrivalOf({ linkages: [] }).is).toBe("notPushed");
  expect(arrivalOf(undefined).is).toBe("sent");
});

test("a danger that has ended needs no bar any more", () => {
  const linkage = {
    kind: "urgent",
    role: "S",
    state: "ended",
    pushNo: 2,
    shownPushNo: 2,
    deliveredAt: "2026-11-22T00:00:00.000Z",
  };
  expect(arrivalOf({ linkages: [linkage as never] }).is).toBe("ended");
});
