import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { LiveSession, Sessions } from "../../app/sessions/index.ts";
import type { AppApi } from "../app-api.ts";
import { ACTS, READS, SessionView } from "../contract/index.ts";
import { clearedCookie, needsSecureCookie, readCookie, sessionCookie } from "../cookies.ts";
import { refuse } from "../refuse.ts";
import { liveOf, parseChecked } from "../route-rule.ts";
import type { RouteRule } from "../route-rule.ts";
import { routeOptions } from "../route.ts";
import type { StreamHub } from "../stream/hub.ts";

export type SessionRouteDeps = {
  readonly api: AppApi;
  readonly sessions: Sessions;
  readonly cookieName: string;
  readonly hub: StreamHub;
};

/** Log in, who am I, log out, duty. A log-in ends the session the browser had before. */
export function sessionRoutes(app: FastifyInstance, deps: SessionRouteDeps): void {
  logInRoute(app, deps);
  const { sessions, hub, cookieName } = deps;
  const who = spec({ table: "READS", name: "session", access: "session" }, "session", "Who is logged in", 200);
  app.get(`/api${READS.session.path}`, who, async (request) => sessionView(deps, liveOf(request)));

  const out = spec({ table: "ACTS", name: "logOut", access: "session" }, "logOut", "Log out", 204);
  app.delete(`/api${ACTS.logOut.path}`, out, async (request, reply) => {
    const { idHash } = liveOf(request).session;
    await sessions.logOut(idHash);
    hub.close(idHash);
    return reply
      .header("set-cookie", clearedCookie(cookieName, needsSecureCookie(request)))
      .code(204)
      .send();
  });

  const duty = spec(
    { table: "ACTS", name: "setDuty", access: "session", action: ACTS.setDuty.action },
    "setDuty",
    "Say that this seat is on duty: only then can it receive an urgent push",
    200,
    ACTS.setDuty.body,
  );
  app.put(`/api${ACTS.setDuty.path}`, duty, async (request, reply) => {
    const { onDuty } = parseChecked<{ readonly onDuty: boolean }>(request.body);
    const { idHash } = liveOf(request).session;
    const live = await sessions.setDuty(idHash, onDuty);
    if (live === null) return refuse(request, reply, { code: "NOT_LOGGED_IN" });
    if (hub.isOpen(idHash)) await sessions.markStream(idHash);
    return sessionView(deps, live);
  });
}

function logInRoute(app: FastifyInstance, deps: SessionRouteDeps): void {
  const { sessions, cookieName, hub } = deps;
  const options = spec({ table: "ACTS", name: "logIn", access: "open" }, "logIn", "Log in", 200, ACTS.logIn.body);
  app.post(`/api${ACTS.logIn.path}`, options, async (request, reply) => {
    const { login, password } = parseChecked<{ readonly login: string; readonly password: string }>(request.body);
    const done = await sessions.logIn({ login, password, address: request.ip });
    if (!done.ok) {
      const { code, ...params } = done.error;
      return refuse(request, reply, { code, params });
    }
    await endFormer(request, sessions, cookieName, hub);
    setCookie(request, reply, cookieName, done.value.sessionId);
    return sessionView(deps, done.value);
  });
}

async function endFormer(request: FastifyRequest, sessions: Sessions, name: string, hub: StreamHub): Promise<void> {
  const id = readCookie(request.headers.cookie, name);
  const former = id === null ? null : await sessions.find(id);
  if (former === null) return;
  await sessions.logOut(former.session.idHash);
  hub.close(former.session.idHash);
}

function setCookie(request: FastifyRequest, reply: FastifyReply, name: string, value: string): void {
  reply.header("set-cookie", sessionCookie(name, value, needsSecureCookie(request)));
}

async function sessionView({ api, sessions }: SessionRouteDeps, live: LiveSession): Promise<SessionView> {
  const { user, session } = live;
  return {
    user: {
      id: user.id,
      login: user.login,
      displayName: user.displayName,
      roles: [...user.roles],
      regions: [...user.regions],
      unit: user.unit,
      unitName: user.unit === null ? null : await api.unitName(user.unit),
    },
    csrf: session.csrf,
    onDuty: session.onDuty,
    expiresAt: session.expiresAt,
    draftKeys: [...sessions.draftKeys(user.id)],
  };
}

function spec(
  rule: Pick<RouteRule, "table" | "name" | "access"> & Partial<Pick<RouteRule, "action">>,
  operationId: string,
  summary: string,
  status: number,
  body?: object,
): ReturnType<typeof routeOptions> {
  return routeOptions({
    rule: { action: null, ...rule, door: null, limit: "session" },
    operationId,
    tag: "session",
    summary,
    path: "/session",
    ...(body === undefined ? {} : { body }),
    answer: { status, schema: status === 204 ? null : SessionView },
  });
}
