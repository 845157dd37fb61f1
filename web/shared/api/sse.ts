/** One message of a server-sent event stream; `event` = "message" where the stream names none. */
export type ServerEvent = { readonly id: string; readonly event: string; readonly data: string };

/**
 * Cuts a byte stream into events. Comments and unknown fields are skipped; several data lines are joined;
 * an event's id stays in force until the next one names another.
 */
export async function* parseEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let id = "";
  let event = "message";
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += decoder.decode(value, { stream: true });
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line === "") {
          if (data.length > 0) yield { id, event, data: data.join("\n") };
          data = [];
          event = "message";
        } else if (line.startsWith("data:")) data.push(line.slice(line[5] === " " ? 6 : 5));
        else if (line.startsWith("id:")) id = line.slice(3).trim();
        else if (line.startsWith("event:")) event = line.slice(6).trim();
      }
    }
  } finally {
    reader.releaseLock();
  }
}

export type StreamState = "connecting" | "open" | "lost" | "expired";

export type StreamPort = {
  readonly url: string;
  readonly onEvent: (event: Pick<ServerEvent, "event" | "data">) => void;
  readonly onState: (state: StreamState) => void;
};

/** The server sends a comment well within this; silence for longer means that the line is dead. */
const SILENCE_MS = 45_000;
const RETRY_MS: readonly number[] = [300, 1_000, 2_000, 4_000];

/**
 * Keeps one stream open until stopped: resumes after the last event it saw, so that nothing between is missed.
 * Own reader instead of EventSource, because that hides why it failed and gives up on some errors.
 */
export function keepStream(port: StreamPort): () => void {
  const stop = new AbortController();
  let lastId = "";
  let failures = 0;
  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const outcome = await readOnce(port, stop.signal, lastId, (id) => {
        lastId = id;
        failures = 0;
      });
      if (stop.signal.aborted) return;
      if (outcome === "expired") {
        port.onState("expired");
        return;
      }
      failures += 1;
      if (failures > 1 || outcome === "failed") port.onState("lost");
      await pause(RETRY_MS[Math.min(failures, RETRY_MS.length) - 1] ?? 4_000, stop.signal);
    }
  };
  void run();
  return () => stop.abort();
}

async function readOnce(
  port: StreamPort,
  stop: AbortSignal,
  lastId: string,
  saw: (id: string) => void,
): Promise<"expired" | "failed" | "ended"> {
  const line = new AbortController();
  const cut = () => line.abort();
  stop.addEventListener("abort", cut);
  let quiet = setTimeout(cut, SILENCE_MS);
  try {
    const headers: Record<string, string> = { accept: "text/event-stream" };
    if (lastId !== "") headers["last-event-id"] = lastId;
    const response = await fetch(port.url, {
      headers,
      credentials: "same-origin",
      cache: "no-store",
      signal: line.signal,
    });
    if (response.status === 401) return "expired";
    if (!response.ok || response.body === null) return "failed";
    port.onState("open");
    saw(lastId);
    const alive = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, out) => {
        clearTimeout(quiet);
        quiet = setTimeout(cut, SILENCE_MS);
        out.enqueue(chunk);
      },
    });
    for await (const event of parseEvents(response.body.pipeThrough(alive))) {
      if (event.id !== "") saw(event.id);
      port.onEvent({ event: event.event, data: event.data });
    }
    return "ended";
  } catch {
    return "failed";
  } finally {
    clearTimeout(quiet);
    stop.removeEventListener("abort", cut);
    line.abort();
  }
}

function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    stop.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
