import type { Role } from "../../core/access/index.ts";
import type { Case, NextStep, Verdict } from "../../core/case/index.ts";
import type { AskedGroup, GivenAnswer } from "../../core/catalogue/index.ts";
import type { ClockPolicy, ClockStatus, StandingDue } from "../../core/clock/index.ts";
import type { EndOutcome, Linkage, Talk, TalkProposal } from "../../core/linkage/index.ts";
import type { Order } from "../../core/order/index.ts";
import type { FirstReceiver, Instant } from "../../kernel/index.ts";
import type { CommandName } from "../command-input.ts";
import type { TimeSpentCard } from "./time-spent.ts";

/** A sealed field as one reader may see it. */
export type FieldShown = {
  readonly showing: "clear" | "masked" | "hidden" | "erased";
  readonly value: string | null;
  readonly revealable: boolean;
};

/** What the catalogue said about a request, with the names a reader knows. */
export type VerdictCard = Omit<Verdict, "asked"> & {
  readonly itemName: string | null;
  readonly itemNameEn: string | null;
  readonly condition: string | null;
  /** Version whose words are shown; only while the version judged by is not here. */
  readonly wordsOf?: string;
  readonly asked?: readonly AskedCard[];
};

/** What the caller was asked of one group, in the words of the version it was judged by, and where the answers led. */
export type AskedCard = Omit<AskedGroup, "answers"> & {
  readonly answers: readonly (GivenAnswer & { readonly askZh: string | null; readonly askEn: string | null })[];
  readonly outcomeName: string | null;
  readonly outcomeNameEn: string | null;
};

/** A command that is open now, but not to this account: who may give it. */
export type ForOthersCard = { readonly command: CommandName; readonly roles: readonly Role[] };

/** A command whose time has not come: the code by which it would be refused, with its codes and counts. */
export type NotYetCard = {
  readonly command: CommandName;
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
};

/** The time limit that is due first of those that run; `limit` is the rule it was frozen with (P6). */
export type DueCard = {
  readonly stage: ClockPolicy["stage"];
  readonly dueAt: string;
  readonly provisional: boolean;
  readonly status: Exclude<ClockStatus, "stopped">;
  readonly limit: Pick<ClockPolicy, "catalogueVersion" | "amount" | "unit" | "source" | "basis"> & {
    readonly code: string;
  };
};

/** The clock by which a thing is handled as a whole, with what people have done to it; `amount`s in the unit of its limit. */
export type ClockCard = {
  readonly stage: ClockPolicy["stage"];
  readonly status: Exclude<ClockStatus, "stopped">;
  /** null = it stands still. */
  readonly dueAt: string | null;
  readonly provisional: boolean;
  readonly unit: ClockPolicy["unit"];
  readonly pauseReason: string | null;
  readonly note: FieldShown | null;
  readonly awaitUntil: string | null;
  readonly extended: number;
  /** So much may still be asked for. */
  readonly extensionLeft: number;
  readonly asked: {
    readonly amount: number;
    readonly reason: string;
    readonly note: FieldShown | null;
    readonly at: string;
    /** When it would be due then; null = a pause leaves that open. */
    readonly wantedAt: string | null;
    /** Whether this reader asked: somebody else must approve. */
    readonly own: boolean;
  } | null;
};

/** One order as its reader may see it, with what he may do. */
export type OrderCard = Pick<
  Order,
  | "id"
  | "kind"
  | "unit"
  | "role"
  | "status"
  | "dispatchedAt"
  | "acknowledgedAt"
  | "arrivedAt"
  | "endedAt"
  | "resolution"
> & {
  readonly unitName: string;
  readonly instruction: FieldShown | null;
  readonly reply: FieldShown | null;
  readonly due: DueCard | null;
  readonly clock: ClockCard | null;
  readonly allowed: readonly CommandName[];
  readonly forOthers: readonly ForOthersCard[];
};

