import { once } from "node:events";
import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const TURN_MS = 200;

/**
 * Runs one system until SIGTERM: two servers, and a turn (sending, reading tables) every 200 milliseconds. Says on standard
 * output, in one line of JSON, where it listens.
 */
export async function run(
  system: { readonly exchange: Server; readonly control: Server; readonly turn: () => Promise<void> },
  ports: { readonly port: number; readonly controlPort: number },
): Promise<void> {
  const port = await listen(system.exchange, ports.port);
  const controlPort = await listen(system.control, ports.controlPort);
  process.on("SIGTERM", () => process.exit(0));
  process.stdout.write(`${JSON.stringify({ port, controlPort })}\n`);
  for (;;) {
    await system.turn();
    await sleep(TURN_MS);
  }
}

/** The port it listens on; rejects when it cannot. */
async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}
