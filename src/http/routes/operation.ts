import type { FastifyInstance } from "fastify";
import { Type } from "typebox";
import type { Clock } from "../../app/ports/clock.ts";
import { Health } from "../contract/index.ts";
import { problemList } from "../problems/index.ts";
import type { RouteRule } from "../route-rule.ts";
import { routeOptions } from "../route.ts";

/** Whether the database answers, and the last migration it has. Must not throw when it does not. */
export type HealthCheck = () => Promise<{ readonly database: boolean; readonly migration: string | null }>;

const ProblemTable = Type.Object({
  rows: Type.Array(
    Type.Object({
      code: Type.String(),
      status: Type.Integer(),
      zh: Type.String(),
      en: Type.String(),
      source: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
});

/** What machines ask without logging in: health, the list of refusals, the API description. */
export function operationRoutes(app: FastifyInstance, health: HealthCheck, clock: Clock): void {
  const healthOptions = routeOptions({
    rule: openRule("health"),
    operationId: "health",
    tag: "operation",
    summary: "Whether the node is up and reaches its database (503 when it does not)",
    path: "/health",
    answer: { status: 200, schema: Health },
  });
  app.get("/api/health", healthOptions, async (_request, reply) => {
    const { database, migration } = await health().catch(() => ({ database: false, migration: null }));
    return reply.code(database ? 200 : 503).send({ up: true, database, migration, at: clock.now() });
  });

  const problems = routeOptions({
    rule: openRule("problems"),
    operationId: "problems",
    tag: "operation",
    summary: "Every refusal code with status, texts and clause",
    path: "/problems",
    answer: { status: 200, schema: ProblemTable },
  });
  app.get("/api/problems", problems, async () => ({
    rows: problemList(app.side).map(({ grounds: _grounds, ...line }) => ({
      ...line,
      source: app.refusalSource(line.code),
    })),
  }));

  const description = routeOptions({
    rule: openRule("openapi"),
    operationId: "openapi",
    tag: "operation",
    summary: "This description",
    path: "/openapi.json",
    answer: { status: 200, schema: null },
  });
  app.get("/api/openapi.json", description, async (_request, reply) =>
    reply.type("application/json; charset=utf-8").send(JSON.stringify(app.swagger())),
  );
}

function openRule(name: string): RouteRule {
  return { table: "OTHER", name, access: "open", action: null, door: null, limit: "session" };
}
