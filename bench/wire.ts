import { connect } from "node:net";
import type { Socket } from "node:net";

/** What came back. `cookie` is the first one set, without its attributes. */
export type Answer = { readonly status: number; readonly text: string; readonly cookie: string | undefined };

export type Call = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: object;
};

/** A connection and what becomes of the bytes that come on it. */
type Wire = { readonly socket: Socket; take: (bytes: Buffer) => void; fail: (fault: Error) => void };

/** Open connections nobody is using, by address of the node. */
const idle = new Map<string, Wire[]>();

/**
 * One call over a connection that is kept open. By hand, because the caller shares two processors with what it measures, and a
 * general client costs half as much again, for what does not come up here (chunks, redirects, answers in a row).
 * Throws when the connection ends before the answer.
 */
export async function callOver(url: string, call: Call): Promise<Answer> {
  const address = url.slice("http://".length);
  const free = idle.get(address) ?? [];
  idle.set(address, free);
  const wire = free.pop() ?? openWire(address, free);
  const answer = await new Promise<Answer>((resolve, reject) => {
    let come: Buffer = Buffer.alloc(0);
    wire.take = (bytes) => {
      come = come.length === 0 ? bytes : Buffer.concat([come, bytes]);
      try {
        const whole = readAnswer(come);
        if (whole !== null) resolve(whole);
      } catch (fault) {
        reject(fault);
      }
    };
    wire.fail = reject;
    wire.socket.ref();
    wire.socket.write(written(address, call));
  });
  // Nobody waits for an idle connection: it does not keep the process alive.
  wire.socket.unref();
  free.push(wire);
  return answer;
}

function openWire(address: string, free: Wire[]): Wire {
  const [host = "", port] = address.split(":");
  const socket = connect({ host, port: Number(port), noDelay: true });
  const wire: Wire = { socket, take: () => undefined, fail: () => undefined };
  socket.on("data", (bytes: Buffer) => wire.take(bytes));
  socket.on("error", (fault) => wire.fail(fault));
  socket.once("close", () => {
    const at = free.indexOf(wire);
    if (at >= 0) free.splice(at, 1);
    wire.fail(new Error(`${address} ended a connection before its answer`));
  });
  return wire;
}

function written(address: string, { method, path, headers, body }: Call): string {
  const text = body === undefined ? "" : JSON.stringify(body);
  const length = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n`;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} /api${path} HTTP/1.1\r\nhost: ${address}\r\n${lines.join("")}${body === undefined ? "" : length}\r\n${text}`;
}

/** Null while something is missing. */
function readAnswer(come: Buffer): Answer | null {
  const end = come.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const head = come.toString("latin1", 0, end);
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length === undefined && status !== 204) throw new Error(`an answer ${status} without its length`);
  const from = end + 4;
  if (come.length < from + Number(length ?? 0)) return null;
  return { status, text: come.toString("utf8", from), cookie: /\r\nset-cookie: ([^;\r]*)/i.exec(head)?.[1] };
}
