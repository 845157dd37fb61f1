import swagger from "@fastify/swagger";
import type { FastifyInstance, FastifySchema } from "fastify";
import {
  AgreementBoard,
  ConsultationBoard,
  ConsultationRecorded,
  AlarmList,
  CommandDone,
  Advice,
  DeadLetterList,
  DutyBoard,
  ExplanationAnswer,
  Health,
  ItemList,
  LinkList,
  Meta,
  OwnPushList,
  PeerFiguresList,
  Problem,
  PublicStatus,
  QueueCounts,
  QueuePage,
  RequestView,
  Revealed,
  SessionView,
  StandingPage,
  Timeline,
  UnitList,
  UnitOrderPage,
  VersionChanges,
} from "./contract/index.ts";
import { parseChecked } from "./route-rule.ts";
import type { RouteRule } from "./route-rule.ts";
import type { JsonSchema } from "./wire-schema.ts";

const SHARED: readonly object[] = [
  AgreementBoard,
  ConsultationBoard,
  ConsultationRecorded,
  AlarmList,
  CommandDone,
  Advice,
  DeadLetterList,
  DutyBoard,
  ExplanationAnswer,
  Health,
  ItemList,
  LinkList,
  Meta,
  OwnPushList,
  PeerFiguresList,
  Problem,
  PublicStatus,
  QueueCounts,
  QueuePage,
  RequestView,
  Revealed,
  SessionView,
  StandingPage,
  Timeline,
  UnitList,
  UnitOrderPage,
  VersionChanges,
];

/** Stands for a shared schema while the document is put together; the generator would pull it apart otherwise. */
const MARK = "x-shared-schema";

/** Describes the API as OpenAPI 3.1 from the very schemas the routes are checked by. Must come before the routes. */
export async function describeApi(app: FastifyInstance, cookieName: string, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Liandong 联动",
        version,
        description:
          "12345 and 110, linked. Refusals are problem details (RFC 9457); GET /api/problems lists every code.",
      },
      servers: [{ url: "/" }],
      components: {
        securitySchemes: {
          session: { type: "apiKey", in: "cookie", name: cookieName },
          csrf: { type: "apiKey", in: "header", name: "x-csrf-token" },
        },
      },
    },
    transform: ({ schema, url, route }) => ({
      url,
      schema: described(schema, route.config?.rule, route.config?.answer, route.method),
    }),
    transformObject: (documents) => {
      if (!("openapiObject" in documents)) return documents.swaggerObject;
      return finished(documents.openapiObject);
    },
  });
}

type Answer = { readonly status: number; readonly schema: object | null; readonly media?: string };

function described(
  schema: FastifySchema | undefined,
  rule: RouteRule | undefined,
  answer: Answer | undefined,
  method: string | readonly string[],
): FastifySchema {
  if (rule === undefined || answer === undefined) return { hide: true };
  const security = method === "GET" ? [{ session: [] }] : [{ session: [], csrf: [] }];
  return {
    ...schema,
    security: rule.access === "session" ? security : [],
    response: { [answer.status]: goodAnswer(answer), default: badAnswer() },
  };
}

function goodAnswer(answer: Answer): object {
  if (answer.schema === null) return { description: "Done", type: "null" };
  const content = { [answer.media ?? "application/json"]: { schema: mark(answer.schema) } };
  return { description: "Done", content };
}

function badAnswer(): object {
  return { description: "Refused", content: { "application/problem+json": { schema: mark(Problem) } } };
}

function mark(schema: object): object {
  const id = idOf(schema);
  return id === null ? withoutId(schema) : { [MARK]: id };
}

function finished<T extends object>(document: T): T {
  const schemas = Object.fromEntries(SHARED.map((s) => [idOf(s) ?? "", inside(s)]));
  const whole = parseChecked<{ components?: Record<string, unknown> }>(JSON.parse(JSON.stringify(document)));
  whole.components = { ...whole.components, schemas };
  return parseChecked<T>(withReferences(whole));
}

/** A shared schema whose own parts that are shared are references. */
function inside(schema: object): unknown {
  const replaced = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replaced);
    if (!isObject(value)) return value;
    if (idOf(value) !== null) return mark(value);
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, replaced(v)]));
  };
  return replaced(withoutId(schema));
}

function withReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withReferences);
  if (!isObject(value)) return value;
  const id = value[MARK];
  if (typeof id === "string") return { $ref: `#/components/schemas/${id}` };
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, withReferences(v)]));
}

function withoutId(schema: object): object {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== "$id"));
}

function idOf(schema: object): string | null {
  return "$id" in schema && typeof schema.$id === "string" ? schema.$id : null;
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null;
}

/** The text of `docs/generated/openapi.json`: the same for the same routes, keys in alphabetical order. */
export function openApiText(app: FastifyInstance): string {
  return `${JSON.stringify(sorted(app.swagger()), null, 2)}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([k, v]) => [k, sorted(v)]));
}
