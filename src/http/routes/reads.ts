import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { RequestNo } from "../../kernel/index.ts";
import type { AppApi, AppRefusal } from "../app-api.ts";
import {
  AgreementBoard,
  AlarmList,
  ConsultationBoard,
  DeadLetterList,
  DutyBoard,
  DutyQuery,
  ExplanationAnswer,
  ExplanationQuery,
  ItemList,
  ItemsQuery,
  LinkList,
  Meta,
  OwnPushList,
  PeerFiguresList,
  QueueCounts,
  QueuePage,
  QueueQuery,
  READS,
  RequestView,
  StandingPage,
  StandingQuery,
  Timeline,
  UnitList,
  UnitOrderPage,
  UnitOrdersQuery,
  UnitsQuery,
  VersionChanges,
  VersionChangesQuery,
} from "../contract/index.ts";
import type { ReadName } from "../contract/index.ts";
import { refuse } from "../refuse.ts";
import { actorOf, parseChecked, parseNames } from "../route-rule.ts";
import { routeOptions } from "../route.ts";
import type { RouteSpec } from "../route.ts";
import type { Result } from "../../kernel/index.ts";

/** Reads that are one question to the application; the session and the stream have files of their own. */
type PlainRead = Exclude<ReadName, "session" | "stream">;

type Read = {
  readonly tag: RouteSpec["tag"];
  readonly summary: string;
  readonly query?: object;
  readonly schema: object;
  readonly ask: (api: AppApi, request: FastifyRequest) => Promise<Result<object, AppRefusal>>;
};

const PAGE = 50;

