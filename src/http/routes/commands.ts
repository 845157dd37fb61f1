import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { CommandId, RequestNo } from "../../kernel/index.ts";
import { checkForm, readAnyBody, readNoBodyAsEmpty } from "../any-body.ts";
import type { Arrived } from "../any-body.ts";
import type { AppApi, CommandAnswer } from "../app-api.ts";
import { ACTS, CommandDone, COMMANDS } from "../contract/index.ts";
import type { CommandBody, CommandName, RegisterBody } from "../contract/index.ts";
import { saysDanger } from "../guard.ts";
import { parseCommandId, parseDangerCommandId, parseIfMatch } from "../idempotency.ts";
import { schemaInvalid } from "../problems/index.ts";
import { refuse } from "../refuse.ts";
import { actorOf, parseChecked, parseNames } from "../route-rule.ts";
import type { RouteRule } from "../route-rule.ts";
import { routeOptions } from "../route.ts";
import { inForm, salvageNote, salvageRegistration, salvageWhole, unreadableRegistration } from "../salvage.ts";
import type { Salvaged } from "../salvage.ts";

/** Commands that nothing at this edge may refuse or slow down but the question who asks (P3). @source nmg:2.2.1 */
const DANGER: readonly CommandName[] = ["danger", "orderDanger"];
/** The push's own receipts: counted like danger, or a ring could not be stopped. */
const UNLIMITED: readonly CommandName[] = [...DANGER, "shown", "sign"];

const KEY_HEADER = {
  type: "object",
  properties: {
    "idempotency-key": { type: "string", description: "UUID of this command; a repeat is answered as the first time" },
    "if-match": { type: "string", description: "quoted ETag the command was decided on" },
  },
};

/**
 * One route for each row of COMMANDS: the only way a command gets in. What a danger says is taken in any form (P3, P4); who asks
 * was checked before its body was read.
 */
export async function commandRoutes(app: FastifyInstance, api: AppApi): Promise<void> {
  await app.register(async (scope) => {
    readJsonBody(scope);
    readNoBodyAsEmpty(scope);
    for (const name of parseNames(COMMANDS)) if (!DANGER.includes(name)) commandRoute(scope, api, name);
  });
  await app.register(async (scope) => {
    readAnyBody(scope, dangerOrForm);
    readNoBodyAsEmpty(scope);
    for (const name of DANGER) commandRoute(scope, api, name);
    registerRoute(scope, api);
  });
}

function readJsonBody(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.addContentTypeParser<string>("application/json", { parseAs: "string" }, (request, text, done) => {
    if (text.trim() === "") done(null, {});
    else void parse(request, text, done);
  });
}

/** A danger is taken as it comes; a registration that says none must have the form. */
function dangerOrForm(request: FastifyRequest, body: unknown, arrived: Arrived): unknown {
  if (request.routeOptions.config.rule?.name !== "register") return body;
  const danger = typeof body === "string" ? unreadableRegistration(body) : saysDanger(body) ? body : null;
  return danger ?? checkForm(body, arrived);
}

function commandRoute<N extends CommandName>(app: FastifyInstance, api: AppApi, name: N): void {
  const row = COMMANDS[name];
  const danger = DANGER.includes(name);
  const rule: RouteRule = {
    table: "COMMANDS",
    name,
    access: "session",
    action: row.action,
    door: "view",
    limit: UNLIMITED.includes(name) ? "never" : "session",
  };
  const options = routeOptions({
    rule,
    operationId: name,
    tag: tagOf(row.path),
    summary: `Command ${name}`,
    path: row.path,
    body: row.body,
    headers: KEY_HEADER,
    answer: { status: 200, schema: CommandDone },
  });
  const path = `/api${row.path}`;
  if (danger)
    app.post(path, { ...options, attachValidation: true }, async (request, reply) => {
      const made = request.validationError === undefined ? asSent(request) : salvageNote(request.body);
      const id = parseDangerCommandId(request);
      return answer(request, reply, 200, await give(api, request, name, id, null, made.body), made.corrected);
    });
  else
    app.post(path, options, async (request, reply) => {
      const id = parseCommandId(request);
      if (!id.ok) return refuse(request, reply, id.error);
      const ifMatch = parseIfMatch(request);
      if (!ifMatch.ok) return refuse(request, reply, ifMatch.error);
      return answer(request, reply, 200, await give(api, request, name, id.value, ifMatch.value, request.body), []);
    });
}

function give<N extends CommandName>(
  api: AppApi,
  request: FastifyRequest,
  name: N,
  id: CommandId,
  ifMatch: string | null,
  body: unknown,
): ReturnType<AppApi["command"]> {
  const target = parseChecked<{ readonly no?: RequestNo; readonly id?: string }>(request.params);
  return api.command(actorOf(request), name, target, id, ifMatch, parseChecked<CommandBody<N>>(body));
}

function registerRoute(app: FastifyInstance, api: AppApi): void {
  const rule: RouteRule = {
    table: "ACTS",
    name: "register",
    access: "session",
    action: ACTS.register.action,
    door: "view",
    limit: "unlessDanger",
  };
  const options = routeOptions({
    rule,
    operationId: "register",
    tag: "requests",
    summary: "Register a request; with danger it is pushed to 110 in the same transaction",
    path: ACTS.register.path,
    body: ACTS.register.body,
    headers: KEY_HEADER,
    answer: { status: 201, schema: CommandDone },
  });
  app.post(`/api${ACTS.register.path}`, { ...options, attachValidation: true }, async (request, reply) => {
    const danger = saysDanger(request.body);
    const findings = request.validationError?.validation ?? null;
    if (request.validationError !== undefined && !danger)
      return refuse(
        request,
        reply,
        schemaInvalid(request.validationError.validationContext ?? "body", findings ?? [], app.side),
      );
    const id = parseCommandId(request);
    if (!id.ok && !danger) return refuse(request, reply, id.error);
    const made = findings === null ? asSent(request) : fitted(request, salvageRegistration(request.body, findings));
    const commandId = id.ok ? id.value : parseDangerCommandId(request);
    const done = await api.register(actorOf(request), commandId, parseChecked<RegisterBody>(made.body));
    if (done.ok) reply.header("location", `/api/requests/${done.value.requestNo}`);
    return answer(request, reply, 201, done, made.corrected);
  });
}

function asSent(request: FastifyRequest): Salvaged {
  return { body: parseChecked<Salvaged["body"]>(request.body), corrected: [] };
}

/** What cannot be mended piece by piece still pushes, all of it as what was said. */
function fitted(request: FastifyRequest, made: Salvaged): Salvaged {
  if (request.validateInput(inForm(made.body), "body")) return made;
  return salvageWhole(request.body);
}

function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  done: Awaited<ReturnType<AppApi["command"]>>,
  corrected: readonly string[],
): FastifyReply {
  if (!done.ok) return refuse(request, reply, done.error);
  const { requestNo, caseId, etag, view, repeated }: CommandAnswer = done.value;
  reply.code(status).header("etag", `"${etag}"`);
  return reply.send({
    requestNo,
    caseId,
    etag,
    view,
    repeated,
    ...(corrected.length === 0 ? {} : { corrected }),
  });
}

function tagOf(path: string): "requests" | "linkages" | "orders" | "time-limits" {
  if (path.startsWith("/time-limits")) return "time-limits";
  if (path.startsWith("/linkages")) return "linkages";
  return path.startsWith("/orders") ? "orders" : "requests";
}
