import type { FastifyRequest, RouteOptions } from "fastify";
import { actingUser } from "../app/sessions/index.ts";
import type { ActingUser, LiveSession } from "../app/sessions/index.ts";
import type { Action } from "../core/access/index.ts";
import type { RefusalCode } from "./problems/index.ts";

/** What a route declares of itself; a route without a rule is refused when the server is built. */
export type RouteRule = {
  /** Table of the contract it comes from; OTHER = the list in other-routes.ts. */
  readonly table: "READS" | "COMMANDS" | "ACTS" | "OTHER";
  readonly name: string;
  /** session = cookie and, unless GET, the CSRF token; open = nobody logs in; machine = no browser at all: no cookies, no CSRF. */
  readonly access: "session" | "open" | "machine";
  /** Permission the role must have; the application judges it again on the subject. */
  readonly action: Action | null;
  /** Which part of a good answer must have come through `present`. */
  readonly door: "body" | "view" | null;
  /** never = no rate limit at all; unlessDanger = not for a body that says danger (P3). */
  readonly limit: "session" | "never" | "unlessDanger";
};

declare module "fastify" {
  interface FastifyContextConfig {
    readonly rule?: RouteRule;
  }
  interface FastifyInstance {
    /** Every route the server has, as it was declared. */
    readonly declaredRoutes: readonly RouteOptions[];
    /** Which desk this node is, and so who reads its refusals. */
    readonly side: "hotline" | "police";
    /** What a refusal rests on at this node. */
    readonly refusalSource: (code: RefusalCode) => string | null;
  }
  interface FastifyRequest {
    live: LiveSession | null;
    doorPassed: boolean;
  }
}

/** The session of a route whose rule says `session`; anything else is a mistake in the route. */
export function liveOf(request: FastifyRequest): LiveSession {
  if (request.live === null) throw new Error("route has no session; its rule must say access: session");
  return request.live;
}

/** The account behind the request. */
export function actorOf(request: FastifyRequest): ActingUser {
  return actingUser(liveOf(request));
}

/** The part of a call that its schema has checked, as the type the schema stands for. */
export function parseChecked<T>(value: unknown): T {
  return value as T;
}

/** The names of a table that is written as a constant, as their own type. */
export function parseNames<T extends object>(table: T): readonly (keyof T & string)[] {
  return Object.keys(table) as (keyof T & string)[];
}
