import type { Case, MissingHalf } from "../../core/case/index.ts";
import type { Clock } from "../../core/clock/index.ts";
import type { Linkage } from "../../core/linkage/index.ts";
import type { Order } from "../../core/order/index.ts";
import type {
  CaseId,
  Instant,
  LinkageId,
  MessageId,
  NodeCode,
  RegionCode,
  RequestNo,
  UnitCode,
  UserId,
} from "../../kernel/index.ts";
import type { Lane } from "./outbox.ts";
import type { CaseIndex, StreamKind } from "./store.ts";

/** One page, newest first unless said otherwise; `next` is null on the last page. */
export type Page<T> = { readonly rows: readonly T[]; readonly next: string | null };

export type QueueFilter = {
  /**
   * mine = this node holds it and it is open; incoming = offered to us; returned = we handed it over, the other desk gave it back and
   * we have not said yet what becomes of it; theirs = handed over; danger; closed = ended here, also what we gave back; all.
   */
  readonly view: "mine" | "incoming" | "returned" | "theirs" | "danger" | "closed" | "all";
  readonly status: readonly Case["status"][] | null;
  readonly item: string | null;
  readonly place: string | null;
  readonly unit: UnitCode | null;
  readonly phoneIndex: string | null;
  /** Regions of the reader's scope (prefix match); null = the whole node. */
  readonly regions: readonly RegionCode[] | null;
  readonly cursor: string | null;
  readonly limit: number;
};

export type AlarmRow = {
  readonly kind: string;
  readonly subject: string;
  readonly caseId: CaseId | null;
  readonly requestNo: string | null;
  /** Where the matter is, as far as it counts for scope; null = nobody knows yet, or no request is behind the mark. */
  readonly place: RegionCode | null;
  /** Of `completionOwed`: which half is missing, as a code; absent for every other mark. */
  readonly missing?: MissingHalf;
  /** Of `notTakenUp`: whose number it names; absent = it names none. */
  readonly rings?: UnitCode;
  readonly level: number;
  readonly dial: string | null;
  readonly audience: "desk" | "supervisor" | "operator";
  /** Since when it stands and nobody has answered it; a higher level does not begin anew. */
  readonly raisedAt: Instant;
  readonly acknowledgedAt: Instant | null;
  readonly acknowledgedBy: UserId | null;
  /** What the answer said: of a number to dial, what came of the call; null = nothing, or not answered. */
  readonly outcome: string | null;
  /** So many more of its kind stand where the list was asked for that it does not name, 1,000 = so many or more; absent = none. */
  readonly leftOut?: number;
};

/**
 * A committed event as the live feed tells it: which request changed, nothing personal, and by what is judged who may hear of it,
 * so that nobody has to look a request up for each frame.
 */
export type FeedRow = {
  readonly cursor: string;
  readonly caseId: CaseId;
  readonly requestNo: RequestNo | null;
  readonly stream: StreamKind;
  readonly streamId: string;
  readonly type: string;
  readonly at: Instant;
  /** Where the request is now, as far as it counts for scope. */
  readonly place: RegionCode | null;
  /** Units with an order of it that stands, and the one whose order this event recalls. */
  readonly units: readonly UnitCode[];
};

/** A message that needs a person: one that was given up, or an urgent one from a peer that was tried again and does not fold. */
export type DeadLetter = {
  readonly messageId: MessageId;
  readonly direction: "out" | "in";
  readonly peer: NodeCode;
  readonly lane: Lane;
  readonly conversation: LinkageId;
  readonly type: string;
  readonly caseId: CaseId | null;
  readonly error: string;
  readonly attempts: number;
  readonly since: Instant;
};

export type QueuedCase = {
  readonly index: CaseIndex;
  readonly case: Case;
  readonly wrappedKey: Uint8Array | null;
  /** The newest hand-over of the ordinary part, in which this desk is sender (S) or receiver (R); null = there was none. */
  readonly handOver: Pick<Linkage, "role" | "state"> | null;
  /** So many additions of the other desk, over all hand-overs of the ordinary part to this one, that nobody here has read. */
  readonly unread: number;
};