const PLAIN_READS = {
  meta: { tag: "desk", summary: "What a screen needs to know of this node", schema: Meta, ask: (api) => api.meta() },
  items: {
    tag: "desk",
    summary: "Catalogue items by words or code",
    query: ItemsQuery,
    schema: ItemList,
    ask: (api, request) => {
      const query = parseChecked<ItemsQuery>(request.query);
      return api.items(query.q ?? "", limitOf(query.limit));
    },
  },
  explanation: {
    tag: "desk",
    summary: "Why something is so: row, version, clause as printed, and a sentence to read aloud",
    query: ExplanationQuery,
    schema: ExplanationAnswer,
    ask: (api, request) => api.explanation(parseChecked<ExplanationQuery>(request.query)),
  },
  units: {
    tag: "desk",
    summary: "Units that can get an order, found by words, suggested ones first",
    query: UnitsQuery,
    schema: UnitList,
    ask: (api, request) => {
      const query = parseChecked<UnitsQuery>(request.query);
      return api.units(actorOf(request), { ...query, limit: limitOf(query.limit) });
    },
  },
  duty: {
    tag: "desk",
    summary: "Whom of a unit to ring now, and who is next when nobody answers",
    query: DutyQuery,
    schema: DutyBoard,
    ask: (api, request) => {
      const query = parseChecked<DutyQuery>(request.query);
      return api.duty(query.q ?? "", limitOf(query.limit));
    },
  },
  queue: {
    tag: "requests",
    summary: "One page of a queue, newest first",
    query: QueueQuery,
    schema: QueuePage,
    ask: (api, request) => {
      const { status, cursor, limit, ...query } = parseChecked<QueueQuery>(request.query);
      return api.queue(actorOf(request), {
        ...query,
        status: status === undefined ? null : parseChecked<readonly RequestView["status"][]>(status.split(",")),
        cursor: cursor ?? null,
        limit: limitOf(limit),
      });
    },
  },
  queueCounts: {
    tag: "requests",
    summary: "How many stand in each queue",
    schema: QueueCounts,
    ask: (api, request) => api.queueCounts(actorOf(request)),
  },
  request: {
    tag: "requests",
    summary: "One request as this reader may see it",
    schema: RequestView,
    ask: (api, request) => api.request(actorOf(request), noOf(request)),
  },
  timeline: {
    tag: "requests",
    summary: "What happened to a request, who did it, what it rests on",
    schema: Timeline,
    ask: (api, request) => api.timeline(actorOf(request), noOf(request)),
  },
  unitOrders: {
    tag: "orders",
    summary: "Orders of the clerk's unit",
    query: UnitOrdersQuery,
    schema: UnitOrderPage,
    ask: (api, request) => {
      const query = parseChecked<UnitOrdersQuery>(request.query);
      const page = { cursor: query.cursor ?? null, limit: limitOf(query.limit) };
      return api.unitOrders(actorOf(request), { ...page, open: query.open !== "false" });
    },
  },
  ownPushes: {
    tag: "operation",
    summary: "Open pushes of this reader that nobody has signed",
    schema: OwnPushList,
    ask: (api, request) => api.ownPushes(actorOf(request)),
  },
  alarms: {
    tag: "operation",
    summary: "Red marks of this reader",
    schema: AlarmList,
    ask: (api, request) => api.alarms(actorOf(request)),
  },
  links: {
    tag: "operation",
    summary: "State of the link to each peer",
    schema: LinkList,
    ask: (api, request) => api.links(actorOf(request)),
  },
  deadLetters: {
    tag: "operation",
    summary: "Messages that need a person",
    schema: DeadLetterList,
    ask: (api, request) => api.deadLetters(actorOf(request)),
  },
  standing: {
    tag: "operation",
    summary:
      "Hand-overs that stand still past their time, with who must act; dangers first, then what has stood longest",
    query: StandingQuery,
    schema: StandingPage,
    ask: (api, request) => {
      const query = parseChecked<StandingQuery>(request.query);
      return api.standing(actorOf(request), { cursor: query.cursor ?? null, limit: limitOf(query.limit) });
    },
  },
  peerFigures: {
    tag: "operation",
    summary: "How each peer keeps up: what waits, how long receipts and answers take, what came back",
    schema: PeerFiguresList,
    ask: (api, request) => api.peerFigures(actorOf(request)),
  },
  consultations: {
    tag: "operation",
    summary: "What both sides must talk about, why, and what was decided",
    schema: ConsultationBoard,
    ask: (api, request) => api.consultations(actorOf(request)),
  },
  agreement: {
    tag: "operation",
    summary: "Versions of the catalogue: which is in force, which is proposed, who has signed",
    schema: AgreementBoard,
    ask: (api, request) => api.agreement(actorOf(request)),
  },
  versionChanges: {
    tag: "operation",
    summary: "What a version of the catalogue would change against the one in force",
    query: VersionChangesQuery,
    schema: VersionChanges,
    ask: (api, request) =>
      api.versionChanges(actorOf(request), parseChecked<VersionChangesQuery>(request.query).version),
  },
} as const satisfies Record<PlainRead, Read>;

/** One route for each plain row of READS. */
export function readRoutes(app: FastifyInstance, api: AppApi): void {
  for (const name of parseNames(PLAIN_READS)) readRoute(app, api, name, PLAIN_READS[name]);
}

function readRoute(app: FastifyInstance, api: AppApi, name: PlainRead, read: Read): void {
  const row = READS[name];
  const { path, action, door } = row;
  const open = "open" in row;
  const options = routeOptions({
    rule: {
      table: "READS",
      name,
      access: open ? "open" : "session",
      action,
      door: door ? "body" : null,
      limit: "session",
    },
    operationId: name,
    tag: read.tag,
    summary: read.summary,
    path,
    ...(read.query === undefined ? {} : { query: read.query }),
    answer: { status: 200, schema: read.schema },
  });
  app.get(`/api${path}`, options, async (request, reply) => answer(request, reply, await read.ask(api, request)));
}

function answer(request: FastifyRequest, reply: FastifyReply, found: Result<object, AppRefusal>): FastifyReply {
  if (!found.ok) return refuse(request, reply, found.error);
  if ("etag" in found.value && typeof found.value.etag === "string") reply.header("etag", `"${found.value.etag}"`);
  return reply.send(found.value);
}

function limitOf(text: string | undefined): number {
  return text === undefined ? PAGE : Number(text);
}

function noOf(request: FastifyRequest): RequestNo {
  return parseChecked<{ readonly no: RequestNo }>(request.params).no;
}
