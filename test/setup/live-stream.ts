import { READS } from "../../src/http/contract/index.ts";
import type { StreamFrame } from "../../src/http/contract/index.ts";

/** One open live stream of a seat. */
export type LiveStream = {
  /** Every frame so far, in order. */
  readonly frames: () => readonly StreamFrame[];
  /** The first frame, past or future, for which `wanted` holds. */
  readonly next: (what: string, wanted: (frame: StreamFrame) => boolean, withinMs?: number) => Promise<StreamFrame>;
  readonly ended: () => boolean;
  readonly close: () => void;
};

/** Opens the stream; resolves when the node says `ready`. */
export async function openLiveStream(url: string, cookie: string, cursor: string | null): Promise<LiveStream> {
  const stop = new AbortController();
  const query = cursor === null ? "" : `?cursor=${encodeURIComponent(cursor)}`;
  const response = await fetch(`${url}/api${READS.stream.path}${query}`, { headers: { cookie }, signal: stop.signal });
  if (response.status !== 200 || response.body === null) throw new Error(`stream: ${response.status}`);
  const state = { frames: [] as StreamFrame[], ready: false, ended: false };
  const waiting = new Set<() => void>();
  const read = async (body: ReadableStream<Uint8Array>): Promise<void> => {
    const decoder = new TextDecoder();
    let rest = "";
    for await (const part of body) {
      rest += decoder.decode(part, { stream: true });
      const blocks = rest.split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) take(block, state);
      for (const look of waiting) look();
    }
  };
  read(response.body)
    .catch(() => undefined)
    .finally(() => {
      state.ended = true;
      for (const look of waiting) look();
    });
  const until = <T>(what: string, look: () => T | null, withinMs: number): Promise<T> =>
    new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(late);
        waiting.delete(again);
        act();
      };
      const late = setTimeout(
        () => settle(() => reject(new Error(`not heard within ${withinMs} ms: ${what}`))),
        withinMs,
      );
      const again = (): void => {
        const found = look();
        if (found !== null) settle(() => resolve(found));
        else if (state.ended) settle(() => reject(new Error(`the stream ended before: ${what}`)));
      };
      waiting.add(again);
      again();
    });
  await until("ready", () => (state.ready ? true : null), 10_000);
  return {
    frames: () => state.frames,
    next: (what, wanted, withinMs = 10_000) => until(what, () => state.frames.find(wanted) ?? null, withinMs),
    ended: () => state.ended,
    close: () => stop.abort(),
  };
}

function take(block: string, state: { readonly frames: StreamFrame[]; ready: boolean }): void {
  const lines = block.split("\n");
  if (lines.includes("event: ready")) state.ready = true;
  const data = lines.find((l) => l.startsWith("data: {"))?.slice(6);
  if (data === undefined || lines.some((l) => l.startsWith("event: "))) return;
  state.frames.push(JSON.parse(data));
}
