import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

const LOOK_AGAIN_MS = 100;

/**
 * The first of these ports that nobody has, the first of all being waited for as `freePort` does; none: any free one. 0 stands for
 * any free one.
 */
export async function firstFreePort(wanted: readonly number[], patienceMs = 0): Promise<number> {
  const [best = 0, ...others] = wanted;
  const port = await freePort(best, patienceMs);
  if (best === 0 || port === best) return port;
  for (const other of others) if ((await tryPort(other)) === other) return other;
  return port;
}

/** The wanted port if nobody has it, or as soon as within `patienceMs` it is given up; else any free one. */
export async function freePort(wanted: number, patienceMs = 0): Promise<number> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const port = await tryPort(wanted);
    if (port !== null) return port;
    if (Date.now() >= until) return (await tryPort(0)) ?? wanted;
    await delay(LOOK_AGAIN_MS);
  }
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(null));
    probe.listen(port, "127.0.0.1", () => {
      const address = probe.address();
      const taken = typeof address === "object" && address !== null ? address.port : null;
      probe.close(() => resolve(taken));
    });
  });
}
