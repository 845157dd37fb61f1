import { expect, test } from "vitest";
import { arrivalOf } from "./danger-strip.tsx";

test("a danger of a request without an urgent linkage is not said to have been sent (P3)", () => {
  expect(arrivalOf({ linkages: [] }).is).toBe("notPushed");
  expect(arrivalOf(undefined).is).toBe("sent");
});
