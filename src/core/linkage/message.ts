import type {
  CaseId,
  FirstReceiver,
  Instant,
  ItemCode,
  LinkageId,
  MessageId,
  NodeCode,
  RegionCode,
  RequestNo,
  Sealed,
} from "../../kernel/index.ts";

/** Kinds of hand-over; fixed at birth. @source nmg:2.2.1 */
export type LinkageKind = "clear" | "afterInitialResponse" | "urgent" | "joint" | "support" | "notice";

/** After acceptance one side owns callback and closing: `handOff` the receiver, `follow` the origin. */
export type FollowPolicy = "handOff" | "follow";

/** Whose yardstick counts for this hand-over. @source nmg:2.2.5 @source yn:5.3 */
export type AssessmentRegime = "policeRules" | "hotlineMemberRules" | "acceptingPlatform";

/** When and at which desk a person said a fact: of two values the newer one is the word that counts, wherever it comes from. */
export type FactStamp = { readonly at: Instant; readonly by: NodeCode };

/** Stamps of the facts that were said after the registration, by name. Since version 7. */
export type FactStamps = Readonly<Partial<Record<StampedFact, FactStamp>>>;
export type StampedFact = "channel" | "place" | "requestKind" | "field" | "requesterType" | "confidential";

/**
 * What the other desk needs to know to act: codes in clear, everything personal or spoken as sealed references. What a route is chosen by
 * stands in it, each by itself: the nature (`requestKind`, `danger`), the content (`item`), the jurisdiction (`place`). @req REQ-10
 */
export type CaseBrief = {
  readonly registeredAt: Instant;
  readonly channel: string;
  readonly place: RegionCode | null;
  readonly requestKind: string | null;
  readonly field: string | null;
  readonly requesterType: string | null;
  readonly confidential: boolean;
  readonly item: ItemCode | null;
  readonly danger: boolean;
  readonly sealed: readonly Sealed[];
  readonly said?: FactStamps;
};

/** Coded facts of a request as the speaking desk has corrected them; a member that is absent was not spoken of. */
export type ToldFacts = {
  readonly channel?: string;
  readonly place?: RegionCode | null;
  readonly requestKind?: string | null;
  readonly field?: string | null;
  readonly requesterType?: string | null;
  readonly confidential?: boolean;
  readonly item?: ItemCode | null;
  readonly danger?: boolean;
  readonly said?: FactStamps;
};

/** Why a return is right and who should act instead, as the returning desk wrote it; null = a value that may not travel. */
export type ReturnGrounds = { readonly basis: Sealed | null; readonly proposedOwner: Sealed | null };

/** What stands in the members of version 1 that held the grounds of a return in clear. */
export const SEALED_GROUNDS = "sealed";

