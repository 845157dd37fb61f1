import type { ItemCode, RegionCode } from "../../kernel/index.ts";
import type { MatterGroup } from "./group.ts";
import type { AnnexPart, Basis, CatalogueMode, CatalogueSide, ClauseKey, Day, Desk, Urgency } from "./vocabulary.ts";

/** One clause of a plan: its place, what it is about in our words, its text, and the requirements it stands behind. */
export type Clause = {
  readonly key: ClauseKey;
  readonly titleZh: string;
  readonly titleEn: string;
  /** The clause as printed; null = a heading of which only the title is known. */
  readonly textZh: string | null;
  readonly reqs: readonly string[];
};

/** One class of the annex (or N00, Z00). `closed` = the plan leaves no opening (等) in it. */
export type CatalogueClass = {
  readonly code: string;
  readonly part: AnnexPart;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly list: "open" | "closed";
  readonly source: ClauseKey;
  readonly document: string | null;
};

/** One matter of the annex. @source nmg:a @req REQ-88 @req REQ-89 @req REQ-90 @req REQ-92 */
export type CatalogueItem = {
  readonly code: ItemCode;
  readonly classCode: string;
  readonly classNameZh: string;
  readonly classNameEn: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** First letters of the Chinese reading, lower case, for quick search. */
  readonly initials: string;
  /** The plan's own condition; null = the plan states none. */
  readonly conditionZh: string | null;
  /** A doubt about the text that consultation has to settle. */
  readonly noteZh: string | null;
  readonly side: CatalogueSide;
  readonly mode: CatalogueMode;
  readonly urgency: Urgency;
  /** Clause behind `urgent`, or `default`; null when ordinary. */
  readonly urgencySource: ClauseKey | null;
  readonly basis: Basis;
  readonly source: ClauseKey;
  /** Proposed kind of unit for the government half; null where there is none. */
  readonly defaultUnitKind: string | null;
  /** Proposed kind of unit for the police half; null where there is none. */
  readonly defaultPoliceUnitKind: string | null;
  /** Code of the document that allows a changed row; null = the plan its source names. */
  readonly document: string | null;
  readonly validFrom: Day;
  /** Last day of force; null = open. */
  readonly validTo: Day | null;
};

/** A paper that allows rows: number, issuer and day of issue, so that anybody can find it. @req REQ-20 */
export type CatalogueDocument = {
  readonly code: string;
  readonly titleZh: string;
  readonly titleEn: string;
  /** null = the text at hand prints none. */
  readonly number: string | null;
  readonly issuer: string;
  readonly issuedOn: Day;
};

/** One entry of a code list. */
export type CodeEntry = {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly side: Desk;
  readonly source: ClauseKey;
  readonly basis: Basis;
  /** Code of the document that allows a changed row; null = the plan its source names. */
  readonly document: string | null;
  /** Last day of force; null = open. */
  readonly validTo: Day | null;
};

/** A way in. `online` = it may go to the other desk by online forward, without a voice leg. @source nmg:2.2.1 */
export type Channel = CodeEntry & { readonly voice: boolean; readonly online: boolean };

/** A ground on which 12345 does not take a matter. It bounds 12345 alone, never 110. @source nmg:2.1 @req REQ-06 */
export type Exclusion = CodeEntry & {
  readonly itemCode: ItemCode;
  /** Only a person may judge it: no machine proposes it or gives its verdict. */
  readonly needsLegalEye: boolean;
};

/** Why a caller was guided elsewhere, and whom to point to. `code` is an N00 item. @source nmg:2.2.1 @req REQ-19 */
export type GuidanceReason = CodeEntry & { readonly pointToZh: string; readonly pointToEn: string };

/** What a time limit is for: one stage of a request or of an order. @source nmg:2.2.1 */
export const LIMIT_STAGES = [
  "dispatch",
  "acknowledge",
  "returnOrder",
  "firstContact",
  "arrive",
  "reply",
  "conclude",
  "callback",
  "supervision",
] as const;
export type LimitStage = (typeof LIMIT_STAGES)[number];

/** How a limit is counted: natural time, or time of the hours named. */
export const LIMIT_UNITS = [
  "naturalMinutes",
  "naturalHours",
  "naturalDays",
  "workingMinutes",
  "workingHours",
  "workingDays",
] as const;
export type LimitUnit = (typeof LIMIT_UNITS)[number];