/** An open push went to `pushedTo`, because the place's own 110 has no data link: who that is and the number to dial. */
export type ByVoiceCard = {
  readonly name: string;
  readonly nameEn: string;
  readonly phone: string;
  readonly pushedTo: string;
  readonly pushedToEn: string;
};

/** A talk as a reader may see it: codes with their names, people and texts through the door. */
export type TalkCard = Pick<Talk, "no" | "by" | "at" | "callerPresent" | "callId" | "catalogueVersion" | "to"> & {
  readonly who: FieldShown | null;
  readonly others: FieldShown | null;
  readonly note: FieldShown | null;
  readonly proposals: readonly (TalkProposal & { readonly name: string | null; readonly nameEn: string | null })[];
  readonly asked: readonly {
    readonly question: string;
    readonly answer: Talk["asked"][number]["answer"];
    readonly askZh: string | null;
    readonly askEn: string | null;
  }[];
  readonly signed: { readonly at: string; readonly who: FieldShown | null } | null;
};

/** One hand-over as its reader may see it, with what he may do. `dutyPhone` = what to dial when the link is silent. */
export type LinkageCard = Pick<
  Linkage,
  | "id"
  | "kind"
  | "role"
  | "peer"
  | "state"
  | "part"
  | "openedAt"
  | "deliveredAt"
  | "acceptedAt"
  | "signedAt"
  | "followPolicy"
  | "regime"
  | "catalogueVersion"
  | "ruling"
  | "endedAt"
> & {
  /** Hand-over: what was written down while it was disputed, oldest first. */
  readonly talks: readonly TalkCard[];
  /** Notice and support: what was said, by its name; null = it is neither. */
  readonly words: Readonly<Record<string, FieldShown>> | null;
  /** Notice: when it was read; support: when it was granted or declined. */
  readonly answeredAt: Linkage["signedAt"];
  readonly peerSide: "hotline" | "police";
  /** Until when its receiver may give it back, reckoned from the delivery at the sender; null = not now, or not known. */
  readonly returnUntil: Linkage["returnUntil"];
  /** Version of the catalogue that time is of; null = not known, or not now. */
  readonly returnUntilBy: string | null;
  /** Urgent: when the key of the last push was pressed, and when it came there, as far as this desk knows; null = not known, or no push. */
  readonly pressedAt: Instant | null;
  readonly cameAt: Instant | null;
  /** Urgent and joint: what came of it, in words too where some were said; null = it has not ended, or is no push. */
  readonly outcome: { readonly as: EndOutcome; readonly result: FieldShown | null } | null;
  /** Why it was returned, as the returning desk said it; null while it was not. */
  readonly returned: {
    readonly reason: string;
    readonly at: string;
    readonly basis: FieldShown | null;
    readonly proposedOwner: FieldShown | null;
  } | null;
  /** What whoever handed it over had judged it as by then; null = no item was chosen. */
  readonly item: string | null;
  readonly additionsUnread: number;
  readonly dutyPhone: string;
  readonly byVoice: ByVoiceCard | null;
  readonly pushNo: number;
  readonly shownPushNo: number;
  readonly allowed: readonly CommandName[];
  readonly forOthers: readonly ForOthersCard[];
};

type CallbackCard = Omit<Case["callbacks"][number], "by" | "note"> & { readonly note: FieldShown | null };

type ConclusionCard = Omit<NonNullable<Case["conclusion"]>, "result"> & { readonly result: FieldShown | null };

/**
 * Where a hand-over goes when nobody names a desk: `to` by the routing table; null = a person names one of `choice`. `dial` = the
 * desk that serves the place and is reached by voice only.
 */
export type HandOverToCard = {
  readonly to: string | null;
  readonly choice: readonly string[];
  readonly dial: { readonly name: string; readonly phone: string } | null;
};

/** One request as one reader may see it now, with what he may do next. */
export type RequestCard = Pick<
  Case,
  | "requestNo"
  | "status"
  | "origin"
  | "registeredAt"
  | "receivedAt"
  | "changedAt"
  | "channel"
  | "place"
  | "requestKind"
  | "field"
  | "requesterType"
  | "confidential"
  | "danger"
  | "rating"
  | "closedAs"
