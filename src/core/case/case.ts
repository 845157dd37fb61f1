import type {
  ActorRef,
  CaseId,
  FirstReceiver,
  Instant,
  ItemCode,
  NodeCode,
  OrderId,
  RegionCode,
  RequestNo,
  Sealed,
  UnitCode,
} from "../../kernel/index.ts";
import type { AskedGroup } from "../catalogue/index.ts";
import type { FactStamps } from "../linkage/index.ts";

/**
 * Where one node's copy of a request stands. Who is responsible is never read from here but from the grants
 * (core/responsibility): this is what the desk's screen calls it.
 */
export type CaseStatus =
  /** Came by a linkage and waits for this desk's answer. */
  | "offered"
  /** Recorded here, not yet taken up. */
  | "registered"
  /** Taken up: this desk acts. @source nmg:2.2.1 */
  | "accepted"
  /** At least one order is out. */
  | "handling"
  /** Handling finished, call-back still owed by somebody. */
  | "concluded"
  /** The other desk holds it; we hold its receipt. */
  | "handedOver"
  /** We were told to stop, or gave it back. */
  | "stoodDown"
  | "closed";

/** Which desk must act by the catalogue. @source nmg:2.1 */
export type VerdictSide = "hotline" | "police" | "both" | "neither" | "negotiate";

/** The judgement of ownership, always with what it rests on. @source nmg:2.2 @req REQ-01 @req REQ-08 */
export type Verdict = {
  readonly side: VerdictSide;
  readonly item: ItemCode | null;
  readonly mode: string;
  readonly urgency: "ordinary" | "urgent";
  readonly catalogueVersion: string;
  readonly source: string;
  readonly basis: "plan" | "agreement" | "default";
  /** `peer`: the desk that handed the matter to us judged so; shown, not obeyed. */
  readonly by: "person" | "machine" | "peer";
  /** Which desk, when it was a peer. */
  readonly from?: NodeCode;
  /** What the caller was asked before it, by codes of that version, and where the answers led; absent = nothing was asked. @req REQ-94 */
  readonly asked?: readonly AskedGroup[];
};

/** The coded fields of a request; null = not asked yet. Mandatory before it is concluded, never before a push. */
export type CaseFacts = {
  readonly channel: string;
  readonly place: RegionCode | null;
  readonly requestKind: string | null;
  readonly field: string | null;
  readonly requesterType: string | null;
  readonly confidential: boolean;
};

/** A coded fact of a request: a field of `CaseFacts`, or the catalogue item it was judged as. */
export type FactName = keyof CaseFacts | "item";

/** One fact as the other desk told it; `counts` = it was taken over here with the telling. */
export type ToldFact = { readonly name: FactName; readonly value: string | boolean | null; readonly counts: boolean };

/** Who said it last, and when by our clock. */
export type Told = { readonly value: string | boolean | null; readonly by: NodeCode; readonly at: Instant };

/** Which half of a double dispatch is missing: nobody knows the place, or the place has no government desk here. */
export type MissingHalf = "place" | "unit";

/** One try to reach the requester afterwards. @source nmg:2.2.1 */
export type Callback = {
  readonly no: number;
  readonly at: Instant;
  readonly by: ActorRef;
  readonly outcome: "reached" | "notReached" | "refused";
  readonly satisfaction: 1 | 2 | 3 | 4 | 5 | null;
  readonly solved: boolean | null;
  readonly note: Sealed | null;
};

export type CloseReason =
  | "answered"
  | "guided"
  | "calledBack"
  | "rated"
  | "unreachable"
  | "byPeer"
  | "endedByPeer"
  | "dangerEnded"
  /** Of a copy that came for a part beside another desk's alone: that part has ended. */
  | "jointEnded"
  /** Of a copy that came by a notice or support alone: read, and over. */
  | "informed";

/** An order as the case sees it; its own life is in core/order. */
export type OrderRef = {
  readonly id: OrderId;
  readonly kind: "work" | "police";
  readonly unit: UnitCode;
  readonly open: boolean;
  /** It was answered since the matter last came back to work. Absent = not, or before this was kept. */
  readonly replied?: true;
};

/** What a closed copy learned: the name of a sealed field, null = coded facts or that there is danger; and at which desk it was said. */
export type SinceClosed = { readonly field: string | null; readonly from: NodeCode };

/** One node's copy of a request, folded from its events. */
export type Case = CaseFacts & {
  readonly id: CaseId;
  readonly requestNo: RequestNo;
  readonly home: RegionCode;
  readonly self: NodeCode;
  readonly version: number;
  readonly status: CaseStatus;
  readonly origin: "intake" | "linkage";
  readonly firstReceiver: FirstReceiver;
  readonly registeredAt: Instant;
  readonly registeredBy: ActorRef;
  /** When this node first had it: equals registeredAt at the origin. */
  readonly receivedAt: Instant;
  readonly danger: boolean;
  /** 110's own danger part: found or told here, open until its officers have fed back or the case is closed. */
  readonly dangerHere: boolean;
  /** The half of a double dispatch that is still missing, and how often that was called out; null or absent = none. */
  readonly completion?: { readonly missing: MissingHalf; readonly no: number } | null;
  /** Dangers that no desk could be pushed to since the last push that left; absent = none. */
  readonly pushesOwed?: number;
  readonly verdict: Verdict | null;
  /** Latest version of every sealed field, by field name. */
  readonly sealed: Readonly<Record<string, Sealed>>;
  readonly notes: number;
  /** What another desk last said of a coded fact, by its name; absent while none was told. It may differ from ours. */
  readonly told?: Readonly<Partial<Record<FactName, Told>>>;
  /** Who last said a coded fact, and when; absent = what was said at its registration stands. */
  readonly said?: FactStamps;
  readonly initialResponse: Sealed | null;
  readonly conclusion: {
    readonly resolution: string;
    readonly result: Sealed | null;
    readonly at: Instant;
    readonly by: "self" | "peer";
  } | null;
  /** What came here while it was closed, when no hand-over took a word; absent = nothing did. */
  readonly sinceClosed?: readonly SinceClosed[];
  readonly callbacks: readonly Callback[];
  /** How many of them belong to an earlier handling; absent = none. */
  readonly callbacksBefore?: number;
  readonly rating: { readonly satisfaction: 1 | 2 | 3 | 4 | 5 | null; readonly solved: boolean | null } | null;
  readonly closedAs: CloseReason | null;
  readonly orders: readonly OrderRef[];
  readonly changedAt: Instant;
};

/** Names of the sealed fields of a request. Additions are `note.1`, `note.2`, … */
export const SEALED_FIELDS = ["requester.name", "requester.phone", "requester.contact", "address", "text"] as const;
