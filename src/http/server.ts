import { randomUUID } from "node:crypto";
import { fastify, LogController } from "fastify";
import type { FastifyInstance, FastifyRequest, FastifyServerOptions, RouteOptions } from "fastify";
import type { Clock } from "../app/ports/clock.ts";
import type { Sessions } from "../app/sessions/index.ts";
import { BODY_BYTES } from "./any-body.ts";
import type { AppApi } from "./app-api.ts";
import { sessionCookieName } from "./cookies.ts";
import { guardDoor } from "./door.ts";
import { mountExchange } from "./exchange.ts";
import type { ExchangeHandlers } from "./exchange.ts";
import { guardRoutes } from "./guard.ts";
import { setHeaders } from "./headers.ts";
import { describeApi } from "./openapi.ts";
import { OTHER_ROUTES } from "./other-routes.ts";
import type { Allowance } from "./rate-limit.ts";
import { createErrorHandler } from "./refuse.ts";
import { actRoutes } from "./routes/acts.ts";
import { commandRoutes } from "./routes/commands.ts";
import { metricsRoute } from "./routes/metrics.ts";
import type { Metrics } from "./routes/metrics.ts";
import { operationRoutes } from "./routes/operation.ts";
import type { HealthCheck } from "./routes/operation.ts";
import { publicRoutes } from "./routes/public.ts";
import { readRoutes } from "./routes/reads.ts";
import { sessionRoutes } from "./routes/session.ts";
import { streamRoutes } from "./routes/stream.ts";
import { serveScreens } from "./screens.ts";
import { createStreamHub } from "./stream/hub.ts";
import type { StreamHub } from "./stream/hub.ts";

export type HttpServerOptions = {
  readonly nodeCode: string;
  readonly side: "hotline" | "police";
  readonly version: string;
  readonly api: AppApi;
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly health: HealthCheck;
  /** Figures for monitors; absent or null = none. */
  readonly metrics?: Metrics | null;
  /** Whether an error means that the database is away for the moment; only storage knows. */
  readonly isUnavailable?: (error: unknown) => boolean;
  /** null = no other node calls here. */
  readonly exchange: ExchangeHandlers | null;
  /** Folder of the built screens; null or missing = API alone. */
  readonly webFolder: string | null;
  /** false = no log; else fastify's logger options. Addresses and bodies are never logged, only the route's pattern. */
  readonly logger: FastifyServerOptions["logger"];
  /** Proxies whose forwarded address and protocol are believed. */
  readonly trustProxy?: boolean | string;
  readonly allowedOrigins?: readonly string[];
  readonly sessionAllowance?: Allowance;
  readonly addressAllowance?: Allowance;
  readonly heartbeatMs?: number;
  /** Certificate and key; null = plain HTTP. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer } | null;
};

/** A busy seat sends a handful a second; a program gone wild is slowed down before it hurts the others. */
const SESSION_ALLOWANCE: Allowance = { burst: 200, perSecond: 50 };
const ADDRESS_ALLOWANCE: Allowance = { burst: 100, perSecond: 20 };
const HEARTBEAT_MS = 5_000;

/** A node's server, built and not yet listening. Every route is in a table of the contract or in OTHER_ROUTES, or building fails. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const tls = options.tls ?? null;
  const app: FastifyInstance = fastify({
    ...(tls === null ? {} : { https: tls }),
    logger: logOf(options.logger),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    requestTimeout: 30_000,
    trustProxy: options.trustProxy ?? false,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allErrors: true, useDefaults: false } },
  });
  const cookieName = sessionCookieName(options.nodeCode);
  app.decorate("side", options.side);
  app.decorate("refusalSource", options.api.refusalSource);
  refuseUndeclared(app);
  setHeaders(app);
  app.setErrorHandler(createErrorHandler(options.isUnavailable ?? (() => false)));
  guardRoutes(app, {
    sessions: options.sessions,
    clock: options.clock,
    cookieName,
    allowedOrigins: options.allowedOrigins ?? [],
    sessionAllowance: options.sessionAllowance ?? SESSION_ALLOWANCE,
    addressAllowance: options.addressAllowance ?? ADDRESS_ALLOWANCE,
  });
  guardDoor(app);
  await describeApi(app, cookieName, options.version);
  await commandRoutes(app, options.api);
  readRoutes(app, options.api);
  actRoutes(app, options.api);
  const hub = hubOf(app, options);
  sessionRoutes(app, { api: options.api, sessions: options.sessions, cookieName, hub });
  streamRoutes(app, hub);
  publicRoutes(app, options.api, options.clock);
  operationRoutes(app, options.health, options.clock);
  metricsRoute(app, options.metrics ?? null);
  if (options.exchange !== null) mountExchange(app, options.exchange);
  await serveScreens(app, options.webFolder);
  return app;
}

function hubOf(app: FastifyInstance, options: HttpServerOptions): StreamHub {
  const hub = createStreamHub({
    feed: options.api.feed,
    onAlarms: options.api.onAlarms,
    mayHear: options.api.mayHear,
    markStream: options.sessions.markStream,
    findSession: options.sessions.findByHash,
    onError: (error) => app.log.error({ err: error }, "live stream"),
    heartbeatMs: options.heartbeatMs ?? HEARTBEAT_MS,
  });
  app.addHook("preClose", async () => hub.stop());
  return hub;
}

/** A log line about a request names the route's pattern, never the address as called: numbers and codes stand in it. */
function logOf(logger: HttpServerOptions["logger"]): NonNullable<HttpServerOptions["logger"]> {
  if (logger === undefined || logger === false) return false;
  const given = logger === true ? {} : logger;
  return { ...given, serializers: { ...given.serializers, req: loggedRequest } };
}

function loggedRequest(request: FastifyRequest): { method: string; url: string } {
  return { method: request.method, url: request.routeOptions?.url ?? "" };
}

/** A route that nobody declared may be a way round the door; it must not come up. */
function refuseUndeclared(app: FastifyInstance): void {
  const declared: RouteOptions[] = [];
  app.decorate("declaredRoutes", declared);
  app.addHook("onRoute", (route: RouteOptions) => {
    if (!isDeclared(route)) throw new Error(`route ${String(route.method)} ${route.url} is declared nowhere`);
    declared.push(route);
  });
}

function isDeclared(route: RouteOptions): boolean {
  const rule = route.config?.rule;
  if (rule !== undefined && rule.table !== "OTHER") return true;
  const methods = [route.method].flat();
  return methods.every((m) => OTHER_ROUTES.some((o) => o.path === route.url && (o.method === m || m === "HEAD")));
}