> & {
  readonly caseId: Case["id"];
  readonly etag: string;
  readonly responsible: boolean;
  readonly holder: string | null;
  readonly firstReceiver: FirstReceiver;
  readonly placeName: string | null;
  readonly dangerOpen: boolean;
  readonly verdict: VerdictCard | null;
  /** What another desk last told of a coded fact; it may differ from what stands here. */
  readonly told: readonly {
    readonly name: string;
    readonly value: string | boolean | null;
    readonly by: string;
    readonly at: string;
    /** Name of the item that was told, as the catalogue here has it. */
    readonly label: string | null;
    readonly labelEn: string | null;
  }[];
  /** The half of a double dispatch that is still missing, and how often that was called out. */
  readonly completion: NonNullable<Case["completion"]> | null;
  readonly missing: readonly string[];
  readonly fields: Readonly<Record<string, FieldShown>>;
  readonly initialResponse: FieldShown | null;
  readonly conclusion: ConclusionCard | null;
  readonly callbacks: readonly CallbackCard[];
  readonly due: DueCard | null;
  readonly clock: ClockCard | null;
  readonly spent: readonly TimeSpentCard[];
  readonly orders: readonly OrderCard[];
  readonly linkages: readonly LinkageCard[];
  readonly allowed: readonly CommandName[];
  readonly notYet: readonly NotYetCard[];
  readonly forOthers: readonly ForOthersCard[];
  /** null = this reader may not hand it over now. */
  readonly handOverTo: HandOverToCard | null;
};

/** One line of a queue; `summary` is the beginning of what was said, numbers masked. */
export type QueueLine = Pick<Case, "requestNo" | "status" | "danger" | "registeredAt" | "changedAt"> & {
  readonly caseId: Case["id"];
  readonly responsible: boolean;
  readonly dangerOpen: boolean;
  readonly item: string | null;
  readonly itemName: string | null;
  readonly itemNameEn: string | null;
  readonly place: string | null;
  readonly placeName: string | null;
  readonly peer: string | null;
  /** The newest hand-over of the ordinary part as this desk is in it; null = there was none. */
  readonly handOver: Pick<Linkage, "role" | "state"> | null;
  /** What this desk owes next on it; null = nothing that the status does not say. */
  readonly next: NextStep | null;
  /** Additions of the other desk that nobody here has read. */
  readonly additionsUnread: number;
  readonly units: readonly string[];
  /** What of it, or of its orders, is due first; null = no time limit runs. */
  readonly due: StandingDue | null;
  readonly requester: string | null;
  readonly summary: string;
};

/** One order of a unit with what the unit must know to handle it. */
export type UnitOrderLine = Pick<Case, "requestNo" | "danger" | "registeredAt"> & {
  readonly order: OrderCard;
  /** How far the newest push of this request's danger to 110 has come by its receipts; null = none was pushed. */
  readonly push: "sent" | "onScreen" | "signed" | "ended" | null;
  readonly placeName: string | null;
  readonly itemName: string | null;
  readonly itemNameEn: string | null;
  readonly fields: Readonly<Record<string, FieldShown>>;
  readonly allowed: readonly CommandName[];
};

/** One line of the history as a reader may see it. */
export type TimelineLine = {
  readonly at: string;
  /** Of what a message brought about: when the other desk wrote it, by its clock; null = no message did, or it is not known. */
  readonly saidAt: string | null;
  readonly stream: "case" | "linkage" | "order" | "clock";
  readonly streamId: string;
  readonly type: string;
  readonly by: { readonly kind: string; readonly id: string; readonly node: string; readonly name: string | null };
  readonly cause: string;
  readonly source: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly texts: readonly { readonly field: string; readonly view: FieldShown }[];
  readonly details: Readonly<Record<string, unknown>>;
};

/** One field in clear that was masked. */
export type RevealedField = { readonly field: string; readonly value: FieldShown };
