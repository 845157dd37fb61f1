import { describe, expect, it } from "vitest";
import { aDesk, LAMP_VERDICT, registration, sealed, tell } from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";

function concluded(callbackAttempts = 3): Desk {
  const desk = aDesk("hotline", { callbackAttempts });
  tell(desk, registration({ verdict: LAMP_VERDICT }));
  tell(desk, { type: "accept" });
  expect(tell(desk, { type: "conclude", resolution: "solved", result: sealed("result.1") })).toBe("ok");
  return desk;
}

const call = (desk: Desk, outcome: "reached" | "notReached" | "refused"): string =>
  tell(desk, {
    type: "callBack",
    outcome,
    satisfaction: outcome === "reached" ? 5 : null,
    solved: outcome === "reached" ? true : null,
    note: null,
  });

describe("closing asks for a call-back of what was concluded last (nmg:2.2.1)", () => {
  it("a call-back before the matter was handled again does not close it after", () => {
    const desk = concluded();
    expect(call(desk, "reached")).toBe("ok");
    expect(tell(desk, { type: "reopen", reason: "badCallback", note: null })).toBe("ok");
    expect(tell(desk, { type: "conclude", resolution: "solved", result: sealed("result.2") })).toBe("ok");
    expect(desk.file.case?.rating).toBeNull();
    expect(tell(desk, { type: "close" })).toBe("NOT_CALLED_BACK");
    expect(desk.file.case?.callbacks).toHaveLength(1);
    expect(call(desk, "reached")).toBe("ok");
    expect(tell(desk, { type: "close" })).toBe("ok");
    expect(desk.file.case?.callbacks.map((c) => c.no)).toEqual([1, 2]);
  });

  it("tries before the matter was handled again do not count towards the tries needed", () => {
    const desk = concluded(2);
    call(desk, "notReached");
    call(desk, "notReached");
    tell(desk, { type: "reopen", reason: "again", note: null });
    tell(desk, { type: "conclude", resolution: "solved", result: sealed("result.2") });
    expect(tell(desk, { type: "close" })).toBe("NOT_CALLED_BACK");
    call(desk, "notReached");
    call(desk, "notReached");
    expect(tell(desk, { type: "close" })).toBe("ok");
    expect(desk.file.case?.closedAs).toBe("unreachable");
  });

  it("who answers and does not want to rate has been called back and is not called again", () => {
    const desk = concluded();
    expect(call(desk, "refused")).toBe("ok");
    expect(tell(desk, { type: "close" })).toBe("ok");
    expect(desk.file.case).toMatchObject({ closedAs: "calledBack", rating: null });
  });
});
