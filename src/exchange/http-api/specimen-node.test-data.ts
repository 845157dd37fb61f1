import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Keys } from "../../app/ports/keys.ts";
import type { ReceiptStatus } from "../../app/ports/outbox.ts";
import type { LinkageMessage } from "../../core/linkage/index.ts";
import { instantOf, type LinkageId, type NodeCode, ok, type RegionCode } from "../../kernel/index.ts";
import type { CatalogueApproval, CatalogueContent, ReadEntry, UnreadEntry } from "../contract/index.ts";
import type { ExchangeEvidence } from "../evidence.ts";
import {
  type CataloguePorts,
  INTAKE_LIMITS,
  type IntakeLimits,
  type IntakePorts,
  type RefusedBatch,
} from "../intake/index.ts";
import type { ExchangePeer } from "../peer.ts";
import { createExchangeHandler, type ExchangeHandler, type HttpAnswer } from "./handler.ts";
import { EXCHANGE_PATHS } from "./paths.ts";

/** A small receiving node for tests: folds by sequence within a conversation, knows messages by id, keeps all in memory. */
export type SpecimenNode = {
  readonly self: NodeCode;
  readonly keys: Keys;
  readonly handler: ExchangeHandler;
  /** Messages that were folded, in the order of folding; each exactly once if all is well. */
  readonly applied: LinkageMessage[];
  readonly entries: ReadEntry[];
  readonly unread: UnreadEntry[];
  readonly evidence: ExchangeEvidence[];
  readonly refused: RefusedBatch[];
  /** Approvals of catalogue versions as they were kept. */
  readonly approvals: CatalogueApproval[];
  readonly peers: Map<NodeCode, ExchangePeer>;
  /** Runs before each fold; may wait or throw. */
  beforeFold: (entry: ReadEntry) => Promise<void>;
  /** Runs before each line of evidence; may throw. */
  beforeEvidence: () => void;
};

/** A version of the catalogue in two files, one with a byte that is no text. */
export const SPECIMEN_CONTENT: CatalogueContent = {
  version: "specimen/1",
  base: null,
  digest: "ab".repeat(32),
  files: new Map([
    ["catalogue.yaml", new TextEncoder().encode("id: specimen\n")],
    ["items.csv", Uint8Array.from([0xef, 0xbb, 0xbf, 0x61, 0x0d, 0x0a, 0xff])],
  ]),
};

type Conversation = { next: number; readonly waiting: Map<number, LinkageMessage> };

function foldInto(
  node: SpecimenNode,
  conversations: Map<LinkageId, Conversation>,
  message: LinkageMessage,
): ReceiptStatus {
  const conversation = conversations.get(message.conversation) ?? { next: 1, waiting: new Map() };
  conversations.set(message.conversation, conversation);
  if (message.seq > conversation.next) {
    conversation.waiting.set(message.seq, message);
    return "waiting";
  }
  let next: LinkageMessage | undefined = message;
  while (next !== undefined) {
    node.applied.push(next);
    conversation.next++;
    next = conversation.waiting.get(conversation.next);
  }
  return "applied";
}

/** Makes the node; `now` in ms since 1970. */
export function createSpecimenNode(
  self: NodeCode,
  keys: Keys,
  now: () => number = Date.now,
  limits: IntakeLimits = INTAKE_LIMITS,
): SpecimenNode {
  const known = new Set<string>();
  const conversations = new Map<LinkageId, Conversation>();
  const peers = new Map<NodeCode, ExchangePeer>();
  const ports: IntakePorts & CataloguePorts = {
    self,
    keys,
    clock: { now: () => instantOf(now()) },
    peer: (nodeCode) => peers.get(nodeCode) ?? null,
    receive: async (entry) => {
      await node.beforeFold(entry);
      if (known.has(entry.message.id)) return { status: "duplicate" };
      known.add(entry.message.id);
      node.entries.push(entry);
      const status = foldInto(node, conversations, entry.message);
      return { status: status === "waiting" ? "waiting" : "applied" };
    },
    receiveUnread: async (entry) => {
      if (known.has(entry.envelope.id)) return { status: "duplicate" };
      known.add(entry.envelope.id);
      node.unread.push(entry);
      const conversation = conversations.get(entry.envelope.conversation);
      if (conversation !== undefined) conversation.next = entry.envelope.seq + 1;
      return { status: entry.code === "UNKNOWN_TYPE" ? "noted" : "kept" };
    },
    evidence: async (evidence) => {
      node.beforeEvidence();
      node.evidence.push(evidence);
    },
    refused: (batch) => node.refused.push(batch),
    keepApproval: async (approval) => {
      node.approvals.push(approval);
      return ok(null);
    },
    catalogue: async (version) => (version === SPECIMEN_CONTENT.version ? SPECIMEN_CONTENT : null),
  };
  const handler = createExchangeHandler(
    {
      ...ports,
      describe: async () => ({
        side: self.split("-")[0] ?? "",
        regions: ["159999" as RegionCode],
        carriers: ["http-api"],
        kinds: ["clear", "urgent"],
        catalogueVersion: "specimen-1",
        dutyPhone: "00000000",
        softwareVersion: "0.1.0",
      }),
    },
    limits,
  );
  const node: SpecimenNode = {
    self,
    keys,
    handler,
    applied: [],
    entries: [],
    unread: [],
    evidence: [],
    refused: [],
    approvals: [],
    peers,
    beforeFold: async () => undefined,
    beforeEvidence: () => undefined,
  };
  return node;
}

/** Decides what happens to an answer that is ready: sent, or lost on the way. */
export type AnswerFate = (
  answer: HttpAnswer,
  request: { readonly path: string; readonly body: unknown },
) => Promise<"send" | "lose">;

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return chunks.length === 0 ? null : JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

async function answerOf(handler: ExchangeHandler, path: string, body: unknown, remote: string): Promise<HttpAnswer> {
  if (path === EXCHANGE_PATHS.batches) return handler.handleBatch(body, remote);
  if (path === EXCHANGE_PATHS.capability) return handler.capability();
  if (path === EXCHANGE_PATHS.approvals) return handler.handleApproval(body, remote);
  if (path === EXCHANGE_PATHS.catalogue) return handler.handleCatalogueRequest(body, remote);
  return { status: 404, body: null };
}

/** Answers requests of a node's exchange on any Node HTTP server. */
export function answerRequests(
  handler: ExchangeHandler,
  fate: AnswerFate = async () => "send",
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const path = request.url ?? "";
    const serve = async (): Promise<void> => {
      const body = await bodyOf(request);
      const answer = await answerOf(handler, path, body, request.socket.remoteAddress ?? "");
      if ((await fate(answer, { path, body })) === "lose") {
        response.destroy();
        return;
      }
      response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(answer.body));
    };
    serve().catch(() => response.destroy());
  };
}

/** Serves on a free port of the loopback; answers its base URL. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port to listen on");
  return `http://127.0.0.1:${address.port}`;
}

/** A server for a node; close it with `close`. */
export async function serveNode(
  handler: ExchangeHandler,
  fate?: AnswerFate,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer(answerRequests(handler, fate));
  const url = await listen(server);
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
