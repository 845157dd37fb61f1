import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isPresented } from "../app/present-brand.ts";
import { problemOf } from "./problems/index.ts";
import { PROBLEM_MEDIA_TYPE } from "./problems/index.ts";
import { RefusedError } from "./refuse.ts";

/**
 * Holds back every answer of a door route that did not come out of `present` (P5). Errors: PRESENT_BYPASSED (500, logged).
 * Objects are judged before they are serialised; text or bytes sent by hand never are objects, so they are held back too.
 * @source nmg:2.3.2
 */
export function guardDoor(app: FastifyInstance): void {
  app.decorateRequest("doorPassed", false);
  app.addHook("preSerialization", async (request, reply, payload) => {
    const door = request.routeOptions.config.rule?.door ?? null;
    if (door === null || reply.statusCode >= 300) return payload;
    if (!isPresented(door === "view" ? viewOf(payload) : payload)) {
      request.log.error({ route: request.routeOptions.url }, "PRESENT_BYPASSED: an answer did not pass the door");
      throw new RefusedError({ code: "PRESENT_BYPASSED" });
    }
    request.doorPassed = true;
    return payload;
  });
  app.addHook("onSend", async (request, reply, payload) => heldBack(request, reply, payload));
}

function heldBack(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  const door = request.routeOptions.config.rule?.door ?? null;
  if (door === null || reply.statusCode >= 300 || request.doorPassed) return payload;
  request.log.error({ route: request.routeOptions.url }, "PRESENT_BYPASSED: text was sent past the door");
  reply.code(500).type(PROBLEM_MEDIA_TYPE).removeHeader("content-length");
  return JSON.stringify(problemOf({ code: "PRESENT_BYPASSED" }, request.id, request.server));
}

function viewOf(payload: unknown): unknown {
  return typeof payload === "object" && payload !== null && "view" in payload ? payload.view : null;
}
