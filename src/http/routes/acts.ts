import type { FastifyInstance } from "fastify";
import type { RequestNo } from "../../kernel/index.ts";
import type { AppApi } from "../app-api.ts";
import { ACTS, Advice, ConsultationRecorded, QueuePage, Revealed } from "../contract/index.ts";
import type {
  AcknowledgeAlarmBody,
  AdviceBody,
  ApproveVersionBody,
  RecordConsultationBody,
} from "../contract/index.ts";
import { parseDangerCommandId } from "../idempotency.ts";
import { refuse } from "../refuse.ts";
import { actorOf, parseChecked } from "../route-rule.ts";
import type { RouteRule } from "../route-rule.ts";
import { routeOptions } from "../route.ts";

const KEY_HEADER = {
  type: "object",
  properties: {
    "idempotency-key": {
      type: "string",
      description:
        "UUID of this answer; a repeat is answered as the first time. Without one every answer counts as new",
    },
  },
};

/** Reveal a value, end a red mark, try a dead letter again. */
export function actRoutes(app: FastifyInstance, api: AppApi): void {
  revealRoute(app, api);
  searchRoute(app, api);
  adviseRoute(app, api);
  approveRoute(app, api);
  consultationRoute(app, api);
  const acknowledge = routeOptions({
    rule: ruleOf("acknowledgeAlarm"),
    operationId: "acknowledgeAlarm",
    tag: "operation",
    summary: "End a red mark; one with a number to dial needs the outcome",
    path: ACTS.acknowledgeAlarm.path,
    body: ACTS.acknowledgeAlarm.body,
    headers: KEY_HEADER,
    answer: { status: 204, schema: null },
  });
  app.post(`/api${ACTS.acknowledgeAlarm.path}`, acknowledge, async (request, reply) => {
    const body = parseChecked<AcknowledgeAlarmBody>(request.body);
    const done = await api.acknowledgeAlarm(actorOf(request), parseDangerCommandId(request), body);
    return done.ok ? reply.code(204).send() : refuse(request, reply, done.error);
  });
  const retry = routeOptions({
    rule: ruleOf("retryDeadLetter"),
    operationId: "retryDeadLetter",
    tag: "operation",
    summary: "Try a message again that was given up",
    path: ACTS.retryDeadLetter.path,
    answer: { status: 204, schema: null },
  });
  app.post(`/api${ACTS.retryDeadLetter.path}`, retry, async (request, reply) => {
    const { direction, id } = parseChecked<{ readonly direction: "out" | "in"; readonly id: string }>(request.params);
    const done = await api.retryDeadLetter(actorOf(request), direction, id);
    return done.ok ? reply.code(204).send() : refuse(request, reply, done.error);
  });
}

function consultationRoute(app: FastifyInstance, api: AppApi): void {
  const options = routeOptions({
    rule: ruleOf("recordConsultation"),
    operationId: "recordConsultation",
    tag: "operation",
    summary: "Write down what both sides decided on a disputed matter; its row is proposed for both to sign",
    path: ACTS.recordConsultation.path,
    body: ACTS.recordConsultation.body,
    headers: KEY_HEADER,
    answer: { status: 201, schema: ConsultationRecorded },
  });
  app.post(`/api${ACTS.recordConsultation.path}`, options, async (request, reply) => {
    const body = parseChecked<RecordConsultationBody>(request.body);
    const done = await api.recordConsultation(actorOf(request), parseDangerCommandId(request), body);
    return done.ok ? reply.code(201).send(done.value) : refuse(request, reply, done.error);
  });
}

function approveRoute(app: FastifyInstance, api: AppApi): void {
  const options = routeOptions({
    rule: ruleOf("approveVersion"),
    operationId: "approveVersion",
    tag: "operation",
    summary: "Sign a version of the catalogue for one other desk, in the name of this one; it cannot be taken back",
    path: ACTS.approveVersion.path,
    body: ACTS.approveVersion.body,
    answer: { status: 204, schema: null },
  });
  app.post(`/api${ACTS.approveVersion.path}`, options, async (request, reply) => {
    const body = parseChecked<ApproveVersionBody>(request.body);
    const done = await api.approveVersion(actorOf(request), body);
    return done.ok ? reply.code(204).send() : refuse(request, reply, done.error);
  });
}

function revealRoute(app: FastifyInstance, api: AppApi): void {
  const options = routeOptions({
    rule: { ...ruleOf("reveal"), door: "body" },
    operationId: "reveal",
    tag: "requests",
    summary: "Show one masked value in clear, with the reason on record",
    path: ACTS.reveal.path,
    body: ACTS.reveal.body,
    answer: { status: 200, schema: Revealed },
  });
  app.post(`/api${ACTS.reveal.path}`, options, async (request, reply) => {
    const { no } = parseChecked<{ readonly no: RequestNo }>(request.params);
    const { field, reason } = parseChecked<{ readonly field: string; readonly reason: string }>(request.body);
    const found = await api.reveal(actorOf(request), no, field, reason);
    return found.ok ? reply.send(found.value) : refuse(request, reply, found.error);
  });
}

function searchRoute(app: FastifyInstance, api: AppApi): void {
  const options = routeOptions({
    rule: { ...ruleOf("searchByPhone"), door: "body" },
    operationId: "searchByPhone",
    tag: "requests",
    summary: "Earlier requests of a telephone number, newest first; every search is on record",
    path: ACTS.searchByPhone.path,
    body: ACTS.searchByPhone.body,
    answer: { status: 200, schema: QueuePage },
  });
  app.post(`/api${ACTS.searchByPhone.path}`, options, async (request, reply) => {
    const { phone } = parseChecked<{ readonly phone: string }>(request.body);
    const found = await api.searchByPhone(actorOf(request), phone);
    return found.ok ? reply.send(found.value) : refuse(request, reply, found.error);
  });
}

function adviseRoute(app: FastifyInstance, api: AppApi): void {
  const options = routeOptions({
    rule: ruleOf("advise"),
    operationId: "advise",
    tag: "desk",
    summary: "What to ask about an item that stands in several parts, where the answers lead, and why",
    path: ACTS.advise.path,
    body: ACTS.advise.body,
    answer: { status: 200, schema: Advice },
  });
  app.post(`/api${ACTS.advise.path}`, options, async (request, reply) => {
    const found = await api.advise(parseChecked<AdviceBody>(request.body));
    return found.ok ? reply.send(found.value) : refuse(request, reply, found.error);
  });
}

function ruleOf(
  name:
    | "reveal"
    | "searchByPhone"
    | "advise"
    | "acknowledgeAlarm"
    | "retryDeadLetter"
    | "approveVersion"
    | "recordConsultation",
): RouteRule {
  return { table: "ACTS", name, access: "session", action: ACTS[name].action, door: null, limit: "session" };
}
