import type {
  ActorRef,
  CaseId,
  CommandId,
  Instant,
  ItemCode,
  LinkageId,
  NodeCode,
  OrderId,
  RegionCode,
  RequestNo,
  Sealed,
  UnitCode,
} from "../../kernel/index.ts";
import type { CallResult, Case, CaseEvent, CaseFacts, CaseRefusal, Verdict } from "../case/index.ts";
import type {
  Clock,
  ClockEvent,
  ClockId,
  ClockPolicy,
  LimitSubject,
  Standstill,
  WorkCalendar,
} from "../clock/index.ts";
import type { RingLine } from "../directory/index.ts";
import type {
  AssessmentRegime,
  FollowPolicy,
  LinkageDecision,
  LinkageKind,
  LinkageMessage,
  LinkagePolicy,
  LinkageRefusal,
  LinkageRules,
  LinkageTimer,
  Linkage,
  RejectCode,
  LinkageMessageBody,
  ReturnReason,
  RulingGround,
  WithdrawReason,
} from "../linkage/index.ts";
import type { Order, OrderEvent, OrderRefusal } from "../order/index.ts";
import type { Routing } from "../places/index.ts";
import type { ClockFileCommand, ClockFileRefusal } from "./clock-command.ts";
import type { ClockFault, FileAlarm } from "./file-alarm.ts";
import type { TellingCommand, TellingRefusal } from "./telling-command.ts";

/** A request with everything this node knows of it: what every use case loads and every rule sees. */
export type CaseFile = {
  readonly case: Case | null;
  readonly linkages: readonly Linkage[];
  readonly orders: readonly Order[];
  readonly clocks: readonly Clock[];
};

/** Limits and calendar of this node. Looked up when a clock starts; a clock that runs keeps the rule it started by. */
export type ClockRules = {
  readonly calendar: WorkCalendar;
  /** How long time limits may stand still; absent = by what always held. */
  readonly standstill?: Standstill;
  /** The rule a clock that starts now freezes; null = no limit fits, then there is no clock and nothing waits for one. */
  readonly policyFor: (subject: Omit<LimitSubject, "classCode">, at: Instant) => ClockPolicy | null;
};

/** A desk we may hand over to. */
export type PeerDesk = {
  readonly nodeCode: NodeCode;
  readonly side: "hotline" | "police";
  readonly regions: readonly RegionCode[];
  readonly dutyPhone: string;
  /** Kinds of linkage its program takes, as it last said; null = not heard since this node started; absent = all of them. */
  readonly kinds?: readonly LinkageKind[] | null;
};

/** A unit that a danger or an item points to, with the clause that says so. */
export type UnitTarget = { readonly unit: UnitCode; readonly dutyPhone: string | null };

/** Everything the rules need besides the file: handed in, so that they stay pure. */
export type FileContext = {
  readonly self: NodeCode;
  readonly side: "hotline" | "police";
  readonly home: RegionCode;
  readonly peers: readonly PeerDesk[];
  /** Which desk serves which division; absent = the divisions the peers are configured with. @source yn:4.1.1 */
  readonly routing?: Routing | undefined;
  readonly catalogueVersion: string;
  readonly followPolicy: FollowPolicy;
  /** Whose yardstick a hand-over from this desk counts by. @source nmg:2.2.5 @source yn:5.3 */
  readonly regime: (direction: {
    readonly to: "hotline" | "police";
    readonly verdict: Verdict | null;
  }) => AssessmentRegime;
  /** The verdict an item stands for here, or by another version when that is at hand; null = this node does not know the item. */
  readonly verdictOf: (item: ItemCode, version?: string) => Verdict | null;
  /** The local government's 24 h duty desk of a place (annex part three). */
  readonly governmentDesk: (place: RegionCode | null) => UnitTarget | null;
  /** The numbers of a unit in the order to ring them at a moment; absent = no directory is at hand. @source yn:4.1.2 @req REQ-34 */
  readonly ringOrder?: ((unit: UnitCode, at: Instant) => readonly RingLine[]) | undefined;
  readonly callbackAttempts: number;
  /** Which desk a ground of the exclusion list bounds, by the code of its item; null = it is none of them. @source nmg:2.1 @req REQ-06 */
  readonly exclusionBounds: (ground: string) => "hotline" | "police" | null;
  readonly linkagePolicy: LinkagePolicy;
  /** The linkage tables to run on; absent = as shipped. */
  readonly linkageRules?: LinkageRules | undefined;
  readonly rejects: (offer: Extract<LinkageMessageBody, { type: "offer" }>) => RejectCode | null;
  readonly seatOnDuty: boolean;
  readonly dutyPhone: string;
  readonly clock: ClockRules;
  /** Fresh ids for what this input may create, taken from the front. */
  readonly ids: readonly string[];
};

