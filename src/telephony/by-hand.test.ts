import { expect, test } from "vitest";
import { createByHandPhone } from "./by-hand.ts";

test("without a switch a person must dial, and the phone says so (nmg:2.2.1)", async () => {
  const task = { subject: "linkage-1", caseId: null, number: "110", reason: "noSeatOnDuty" };
  expect(await createByHandPhone().ring(task)).toBe("byHand");
});
