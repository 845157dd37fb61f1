import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { startTestNodes } from "./pair.ts";
import type { TestNodes } from "./pair.ts";
import { eventually } from "./pair-seat.ts";

const PROGRAM = join(import.meta.dirname, "../../simulators/stranger/main.ts");

/** What a test reads of one conversation of the stranger. */
export type StrangerLinkage = {
  readonly conversation: string;
  readonly table: "handOver" | "urgent" | "notice" | "support";
  readonly role: "S" | "R";
  readonly state: string;
  readonly requestNo: string;
  readonly receipted: boolean;
  readonly opening: { readonly [member: string]: unknown };
  readonly commands: readonly string[];
};

export type StrangerView = {
  readonly linkages: readonly StrangerLinkage[];
  readonly outbox: readonly { readonly type: string; readonly dead: string | null }[];
  readonly said: readonly { readonly requestNo: string; readonly field: string; readonly value: string }[];
  readonly doubtful: readonly unknown[];
  readonly taken: { readonly [id: string]: { readonly status: string; readonly code: string | null } };
  readonly evidence: readonly {
    readonly batch: { readonly [member: string]: unknown };
    readonly receipt: { readonly results: readonly StrangerLine[] } & { readonly [member: string]: unknown };
  }[];
  readonly peerRange: { readonly min: number; readonly max: number } | null;
};

export type StrangerLine = { readonly messageId: string; readonly status: string; readonly code?: string };

/** The stranger's police desk: what its people would do. */
export type StrangerDesk = {
  readonly url: string;
  readonly view: () => Promise<StrangerView>;
  readonly setDuty: (on: boolean) => Promise<void>;
  readonly register: (matter: object) => Promise<string>;
  /** The conversation it was done on. Throws with the code of a refusal. */
  readonly give: (command: string, input: object) => Promise<string>;
  readonly post: (path: string, body: object) => Promise<{ readonly [member: string]: unknown }>;
  /** Its linkage of a request, once it stands in this state. */
  readonly inState: (requestNo: string, table: string, state: string) => Promise<StrangerLinkage>;
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
};

export type StrangerPair = {
  readonly nodes: TestNodes;
  readonly desk: StrangerDesk;
  readonly end: () => Promise<void>;
};

/** A 12345 node of ours, and as its 110 the stranger, in the place and at the port of the police node of the pair. */
export async function startWithStranger(): Promise<StrangerPair> {
  const nodes = await startTestNodes();
  const running: { child: ChildProcess | null; deskUrl: string; publicKey: string } = {
    child: null,
    deskUrl: "",
    publicKey: "",
  };
  const kill = async (): Promise<void> => {
    const { child } = running;
    running.child = null;
    if (child === null || child.exitCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "close");
  };
  const end = async (): Promise<void> => {
    await kill();
    await nodes.end();
  };
  try {
    await nodes.stop("police", "SIGTERM");
    await nodes.stop("hotline", "SIGTERM");
    const file = join(nodes.folder, "stranger.json");
    writeFileSync(file, JSON.stringify(configurationOf(nodes)));
    const start = async (): Promise<void> => {
      const child = spawn(process.execPath, [PROGRAM, file], { stdio: ["ignore", "pipe", "inherit"] });
      running.child = child;
      const said = JSON.parse(await firstLine(child));
      Object.assign(running, { deskUrl: `http://127.0.0.1:${said.deskPort}`, publicKey: said.publicKey });
    };
    await start();
    pinAtHotline(nodes, running.publicKey);
    await nodes.start("hotline");
    return { nodes, desk: deskOf(running, start, kill), end };
  } catch (fault) {
    await end();
    throw fault;
  }
}

function configurationOf(nodes: TestNodes): object {
  const { node, listen } = nodes.config("police");
  const [hotline] = peersOf(nodes, "police");
  return {
    nodeCode: node.code,
    regions: [node.region],
    dutyPhone: "110",
    port: listen.port,
    deskPort: 0,
    memory: join(nodes.folder, "stranger-memory.json"),
    keys: join(nodes.folder, "stranger-keys.json"),
    catalogueVersion: "nmg-2022-89",
    peer: { nodeCode: hotline.code, url: hotline.url, publicKey: hotline.publicKey },
  };
}

function peersOf(nodes: TestNodes, side: "hotline" | "police"): [{ code: string; url: string; publicKey: string }] {
  return parse(readFileSync(nodes.config(side).file, "utf8")).peers;
}

/** As an operator does: the stranger's key is pinned in the 12345 node's configuration. */
function pinAtHotline(nodes: TestNodes, publicKey: string): void {
  const { file } = nodes.config("hotline");
  const configuration = parse(readFileSync(file, "utf8"));
  configuration.peers[0].publicKey = publicKey;
  writeFileSync(file, stringify(configuration));
}

async function firstLine(child: ChildProcess): Promise<string> {
  let said = "";
  for await (const part of child.stdout ?? []) {
    said += String(part);
    if (said.includes("\n")) return said.slice(0, said.indexOf("\n"));
  }
  throw new Error(`the stranger ended before it was ready: ${said}`);
}

function deskOf(
  running: { readonly deskUrl: string },
  start: () => Promise<void>,
  kill: () => Promise<void>,
): StrangerDesk {
  const post: StrangerDesk["post"] = async (path, body) => {
    const response = await fetch(`${running.deskUrl}/desk/${path}`, { method: "POST", body: JSON.stringify(body) });
    const answer = (await response.json()) as { readonly [member: string]: unknown };
    if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
  const view = async (): Promise<StrangerView> =>
    (await (await fetch(`${running.deskUrl}/desk`)).json()) as StrangerView;
  return {
    get url() {
      return running.deskUrl;
    },
    view,
    post,
    kill,
    start,
    setDuty: async (on) => void (await post("duty", { on })),
    register: async (matter) => String((await post("register", matter))["requestNo"]),
    give: async (command, input) => {
      const step = await post("command", { ...input, command });
      if (step["kind"] !== "applied") throw new Error(`${command}: ${JSON.stringify(step)}`);
      return String(step["conversation"]);
    },
    inState: (requestNo, table, state) =>
      eventually(`${table} of ${requestNo} is ${state} at the stranger`, async () => {
        const { linkages } = await view();
        return linkages.find((l) => l.requestNo === requestNo && l.table === table && l.state === state) ?? null;
      }),
  };
}