/** Everything that is said between two nodes about one linkage. Wire type = `type`. */
export type LinkageMessageBody =
  | {
      readonly type: "offer";
      readonly kind: "clear" | "afterInitialResponse";
      readonly birth: "offered" | "negotiating" | "bound";
      readonly brief: CaseBrief;
      readonly firstReceiver: FirstReceiver;
      /** Earlier desks of this matter, first to last, the sender being the last. */
      readonly chain: readonly NodeCode[];
      readonly source: LinkageId | null;
      readonly initialResponse: Sealed | null;
      readonly followPolicy: FollowPolicy;
      readonly regime: AssessmentRegime;
      readonly catalogueVersion: string;
      /** Since version 5: of an offer born bound, what bound it. */
      readonly ruling?: { readonly basis: RulingGround; readonly note: Sealed | null };
    }
  | {
      readonly type: "accepted";
      readonly by: "person" | "node";
      readonly acceptedAt: Instant;
      readonly into: RequestNo | null;
    }
  | { readonly type: "confirmed" }
  | {
      readonly type: "withdrawn";
      readonly reason: WithdrawReason;
      readonly decidedAt: Instant;
      readonly note: Sealed | null;
    }
  | {
      readonly type: "returned";
      readonly reason: ReturnReason;
      /** Since version 2 always `SEALED_GROUNDS`: the text is in `grounds`. */
      readonly basis: string;
      readonly proposedOwner: string;
      readonly note: Sealed | null;
      /** Since version 2. */
      readonly grounds?: ReturnGrounds;
    }
  | { readonly type: "negotiate"; readonly note: Sealed | null }
  | { readonly type: "held" }
  /** Since version 5 with what bound it; a copy without it is of an older desk. */
  | { readonly type: "bound"; readonly basis?: BoundBasis; readonly note?: Sealed | null }
  | { readonly type: "ruling"; readonly to: NodeCode; readonly basis: string; readonly note: Sealed | null }
  | { readonly type: "rejected"; readonly code: RejectCode }
  | { readonly type: "addition"; readonly n: number; readonly sealed: readonly Sealed[]; readonly brief: CaseBrief }
  | {
      readonly type: "progress";
      readonly stage: ProgressStage;
      readonly at: Instant;
      readonly note: Sealed | null;
      /** Since version 2: what the speaking desk has learned or corrected. */
      readonly facts?: ToldFacts;
    }
  | {
      readonly type: "concluded";
      readonly no: number;
      readonly seen: number;
      readonly resolution: string;
      readonly result: Sealed | null;
    }
  | { readonly type: "conclusionHeld"; readonly no: number }
  | { readonly type: "closed"; readonly no: number; readonly rating: Rating | null }
  | { readonly type: "reopen"; readonly reason: string; readonly note: Sealed | null }
  | { readonly type: "reopened"; readonly own: boolean; readonly answers: MessageId | null }
  | {
      readonly type: "push";
      readonly k: number;
      readonly brief: CaseBrief;
      readonly firstReceiver: FirstReceiver;
      readonly parent: LinkageId | null;
      /** Nobody at the keyboard judged this: a machine suspected it. */
      readonly machineSuspected: boolean;
      readonly regime: AssessmentRegime;
      readonly catalogueVersion: string;
    }
  | { readonly type: "delivered"; readonly k: number; readonly at: Instant }
  | { readonly type: "noSeatOnDuty"; readonly k: number; readonly dial: string }
  | { readonly type: "signed"; readonly k: number; readonly at: Instant }
  | {
      readonly type: "ended";
      readonly k: number;
      readonly outcome: EndOutcome;
      readonly result: Sealed | null;
    }
  | { readonly type: "endHeld"; readonly k: number }
  /** Since version 6: the other desk is told something of the matter and nothing is handed over. */
  | ({ readonly type: "notice"; readonly text: Sealed | null } & Telling)
  | { readonly type: "noticeRead"; readonly at: Instant }
  /** Since version 6: help is asked for; the matter stays where it is. */
  | ({
      readonly type: "support";
      readonly what: Sealed | null;
      readonly where: Sealed | null;
      readonly when: Sealed | null;
    } & Telling)
  /** Since version 7: the other desk works on a part of its own beside ours (联合调处); number k of it, as a push has one. */
  | ({
      readonly type: "joint";
      readonly k: number;
      readonly what: Sealed | null;
      readonly regime: AssessmentRegime;
    } & Telling)
  | { readonly type: "granted"; readonly at: Instant; readonly note: Sealed | null }
  | { readonly type: "declined"; readonly at: Instant; readonly note: Sealed | null }
  | { readonly type: "supportEnded"; readonly at: Instant; readonly result: Sealed | null };

/** How a danger ended: handled, or none found. @source nmg:2.2.1 */
export const DANGER_OUTCOMES = ["handled", "noDangerFound"] as const;
/** How a partner's part ended: the parties agreed, or they did not and were told where to go. @source nmg:2.2.2 */
export const JOINT_OUTCOMES = ["settled", "notSettled"] as const;
export type DangerOutcome = (typeof DANGER_OUTCOMES)[number];
export type JointOutcome = (typeof JOINT_OUTCOMES)[number];
export type EndOutcome = DangerOutcome | JointOutcome;

