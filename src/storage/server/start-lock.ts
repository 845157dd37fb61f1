import { createHash } from "node:crypto";
import { createServer, type Server } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { ServerError } from "./server-error.ts";

const WAIT_MS = 120_000;

function listenOn(name: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (cause: NodeJS.ErrnoException) => {
      if (cause.code === "EADDRINUSE") resolve(undefined);
      else reject(cause);
    });
    server.listen(name, () => {
      server.unref();
      resolve(server);
    });
  });
}

/**
 * Lets one program at a time work on the start of a data folder. The lock is an abstract socket name, which the kernel
 * frees when its holder dies: a lock file would need a rule for stale ones, and every such rule has a race.
 * Errors: START_LOCK_TIMEOUT after two minutes.
 */
export async function withStartLock<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  const digest = createHash("sha256").update(dataDir).digest("hex").slice(0, 32);
  const name = `\0liandong-start-${process.getuid?.() ?? 0}-${digest}`;
  const until = Date.now() + WAIT_MS;
  let held = await listenOn(name);
  while (held === undefined) {
    if (Date.now() >= until) throw new ServerError("START_LOCK_TIMEOUT", `another program is starting ${dataDir}`);
    await delay(25);
    held = await listenOn(name);
  }
  try {
    return await work();
  } finally {
    held.close();
  }
}
