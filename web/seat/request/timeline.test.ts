import { describe, expect, test } from "vitest";
import { isMinor } from "./timeline.tsx";

describe("the timeline", () => {
  test("shows what people did and decided, and keeps receipts, timers and echoes for who asks for details", () => {
    const types = [
      "CaseRegistered",
      "command.push",
      "message.delivered",
      "message.push",
      "message.progress",
      "OrderReplied",
    ];
    expect(types.filter((type) => isMinor({ type }))).toEqual([]);
    const noise = ["receipt.16", "timer.urgentLink", "command.add", "command.shown", "message.endHeld", "OrderOpened"];
    expect(noise.filter((type) => !isMinor({ type }))).toEqual([]);
  });
});