/** A hand-over in a state that waits for somebody; whether it stands still says core/linkage. `cursor` goes on after it. */
export type AwaitedHandOver = {
  readonly linkage: Linkage;
  /** Where the request is, as far as it counts for scope. */
  readonly place: RegionCode | null;
  /** Some message of ours about it has no receipt yet. */
  readonly unsent: boolean;
  readonly cursor: string;
};

/** From when on messages and hand-overs are looked at. */
export type PeerFiguresSince = { readonly receipts: Instant; readonly answers: Instant };

/** How long something took, in milliseconds, of so many; null = of none. `p90`: nine of ten took no longer. */
export type Delays = { readonly of: number; readonly medianMs: number | null; readonly p90Ms: number | null };

/** How one peer keeps up in one lane. Each figure looks at 20,000 rows at most. */
export type PeerFigures = {
  readonly peer: NodeCode;
  readonly lane: Lane;
  /** Messages it has not receipted. */
  readonly unsent: number;
  readonly oldestUnsentAt: Instant | null;
  readonly dead: number;
  /** Hand-overs that it has neither taken over nor given back; pushes that no seat has had on its screen. */
  readonly unanswered: number;
  readonly oldestUnansweredAt: Instant | null;
  /** From when a message was written to its receipt. */
  readonly receipts: Delays;
  /** From the offer until it was taken over or came back; from the push until a seat had it on its screen. */
  readonly answers: Delays;
  /** Hand-overs that it gave back. */
  readonly returned: number;
  /** Requests that it gave back more than once, or handed back after it had taken them over. */
  readonly bounced: number;
};

/** Marks of one kind and level that stand. */
export type AlarmCount = { readonly kind: string; readonly level: number; readonly of: number };

/** What screens read. Every row that shows a request goes through `present` afterwards. */
export type Queries = {
  readonly queue: (filter: QueueFilter) => Promise<Page<QueuedCase>>;
  /** Counts per view, capped at 1,000 each. */
  readonly queueCounts: (
    regions: readonly RegionCode[] | null,
  ) => Promise<Readonly<Record<QueueFilter["view"], number>>>;
  readonly unitOrders: (
    unit: UnitCode,
    open: boolean,
    cursor: string | null,
    limit: number,
  ) => Promise<
    Page<{
      readonly order: Order;
      /** The clocks of this order. */
      readonly clocks: readonly Clock[];
      readonly case: Case;
      readonly wrappedKey: Uint8Array | null;
    }>
  >;
  /**
   * Those of clocks are capped for each kind, within `regions` (absent or null = the whole node), and looked for among the first 20,000 of
   * their kind at the node: who has more than that late has none of its last in any list.
   */
  readonly alarms: (
    audiences: readonly AlarmRow["audience"][],
    regions?: readonly RegionCode[] | null,
  ) => Promise<readonly AlarmRow[]>;
  /** All of them that stand for one subject, also those that a list of very many leaves out. */
  readonly alarmsOf: (audiences: readonly AlarmRow["audience"][], subject: string) => Promise<readonly AlarmRow[]>;
  /** Events committed after `cursor`, oldest first; null cursor = from now on. Never skips one that commits late. */
  readonly feed: (
    cursor: string | null,
    limit: number,
  ) => Promise<{ readonly rows: readonly FeedRow[]; readonly cursor: string }>;
  readonly deadLetters: () => Promise<readonly DeadLetter[]>;
  /** Dangers first, then what came into its state longest ago; no more than `limit` after `cursor`. */
  readonly awaitedHandOvers: (cursor: string | null, limit: number) => Promise<readonly AwaitedHandOver[]>;
  readonly peerFigures: (since: PeerFiguresSince) => Promise<readonly PeerFigures[]>;
  readonly alarmCounts: () => Promise<readonly AlarmCount[]>;
};

export type DeadLetterDesk = {
  readonly retry: (messageId: MessageId, direction: "out" | "in", at: Instant) => Promise<boolean>;
};
