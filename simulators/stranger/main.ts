/**
 * A police desk by somebody who has only the documents: it was written from docs/protocol alone and shares no code with src,
 * so a mistake of the program cannot hide in it, and a word the documents lack shows here.
 *
 *     node simulators/stranger/main.ts FILE.json
 *
 * It takes offers, pushes, notices and pleas for support of one 12345 node, answers them as the tables of linkage.md say, hands
 * over matters of its own, and keeps its keys and everything it knows in two JSON files. It has no screens: its people are
 * whoever calls its desk port. It leaves out what a police desk with one peer does not need: pushing to others, absorbing
 * duplicates, handing back what it took over, entering rulings, alarms, and approving catalogue versions.
 */
import { once } from "node:events";
import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { readConfiguration } from "./configuration.ts";
import { StrangerNode } from "./node.ts";
import { deskServer, exchangeServer } from "./server.ts";

const TURN_MS = 50;

async function main(file: string | undefined): Promise<void> {
  if (file === undefined) throw new Error("name a configuration file");
  const configuration = readConfiguration(file);
  const node = new StrangerNode(configuration);
  const port = await listen(exchangeServer(node), configuration.port, configuration.host);
  const deskPort = await listen(deskServer(node), configuration.deskPort, "127.0.0.1");
  process.stdout.write(`${JSON.stringify({ nodeCode: configuration.nodeCode, port, deskPort, ...node.keys })}\n`);
  for (;;) {
    await node.turn();
    await sleep(TURN_MS);
  }
}

/** Resolves with the port when the server listens; rejects when it cannot. */
async function listen(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

await main(process.argv[2]);