/** What a clock calls out: before it is due, when it is, and again and again after. */
export const CLOCK_MARKS = ["reminder", "supervision", "due", "overdue"] as const;
/** Whom a mark is for. */
export const MARK_AUDIENCES = ["owner", "desk", "supervisor"] as const;

/** One mark of a profile. `minutes` are natural: before the due time (reminder, supervision), nothing (due), or between repeats (overdue). */
export type MarkRule = {
  readonly code: string;
  readonly profile: string;
  readonly mark: (typeof CLOCK_MARKS)[number];
  readonly minutes: number;
  readonly audience: (typeof MARK_AUDIENCES)[number];
  readonly source: ClauseKey;
  readonly basis: Basis;
  /** Code of the document that allows a changed row; null = the plan its source names. */
  readonly document: string | null;
};

/**
 * One time limit (办理时限). An empty selector fits everything; the most specific row in force wins (core/clock says in which
 * order). Neither plan prints a number, so a row of the basis `plan` would need a clause that does. @source yn:4.3.3
 * @source nmg:2.2.5 @req REQ-70
 */
export type CatalogueLimit = {
  readonly code: string;
  readonly stage: LimitStage;
  readonly urgency: Urgency | null;
  /** Orders of the police follow the police's own rules, so a row for work orders says so. @source nmg:2.2.5 */
  readonly orderKind: "work" | "police" | null;
  readonly itemCode: ItemCode | null;
  readonly classCode: string | null;
  readonly requestKind: string | null;
  readonly amount: number;
  readonly unit: LimitUnit;
  /** Name of the hours (`office`) working units are counted by. */
  readonly hours: string;
  readonly pausable: boolean;
  /** Units all extensions together may add; 0 = none may. */
  readonly extensionMax: number;
  /** Natural minutes in which its owner must have done something: then it is marked and the owner is rung. null = never. */
  readonly giveBackMinutes: number | null;
  /** Profile of marks. */
  readonly marks: string;
  readonly noteZh: string | null;
  readonly source: ClauseKey;
  readonly basis: Basis;
  /** Code of the document that allows a changed row; null = the plan its source names. */
  readonly document: string | null;
  readonly validFrom: Day;
  readonly validTo: Day | null;
};

/** The plain code lists by name. */
export type CodeLists = {
  readonly requestKinds: readonly CodeEntry[];
  readonly fields: readonly CodeEntry[];
  readonly requesterTypes: readonly CodeEntry[];
  readonly returnReasons: readonly CodeEntry[];
  readonly withdrawReasons: readonly CodeEntry[];
  readonly resolutions: readonly CodeEntry[];
  readonly unitKinds: readonly CodeEntry[];
};

/** One value, and the clause that sets it; `default` = a proposal, for no plan prints it. null = this plan is silent. */
export type Policy<T> = { readonly value: T; readonly source: ClauseKey | "default" } | null;

