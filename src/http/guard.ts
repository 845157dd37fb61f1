import { timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Clock } from "../app/ports/clock.ts";
import { urgently } from "../app/ports/urgency.ts";
import { actingUser } from "../app/sessions/index.ts";
import type { LiveSession, Sessions } from "../app/sessions/index.ts";
import { may } from "../core/access/index.ts";
import { epochMs } from "../kernel/index.ts";
import { readCookie } from "./cookies.ts";
import { createRateLimit } from "./rate-limit.ts";
import type { Allowance } from "./rate-limit.ts";
import { RefusedError } from "./refuse.ts";
import type { RouteRule } from "./route-rule.ts";

export type GuardOptions = {
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly cookieName: string;
  /** Origins besides our own that may post (a development server); each `scheme://host:port`. */
  readonly allowedOrigins: readonly string[];
  readonly sessionAllowance: Allowance;
  /** For callers without a session, by address. */
  readonly addressAllowance: Allowance;
};

/**
 * What every request passes before its route: where it comes from, who it is, whether the role may, how often it asks.
 * Errors: CSRF, NOT_LOGGED_IN, FORBIDDEN, RATE_LIMITED. Danger is never rate limited (P3).
 */
export function guardRoutes(app: FastifyInstance, options: GuardOptions): void {
  const bySession = createRateLimit(options.sessionAllowance);
  const byAddress = createRateLimit(options.addressAllowance);
  const now = (): number => epochMs(options.clock.now());

  function limit(request: FastifyRequest): void {
    const idHash = request.live?.session.idHash;
    const waitMs = idHash === undefined ? byAddress(request.ip, now()) : bySession(idHash, now());
    if (waitMs > 0)
      throw new RefusedError({ code: "RATE_LIMITED", params: { retryAfterSeconds: Math.ceil(waitMs / 1000) } });
  }

  app.decorateRequest("live", null);
  laneOfDanger(app);
  app.addHook("onRequest", async (request) => {
    const rule = request.routeOptions.config.rule;
    if (rule === undefined || rule.access === "machine") return;
    if (changes(request) && !fromOurPages(request, options.allowedOrigins)) throw new RefusedError({ code: "CSRF" });
    if (rule.access === "session") request.live = await loggedIn(request, options, rule);
    if (rule.limit === "session") limit(request);
  });
  app.addHook("preHandler", async (request) => {
    if (request.routeOptions.config.rule?.limit === "unlessDanger" && !saysDanger(request.body)) limit(request);
  });
}

/**
 * A danger is worked on with reserved capacity from its first look-up to its answer. Twice, because reading the body leaves
 * the lane; a registration shows only in its body what it is. @source nmg:2.2.1
 */
function laneOfDanger(app: FastifyInstance): void {
  app.addHook("onRequest", (request, _reply, done) => {
    if (isPushRoute(request)) urgently(done);
    else done();
  });
  app.addHook("preValidation", (request, _reply, done) => {
    const limit = request.routeOptions.config.rule?.limit;
    if (isPushRoute(request) || (limit === "unlessDanger" && saysDanger(request.body))) urgently(done);
    else done();
  });
}

/** The commands that nothing slows down: danger and the push's own receipts. */
function isPushRoute(request: FastifyRequest): boolean {
  const rule = request.routeOptions.config.rule;
  return rule?.table === "COMMANDS" && rule.limit === "never";
}

async function loggedIn(request: FastifyRequest, options: GuardOptions, rule: RouteRule): Promise<LiveSession> {
  const id = readCookie(request.headers.cookie, options.cookieName);
  const live = id === null ? null : await options.sessions.find(id);
  if (live === null) throw new RefusedError({ code: "NOT_LOGGED_IN" });
  if (changes(request) && !sameText(request.headers["x-csrf-token"], live.session.csrf))
    throw new RefusedError({ code: "CSRF" });
  if (rule.action !== null && !may(actingUser(live), rule.action, null)) throw new RefusedError({ code: "FORBIDDEN" });
  return live;
}

function changes(request: FastifyRequest): boolean {
  return request.method !== "GET" && request.method !== "HEAD";
}

/** A browser says where a call comes from; a program says nothing, and then the token alone decides. */
function fromOurPages(request: FastifyRequest, allowed: readonly string[]): boolean {
  const origin = request.headers.origin;
  if (origin !== undefined) return allowed.includes(origin) || origin === `${request.protocol}://${request.host}`;
  const site = request.headers["sec-fetch-site"];
  return site === undefined || site === "same-origin";
}

function sameText(given: string | string[] | undefined, expected: string): boolean {
  if (typeof given !== "string") return false;
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Whether a registration says danger, in whatever spelling: what is not said to be none is one (P3). @source nmg:2.2.1 */
export function saysDanger(body: unknown): boolean {
  if (typeof body !== "object" || body === null || !("danger" in body)) return false;
  const { danger } = body;
  if (typeof danger === "string") return !NONE.includes(danger.trim().toLowerCase());
  return danger === true || (typeof danger === "number" && danger !== 0);
}

/** Spellings of "no danger". */
const NONE: readonly string[] = [
  "",
  "false",
  "f",
  "no",
  "n",
  "off",
  "0",
  "null",
  "none",
  "undefined",
  "否",
  "无",
  "没有",
];
