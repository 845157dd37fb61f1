import { inRegions, may } from "../../core/access/index.ts";
import type { Actor } from "../../core/access/index.ts";
import type { ClockEvent } from "../../core/clock/index.ts";
import { parseRequestNo } from "../../core/request-number/index.ts";
import type { FeedRow } from "../../app/ports/queries.ts";
import type { Accounts } from "../../app/ports/accounts.ts";
import type { Deps } from "../../app/deps.ts";
import { giveCommand } from "../../app/give-command.ts";
import type { CommandRefusal } from "../../app/give-command.ts";
import type { Target } from "../../app/find-target.ts";
import { findByPhone } from "../../app/find-by-phone.ts";
import { readAgain, readQueue, readRequest, readTimeline, revealField, showLeft } from "../../app/read-requests.ts";
import { readPeerFigures, readStanding } from "../../app/read-standing.ts";
import { readUnitOrders } from "../../app/read-unit-orders.ts";
import { readPublicStatus } from "../../app/read-public-status.ts";
import type { NamedInput } from "../../app/translate.ts";
import { TIME_LIMIT_TABLE } from "../../core/file/index.ts";
import type { AppApi, AppRefusal, CommandAnswer } from "../../http/index.ts";
import type { CommandBody, CommandName } from "../../http/contract/index.ts";
import { epochMs, err, ok, shanghaiDay } from "../../kernel/index.ts";
import type {
  ActorRef,
  CommandId,
  LinkageId,
  MessageId,
  OrderId,
  RequestNo,
  Result,
  UnitCode,
} from "../../kernel/index.ts";
import type { RuleBook } from "../rules.ts";
import { adviceOf, explanationOf, refusalSourceOf } from "./advice.ts";
import type { AgreementApi } from "./agreement-api.ts";
import { alarmApi } from "./alarm-api.ts";
import { digestOf } from "./digest.ts";
import { dutyBoard } from "./duty-api.ts";
import type { FeedHub } from "./feed-hub.ts";
import { metaOf, takesGround } from "./meta.ts";
import type { MetaFacts } from "./meta.ts";

type Ports = {
  readonly deps: Deps;
  readonly rules: () => RuleBook;
  readonly accounts: Accounts;
  readonly agreement: AgreementApi;
  readonly feed: FeedHub;
  readonly onAlarms: AppApi["onAlarms"];
  readonly links: AppApi["links"];
  readonly meta: MetaFacts;
};

/** Joins the public API to the use cases: nothing is decided here. */
export function createAppApi(ports: Ports): AppApi {
  const { deps } = ports;
  return {
    ...commandApi(deps),
    ...requestApi(ports),
    ...alarmApi(deps),
    ...operationApi(ports),
    ...directoryApi(ports),
    ...ports.agreement,
  };
}

function commandApi(deps: Deps): Pick<AppApi, "register" | "command"> {
  const command = commandsOf(deps);
  return {
    register: (actor, id, body) => command(actor, id, null, { kind: "new" }, { name: "register", body }),
    command: (actor, name, target, id, ifMatch, body) =>
      command(actor, id, ifMatch, targetOf(name, target), parseInput(name, body)),
  };
}

type RequestReads =
  | "request"
  | "searchByPhone"
  | "timeline"
  | "queue"
  | "queueCounts"
  | "unitOrders"
  | "reveal"
  | "publicStatus";

/** Everything that shows a request. */
function requestApi({ deps, accounts }: Ports): Pick<AppApi, RequestReads> {
  const namesNow = createNames(deps, accounts);
  return {
    request: (actor, no) => readRequest(deps, actor, no),
    timeline: async (actor, no) => readTimeline(deps, actor, no, await namesNow()),
    queue: (actor, query) =>
      readQueue(deps, actor, {
        view: query.view,
        status: query.status,
        item: query.item ?? null,
        place: query.place ?? null,
        unit: query.unit === undefined ? null : (query.unit as UnitCode),
        phoneIndex: null,
        regions: null,
        cursor: query.cursor,
        limit: query.limit,
      }),
    queueCounts: async (actor) =>
      may(actor, "readQueue", null) ? ok(await deps.queries.queueCounts(actor.regions)) : err({ code: "FORBIDDEN" }),
    unitOrders: (actor, query) => readUnitOrders(deps, actor, query),
    searchByPhone: (actor, phone) => findByPhone(deps, actor, phone),
    reveal: (actor, no, field, reason) => revealField(deps, actor, no, field, reason),
    publicStatus: (no, code) => readPublicStatus(deps, no, code),
  };
}

/** A changed display name shows in histories after this time at the latest; it is looks, not permission. */
const NAMES_MS = 5_000;

/** Display names of this node's accounts; names of another node's people are not known here. */
function createNames(deps: Deps, accounts: Accounts): () => Promise<(by: ActorRef) => string | null> {
  const names = new Map<string, string>();
  const learned = { at: Number.NEGATIVE_INFINITY };
  return async () => {
    const now = epochMs(deps.clock.now());
    if (Math.abs(now - learned.at) >= NAMES_MS) {
      for (const user of await accounts.users()) names.set(user.id, user.displayName);
      learned.at = now;
    }
    return (by) => (by.kind === "user" && by.node === deps.node.self ? (names.get(by.id) ?? null) : null);
  };
}

type OperationReads =
  | "links"
  | "standing"
  | "peerFigures"
  | "deadLetters"
  | "retryDeadLetter"
  | "mayHear"
  | "feed"
  | "onAlarms";

