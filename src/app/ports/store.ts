import type { Case } from "../../core/case/index.ts";
import type { Clock, StandingDue } from "../../core/clock/index.ts";
import type { CaseTimer } from "../../core/file/index.ts";
import type { Linkage, LinkageMessage, LinkageTimer } from "../../core/linkage/index.ts";
import type { Order } from "../../core/order/index.ts";
import type { Lane } from "./outbox.ts";
import type { ReadLogRow } from "./read-log.ts";
import type {
  CaseId,
  CommandId,
  Instant,
  LinkageId,
  MessageId,
  NodeCode,
  OrderId,
  RegionCode,
  RequestNo,
  UnitCode,
  UserId,
} from "../../kernel/index.ts";

/** The aggregates that are event streams. */
export type StreamKind = "case" | "linkage" | "order" | "clock";

/** One event as stored: `body` holds codes and sealed references only, never a personal value or free text. */
export type StoredEvent = {
  readonly type: string;
  readonly typeVersion: number;
  readonly at: Instant;
  readonly body: unknown;
};

/** New events of one stream and the row they fold to. `expectedVersion` 0 = the stream must not exist. */
export type StreamWrite = {
  readonly kind: StreamKind;
  readonly id: string;
  readonly caseId: CaseId;
  readonly expectedVersion: number;
  readonly events: readonly StoredEvent[];
  readonly state: Case | Linkage | Order | Clock;
};

/** What queues filter and sort by; derived from the whole file at every write, so a list needs no joins. */
export type CaseIndex = {
  readonly caseId: CaseId;
  readonly requestNo: RequestNo;
  readonly status: Case["status"];
  /** This node works on it: it holds the ordinary part, or a part beside another desk's (sections 3 and 6 of the linkage table). */
  readonly responsible: boolean;
  /** A danger part is open here (pushed by us and not delivered, or pushed to us and not ended). */
  readonly dangerOpen: boolean;
  readonly danger: boolean;
  readonly item: string | null;
  readonly place: string | null;
  readonly peer: NodeCode | null;
  readonly units: readonly UnitCode[];
  readonly registeredAt: Instant;
  readonly changedAt: Instant;
  /** Sum of all stream versions of the file: the ETag. */
  readonly fileVersion: number;
  /** Keyed hash of the requester's phone, null when unknown. */
  readonly phoneIndex: string | null;
  /** What of its clocks is due first; null = none runs. */
  readonly due: StandingDue | null;
};

/** A sealed value on its way into the case vault. */
export type VaultRow = {
  readonly caseId: CaseId;
  readonly field: string;
  readonly version: number;
  readonly commitment: string;
  /** Salt and value, encrypted with the case key. */
  readonly box: Uint8Array;
};

/** Names one vault row. */
export type VaultKey = Pick<VaultRow, "caseId" | "field" | "version">;

export type TimerOwner = "linkage" | "case" | "order" | "clock";

/** The one timer of a clock: its next mark. */
export type ClockTimer = "mark";

/** A durable timer; (owner, ownerId, kind) is its identity, setting it again moves it. */
export type TimerChange =
  | {
      readonly set: string;
      readonly owner: TimerOwner;
      readonly ownerId: string;
      readonly caseId: CaseId;
      readonly dueAt: Instant;
    }
  | { readonly cancel: string; readonly owner: Exclude<TimerOwner, "clock">; readonly ownerId: string }
  | { readonly cancel: string; readonly owner: "clock"; readonly ownerId: string; readonly caseId: CaseId };

export type DueTimer = {
  readonly owner: TimerOwner;
  readonly ownerId: string;
  readonly caseId: CaseId;
  readonly kind: LinkageTimer | CaseTimer | ClockTimer;
  readonly dueAt: Instant;
};

/**
 * A red mark on somebody's screen. (subject, kind) is its identity: raising again lifts the level and rings again.
 * `dial` = a number that must be called; then it can only be ended with an outcome (the `Phone` port's red task).
 */
export type AlarmChange =
  | {
      readonly raise: string;
      readonly subject: string;
      readonly caseId: CaseId | null;
      readonly level: number;
      readonly dial: string | null;
      readonly audience: "desk" | "supervisor" | "operator";
      readonly at: Instant;
    }
  | { readonly clear: string; readonly subject: string; readonly at: Instant }
  /**
   * A person answers a mark as it was read: `seen` = its `acknowledgedAt` then. It stands on, answered, until it is cleared or its
   * level rises. When it is not there any more, or somebody has answered it since, the whole commit is a conflict.
   */
  | {
      readonly answer: string;
      readonly subject: string;
      readonly seen: Instant | null;
      readonly by: UserId;
      readonly at: Instant;
      readonly outcome: string | null;
    };

export type InboxRow = {
  readonly messageId: MessageId;
  readonly conversation: LinkageId;
  readonly seq: number;
  readonly sender: NodeCode;
  readonly receivedAt: Instant;
  /** applied, or consumed without effect with its code. */
  readonly noted: string | null;
  /** The message as received: evidence. One that was not understood has a body of another shape. */
  readonly message: Omit<LinkageMessage, "body"> & { readonly body: { readonly type: string } };
};

export type NoticeRow = {
  readonly id: string;
  readonly caseId: CaseId | null;
  readonly to: "unitDutyPhone" | "requester" | "peerDutyPhone";
  readonly unit: UnitCode | null;
  readonly template: string;
  /** Codes and numbers of the text, never a personal value. */
  readonly params: Readonly<Record<string, string>>;
};

/**
 * Everything one use case changes, written in ONE statement or not at all:
 * events, rows, vault, outbox, timers, alarms, inbox mark, command record.
 */
