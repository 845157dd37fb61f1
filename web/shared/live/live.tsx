import { useQueryClient } from "@tanstack/react-query";
import type { QueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useState } from "react";
import type { ReactNode } from "react";
import type { StreamFrame } from "../../../src/http/contract/index.ts";
import { sessionQuery } from "../api/reads.ts";
import { keepStream } from "../api/sse.ts";
import type { StreamPort, StreamState } from "../api/sse.ts";
import type { FromTab, ToTab } from "./stream-worker.ts";

/** A push that came in over the stream: the alarm may be long signed, its new words still have to be seen. */
export type LivePush = {
  readonly requestNo: string;
  readonly linkageId: string;
  readonly cursor: string;
  readonly at: string;
  /** When it came in here, by this machine's clock (milliseconds). */
  readonly heardAt: number;
};

const LiveContext = createContext<StreamState>("connecting");
const PushContext = createContext<readonly LivePush[]>([]);

/** The latest pushes of this session, one a linkage, newest first. */
export function useLivePushes(): readonly LivePush[] {
  return useContext(PushContext);
}

/** State of the live stream, for the banner and the mark in the header. */
export function useLive(): StreamState {
  return useContext(LiveContext);
}

type Line = { readonly restart: () => void; readonly close: () => void };
type Ears = Pick<StreamPort, "onEvent" | "onState">;

/** One stream for all tabs of this browser (about six fit into one host); phones without shared workers open their own. */
function openLine(ears: Ears): Line {
  return typeof SharedWorker === "function" ? sharedLine(ears) : ownLine(ears);
}

function sharedLine(ears: Ears): Line {
  const worker = new SharedWorker(new URL("./stream-worker.ts", import.meta.url), { type: "module", name: "stream" });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  const say = (said: FromTab) => worker.port.postMessage(said);
  worker.port.addEventListener("message", (event: MessageEvent<ToTab>) => {
    if (event.data.is === "state") ears.onState(event.data.state);
    else ears.onEvent(event.data);
  });
  worker.port.start();
  say("hello");
  const alive = setInterval(() => say("alive"), 20_000);
  const bye = () => say("bye");
  window.addEventListener("pagehide", bye);
  return {
    restart: () => say("restart"),
    close: () => {
      clearInterval(alive);
      window.removeEventListener("pagehide", bye);
      bye();
      worker.port.close();
    },
  };
}

function ownLine(ears: Ears): Line {
  const open = () => keepStream({ url: "/api/stream", ...ears });
  let stop = open();
  return {
    restart: () => {
      stop();
      stop = open();
    },
    close: () => stop(),
  };
}

function parseFrame(data: string): StreamFrame | null {
  try {
    const frame: unknown = JSON.parse(data);
    return typeof frame === "object" && frame !== null && "caseId" in frame ? (frame as StreamFrame) : null;
  } catch {
    return null;
  }
}

/**
 * The alarms are read at once when a frame comes, then at most ten times a second, and a reading is never cancelled by the
 * next frame: at 25 new records a second that asked more than a session may (50 a second), and every refusal cost a second.
 */
function alarmReader(client: QueryClient): () => void {
  const state = { running: false, again: false };
  const run = async (): Promise<void> => {
    state.running = true;
    do {
      state.again = false;
      await client.invalidateQueries({ queryKey: ["alarms"] }).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 100));
    } while (state.again);
    state.running = false;
  };
  return () => {
    if (state.running) state.again = true;
    else void run();
  };
}

/**
 * Reads again what a burst of frames touched, once: a busy desk must not ask for its queue ten times a second. `reread` with null =
 * everything; `readAlarms` = nothing but the alarms, because only they have changed.
 */
function rereader(client: QueryClient): {
  readonly reread: (frame: StreamFrame | null) => void;
  readonly readAlarms: () => void;
} {
  const touched = new Set<string>();
  const readAlarms = alarmReader(client);
  let everything = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = () => {
    timer = null;
    for (const key of ["queue", "orders"]) void client.invalidateQueries({ queryKey: [key] });
    for (const key of ["request", "timeline"]) {
      if (everything) void client.invalidateQueries({ queryKey: [key] });
      else for (const no of touched) void client.invalidateQueries({ queryKey: [key, no] });
    }
    touched.clear();
    everything = false;
  };
  const reread = (frame: StreamFrame | null) => {
    readAlarms();
    if (frame === null || frame.requestNo === null) everything = true;
    else touched.add(frame.requestNo);
    timer ??= setTimeout(flush, 150);
  };
  return { reread, readAlarms };
}

/** Keeps what is on screen true while somebody is logged in. */
export function LiveProvider({
  user,
  children,
}: {
  readonly user: string | null;
  readonly children: ReactNode;
}): ReactNode {
  const client = useQueryClient();
  const [state, setState] = useState<StreamState>("connecting");
  const [pushes, setPushes] = useState<readonly LivePush[]>([]);
  useEffect(() => {
    if (user === null) return undefined;
    const { reread, readAlarms } = rereader(client);
    let wasOpen = false;
    const line = openLine({
      onEvent: ({ event, data }) => {
        if (event === "alarms") return readAlarms();
        // The server has forgotten what came between.
        if (event === "reset") return reread(null);
        const frame = parseFrame(data);
        if (frame === null) return;
        reread(frame);
        const { type, requestNo, streamId: linkageId, cursor, at } = frame;
        if (type !== "message.push" || requestNo === null) return;
        const heardAt = Date.now();
        setPushes((all) => [
          { requestNo, linkageId, cursor, at, heardAt },
          ...all.filter((one) => one.linkageId !== linkageId),
        ]);
      },
      onState: (next) => {
        setState(next);
        // After a gap longer than the server's memory the frames between are gone: look at everything once.
        if (next === "open" && wasOpen) reread(null);
        if (next === "open") wasOpen = true;
        if (next === "expired") void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
      },
    });
    return () => line.close();
  }, [user, client]);
  return (
    <LiveContext value={state}>
      <PushContext value={pushes}>{children}</PushContext>
    </LiveContext>
  );
}
