import { randomUUID } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { CommandId, Result } from "../kernel/index.ts";
import { err, ok } from "../kernel/index.ts";
import type { Refusal } from "./problems/index.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The command's own id out of `Idempotency-Key`: a repeat with the same key is answered as the first time. */
export function parseCommandId(request: FastifyRequest): Result<CommandId, Refusal> {
  const key = request.headers["idempotency-key"];
  if (key === undefined) return err({ code: "IDEMPOTENCY_KEY_MISSING" });
  const text = typeof key === "string" ? key.trim().toLowerCase() : "";
  return UUID.test(text) ? ok(text as CommandId) : err({ code: "IDEMPOTENCY_KEY_INVALID" });
}

/**
 * For danger, and for the calls it asks a person to make: a missing or bad key is no ground to refuse (P3), so one is made. Twice does no
 * harm, not at all does.
 */
export function parseDangerCommandId(request: FastifyRequest): CommandId {
  const given = parseCommandId(request);
  return given.ok ? given.value : (randomUUID() as CommandId);
}

/** The ETag of `If-Match` without quotes; null = none given, or `*`. */
export function parseIfMatch(request: FastifyRequest): Result<string | null, Refusal> {
  const header = request.headers["if-match"]?.trim();
  if (header === undefined || header === "*") return ok(null);
  const match = /^(?:W\/)?"([^"\s,]{1,200})"$/.exec(header);
  return match === null ? err({ code: "IF_MATCH_INVALID" }) : ok(match[1] ?? null);
}
