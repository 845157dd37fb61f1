import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { isRefusalCode, PROBLEM_MEDIA_TYPE, problemOf, schemaInvalid } from "./problems/index.ts";
import type { Refusal, RefusalCode } from "./problems/index.ts";

/** A refusal thrown by a hook, where no value can be returned; the error handler turns it into its problem. */
export class RefusedError extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** Answers with the problem details of a refusal; `Retry-After` when it says how long to wait. */
export function refuse(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const known: Refusal = isRefusalCode(refusal.code) ? refusal : { code: "INTERNAL" };
  if (known !== refusal) request.log.error({ code: refusal.code }, "refusal code without a row");
  const problem = problemOf(known, request.id, request.server);
  const seconds = refusal.params?.["retryAfterSeconds"];
  if (typeof seconds === "number") reply.header("retry-after", String(seconds));
  return reply
    .code(problem.status)
    .header("cache-control", "no-store")
    .type(PROBLEM_MEDIA_TYPE)
    .serializer(JSON.stringify)
    .send(problem);
}

const FRAMEWORK_CODES: Readonly<Record<string, RefusalCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "BODY_TOO_LARGE",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "MEDIA_TYPE",
  FST_ERR_CTP_INVALID_JSON_BODY: "JSON_INVALID",
  FST_ERR_CTP_EMPTY_JSON_BODY: "JSON_INVALID",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "JSON_INVALID",
};

/** Answers every error that leaves a route. */
export type ErrorHandler = (
  error: FastifyError | RefusedError,
  request: FastifyRequest,
  reply: FastifyReply,
) => FastifyReply;

/**
 * Ours by its code, the framework's by what it means, a database that is away as UNAVAILABLE (the same command with the same
 * key may be sent again), anything else as INTERNAL; the last two are logged.
 */
export function createErrorHandler(isUnavailable: (error: unknown) => boolean): ErrorHandler {
  return (error, request, reply) => {
    if (error instanceof RefusedError) return refuse(request, reply, error.refusal);
    if (error.validation)
      return refuse(
        request,
        reply,
        schemaInvalid(error.validationContext ?? "body", error.validation, request.server.side),
      );
    const code = FRAMEWORK_CODES[error.code];
    if (code !== undefined) return refuse(request, reply, { code });
    if (error instanceof SyntaxError && error.statusCode === 400)
      return refuse(request, reply, { code: "JSON_INVALID" });
    request.log.error({ err: error, route: request.routeOptions.url }, "route failed");
    return refuse(request, reply, isUnavailable(error) ? { code: "UNAVAILABLE" } : { code: "INTERNAL" });
  };
}
