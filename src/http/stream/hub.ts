import { actingUser } from "../../app/sessions/index.ts";
import type { LiveSession } from "../../app/sessions/index.ts";
import { may } from "../../core/access/index.ts";
import type { Feed, FeedFrame } from "../app-api.ts";
import { catchUp, drop, encodeFrame, hand, put } from "./client.ts";
import type { StreamClient, StreamSink } from "./client.ts";
import { hearersOf, scopeOf } from "./hearing.ts";
import type { MayHear } from "./hearing.ts";

export type StreamHub = {
  /** Serves one client until it goes: first what it missed after `cursor`, then everything new. */
  readonly serve: (live: LiveSession, sink: StreamSink, cursor: string | null) => Promise<void>;
  /** Open streams of a session. */
  readonly count: (idHash: string) => number;
  readonly isOpen: (idHash: string) => boolean;
  /** Ends the streams of a session: it was logged out. */
  readonly close: (idHash: string) => void;
  readonly stop: () => void;
};

export type StreamHubOptions = {
  readonly feed: Feed;
  readonly onAlarms: (listener: () => void) => () => void;
  readonly mayHear: MayHear;
  readonly markStream: (idHash: string) => Promise<void>;
  readonly findSession: (idHash: string) => Promise<LiveSession | null>;
  readonly onError: (error: unknown) => void;
  readonly heartbeatMs: number;
};

/** Heartbeats between two looks whether the session still lives. */
const SESSION_EVERY = 6;

/**
 * One feed for all clients: each frame is written into one buffer once and given to everybody who may hear of its request.
 * Frames keep their order; a client that fails or does not read is dropped and resumes by its cursor, so nothing is skipped.
 * @source nmg:2.3.2
 */
export function createStreamHub(options: StreamHubOptions): StreamHub {
  const clients = new Set<StreamClient>();
  const unsubscribe = options.feed.subscribe((frame) => deliver(clients, options, frame));
  const unsubscribeAlarms = options.onAlarms(() => tellOfAlarms(clients));
  const stopHeart = startHeart(clients, options);
  return {
    serve: (live, sink, cursor) => serve(clients, options, { live, sink, cursor }),
    count: (idHash) => ofSession(clients, idHash).length,
    isOpen: (idHash) => ofSession(clients, idHash).length > 0,
    close: (idHash) => end(clients, idHash),
    stop: () => {
      stopHeart();
      unsubscribe();
      unsubscribeAlarms();
      for (const client of clients) client.sink.end();
      clients.clear();
    },
  };
}

async function serve(
  clients: Set<StreamClient>,
  options: StreamHubOptions,
  call: { readonly live: LiveSession; readonly sink: StreamSink; readonly cursor: string | null },
): Promise<void> {
  const actor = actingUser(call.live);
  const client: StreamClient = {
    actor,
    scope: scopeOf(actor),
    sink: call.sink,
    cursor: call.cursor ?? "",
    waiting: [],
    written: new Set(),
    gone: false,
  };
  clients.add(client);
  call.sink.once("close", () => {
    client.gone = true;
    clients.delete(client);
  });
  try {
    await options.markStream(actor.sessionHash);
    await catchUp(client, options.feed, options.mayHear, call.cursor);
  } catch (error) {
    options.onError(error);
    drop(client);
  }
}

/** Without an id, so that a reader resumes where it was. Whoever is catching up reads everything at its end anyway. */
function tellOfAlarms(clients: ReadonlySet<StreamClient>): void {
  for (const client of clients)
    if (client.waiting === null && may(client.actor, "readAlarms", null)) put(client, "event: alarms\ndata: {}\n\n");
}

/** At once and without asking anybody: what waited here would hold up the danger behind it. @source nmg:2.2.1 */
function deliver(
  clients: ReadonlySet<StreamClient>,
  { mayHear, onError }: Pick<StreamHubOptions, "mayHear" | "onError">,
  frame: FeedFrame,
): void {
  const bytes = encodeFrame(frame);
  const hears = hearersOf(mayHear, frame);
  for (const client of clients) {
    try {
      hand(client, frame, bytes, hears(client));
    } catch (error) {
      onError(error);
      drop(client);
    }
  }
}

/** Every beat moves the client's cursor on, keeps proxies from closing, and marks the session's stream alive. */
function startHeart(clients: ReadonlySet<StreamClient>, options: StreamHubOptions): () => void {
  let beats = 0;
  const keep = async (idHash: string, look: boolean): Promise<void> => {
    if (look && (await options.findSession(idHash)) === null) end(clients, idHash);
    else await options.markStream(idHash);
  };
  const timer = setInterval(() => {
    beats += 1;
    for (const client of clients) {
      if (client.waiting !== null) continue;
      put(client, `:\nid: ${client.cursor}\n\n`);
      client.written = new Set();
    }
    for (const idHash of new Set([...clients].map((c) => c.actor.sessionHash)))
      keep(idHash, beats % SESSION_EVERY === 0).catch(options.onError);
  }, options.heartbeatMs);
  timer.unref();
  return () => clearInterval(timer);
}

function end(clients: ReadonlySet<StreamClient>, idHash: string): void {
  for (const client of ofSession(clients, idHash)) {
    client.gone = true;
    client.sink.end("event: gone\ndata: {}\n\n");
  }
}

function ofSession(clients: ReadonlySet<StreamClient>, idHash: string): readonly StreamClient[] {
  return [...clients].filter((c) => c.actor.sessionHash === idHash && !c.gone);
}