/** What keeps a desk going: links, messages that need a person, the live feed. */
function operationApi({ deps, feed, links, onAlarms }: Ports): Pick<AppApi, OperationReads> {
  return {
    links,
    standing: (actor, page) => readStanding(deps, actor, page),
    peerFigures: (actor) => readPeerFigures(deps, actor),
    deadLetters: async (actor) => {
      if (!may(actor, "manageDeadLetters", null)) return err({ code: "FORBIDDEN" });
      const rows = await deps.queries.deadLetters();
      return ok({ rows: rows.map(({ caseId: _caseId, ...row }) => ({ ...row, requestNo: null })) });
    },
    retryDeadLetter: async (actor, direction, id) => {
      if (!may(actor, "manageDeadLetters", null)) return err({ code: "FORBIDDEN" });
      const found = await deps.deadLetterDesk.retry(id as MessageId, direction, deps.clock.now());
      for (const topic of ["outbox", "letters"] as const) deps.wake.wake(topic);
      return found ? ok(null) : err({ code: "DEAD_LETTER_UNKNOWN" });
    },
    mayHear,
    feed: {
      subscribe: (listener) => feed.subscribe((row) => listener(row)),
      since: (cursor, limit) => feed.since(cursor, limit),
    },
    onAlarms,
  };
}

/** What the catalogue and the directory say, for everybody who works here. */
function directoryApi({
  deps,
  rules,
  meta,
}: Ports): Pick<AppApi, "items" | "refusalSource" | "explanation" | "advise" | "duty" | "units" | "meta" | "unitName"> {
  const today = () => shanghaiDay(deps.clock.now());
  return {
    refusalSource: (code) => refusalSourceOf(rules(), meta.side, code),
    explanation: async (query) => {
      const { version = rules().catalogueVersion } = query;
      const book = version === rules().catalogueVersion ? rules() : (deps.rulesBy?.(version, null) ?? null);
      return ok({ explanation: book === null ? null : explanationOf(book, meta.side, query) });
    },
    advise: async (body) => ok(adviceOf(rules(), meta.side, today(), body)),
    items: async (q, limit) => {
      const book = rules();
      const found = book.search(q, limit + book.catalogue.exclusions.length, today());
      const own = found.filter(({ code }) => takesGround(book, meta.side, code)).slice(0, limit);
      return ok({ rows: own.flatMap(({ code }) => book.item(code) ?? []) });
    },
    duty: async (q, limit) => ok(dutyBoard(rules(), deps.clock.now(), q, limit)),
    units: async (_actor, query) => {
      // A desk orders its own units: 12345 by work orders, 110 by police orders.
      const kind = query.kind ?? (meta.side === "police" ? "police" : "work");
      const { item = null, place = null, q = "", limit } = query;
      return ok({ rows: [...rules().unitsFor({ item, place, kind, words: q.trim(), limit })] });
    },
    meta: async () => ok(metaOf(rules(), meta, { peers: deps.peers(), routing: deps.routing }, today())),
    unitName: async (code) => rules().unit(code as UnitCode)?.nameZh ?? null,
  };
}

/** The route's schema has checked the body by the command's name: the two belong together. */
function parseInput<N extends CommandName>(name: N, body: CommandBody<N>): NamedInput {
  return { name, body } as NamedInput;
}

type Give = (
  actor: Parameters<AppApi["register"]>[0],
  id: CommandId,
  ifMatch: string | null,
  target: Target,
  input: NamedInput,
) => Promise<Result<CommandAnswer, AppRefusal>>;

function commandsOf(deps: Deps): Give {
  return async (actor, id, ifMatch, target, input) => {
    const digest = digestOf([target, input]);
    const done = await giveCommand(deps, {
      actor,
      onDuty: actor.onDuty,
      id,
      digest,
      ifMatch: ifMatch === null ? null : Number(ifMatch),
      target,
      input,
      show: (noting, left) => showLeft(noting, actor, left),
    });
    if (!done.ok) return err(refusalOf(done.error));
    const { requestNo, caseId, version, repeated, view: shown } = done.value;
    const view = shown === null ? await readAgain(deps, actor, requestNo) : ok(shown);
    if (!view.ok) return err({ code: "FORBIDDEN" });
    return ok({ requestNo, caseId, etag: String(version), view: view.value, repeated });
  };
}

function refusalOf(refusal: CommandRefusal): AppRefusal {
  const { code, ...params } = refusal;
  return { code, params };
}

function targetOf(name: string, target: { readonly no?: RequestNo; readonly id?: string }): Target {
  if (target.no !== undefined) {
    const parsed = parseRequestNo(target.no);
    return { kind: "request", no: parsed.ok ? parsed.value.no : target.no };
  }
  const id = target.id ?? "";
  if (TIME_LIMIT_TABLE.some(({ command }) => command === name)) return { kind: "timed", id };
  const ofOrder = ["acknowledgeOrder", "arrive", "reply", "recall", "orderDanger"].includes(name);
  return ofOrder ? { kind: "order", id: id as OrderId } : { kind: "linkage", id: id as LinkageId };
}

/** What people and calendars do to a time limit; all else of a clock follows from other events, or is a mark, told by itself. */
const HEARD_OF_CLOCKS: ReadonlySet<string> = new Set<ClockEvent["type"]>([
  "ClockPaused",
  "RequesterAwaited",
  "ClockResumed",
  "ExtensionAsked",
  "ExtensionApproved",
  "ExtensionRefused",
]);

/** Whether somebody is told that a request changed: a desk within its divisions, a unit what it has an order of. */
function mayHear(
  actor: Actor,
  { place, units, stream, type }: Pick<FeedRow, "place" | "units" | "stream" | "type">,
): boolean {
  if (stream === "clock" && !HEARD_OF_CLOCKS.has(type)) return false;
  const desk = actor.roles.some((role) => role !== "unitClerk");
  return (desk && inRegions(actor.regions, place)) || (actor.unit !== null && units.includes(actor.unit));
}