/** What a region's plan decides where the two plans differ. Rates are shares from 0 to 1. */
export type Policies = {
  readonly matterList: Policy<"annex" | "leftToCities">;
  readonly policeFirstWhen: Policy<readonly ("life" | "property" | "publicOrder" | "publicSafety")[]>;
  readonly onlineForward: Policy<readonly ("policeToHotline" | "hotlineToPolice")[]>;
  readonly jointConference: Policy<"regular" | "quarterly">;
  readonly assessment: Policy<"threeCases" | "acceptingPlatform">;
  readonly answerRateMergeBelow: Policy<number>;
  readonly answerRateTarget: Policy<number>;
  readonly eventNotice: Policy<"mutual">;
  readonly dutyPhoneDirectory: Policy<"required">;
  readonly bulkUse: Policy<"required">;
  /** When a merged line that kept its seats gives them to 12345. */
  readonly hotlineMergeWhen: Policy<readonly ("notAroundTheClock" | "answerRateBelow" | "noCallCentreSystem")[]>;
  /** Whether the three-way call is the way to agree, or one way. */
  readonly threeWayCall: Policy<"prescribed" | "allowed">;
  /** What 12345 pushes at once when social stability is touched. */
  readonly stabilityPush: Policy<readonly ("clue" | "person")[]>;
  /** When units must go to the site: wherever that is needed, or (`urgentOnly`) in matters of urgent linkage. */
  readonly onSiteHandling: Policy<"required" | "urgentOnly">;
  /** Who lends remote seats when they run short. */
  readonly seatSupportBy: Policy<"hotlineAuthority" | "superiorHotlineAndPolice">;
  /** Whether staff sit at the other desk. */
  readonly staffExchange: Policy<"named" | "whereAble">;
  /** How data are shared. */
  readonly sharingWays: Policy<readonly ("serviceInterface" | "intermediateDatabase" | "openData")[]>;
  /** Whether matters 12345 does not take are listed. */
  readonly exclusionList: Policy<"named">;
  readonly knowledgeBase: Policy<"shared">;
  readonly expertBase: Policy<"shared">;
  readonly intelligentMeans: Policy<"named">;
  /** Whether each measure has a date of its own. */
  readonly measureDeadlines: Policy<"overall" | "perMeasure">;
  /** Who names the units with duty phones. */
  readonly dutyUnits: Policy<"leftToCities">;
  /** Whose duty lead decides a dispute at once; silent = nobody, then a meeting of both sides decides. @source nmg:2.2.4 */
  readonly dutyArbiter: Policy<"hotline" | "police">;
  /** Natural days after which a pause ends by itself. */
  readonly pauseDays: Policy<number>;
  /** So many natural days before that the desk is reminded. */
  readonly pauseRemindDays: Policy<number>;
  /** So many natural days the requester may be waited for at a time. */
  readonly awaitDays: Policy<number>;
  /** So often within one limit. */
  readonly awaitTimes: Policy<number>;
  /** Until a hand-over has been received by the other desk. */
  readonly handOverReceiptMinutes: Policy<number>;
  /** In which the receiver may return it; then a mark. */
  readonly handOverAnswerMinutes: Policy<number>;
  /** Until the sender is told that no answer came. */
  readonly handOverAnswerAtSenderMinutes: Policy<number>;
  /** Until the sender has decided what becomes of a return. */
  readonly returnDecideMinutes: Policy<number>;
  /** Of a negotiation until the arbiter is called. */
  readonly negotiationMinutes: Policy<number>;
  /** Since the negotiation was opened, until the arbiter is overdue. */
  readonly arbiterMinutes: Policy<number>;
  /** Between two calls to the arbiter. */
  readonly arbiterRepeatMinutes: Policy<number>;
  /** Until an acceptance is confirmed. */
  readonly acceptConfirmMinutes: Policy<number>;
  /** Until an answer that is owed is marked. */
  readonly answerOwedMinutes: Policy<number>;
  /** So many disputed requests of one matter in one county put it on the agenda of both sides. @source nmg:2.2.4 */
  readonly consultationTimes: Policy<number>;
  /** Within so many days. */
  readonly consultationDays: Policy<number>;
};

/** A date the plan sets. @req REQ-03 */
export type Milestone = {
  readonly due: Day;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly source: ClauseKey;
};

/** Which document and version this is. `number` is null until the issued paper was seen. */
export type CatalogueHead = {
  readonly id: string;
  /** `id@n`, n = 1, 2, 3… */
  readonly version: string;
  /** Version whose rows are borrowed where this document prints none; null = it stands alone. */
  readonly base: string | null;
  readonly region: RegionCode;
  readonly document: {
    readonly titleZh: string;
    readonly titleEn: string;
    readonly number: string | null;
    readonly issuer: string;
    readonly issuedOn: Day;
  };
  readonly validFrom: Day;
  /** Only the policies this document speaks of; a missing key means the base's value. */
  readonly policies: Partial<Policies>;
  readonly milestones: readonly Milestone[];
};

/** The whole rule set of one version: plain data, fit for JSON, for the web and for another node. @req REQ-08 */
export type Catalogue = {
  readonly head: CatalogueHead;
  readonly policies: Policies;
  /** The plan itself, the plans it rests on, and the papers that allow changed rows. */
  readonly documents: readonly CatalogueDocument[];
  readonly clauses: readonly Clause[];
  readonly classes: readonly CatalogueClass[];
  /** In the order of the annex. */
  readonly items: readonly CatalogueItem[];
  /** Matters that stand in several parts, with the questions that decide. @req REQ-94 */
  readonly groups: readonly MatterGroup[];
  readonly lists: CodeLists;
  readonly channels: readonly Channel[];
  readonly exclusions: readonly Exclusion[];
  readonly guidanceReasons: readonly GuidanceReason[];
  readonly limits: readonly CatalogueLimit[];
  readonly clockMarks: readonly MarkRule[];
  /** Whether a folder changed what its base prescribes for it: rows by a paper, or policies. Both desks must have signed that. @req REQ-20 */
  readonly changed: boolean;
};
