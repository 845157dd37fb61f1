import type { CaseId, FirstReceiver, Instant, LinkageId, NodeCode, RequestNo, Sealed } from "../../kernel/index.ts";
import type { LinkageTimer } from "./command.ts";
import type { LinkagePolicy } from "./context.ts";
import type {
  AssessmentRegime,
  CaseBrief,
  EndOutcome,
  FollowPolicy,
  LinkageKind,
  ProgressStage,
  Rating,
  RejectCode,
  ReturnReason,
  WithdrawReason,
} from "./message.ts";

/** S hands over or pushes, R receives (移出方, 接收方). A desk can be R of one linkage and S of the next. */
export type LinkageRole = "S" | "R";

/** What one desk can be responsible for (事项部分): the matter itself, its danger, and what a partner works on beside it (联合调处). */
export type Part = "ordinary" | "danger" | "partner";

/** The part a linkage is about; a notice and support are about none: nobody's responsibility changes by them (section 4). */
export type LinkagePart = Part | "none";

/** States of a hand-over at S (table 5.1). */
export type SenderState =
  | "offered"
  | "negotiating"
  | "held"
  | "returned"
  | "bound"
  | "accepted"
  | "concluded"
  | "closed"
  | "reopening"
  | "withdrawn"
  | "rejected"
  | "handedBack"
  | "absorbed";

/** States of a hand-over at R (table 5.2). With `?`: R works and is responsible but does not hold `confirmed`; the claim can still fall. */
export type ReceiverState =
  | "offered"
  | "negotiating"
  | "held"
  | "returned"
  | "accepted?"
  | "concluding?"
  | "accepted"
  | "concluding"
  | "released"
  | "toCallBack"
  | "closed"
  | "withdrawn"
  | "rejected"
  | "handedBack"
  | "absorbed";

/** States of an urgent push and of a joint one: S has pushed, delivered, ended; R has active, endReported, ended (table 6). @source nmg:a3 */
export type UrgentState = "pushed" | "delivered" | "active" | "endReported" | "ended";

/** States of a notice: S has sent, received (its node), read (a person there); R has received, read (section 4). @source yn:3.3 */
export type NoticeState = "sent" | "received" | "read";

/** States of support, the same at both desks (section 7). @source nmg:2.2.3 */
export type SupportState = "requested" | "granted" | "declined" | "ended";

export type LinkageState = SenderState | ReceiverState | UrgentState | NoticeState | SupportState;

/** Fixed when the linkage is born and never changed afterwards. */
export type LinkageBirth = {
  readonly id: LinkageId;
  readonly caseId: CaseId;
  readonly requestNo: RequestNo;
  readonly self: NodeCode;
  readonly peer: NodeCode;
  readonly role: LinkageRole;
  readonly kind: LinkageKind;
  readonly part: LinkagePart;
  readonly birth: "offered" | "negotiating" | "bound" | "pushed" | "sent" | "requested";
  /** The grant handed over: the linkage it came by, null for the registration grant. */
  readonly source: LinkageId | null;
  /** Urgent only: the linkage during which danger was found. */
  readonly parent: LinkageId | null;
  /** Offered to the desk the grant came from (section 5.3): its acceptance ends this linkage and the older one. */
  readonly handBack: boolean;
  /** Earlier desks of the matter, first to last; the sender of this linkage is the last. */
  readonly chain: readonly NodeCode[];
  readonly firstReceiver: FirstReceiver;
  readonly followPolicy: FollowPolicy;
  readonly regime: AssessmentRegime;
  readonly catalogueVersion: string;
  readonly initialResponse: Sealed | null;
  readonly machineSuspected: boolean;
  readonly openedAt: Instant;
};

/** A ruling as logged by the holder or sent by R's arbiter. */
export type LoggedRuling = { readonly to: NodeCode; readonly basis: string; readonly at: Instant };

