import type { FastifyInstance, FastifyRequest } from "fastify";
import { mayReadMetrics } from "../metrics/access.ts";
import type { MetricsAccess } from "../metrics/access.ts";
import { EXPOSITION_TYPE, expositionOf } from "../metrics/exposition.ts";
import type { MetricFamily } from "../metrics/exposition.ts";
import { refuse } from "../refuse.ts";
import type { RouteRule } from "../route-rule.ts";

/** The figures of a node for monitors. */
export type Metrics = {
  readonly access: MetricsAccess;
  readonly read: () => Promise<readonly MetricFamily[]>;
};

const RULE: RouteRule = {
  table: "OTHER",
  name: "metrics",
  access: "machine",
  action: null,
  door: null,
  limit: "never",
};

/** Errors: ROUTE_UNKNOWN where they are off, FORBIDDEN for who may not read them; nothing is counted for either. @source nmg:2.3.1 */
export function metricsRoute(app: FastifyInstance, metrics: Metrics | null): void {
  const access = metrics?.access ?? "off";
  app.get("/metrics", { schema: { hide: true }, config: { rule: RULE } }, async (request, reply) => {
    if (metrics === null || access === "off") return refuse(request, reply, { code: "ROUTE_UNKNOWN" });
    if (!mayReadMetrics(access, callerOf(request))) return refuse(request, reply, { code: "FORBIDDEN" });
    return reply.type(EXPOSITION_TYPE).send(expositionOf(await metrics.read()));
  });
}

function callerOf({ headers, socket }: FastifyRequest) {
  return {
    address: socket.remoteAddress,
    forwarded: ["forwarded", "x-forwarded-for", "x-real-ip", "via"].some((name) => headers[name] !== undefined),
    authorization: headers.authorization,
  };
}