/** What a person at this node may ask of a request. Free text and personal values are sealed already. */
export type FileCommand =
  | {
      readonly type: "register";
      readonly caseId: CaseId;
      readonly requestNo: RequestNo;
      readonly facts: CaseFacts;
      readonly sealed: readonly Sealed[];
      readonly danger: boolean;
      readonly verdict: Verdict | null;
    }
  /** `to` = the 110 desk it is pushed to; absent = the one that serves the place, and for 110 itself nobody: it acts. */
  | {
      readonly type: "danger";
      readonly machineSuspected: boolean;
      readonly sealed: readonly Sealed[];
      readonly to?: NodeCode;
    }
  /** A person dialled because red marks of this request asked for it; it is on record whatever state the request is in. */
  | {
      readonly type: "recordCall";
      readonly dial: string | null;
      readonly subject: string;
      readonly about: readonly string[];
      readonly result: CallResult;
      readonly said: Sealed | null;
      /** Of a call to a unit that does not take up its order: the level of the mark as it named the number. */
      readonly level?: number;
    }
  | { readonly type: "amend"; readonly facts: Partial<CaseFacts>; readonly sealed: readonly Sealed[] }
  /** `said` = what the caller was asked before and answered; it goes to the other desk unless it is what was judged by already. */
  | { readonly type: "judge"; readonly verdict: Verdict; readonly said?: readonly Sealed[] }
  | { readonly type: "accept" }
  | { readonly type: "guide"; readonly reason: string; readonly guidance: Sealed | null }
  | { readonly type: "answer"; readonly answer: Sealed | null }
  | {
      readonly type: "dispatch";
      readonly kind: "work" | "police";
      readonly unit: UnitCode;
      readonly role: "lead" | "assisting";
      readonly instruction: Sealed | null;
    }
  | {
      readonly type: "recordInitialResponse";
      readonly entry: Sealed | null;
      readonly manner: "onSite" | "byPhone" | "notNeeded";
    }
  /** `to` null = the desk of the other side that serves the place. */
  | { readonly type: "handOver"; readonly to: NodeCode | null }
  | {
      readonly type: "withdraw";
      readonly linkageId: LinkageId;
      readonly reason: WithdrawReason;
      readonly note: Sealed | null;
    }
  | { readonly type: "negotiate"; readonly linkageId: LinkageId; readonly note: Sealed | null }
  /** `to` = who has the matter now by the ruling; `note` = what was decided, and by whom. */
  | {
      readonly type: "rule";
      readonly linkageId: LinkageId;
      readonly to: NodeCode;
      readonly ground: RulingGround;
      readonly note: Sealed | null;
    }
  | { readonly type: "hold"; readonly linkageId: LinkageId }
  | { readonly type: "acceptOffer"; readonly linkageId: LinkageId }
  | {
      readonly type: "return";
      readonly linkageId: LinkageId;
      readonly reason: ReturnReason;
      readonly basis: Sealed | null;
      readonly proposedOwner: Sealed | null;
      readonly note: Sealed | null;
    }
  | { readonly type: "readAdditions"; readonly linkageId: LinkageId }
  | { readonly type: "shown"; readonly linkageId: LinkageId }
  /** `onScreen`: whether an on-duty seat that has the newest push on its screen signs. */
  | { readonly type: "sign"; readonly linkageId: LinkageId; readonly onScreen: boolean }
  | {
      readonly type: "endDanger";
      readonly linkageId: LinkageId;
      readonly outcome: "handled" | "noDangerFound";
      readonly result: Sealed | null;
      /** Why it ends although officers have not answered; needed only then. */
      readonly ordersOpen?: Sealed | null;
    }
  | { readonly type: "acknowledgeOrder"; readonly orderId: OrderId }
  | { readonly type: "arrive"; readonly orderId: OrderId }
  | { readonly type: "reply"; readonly orderId: OrderId; readonly resolution: string; readonly reply: Sealed | null }
  | { readonly type: "recall"; readonly orderId: OrderId; readonly reason: string }
  | { readonly type: "conclude"; readonly resolution: string; readonly result: Sealed | null }
  | {
      readonly type: "callBack";
      readonly outcome: "reached" | "notReached" | "refused";
      readonly satisfaction: 1 | 2 | 3 | 4 | 5 | null;
      readonly solved: boolean | null;
      readonly note: Sealed | null;
    }
  | { readonly type: "rate"; readonly satisfaction: 1 | 2 | 3 | 4 | 5; readonly solved: boolean | null }
  | { readonly type: "close" }
  | { readonly type: "reopen"; readonly reason: string; readonly note: Sealed | null }
  | TellingCommand
  | ClockFileCommand;

