import type { FastifyInstance } from "fastify";
import type { RouteRule } from "./route-rule.ts";

export type ExchangeAnswer = { readonly status: number; readonly body: unknown };

/** What the exchange adapter does with a call of another node; `main` passes it in. */
export type ExchangeHandlers = {
  /** `batch` is parsed JSON and nothing more: signature and shape are judged here. */
  readonly handleBatch: (batch: unknown, remoteAddress: string) => Promise<ExchangeAnswer>;
  readonly capability: () => Promise<ExchangeAnswer>;
  /** A peer's signed request for one version of the catalogue, after it was offered a matter judged by it; the same holds for it. */
  readonly handleCatalogueRequest: (request: unknown, remoteAddress: string) => Promise<ExchangeAnswer>;
  /** A desk's signed approval of a version of the catalogue; the same holds for it. */
  readonly handleApproval: (approval: unknown, remoteAddress: string) => Promise<ExchangeAnswer>;
};

/** What the protocol asks of a receiver: 256 messages with long texts. */
const BATCH_BYTES = 16 * 1024 * 1024;
/** A few names, a digest and a signature. */
const DOCUMENT_BYTES = 64 * 1024;

/** Mounts the addresses other nodes call. No cookies, no CSRF, no rate limit: a batch may hold an urgent push (P3). */
export function mountExchange(app: FastifyInstance, handlers: ExchangeHandlers): void {
  app.post(
    "/exchange/v1/batches",
    { bodyLimit: BATCH_BYTES, schema: { hide: true }, config: { rule: machineRule("exchangeBatches") } },
    async (request, reply) => {
      const answer = await handlers.handleBatch(request.body, request.ip);
      return reply.code(answer.status).send(answer.body);
    },
  );
  app.get(
    "/exchange/v1/capability",
    { schema: { hide: true }, config: { rule: machineRule("exchangeCapability") } },
    async (_request, reply) => {
      const answer = await handlers.capability();
      return reply.code(answer.status).send(answer.body);
    },
  );
  mountCatalogue(app, handlers);
  mountApprovals(app, handlers);
}

function mountCatalogue(app: FastifyInstance, handlers: ExchangeHandlers): void {
  app.post(
    "/exchange/v1/catalogue-requests",
    { bodyLimit: DOCUMENT_BYTES, schema: { hide: true }, config: { rule: machineRule("exchangeCatalogue") } },
    async (request, reply) => {
      const answer = await handlers.handleCatalogueRequest(request.body, request.ip);
      return reply.code(answer.status).send(answer.body);
    },
  );
}

function mountApprovals(app: FastifyInstance, handlers: ExchangeHandlers): void {
  app.post(
    "/exchange/v1/catalogue-approvals",
    { bodyLimit: DOCUMENT_BYTES, schema: { hide: true }, config: { rule: machineRule("exchangeApprovals") } },
    async (request, reply) => {
      const answer = await handlers.handleApproval(request.body, request.ip);
      return reply.code(answer.status).send(answer.body);
    },
  );
}

function machineRule(name: string): RouteRule {
  return { table: "OTHER", name, access: "machine", action: null, door: null, limit: "never" };
}