export type Commit = {
  readonly home: RegionCode;
  readonly streams: readonly StreamWrite[];
  readonly index: CaseIndex | null;
  readonly caseKey: { readonly caseId: CaseId; readonly wrapped: Uint8Array } | null;
  readonly vault: readonly VaultRow[];
  readonly outbox: readonly LinkageMessage[];
  readonly timers: readonly TimerChange[];
  readonly alarms: readonly AlarmChange[];
  readonly notices: readonly NoticeRow[];
  readonly inbox: InboxRow | null;
  /** Who is shown what the change leaves: kept with it. */
  readonly reads: readonly ReadLogRow[];
  /** Idempotency: the answer a repeated command gets. */
  readonly command: {
    readonly id: CommandId;
    readonly user: UserId | null;
    readonly digest: string;
    readonly answer: unknown;
    readonly at: Instant;
  } | null;
};

/** A sealed value with the locked key of its case. */
export type LockedValue = { readonly row: VaultRow; readonly wrappedKey: Uint8Array };

/** conflict = somebody else wrote one of the streams first; duplicate = this command or message was committed before. */
export type CommitOutcome = "done" | "conflict" | "duplicate";

/** One request with everything this node knows of it. */
export type StoredFile = {
  readonly case: Case;
  readonly linkages: readonly Linkage[];
  readonly orders: readonly Order[];
  readonly clocks: readonly Clock[];
  readonly phoneIndex: string | null;
  readonly wrappedKey: Uint8Array | null;
};

/** What names a request from outside: its number, or one of its linkages or orders. */
export type FileKey =
  | { readonly kind: "request"; readonly no: RequestNo }
  | { readonly kind: "linkage"; readonly id: LinkageId }
  | { readonly kind: "order"; readonly id: OrderId };

/** One line of a request's history: an event of any of its streams, or a message sent or received. */
export type TimelineRow = {
  readonly at: Instant;
  readonly position: string;
  readonly stream: StreamKind;
  readonly streamId: string;
  readonly version: number;
  readonly type: string;
  readonly typeVersion: number;
  readonly body: unknown;
};

/** A request with all its sealed values. */
export type WholeFile = { readonly stored: StoredFile; readonly vault: readonly VaultRow[] };

/**
 * What the history of a request is told from: all its sealed values, and its events in the order in which their transactions began,
 * within one as written. Its clocks are not read.
 */
export type History = {
  readonly stored: Omit<StoredFile, "clocks">;
  readonly vault: readonly VaultRow[];
  readonly events: readonly TimelineRow[];
};

export type CommandRecord = { readonly digest: string; readonly answer: unknown; readonly user: UserId | null };

/** Truth: what use cases read and write. */
export type CaseStore = {
  readonly commit: (commit: Commit) => Promise<CommitOutcome>;
  readonly loadFile: (caseId: CaseId) => Promise<StoredFile | null>;
  /** As `loadFile`, found by its number or by one of its parts. Of several under one number the one registered first. */
  readonly findFile: (by: FileKey) => Promise<StoredFile | null>;
  /** What a reader of one request needs, in one round trip. */
  readonly findWhole: (no: RequestNo) => Promise<WholeFile | null>;
  /** What a reader of its history needs, in one round trip, without the events of clocks that bear these names. */
  readonly findHistory: (no: RequestNo, silent: readonly string[]) => Promise<History | null>;
  readonly findCommand: (id: CommandId) => Promise<CommandRecord | null>;
  /** Vault rows by reference, of any number of requests in one question; missing ones (erased) are left out. */
  readonly loadVault: (refs: readonly VaultKey[]) => Promise<readonly VaultRow[]>;
  /**
   * What each of these requests refers to now under each of these fields, with the key that opens it, in one question; a field that no
   * event refers to is a secret of the request, kept once. What is missing or erased is left out.
   */
  readonly loadStanding: (caseIds: readonly CaseId[], fields: readonly string[]) => Promise<readonly LockedValue[]>;
  /** A block of `size` serial numbers of a day, first one returned; gaps are allowed, doubles never. */
  readonly takeSerials: (region: RegionCode, day: string, size: number) => Promise<number>;
};

/** Messages that came before their turn, or whose folding failed: kept, shown, retried. */
export type InboxStore = {
  readonly find: (
    messageId: MessageId,
  ) => Promise<{ readonly status: "applied" | "waiting" | "failed" | "dead" } | null>;
  readonly keep: (row: {
    readonly message: LinkageMessage;
    readonly enclosure: unknown;
    readonly receivedAt: Instant;
    readonly status: "waiting" | "failed";
    readonly error: string | null;
  }) => Promise<void>;
  /** The next kept message of a conversation with exactly this sequence, if it is here. */
  readonly nextWaiting: (
    conversation: LinkageId,
    sender: NodeCode,
    seq: number,
  ) => Promise<{ readonly message: LinkageMessage; readonly enclosure: unknown } | null>;
  /** Failed ones that are due, and waiting ones whose predecessor has been consumed; without a lane those of both. */
  readonly claimFailed: (
    limit: number,
    leaseMs: number,
    lane?: Lane,
  ) => Promise<readonly { readonly message: LinkageMessage; readonly enclosure: unknown; readonly attempts: number }[]>;
  readonly markFailed: (messageId: MessageId, error: string, retryAt: Instant | null) => Promise<void>;
};

/** Due timers under a lease: a killed process frees them after `leaseMs`. */
export type TimerStore = {
  /** Earliest first. Urgent = the timers of a push, named `urgent…`; without a lane those and all others. */
  readonly claimDue: (now: Instant, limit: number, leaseMs: number, lane?: Lane) => Promise<readonly DueTimer[]>;
  readonly nextDueAt: () => Promise<Instant | null>;
};
