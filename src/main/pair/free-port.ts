import { createServer } from "node:net";

/** The wanted port if nobody has it, else any free one. */
export async function freePort(wanted: number): Promise<number> {
  return (await tryPort(wanted)) ?? (await tryPort(0)) ?? wanted;
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
