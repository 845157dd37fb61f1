import type { ServerResponse } from "node:http";
import type { ActingUser } from "../../app/sessions/index.ts";
import type { Feed, FeedFrame } from "../app-api.ts";
import type { StreamFrame } from "../contract/index.ts";
import type { MayHear } from "./hearing.ts";

/** The part of a response that a stream needs. */
export type StreamSink = Pick<ServerResponse, "write" | "end" | "destroy" | "writableLength" | "once">;

/** One open stream. */
export type StreamClient = {
  readonly actor: ActingUser;
  readonly scope: string;
  readonly sink: StreamSink;
  /** Where it would go on. */
  cursor: string;
  /** New frames that wait until the missed ones are written; null = live. */
  waiting: { readonly frame: StreamFrame; readonly bytes: Buffer }[] | null;
  /** Frames written while catching up, so that none comes twice. */
  written: Set<string>;
  gone: boolean;
};

/** Farther behind than this, reading everything again is cheaper than every missed frame. */
export const MISSED_AT_MOST = 2_000;
const PAGE = 500;
/** A client that leaves more than this unread is dropped; it comes back with its cursor. */
const UNREAD_BYTES = 1_048_576;

/** One frame as bytes, made once for all clients. By what is judged who hears it stays here. */
export function encodeFrame({ place: _place, units: _units, ...frame }: FeedFrame): Buffer {
  return Buffer.from(`id: ${frame.cursor}\ndata: ${JSON.stringify(frame)}\n\n`);
}

/** Writes to a client, or drops it when it does not read. */
export function put(client: StreamClient, bytes: Buffer | string): void {
  if (client.gone) return;
  client.sink.write(bytes);
  if (client.sink.writableLength > UNREAD_BYTES) drop(client);
}

/** Cuts a client off; its browser comes back with the cursor it has. */
export function drop(client: StreamClient): void {
  client.gone = true;
  client.sink.destroy();
}

/** Gives a live client a frame, or lays it aside while the client still catches up. */
export function hand(client: StreamClient, frame: StreamFrame, bytes: Buffer, heard: boolean): void {
  if (client.waiting === null) {
    if (heard && !client.written.has(frame.cursor)) put(client, bytes);
    client.cursor = frame.cursor;
    return;
  }
  if (heard) client.waiting.push({ frame, bytes });
  if (client.waiting.length > MISSED_AT_MOST) drop(client);
}

/**
 * Brings a client up to now: what it missed after `from`, then what came in meanwhile, then `ready`. Too far behind, or a cursor nobody
 * knows any more: `reset`, and on from now.
 */
export async function catchUp(client: StreamClient, feed: Feed, mayHear: MayHear, from: string | null): Promise<void> {
  if (!(await replay(client, feed, mayHear, from))) {
    const now = await feed.since(null, 1);
    client.cursor = now?.cursor ?? client.cursor;
    put(client, `id: ${client.cursor}\nevent: reset\ndata: {}\n\n`);
  }
  const waiting = client.waiting ?? [];
  client.waiting = null;
  for (const { frame, bytes } of waiting) hand(client, frame, bytes, true);
  put(client, `id: ${client.cursor}\nevent: ready\ndata: {}\n\n`);
}

/** Writes what was missed; false = too much, or from nowhere. */
async function replay(client: StreamClient, feed: Feed, mayHear: MayHear, from: string | null): Promise<boolean> {
  let page = await feed.since(from, PAGE);
  for (let missed = 0; page !== null && missed <= MISSED_AT_MOST && !client.gone; ) {
    missed += page.rows.length;
    for (const frame of page.rows) {
      if (!mayHear(client.actor, frame)) continue;
      client.written.add(frame.cursor);
      put(client, encodeFrame(frame));
    }
    client.cursor = page.cursor;
    if (page.rows.length < PAGE) return true;
    page = await feed.since(client.cursor, PAGE);
  }
  return client.gone;
}
