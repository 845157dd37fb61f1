import type { ActorRef, Instant, LinkageId } from "../../kernel/index.ts";
import type { LinkageTimer } from "./command.ts";
import type { Linkage, LinkageBirth, LinkageFields, LinkageState } from "./linkage.ts";
import type { CaseBrief, LinkageMessageBody, LinkageMessageType } from "./message.ts";

/** What caused an event: enough to find the command, message or timer again (P6). @req REQ-11 */
export type LinkageCause = {
  readonly via: "command" | "message" | "receipt" | "timer";
  /** Command, message or timer name; `receipt` for a receipt. */
  readonly type: string;
  /** Command or message id; null for a timer or receipt. */
  readonly id: string | null;
  /** Who gave the command; null otherwise. */
  readonly by: ActorRef | null;
  /** The linkage of the same file whose change pulled this one along (section 5.3). */
  readonly because: LinkageId | null;
  /** Of a message: when the other desk wrote it, by that desk's clock. Absent in an event written before this was kept. */
  readonly saidAt?: Instant;
};

/** The fields an event sets. Codes, numbers, instants and sealed references only: never a personal value or free text. */
export type LinkageFacts = Partial<LinkageFields>;

/** One thing that happened to one linkage: which row of the table applied, from where to where, and what it said to the peer. */
export type LinkageEvent = {
  readonly linkageId: LinkageId;
  /** Row of the table, e.g. `5.1-withdraw`. */
  readonly rule: string;
  /** Section of the linkage table. */
  readonly section: string;
  readonly from: LinkageState | null;
  readonly to: LinkageState;
  readonly at: Instant;
  readonly cause: LinkageCause;
  readonly sent: readonly { readonly type: LinkageMessageType; readonly seq: number }[];
  /** Sequence number of the message consumed; null when the cause was no message on this linkage. */
  readonly received: number | null;
  readonly born: { readonly birth: LinkageBirth; readonly brief: CaseBrief } | null;
  readonly facts: LinkageFacts;
  /** Only of events written before the grounds of a return were sealed: read, never written. */
  readonly legacyGrounds?: { readonly basis: unknown; readonly proposedOwner: unknown };
};

export type LinkageAlarmKind =
  /** Urgent: no receipt in 2 s; dial the number shown. */
  | "linkSilent"
  /** Urgent: nobody on duty has it on screen; dial the number shown. */
  | "noSeatOnDuty"
  /** Urgent: told to nobody yet at S's knowledge, repeats. */
  | "urgentUndelivered"
  /** Urgent: on screen or stored, but no person has signed. Level 1 duty phone, 2 next level. */
  | "urgentUnsigned"
  /** Urgent: on a screen of the other desk, but S holds no signature; dial the number shown. */
  | "peerUnsigned"
  | "deliveryMissing"
  | "returnWindowLapsed"
  /** A second dispute about the same matter: three-way call at once. */
  | "threeWayCall"
  | "arbiterCalled"
  | "arbiterOverdue"
  | "confirmMissing"
  | "answerOwed"
  /** R: S had taken it back before it held our acceptance; stop. */
  | "stoodDown"
  /** S: something arrived for a matter already taken back. */
  | "lateFact"
  /** The other desk's arbiter has ruled; it takes effect only when logged here. */
  | "rulingReceived"
  | "rulingStale"
  /** R: a notice that nobody here has read. */
  | "noticeUnread"
  /** R: the other desk asks for support and waits for an answer. */
  | "supportAsked"
  /** The other desk has granted, declined or ended support. */
  | "supportMoved"
  /** R: the other desk asks us to work on a part beside it, or says more of it. */
  | "jointAsked"
  /** R: a part we are to work on that no person has signed. */
  | "jointUnsigned"
  /** S: the other desk has ended its part. */
  | "jointMoved"
  /** A message that the table says cannot arrive here. */
  | "integrity";

/** Something a person must see now. Alarms never move responsibility. */
export type LinkageAlarm = {
  readonly kind: LinkageAlarmKind;
  /** 1, 2, 3, …: how often this has been raised without effect. */
  readonly level: number;
  readonly linkageId: LinkageId;
  readonly at: Instant;
  /** The number to dial, where there is one. */
  readonly dial: string | null;
};

/** Why a message was consumed without changing the state: travels back as `noted(code)` and changes nothing there. */
export type LinkageNote = "LATE" | "STALE" | "CROSSED" | "ATTACHED" | "VOID" | "RULING_STALE" | "UNEXPECTED";

/** A durable timer to set (replacing the one of the same name on this linkage) or to cancel. */
export type LinkageTimerChange =
  | { readonly set: LinkageTimer; readonly dueAt: Instant }
  | { readonly cancel: LinkageTimer };

/** What one input does to one linkage: all of it belongs into one transaction. */
export type LinkageDecision = {
  readonly linkageId: LinkageId;
  readonly event: LinkageEvent;
  /** After the event. */
  readonly linkage: Linkage;
  /** In order; the first one takes sequence number `linkage.seqOut - send.length + 1`. */
  readonly send: readonly LinkageMessageBody[];
  readonly timers: readonly LinkageTimerChange[];
  readonly alarms: readonly LinkageAlarm[];
  /** Set when a message was consumed without effect. */
  readonly noted: LinkageNote | null;
};
