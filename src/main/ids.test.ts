import { describe, expect, it } from "vitest";
import { createIds } from "./ids.ts";

describe("ids", () => {
  it("are UUIDv7 and grow also within a millisecond and when the clock steps back", () => {
    let now = 1_700_000_000_000;
    const ids = createIds(() => now);
    const made = Array.from({ length: 10_000 }, (_, i) => {
      if (i === 5_000) now -= 60_000;
      return ids.next();
    });
    expect(made.toSorted()).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
    const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect(made.filter((id) => !shape.test(id))).toEqual([]);
    expect(createIds(() => 1_700_000_000_000.8).next()).toMatch(shape);
  });
});
