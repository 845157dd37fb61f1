import { describe, expect, test } from "vitest";
import { arrivedBy } from "./arrivals.ts";

describe("what came in from the other desk (nmg:2.2.1)", () => {
  test("is news only while the seat was looking on, and each once", () => {
    const first = arrivedBy(null, ["a", "b"]);
    expect([first.fresh, first.heard]).toEqual([[], 0]);
    const second = arrivedBy(first, ["c", "a", "b"]);
    expect([second.fresh, second.heard]).toEqual([["c"], 1]);
    expect(arrivedBy(second, ["c", "a", "b"])).toEqual(second);
  });

  test("is over when it waits no more, and news again when it comes again", () => {
    const came = arrivedBy(arrivedBy(null, []), ["c"]);
    const gone = arrivedBy(came, []);
    expect([gone.fresh, gone.heard]).toEqual([[], 1]);
    expect(arrivedBy(gone, ["c"])).toEqual({ present: ["c"], fresh: ["c"], heard: 2 });
  });
});
