import { describe, expect, it } from "vitest";
import { currentVersion, upcast } from "./upcast.ts";
import type { Upcaster } from "./upcast.ts";

const STEPS: readonly Upcaster[] = [
  { stream: "case", type: "CaseClosed", from: 2, up: (body) => ({ ...Object(body), third: true }) },
  { stream: "case", type: "CaseClosed", from: 1, up: (body) => ({ ...Object(body), second: true }) },
];
const event = (typeVersion: number) =>
  ({ stream: "case", type: "CaseClosed", typeVersion, body: { first: true } }) as const;

describe("upcasting of stored events", () => {
  it("an old event passes every later step in order, whatever the order of the table", () => {
    expect(currentVersion("case", "CaseClosed", STEPS)).toBe(3);
    expect(upcast(event(1), STEPS)).toEqual({ first: true, second: true, third: true });
    expect(upcast(event(2), STEPS)).toEqual({ first: true, third: true });
    expect(upcast(event(3), STEPS)).toEqual({ first: true });
  });

  it("types without steps stand at version 1 and pass unchanged", () => {
    expect(currentVersion("order", "OrderReplied", STEPS)).toBe(1);
    expect(upcast({ stream: "order", type: "OrderReplied", typeVersion: 1, body: 7 }, STEPS)).toBe(7);
  });

  it("an event of a newer program is not guessed at", () => {
    expect(() => upcast(event(4), STEPS)).toThrow("known is 3");
  });

  it("a missing step is a mistake, not a shortcut", () => {
    const holed = STEPS.filter((s) => s.from !== 1);
    expect(() => upcast(event(1), holed)).toThrow("no step from version 1");
  });
});
