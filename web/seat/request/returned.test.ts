import { expect, test } from "vitest";
import { givenBackBefore } from "./returned.tsx";

const returned = { reason: "incomplete", at: "2026-11-22T00:00:00.000Z", basis: null, proposedOwner: null };
const first = { id: "l-1", role: "S", peer: "p150100", state: "withdrawn", returned } as const;
const second = { id: "l-2", role: "S", peer: "p150100", state: "negotiating", returned: null } as const;

test("a second hand-over to the desk that gave it back is told from a dispute that somebody asked for (nmg:2.2.1)", () => {
  expect(givenBackBefore(second, [first, second])?.reason).toBe("incomplete");
  expect(givenBackBefore(second, [second])).toBeNull();
  expect(givenBackBefore({ ...first, state: "negotiating" }, [first])).toBeNull();
  expect(givenBackBefore({ ...second, state: "accepted" }, [first, second])).toBeNull();
  expect(givenBackBefore({ ...second, peer: "p150200" }, [first, second])).toBeNull();
});
