import type { ActorRef, CommandId, Instant, LinkageId, NodeCode, RequestNo, Sealed } from "../../kernel/index.ts";
import type {
  AssessmentRegime,
  CaseBrief,
  EndOutcome,
  FollowPolicy,
  LinkageMessage,
  ProgressStage,
  Rating,
  ReturnReason,
  RulingGround,
  Telling,
  ToldFacts,
  WithdrawReason,
} from "./message.ts";
import type { FirstReceiver } from "../../kernel/index.ts";

/** What a person (or a use case on a person's behalf) may ask of a linkage. */
export type LinkageCommand =
  | {
      readonly type: "offer";
      readonly linkageId: LinkageId;
      readonly kind: "clear" | "afterInitialResponse";
      readonly to: NodeCode;
      readonly brief: CaseBrief;
      readonly firstReceiver: FirstReceiver;
      readonly initialResponse: Sealed | null;
      readonly followPolicy: FollowPolicy;
      readonly regime: AssessmentRegime;
      readonly catalogueVersion: string;
      /** The holder logs a ruling that binds `to` while it has no open offer: the offer is born bound (table 5.1, row 2). */
      readonly ruling?: { readonly basis: RulingGround; readonly note: Sealed | null };
    }
  | {
      readonly type: "push";
      readonly linkageId: LinkageId;
      readonly to: NodeCode;
      readonly brief: CaseBrief;
      readonly firstReceiver: FirstReceiver;
      readonly parent: LinkageId | null;
      readonly machineSuspected: boolean;
      readonly regime: AssessmentRegime;
      readonly catalogueVersion: string;
    }
  | { readonly type: "negotiate"; readonly note: Sealed | null }
  | { readonly type: "hold" }
  | {
      readonly type: "ruling";
      readonly to: NodeCode;
      readonly basis: RulingGround;
      readonly note: Sealed | null;
      readonly newLinkageId: LinkageId;
      /** The matter as it is known now: what a third desk is told that the ruling names. */
      readonly brief: CaseBrief;
    }
  | { readonly type: "withdraw"; readonly reason: WithdrawReason; readonly note: Sealed | null }
  /** `what`: of a part the other desk works on beside ours, what it is asked for now. */
  | { readonly type: "add"; readonly sealed: readonly Sealed[]; readonly brief: CaseBrief; readonly what?: Sealed }
  | { readonly type: "close"; readonly rating: Rating | null }
  | { readonly type: "reopen"; readonly reason: string; readonly note: Sealed | null }
  | { readonly type: "accept" }
  | { readonly type: "absorb"; readonly into: RequestNo }
  | {
      readonly type: "return";
      readonly reason: ReturnReason;
      readonly basis: Sealed | null;
      readonly proposedOwner: Sealed | null;
      readonly note: Sealed | null;
    }
  | {
      readonly type: "progress";
      readonly stage: ProgressStage;
      readonly note: Sealed | null;
      readonly facts?: ToldFacts;
    }
  | { readonly type: "conclude"; readonly resolution: string; readonly result: Sealed | null }
  | { readonly type: "readAdditions" }
  | { readonly type: "shown" }
  /** `onScreen`: an on-duty seat that has the newest push on its screen signs it; else it is a person's word alone. */
  | { readonly type: "sign"; readonly onScreen: boolean }
  | { readonly type: "end"; readonly outcome: EndOutcome; readonly result: Sealed | null }
  | ({
      readonly type: "notify";
      readonly linkageId: LinkageId;
      readonly to: NodeCode;
      readonly text: Sealed | null;
    } & Telling)
  | { readonly type: "readNotice" }
  | ({
      readonly type: "askSupport";
      readonly linkageId: LinkageId;
      readonly to: NodeCode;
      readonly what: Sealed | null;
      readonly where: Sealed | null;
      readonly when: Sealed | null;
    } & Telling)
  /** The other desk is to work on a part of its own beside ours; `what` = what it is asked to do. */
  | ({
      readonly type: "askJoint";
      readonly linkageId: LinkageId;
      readonly to: NodeCode;
      readonly what: Sealed | null;
      readonly regime: AssessmentRegime;
    } & Telling)
  | { readonly type: "grant"; readonly note: Sealed | null }
  | { readonly type: "decline"; readonly note: Sealed | null }
  | { readonly type: "endSupport"; readonly result: Sealed | null };

export type LinkageCommandType = LinkageCommand["type"];

/** Timers of a linkage; they alarm or move a dispute on, they never move responsibility (linkage table, section 9). */
export type LinkageTimer =
  | "urgentReceipt"
  | "urgentLink"
  | "urgentSeat"
  | "urgentSign"
  | "deliveryReceipt"
  | "answer"
  | "answerAtSender"
  | "decideReturned"
  | "negotiation"
  | "arbiter"
  | "confirm"
  | "answerOwed";

/** Everything a linkage can be told. A receipt says that the peer holds our message `seq` durably. */
export type LinkageInput =
  | {
      readonly via: "command";
      readonly id: CommandId;
      readonly at: Instant;
      readonly actor: ActorRef;
      readonly command: LinkageCommand;
    }
  | { readonly via: "message"; readonly at: Instant; readonly message: LinkageMessage }
  | { readonly via: "receipt"; readonly at: Instant; readonly seq: number; readonly noted: string | null }
  | { readonly via: "timer"; readonly at: Instant; readonly timer: LinkageTimer };