/** A value that came with a message and does not fit it, as this node keeps it: apart, under a name of its own. */
export type DoubtfulRef = { readonly ref: Sealed; readonly field: string; readonly code: string };

/** Everything a request can be told at this node. */
export type FileInput =
  | {
      readonly via: "command";
      readonly id: CommandId;
      readonly at: Instant;
      readonly by: ActorRef;
      readonly command: FileCommand;
    }
  | {
      readonly via: "message";
      readonly at: Instant;
      readonly message: LinkageMessage;
      /** Values that came beside the message and do not fit what it refers to. */
      readonly doubtful?: readonly DoubtfulRef[];
    }
  | {
      readonly via: "receipt";
      readonly at: Instant;
      readonly linkageId: LinkageId;
      readonly seq: number;
      readonly noted: string | null;
    }
  | { readonly via: "timer"; readonly at: Instant; readonly linkageId: LinkageId; readonly timer: LinkageTimer }
  | { readonly via: "caseTimer"; readonly at: Instant; readonly timer: CaseTimer }
  | { readonly via: "clockTimer"; readonly at: Instant; readonly clockId: ClockId }
  /** Nothing happened; the clocks are to be as they should be. */
  | { readonly via: "clocks"; readonly at: Instant };

/** Timers of a request itself. `completion`: a half of a double dispatch is missing. @source nmg:a3 */
export type CaseTimer = "completion";

/** A durable timer of the request to set (replacing the one of the same name) or to cancel. */
export type CaseTimerChange = { readonly set: CaseTimer; readonly dueAt: Instant } | { readonly cancel: CaseTimer };

export type FileRefusal =
  | CaseRefusal
  | OrderRefusal
  | LinkageRefusal
  | ClockFileRefusal
  | TellingRefusal
  | { readonly code: "REQUEST_UNKNOWN" }
  | { readonly code: "ORDER_UNKNOWN" }
  | { readonly code: "LINKAGE_UNKNOWN" }
  | { readonly code: "NO_PEER"; readonly side: "hotline" | "police" }
  | { readonly code: "RULING_MISSING" }
  /** Several desks serve the place alike: a person names one. */
  | { readonly code: "ROUTE_UNCLEAR"; readonly side: "hotline" | "police"; readonly desks: readonly NodeCode[] }
  /** No linked desk serves the place; `desk` and `dial` = the one that does, where the table knows it. */
  | {
      readonly code: "ROUTE_NONE";
      readonly side: "hotline" | "police";
      readonly desk: string | null;
      readonly dial: string | null;
    }
  | { readonly code: "CONCLUSION_NOT_HELD" }
  | { readonly code: "DANGER_NOT_TAKEN_OVER"; readonly linkageId: LinkageId }
  | { readonly code: "ALREADY_REGISTERED" };

/** A message to somebody outside the node: codes only, texts are made when it is sent. */
export type FileNotice = {
  readonly to: "unitDutyPhone" | "requester";
  readonly unit: UnitCode | null;
  readonly template: "orderDispatched" | "requestRegistered" | "requestConcluded" | "deadlineNear" | "deadlinePassed";
};

/** All that one input changes; nothing of it may be stored without the rest. */
export type FileDecision = {
  readonly file: CaseFile;
  readonly caseEvents: readonly CaseEvent[];
  readonly orderEvents: readonly { readonly orderId: OrderId; readonly events: readonly OrderEvent[] }[];
  readonly clockEvents: readonly { readonly clockId: ClockId; readonly events: readonly ClockEvent[] }[];
  readonly linkages: readonly LinkageDecision[];
  readonly alarms: readonly FileAlarm[];
  readonly timers: readonly CaseTimerChange[];
  readonly notices: readonly FileNotice[];
  /** What broke while the clocks were to follow; then they are as they were. */
  readonly faults: readonly ClockFault[];
  /** The message was consumed without effect: the code its receipt carries. */
  readonly noted: string | null;
};
