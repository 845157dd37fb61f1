import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import Fastify from "fastify";
import { expect, test } from "vitest";
import { readAnyBody } from "./any-body.ts";

function later<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let settle: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    settle = resolve;
  });
  return { promise, resolve: (value) => settle(value) };
}

/**
 * Sends `written` to a route for bodies of any kind and breaks the connection; gives what became of the request. `early` = it breaks
 * while a hook before the reader still waits, as the look-up of a session does.
 */
async function cutOff(written: string, early: boolean): Promise<string> {
  const app = Fastify();
  const broken = later<void>();
  const reading = later<void>();
  const became = later<string>();
  app.addHook("onRequest", async (request) => {
    request.raw.socket.once("close", () => broken.resolve());
    if (!early) return;
    reading.resolve();
    await broken.promise;
  });
  app.addHook("preParsing", async () => reading.resolve());
  app.addHook("onError", async (_request, _reply, error) => became.resolve(`failed: ${error.message}`));
  readAnyBody(app, (_request, body) => body);
  app.post("/danger", async () => {
    became.resolve("read");
    return {};
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const socket = connect(port, "127.0.0.1");
  const head = "POST /danger HTTP/1.1\r\nhost: desk\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n";
  socket.write(head + written);
  await reading.promise;
  // Reset, as a telephone that loses its network: nothing more comes and nothing is said.
  socket.resetAndDestroy();
  const outcome = await became.promise;
  await app.close();
  return outcome;
}

const WHOLE = '{"danger":true     }';

test("a danger cut off while its session is looked up fails and is told, it does not hang (nmg:2.2.1)", async () => {
  expect(await cutOff(WHOLE.slice(0, 8), true)).toMatch(/^failed/);
  expect(await cutOff(WHOLE, true)).toMatch(/^failed|^read$/);
});

test("a body cut off in its middle fails and is told (nmg:2.2.1)", async () => {
  expect(await cutOff(WHOLE.slice(0, 8), false)).toMatch(/^failed/);
});
