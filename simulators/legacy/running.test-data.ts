import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";

/** A system started as a process of its own. */
export type Running = {
  readonly url: string;
  /** What a person there does, or (`GET`) sees. Throws with the words of a refusal. */
  readonly control: (act: string, body?: object) => Promise<Answer>;
  readonly kill: () => Promise<void>;
};
type Answer = { readonly [member: string]: unknown };

/** Starts `simulators/NAME/cli.ts` and waits until it says where it listens. */
export async function startLegacy(name: "legacy-110" | "legacy-12345", ...args: readonly string[]): Promise<Running> {
  const program = join(import.meta.dirname, "..", name, "cli.ts");
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const { port, controlPort } = JSON.parse(await firstLine(child));
  return {
    url: `http://127.0.0.1:${port}`,
    control: async (act, body) => {
      const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
      const response = await fetch(`http://127.0.0.1:${controlPort}/control${act}`, init);
      const answer: Answer = JSON.parse(await response.text());
      if (!response.ok) throw new Error(String(answer["error"]));
      return answer;
    },
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "close");
    },
  };
}

/** The other system: keeps the bytes of every call by path, and takes all of them. */
export async function aPeer() {
  const calls: { readonly path: string; readonly bytes: Buffer }[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      calls.push({ path: request.url ?? "", bytes: Buffer.concat(parts) });
      response.end('{"code":200,"msg":""}');
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const end = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, calls, end };
}

async function firstLine(child: ChildProcess): Promise<string> {
  let said = "";
  for await (const part of child.stdout ?? []) {
    said += String(part);
    if (said.includes("\n")) return said.slice(0, said.indexOf("\n"));
  }
  throw new Error(`it ended before it was ready: ${said}`);
}
