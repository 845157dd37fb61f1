import { parseObject, parseText, textOf } from "./json.ts";
import { pause } from "./retry.ts";
import type { Session } from "./session.ts";

/** Something of a request changed. */
export type Frame = {
  readonly caseId: string;
  readonly requestNo: string | null;
  readonly stream: string;
  readonly type: string;
};

/**
 * Listens until the signal is raised; comes back by itself where it left off. `onReset` = frames were missed: read everything.
 */
export async function listen(
  session: Session,
  onFrame: (frame: Frame) => void,
  onReset: () => void,
  signal: AbortSignal,
): Promise<void> {
  const place = { lastId: "" };
  while (!signal.aborted) {
    try {
      await listenOnce(session, onFrame, onReset, signal, place);
    } catch {
      // Cut off: come back below.
    }
    await pause(1_000, signal).catch(() => undefined);
  }
}

async function listenOnce(
  session: Session,
  onFrame: (frame: Frame) => void,
  onReset: () => void,
  signal: AbortSignal,
  place: { lastId: string },
): Promise<void> {
  const response = await fetch(`${session.url}/api/stream`, {
    headers: {
      cookie: await session.cookie(),
      accept: "text/event-stream",
      ...(place.lastId === "" ? {} : { "last-event-id": place.lastId }),
    },
    signal,
  });
  if (response.status === 401) {
    await session.call({ method: "GET", path: "/session" });
    return;
  }
  if (!response.ok || response.body === null) return;
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of response.body) {
    rest += decoder.decode(bytes, { stream: true });
    const blocks = rest.split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = parseBlock(block);
      if (event.id !== null) place.lastId = event.id;
      if (event.name === "reset") onReset();
      else if (event.frame !== null) onFrame(event.frame);
    }
  }
}

/** One block of a stream of events: id, event name (`message` when none stands there) and the frame it carries, if it is one. */
export function parseBlock(block: string): {
  readonly id: string | null;
  readonly name: string;
  readonly frame: Frame | null;
} {
  const lines = block.split("\n").map((line) => /^(id|event|data): ?(.*)$/.exec(line));
  const last = (field: string): string | null => lines.findLast((line) => line?.[1] === field)?.[2] ?? null;
  const name = last("event") ?? "message";
  const body = parseObject(parseText(last("data") ?? ""));
  const caseId = textOf(body["caseId"]);
  const frame =
    name !== "message" || caseId === null
      ? null
      : {
          caseId,
          requestNo: textOf(body["requestNo"]),
          stream: textOf(body["stream"]) ?? "",
          type: textOf(body["type"]) ?? "",
        };
  return { id: last("id"), name, frame };
}
