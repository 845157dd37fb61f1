import type { FastifyInstance, FastifyRequest } from "fastify";
import { READS, StreamFrame, StreamQuery } from "../contract/index.ts";
import { refuse } from "../refuse.ts";
import { liveOf, parseChecked } from "../route-rule.ts";
import { routeOptions } from "../route.ts";
import type { StreamHub } from "../stream/hub.ts";

const STREAMS_AT_MOST = 8;

/**
 * The live stream: `data` is one StreamFrame, `id` its cursor. `ready` = everything missed was sent; `reset` = read all again;
 * `alarms` = red marks changed apart from any request, read them again; `gone` = the session has ended. A browser resumes by itself through Last-Event-ID.
 */
export function streamRoutes(app: FastifyInstance, hub: StreamHub): void {
  const options = routeOptions({
    rule: { table: "READS", name: "stream", access: "session", action: null, door: null, limit: "session" },
    operationId: "stream",
    tag: "desk",
    summary: "Live stream: something of a request changed, read it again",
    path: READS.stream.path,
    query: StreamQuery,
    answer: { status: 200, schema: StreamFrame, media: "text/event-stream" },
  });
  app.get(`/api${READS.stream.path}`, options, async (request, reply) => {
    const live = liveOf(request);
    if (hub.count(live.session.idHash) >= STREAMS_AT_MOST) return refuse(request, reply, { code: "TOO_MANY_STREAMS" });
    const headers = reply.getHeaders();
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      ...parseChecked<Record<string, string>>(headers),
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    });
    raw.socket?.setNoDelay(true);
    raw.write("retry: 1000\n\n");
    await hub.serve(live, raw, cursorOf(request));
    return reply;
  });
}

function cursorOf(request: FastifyRequest): string | null {
  const resumed = request.headers["last-event-id"];
  if (typeof resumed === "string" && /^[A-Za-z0-9._:,=+/-]{1,200}$/.test(resumed)) return resumed;
  return parseChecked<StreamQuery>(request.query).cursor ?? null;
}
