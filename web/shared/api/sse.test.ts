import { describe, expect, test } from "vitest";
import { parseEvents } from "./sse.ts";
import type { ServerEvent } from "./sse.ts";

async function read(chunks: readonly string[]): Promise<readonly ServerEvent[]> {
  const bytes = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (out) => {
      for (const chunk of chunks) out.enqueue(bytes.encode(chunk));
      out.close();
    },
  });
  const events: ServerEvent[] = [];
  for await (const event of parseEvents(body)) events.push(event);
  return events;
}

describe("stream of events", () => {
  test("an event cut into pieces anywhere is the same event", async () => {
    const whole = 'id: 7\ndata: {"a":"字"}\n\n';
    const bytes = new TextEncoder().encode(whole);
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const body = new ReadableStream<Uint8Array>({
        start: (out) => {
          out.enqueue(bytes.slice(0, cut));
          out.enqueue(bytes.slice(cut));
          out.close();
        },
      });
      const events: ServerEvent[] = [];
      for await (const event of parseEvents(body)) events.push(event);
      expect(events).toEqual([{ id: "7", event: "message", data: '{"a":"字"}' }]);
    }
  });

  test("comments and unknown fields are no events, an id stays in force, a name is that of one event", async () => {
    expect(await read([": beat\n\n", "id: 1\nevent: alarms\ndata: x\n\n", "retry: 5\n\n", "data: y\n\n"])).toEqual([
      { id: "1", event: "alarms", data: "x" },
      { id: "1", event: "message", data: "y" },
    ]);
  });

  test("several data lines are one text, carriage returns or not", async () => {
    expect(await read(["data: a\r\ndata:b\r\n\r\n"])).toEqual([{ id: "", event: "message", data: "a\nb" }]);
  });

  test("an event that was not finished is not an event", async () => {
    expect(await read(["data: half\n"])).toEqual([]);
  });
});