/** What a desk needs to know of a matter that stays with another one. */
export type Telling = {
  readonly brief: CaseBrief;
  readonly firstReceiver: FirstReceiver;
  readonly catalogueVersion: string;
};

/** Messages that open a conversation, and with it may bring a request that the receiver does not have yet. */
export const OPENING_MESSAGES = [
  "offer",
  "push",
  "notice",
  "support",
  "joint",
] as const satisfies readonly LinkageMessageType[];
export type OpeningMessage = Extract<LinkageMessageBody, { readonly type: (typeof OPENING_MESSAGES)[number] }>;

/** Messages whose receipt is waited for: a timer stops with it, or a state begins. */
export const AWAITED_MESSAGES: readonly LinkageMessageType[] = ["offer", "bound", "push", "notice", "support", "joint"];

/** Whether a body opens a conversation. */
export function opensConversation(body: LinkageMessageBody): body is OpeningMessage {
  return OPENING_MESSAGES.some((type) => type === body.type);
}

export type LinkageMessageType = LinkageMessageBody["type"];

/** 收回, 自办, 协商归己方, 拆分, 合并, 改投, 裁定归他方. */
export const WITHDRAW_REASONS = ["takeBack", "keep", "agreedToSender", "split", "merge", "reOffer", "ruled"] as const;
export type WithdrawReason = (typeof WITHDRAW_REASONS)[number];

/** Coded reasons of a return; every one needs basis and proposed owner. */
export const RETURN_REASONS = [
  "outOfScope",
  "wrongRegion",
  "ownerUnclear",
  "dutiesOverlap",
  "incomplete",
  "duplicate",
  "unreachable",
  "inLegalProcedure",
  "classified",
  "other",
] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

/** Where a ruling comes from: a meeting of both sides (会商), or the duty arbiter that an agreement names. @source nmg:2.2.4 @source yn:3.4 */
export const RULING_GROUNDS = ["consultation", "arbiter"] as const;
export type RulingGround = (typeof RULING_GROUNDS)[number];

/** What binds a desk that did not agree: a ruling, or that it received the matter first. @source nmg:2.2.1 */
export const BOUND_BASES = [...RULING_GROUNDS, "firstReceiver"] as const;
export type BoundBasis = (typeof BOUND_BASES)[number];

/** The reason that a text names, null when it names none. */
export function parseWithdrawReason(text: string): WithdrawReason | null {
  return WITHDRAW_REASONS.find((reason) => reason === text) ?? null;
}

/** The reason that a text names, null when it names none. */
export function parseReturnReason(text: string): ReturnReason | null {
  return RETURN_REASONS.find((reason) => reason === text) ?? null;
}

export type RejectCode = "NO_INITIAL_RESPONSE" | "OUT_OF_SCOPE" | "UNKNOWN_CODE" | "VERSION" | "WRONG_PEER";

/** Steps at the receiver that the sender's screen shows. They change no state. */
export type ProgressStage =
  | "dispatched"
  | "acknowledged"
  | "policeDispatched"
  | "arrived"
  | "fedBack"
  | "replied"
  | "calledBack"
  | "noted"
  | "late";

/** The requester's judgement: satisfaction 1 (very dissatisfied) to 5 (very satisfied), null when not reached. */
export type Rating = {
  readonly satisfaction: 1 | 2 | 3 | 4 | 5 | null;
  readonly solved: boolean | null;
  readonly reached: boolean;
};

/** One message between nodes: an immutable fact. `seq` counts 1, 2, 3… per conversation and direction. */
export type LinkageMessage = {
  readonly id: MessageId;
  readonly conversation: LinkageId;
  readonly seq: number;
  readonly sender: NodeCode;
  readonly receiver: NodeCode;
  readonly issuedAt: Instant;
  /** The command, message or timer that caused it. */
  readonly cause: string;
  readonly lane: "urgent" | "ordinary";
  readonly requestNo: RequestNo;
  readonly caseId: CaseId;
  readonly body: LinkageMessageBody;
};
