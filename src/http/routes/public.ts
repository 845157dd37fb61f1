import type { FastifyInstance } from "fastify";
import type { Clock } from "../../app/ports/clock.ts";
import { createLockout } from "../../app/sessions/index.ts";
import type { LockoutPolicy } from "../../app/sessions/index.ts";
import { epochMs } from "../../kernel/index.ts";
import type { RequestNo } from "../../kernel/index.ts";
import type { AppApi } from "../app-api.ts";
import { PublicStatus, PublicStatusQuery } from "../contract/index.ts";
import { refuse } from "../refuse.ts";
import { parseChecked } from "../route-rule.ts";
import { routeOptions } from "../route.ts";

/** Wrong codes for one number: the fifth costs a minute, then the double, up to a day. */
export const STATUS_LOCKOUT: LockoutPolicy = {
  free: 5,
  firstMs: 60_000,
  maxMs: 86_400_000,
  forgetMs: 86_400_000,
  capacity: 50_000,
};
/** Wrong tries of one address, over all numbers. */
export const STATUS_ADDRESS_LOCKOUT: LockoutPolicy = { ...STATUS_LOCKOUT, free: 20, maxMs: 3_600_000 };

/**
 * How far a request is, for who knows its number and check code. A wrong number and a wrong code get the same answer,
 * and both are slowed down alike. Errors: STATUS_UNKNOWN, RATE_LIMITED.
 */
export function publicRoutes(app: FastifyInstance, api: AppApi, clock: Clock): void {
  const numbers = createLockout(STATUS_LOCKOUT);
  const addresses = createLockout(STATUS_ADDRESS_LOCKOUT);
  const options = routeOptions({
    rule: { table: "OTHER", name: "publicStatus", access: "open", action: null, door: null, limit: "session" },
    operationId: "publicStatus",
    tag: "public",
    summary: "Stage of a request by its number and check code",
    path: "/public/status",
    query: PublicStatusQuery,
    answer: { status: 200, schema: PublicStatus },
  });
  app.get("/api/public/status", options, async (request, reply) => {
    const { no, code } = parseChecked<{ readonly no: RequestNo; readonly code: string }>(request.query);
    const now = epochMs(clock.now());
    const wait = Math.max(numbers.waitMs(no, now), addresses.waitMs(request.ip, now));
    if (wait > 0)
      return refuse(request, reply, { code: "RATE_LIMITED", params: { retryAfterSeconds: Math.ceil(wait / 1000) } });
    numbers.strike(no, now);
    addresses.strike(request.ip, now);
    const found = await api.publicStatus(no, code);
    if (!found.ok) return refuse(request, reply, { code: "STATUS_UNKNOWN" });
    numbers.pardon(no);
    addresses.refund(request.ip);
    return reply.send(found.value);
  });
}
