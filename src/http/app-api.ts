import type { Presented } from "../app/present-brand.ts";
import type { ActingUser } from "../app/sessions/index.ts";
import type { CommandId, RegionCode, RequestNo, Result, UnitCode } from "../kernel/index.ts";
import type {
  AcknowledgeAlarmBody,
  Advice,
  AdviceBody,
  AgreementBoard,
  AlarmView,
  ApproveVersionBody,
  CommandBody,
  CommandName,
  DeadLetterList,
  DutyBoard,
  ExplanationAnswer,
  ExplanationQuery,
  ItemList,
  LinkList,
  Meta,
  OwnPushList,
  PeerFiguresList,
  PublicStatus,
  QueueCounts,
  QueuePage,
  QueueQuery,
  RegisterBody,
  RequestView,
  Revealed,
  StandingPage,
  StreamFrame,
  Timeline,
  UnitList,
  UnitOrderPage,
  UnitsQuery,
  VersionChanges,
} from "./contract/index.ts";
import type { Static } from "typebox";
import type { DeepReadonly } from "./deep-readonly.ts";
import type { RefusalCode } from "./problems/index.ts";

/** Why the application said no; `params` fill the texts. */
export type AppRefusal = {
  readonly code: RefusalCode;
  readonly params?: Readonly<Record<string, unknown>>;
};

type Answer<T> = Promise<Result<T, AppRefusal>>;

export type CommandAnswer = {
  readonly requestNo: string;
  readonly caseId: string;
  readonly etag: string;
  readonly view: Presented<DeepReadonly<RequestView>>;
  readonly repeated: boolean;
};

/** What a command acts on: the number for a request, the id for a linkage or an order. */
export type CommandTarget = { readonly no?: RequestNo; readonly id?: string };

export type PageQuery = { readonly cursor: string | null; readonly limit: number };

/** A frame and by what is judged who may hear of it; only the frame goes out. */
export type FeedFrame = StreamFrame & { readonly place: RegionCode | null; readonly units: readonly UnitCode[] };

/** Committed changes in order. Cursors are opaque, unique per frame, and outlive a restart. */
export type Feed = {
  /** Calls the listener for every frame from now on, each once, in feed order. Returns the way to stop it. */
  readonly subscribe: (listener: (frame: FeedFrame) => void) => () => void;
  /**
   * Frames after `cursor`, oldest first; with null no frames, only the cursor of now. `cursor` = where to go on.
   * null = this cursor is not known here (any more): the reader must read everything again.
   */
  readonly since: (
    cursor: string | null,
    limit: number,
  ) => Promise<{ readonly rows: readonly FeedFrame[]; readonly cursor: string } | null>;
};

/**
 * All that the routes ask of the application. It judges permission on the subject again (a route knows only the role),
 * and whatever shows a request comes out of its door, `present`.
 */
export type AppApi = {
  readonly register: (actor: ActingUser, commandId: CommandId, body: RegisterBody) => Answer<CommandAnswer>;
  readonly command: <N extends CommandName>(
    actor: ActingUser,
    name: N,
    target: CommandTarget,
    commandId: CommandId,
    ifMatch: string | null,
    body: CommandBody<N>,
  ) => Answer<CommandAnswer>;
  readonly request: (actor: ActingUser, no: RequestNo) => Answer<Presented<DeepReadonly<RequestView>>>;
  readonly timeline: (actor: ActingUser, no: RequestNo) => Answer<Presented<DeepReadonly<Static<typeof Timeline>>>>;
  readonly queue: (
    actor: ActingUser,
    query: Omit<QueueQuery, "cursor" | "limit" | "status"> &
      PageQuery & { readonly status: readonly RequestView["status"][] | null },
  ) => Answer<Presented<DeepReadonly<Static<typeof QueuePage>>>>;
  readonly queueCounts: (actor: ActingUser) => Answer<Static<typeof QueueCounts>>;
  readonly unitOrders: (
    actor: ActingUser,
    query: PageQuery & { readonly open: boolean },
  ) => Answer<Presented<DeepReadonly<Static<typeof UnitOrderPage>>>>;
  readonly searchByPhone: (
    actor: ActingUser,
    phone: string,
  ) => Answer<Presented<DeepReadonly<Static<typeof QueuePage>>>>;
  readonly reveal: (
    actor: ActingUser,
    no: RequestNo,
    field: string,
    reason: string,
  ) => Answer<Presented<DeepReadonly<Revealed>>>;
  readonly ownPushes: (actor: ActingUser) => Answer<DeepReadonly<Static<typeof OwnPushList>>>;
  readonly alarms: (actor: ActingUser) => Answer<{ readonly rows: readonly AlarmView[] }>;
  readonly acknowledgeAlarm: (actor: ActingUser, id: CommandId, body: AcknowledgeAlarmBody) => Answer<null>;
  readonly standing: (actor: ActingUser, query: PageQuery) => Answer<DeepReadonly<Static<typeof StandingPage>>>;
  readonly peerFigures: (actor: ActingUser) => Answer<DeepReadonly<Static<typeof PeerFiguresList>>>;
  readonly links: (actor: ActingUser) => Answer<Static<typeof LinkList>>;
  readonly deadLetters: (actor: ActingUser) => Answer<Static<typeof DeadLetterList>>;
  readonly retryDeadLetter: (actor: ActingUser, direction: "out" | "in", id: string) => Answer<null>;
  readonly agreement: (actor: ActingUser) => Answer<AgreementBoard>;
  readonly versionChanges: (actor: ActingUser, version: string) => Answer<VersionChanges>;
  readonly approveVersion: (actor: ActingUser, body: ApproveVersionBody) => Answer<null>;
  readonly items: (q: string, limit: number) => Answer<Static<typeof ItemList>>;
  /** What a refusal rests on by the rules of now: the clause of this node's plan, `agreement`, `default`; null = nothing but the program. */
  readonly refusalSource: (code: RefusalCode) => string | null;
  readonly explanation: (query: ExplanationQuery) => Answer<Static<typeof ExplanationAnswer>>;
  readonly advise: (body: AdviceBody) => Answer<DeepReadonly<Advice>>;
  readonly duty: (q: string, limit: number) => Answer<DutyBoard>;
  readonly units: (
    actor: ActingUser,
    query: Omit<UnitsQuery, "limit"> & { readonly limit: number },
  ) => Answer<Static<typeof UnitList>>;
  readonly meta: () => Answer<Meta>;
  readonly publicStatus: (no: RequestNo, checkCode: string) => Answer<Static<typeof PublicStatus>>;
  /** Name of a unit for the session view; null when unknown. */
  readonly unitName: (code: string) => Promise<string | null>;
  /**
   * Whether the actor may know that this request changed. Looks at roles, regions and unit only, never
   * at the person, and needs no look-up: a frame that waits holds up a danger behind it.
   */
  readonly mayHear: (actor: ActingUser, frame: FeedFrame) => boolean;
  readonly feed: Feed;
  /** Calls the listener when red marks changed, with a request or without one: a signal that tells nothing. Returns the way to stop it. */
  readonly onAlarms: (listener: () => void) => () => void;
};