/** What a later event may set. Absent ones are null, 0 or false. */
export type LinkageFields = {
  /** What the peer needs to act, as last sent or received. */
  readonly brief: CaseBrief;
  /** Highest own sequence number the peer holds durably. */
  readonly receipted: number;
  /** Own sequence number of the last offer, bound or push: its receipt is waited for. */
  readonly awaitedSeq: number;
  readonly additionsSent: number;
  /** R: what S added; S: words that R told. Both are unread until somebody here has read them. */
  readonly additionsReceived: number;
  readonly additionsRead: number;
  /** R: last conclusion made; S: last conclusion that counted. 0 = none. */
  readonly conclusionNo: number;
  readonly resolution: string | null;
  readonly result: Sealed | null;
  readonly rating: Rating | null;
  /** Absorbed into this request (section 8.2). */
  readonly into: RequestNo | null;
  readonly returnReason: ReturnReason | null;
  readonly returnBasis: Sealed | null;
  readonly proposedOwner: Sealed | null;
  readonly withdrawReason: WithdrawReason | null;
  readonly rejectCode: RejectCode | null;
  readonly ruling: LoggedRuling | null;
  /** R's right to return has lapsed (section 9, `answer`). */
  readonly returnLapsed: boolean;
  /** R: until when it may be returned, by the catalogue in force when it came. A copy from before this was kept has none. */
  readonly returnUntil: Instant | null;
  /** S: the receipt of the offer stayed away and the alarm was raised. */
  readonly deliveryAlarmed: boolean;
  /** Urgent: number of the last push, 1, 2, … */
  readonly k: number;
  /** Urgent: when the key of the last push was pressed, by the sender's clock; absent in a copy that has not been pushed since this is kept. */
  readonly pressedAt?: Instant;
  /** Urgent: when the last push came, R by its own clock, S when it held the receipt; null = S has none yet. Absent as `pressedAt`. */
  readonly cameAt?: Instant | null;
  /** Urgent: last push that an on-duty seat has had on screen. */
  readonly kShown: number;
  /** Urgent: last push answered with noSeatOnDuty. */
  readonly kUnseated: number;
  readonly outcome: EndOutcome | null;
  /** Last step told between the desks (dispatched, arrived, …); it changes no state. */
  readonly progressStage: ProgressStage | null;
  /** How often each timer has fired since it was last set: the level of its next alarm. */
  readonly fired: Readonly<Partial<Record<LinkageTimer, number>>>;
  /** Hand-over, notice, support: S the receipt of the first word, R its arrival. Urgent: when a seat had it on screen. */
  readonly deliveredAt: Instant | null;
  /** Since when it stands and until when it may, by the times in force when it began to; absent in a copy from before this was kept. */
  readonly stands?: StandingDates;
  readonly negotiatedAt: Instant | null;
  readonly returnedAt: Instant | null;
  /** When the desk that takes over said so, by its own clock. */
  readonly acceptedAt: Instant | null;
  /** S: an acceptance that came after S had taken it back; shown beside `withdrawnAt`. */
  readonly lateAcceptedAt: Instant | null;
  readonly confirmedAt: Instant | null;
  readonly withdrawnAt: Instant | null;
  readonly concludedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly signedAt: Instant | null;
  readonly endedAt: Instant | null;
  /** Notice, support and joint: what was said, sealed; absent = nothing was. */
  readonly words?: LinkageWords;
  /** Notice: when a person there had read it. Support: when it was granted or declined. Absent = not yet. */
  readonly answeredAt?: Instant;
};

/** From when to when something may stand. `by` = the version of the catalogue that set the time, so that it is explained by that one. */
export type StandingDate = { readonly since: Instant; readonly dueAt: Instant; readonly by?: string };

/** By the name of the time that counts. */
export type StandingDates = Readonly<Partial<Record<keyof LinkagePolicy, StandingDate>>>;

/** What two desks say to each other beside a hand-over: a notice's text; what support is needed, where and when; the answer; what came of it. */
export type LinkageWords = Readonly<Partial<Record<LinkageWord, Sealed>>>;
export type LinkageWord = "text" | "what" | "where" | "when" | "answer" | "result";

/** One node's copy of one linkage (对接事项), folded from its own events. JSON-serialisable. */
export type Linkage = LinkageBirth &
  LinkageFields & {
    readonly state: LinkageState;
    /** Messages sent so far. */
    readonly seqOut: number;
    /** Messages consumed so far. */
    readonly seqIn: number;
    readonly changedAt: Instant;
    /** When it came into its state. Absent or null in a copy that has not moved since this is kept. */
    readonly movedAt?: Instant | null;
    /** Events folded. */
    readonly version: number;
  };

/** All linkages of one request at THIS node, and whether its registration made a grant here (section 3). */
export type LinkageFile = {
  readonly caseId: CaseId;
  readonly requestNo: RequestNo;
  readonly self: NodeCode;
  /** live: registered here and not closed; closed: registered here and closed; none: came from another node. */
  readonly registrationGrant: "live" | "closed" | "none";
  readonly firstReceiver: FirstReceiver;
  readonly linkages: readonly Linkage[];
};

/** Whether what it is about was pushed (section 6): nobody can return it, and the sender answers for it until a seat has it on screen. */
export function isPushed({ part }: Pick<Linkage, "part">): boolean {
  return part === "danger" || part === "partner";
}

/** The linkage of a file with this id. A missing one is the caller's mistake. */
export function getLinkage(file: LinkageFile, id: LinkageId): Linkage {
  const found = findLinkage(file, id);
  if (found === null) throw new Error(`no linkage ${id} in the file of ${file.requestNo}`);
  return found;
}

/** As `getLinkage`, null when it is not in the file. */
export function findLinkage(file: LinkageFile, id: LinkageId | null): Linkage | null {
  return file.linkages.find((l) => l.id === id) ?? null;
}

/** The file with one linkage replaced or added. */
export function withLinkage(file: LinkageFile, linkage: Linkage): LinkageFile {
  const known = file.linkages.some((l) => l.id === linkage.id);
  const linkages = known ? file.linkages.map((l) => (l.id === linkage.id ? linkage : l)) : [...file.linkages, linkage];
  return { ...file, linkages };
}
