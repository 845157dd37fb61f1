import type { FastifySchema, RouteShorthandOptions } from "fastify";
import { Type } from "typebox";
import { RequestNoText, Uuid } from "./contract/index.ts";
import type { RouteRule } from "./route-rule.ts";
import { wireSchema } from "./wire-schema.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The contract's answer, as OpenAPI shows it; null = no content. */
    readonly answer?: { readonly status: number; readonly schema: object | null; readonly media?: string };
  }
}

/** One route as data: what OpenAPI, the validator, the serialiser and the guards need. */
export type RouteSpec = {
  readonly rule: RouteRule;
  readonly operationId: string;
  readonly tag:
    | "requests"
    | "linkages"
    | "orders"
    | "time-limits"
    | "desk"
    | "session"
    | "public"
    | "operation"
    | "exchange";
  readonly summary: string;
  readonly path: string;
  readonly body?: object | null;
  readonly query?: object;
  readonly headers?: object;
  readonly answer: { readonly status: number; readonly schema: object | null; readonly media?: string };
};

const PARAMS: Readonly<Record<string, object>> = {
  no: RequestNoText,
  id: Uuid,
  direction: { type: "string", enum: ["out", "in"] },
};

/** Fastify's options of a route. Path parameters take their schema by name. */
export function routeOptions(spec: RouteSpec): RouteShorthandOptions {
  const names = [...spec.path.matchAll(/:(\w+)/g)].map((m) => m[1] ?? "");
  const schema: FastifySchema = {
    operationId: spec.operationId,
    summary: spec.summary,
    tags: [spec.tag],
    ...(names.length === 0 ? {} : { params: paramsSchema(names) }),
    ...(spec.body === undefined || spec.body === null ? {} : { body: spec.body }),
    ...(spec.query === undefined ? {} : { querystring: spec.query }),
    ...(spec.headers === undefined ? {} : { headers: spec.headers }),
    ...(spec.answer.schema === null ? {} : { response: { [spec.answer.status]: wireSchema(spec.answer.schema) } }),
  };
  return { schema, config: { rule: spec.rule, answer: spec.answer } };
}

function paramsSchema(names: readonly string[]): object {
  return {
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name, PARAMS[name] ?? Type.String()])),
    required: [...names],
  };
}
