import { expect, test } from "vitest";
import type { TimelineEntry } from "./contract-types.ts";
import { pushTimes } from "./push-times.ts";

const row = (at: string, details: TimelineEntry["details"], streamId = "l-1"): TimelineEntry => ({
  at,
  stream: "linkage",
  streamId,
  type: "command.add",
  by: { kind: "user", id: "u", node: "h", name: null },
  cause: at,
  source: null,
  from: null,
  to: null,
  texts: [],
  details,
});

test("every push has its own time, and the time at which it was first on a screen (nmg:2.2.1)", () => {
  const history = [
    row("08:00", { pushNo: 1 }),
    row("08:01", { pushNo: 9 }, "l-2"),
    row("08:02", { shownPushNo: 1 }),
    row("08:03", { pushNo: 2 }),
    row("08:04", { pushNo: 3 }),
    row("08:05", { shownPushNo: 3 }),
  ];
  expect(pushTimes({ id: "l-1", pushNo: 4 }, history)).toEqual([
    { no: 4, pushedAt: null, shownAt: null },
    { no: 3, pushedAt: "08:04", shownAt: "08:05" },
    { no: 2, pushedAt: "08:03", shownAt: "08:05" },
    { no: 1, pushedAt: "08:00", shownAt: "08:02" },
  ]);
});

test("of a single push the steps say it all", () => {
  expect(pushTimes({ id: "l-1", pushNo: 1 }, [row("08:00", { pushNo: 1 })])).toEqual([]);
});
