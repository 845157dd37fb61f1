import type { Verdict } from "../core/case/index.ts";
import type { AskedGroup, GivenAnswer, GroupQuestion } from "../core/catalogue/index.ts";
import type { Explanation, ExplainSubject } from "../core/explain/index.ts";
import type { FileContext, PeerDesk } from "../core/file/index.ts";
import type { ItemCode, NodeCode, RegionCode, UnitCode } from "../kernel/index.ts";
import type { RequestNumbers } from "./request-numbers.ts";
import type { Clock, Ids, Wake } from "./ports/clock.ts";
import type { Phone } from "./ports/phone.ts";
import type { Keys } from "./ports/keys.ts";
import type { DeadLetterDesk, Queries } from "./ports/queries.ts";
import type { ReadLog } from "./ports/read-log.ts";
import type { CaseStore, InboxStore } from "./ports/store.ts";

/** A unit as the directory shows it. */
export type UnitCard = {
  readonly code: UnitCode;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly side: string;
  readonly tier: string;
  readonly region: RegionCode;
  readonly unitKind: string;
  readonly dutyPhone: string;
};

/** A unit that takes no new order: first day of that, and who takes it today. */
export type UnitRetirement = { readonly from: string; readonly successor: UnitCard | null };

/** What the law and the agreements of this node say, looked up by code; loaded once per version. */
export type Rules = {
  readonly catalogueVersion: string;
  /** The verdict of an item, null when the code is unknown, or when a machine asks what only a person may judge. */
  readonly verdictOf: (item: ItemCode, by: "person" | "machine") => Verdict | null;
  readonly item: (item: string) => ItemCard | null;
  /** What is kept of the answers that came with a verdict; what this version does not know is left out. */
  readonly asked: (given: readonly GivenAnswer[]) => readonly AskedGroup[];
  /** Why something is so by this version; null = it does not know the code. */
  readonly explain: (subject: ExplainSubject) => Explanation | null;
  /** The words of a deciding question, null when this version has none of this code. */
  readonly question: (code: string) => QuestionCard | null;
  readonly placeName: (place: string) => string | null;
  readonly unit: (unit: UnitCode) => UnitCard | null;
  /** Set when a unit takes no new order today: since when, and who takes it; null = it takes them. */
  readonly retirement: (unit: UnitCode) => UnitRetirement | null;
  readonly governmentDesk: FileContext["governmentDesk"];
  readonly exclusionBounds: FileContext["exclusionBounds"];
  readonly ringOrder?: FileContext["ringOrder"];
  /** Time limits and the calendar they are counted by. */
  readonly clock: FileContext["clock"];
  /** How long a hand-over may stand before it is marked, as far as this version says so; never of a push. */
  readonly handOverTimes?: Partial<FileContext["linkagePolicy"]>;
  readonly unitsFor: (asked: UnitsAsked) => readonly UnitOffer[];
  readonly knownCode: (list: CodeList, code: string) => boolean;
  /** Whose duty lead an agreement lets decide a dispute at once; null = none does, then only a meeting decides. @source nmg:2.2.4 */
  readonly dutyArbiter: "hotline" | "police" | null;
};

/** For what matter a unit is sought; `words` of its name or code, empty = any. */
export type UnitsAsked = {
  readonly item: string | null;
  readonly place: string | null;
  readonly kind: "work" | "police";
  readonly words: string;
  readonly limit: number;
};

/** A unit that can get an order; `suggested` = item and place point to it. */
export type UnitOffer = UnitCard & { readonly suggested: boolean };

/** Of a version that is not in force: what explains a matter that was judged by it. */
export type VersionRules = Pick<Rules, "item" | "verdictOf" | "question" | "explain">;

/** Coded lists that a command's values are checked against. */
export type CodeList =
  | "channels"
  | "requestKinds"
  | "fields"
  | "requesterTypes"
  | "returnReasons"
  | "withdrawReasons"
  | "guidanceReasons"
  | "resolutions";

/** A deciding question as a call taker reads it aloud. */
export type QuestionCard = Pick<GroupQuestion, "askZh" | "askEn">;

export type ItemCard = {
  readonly code: string;
  readonly className: string;
  readonly classNameEn: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly condition: string | null;
  readonly side: string;
  readonly mode: string;
  readonly urgency: string;
  readonly source: string;
  readonly basis: string;
  readonly unitKind: string | null;
};

/** This node, as its rules see it. */
export type NodeFacts = {
  readonly self: NodeCode;
  readonly side: "hotline" | "police";
  readonly home: RegionCode;
  /** The number another desk dials to reach this one by voice. */
  readonly dutyPhone: string;
  readonly followPolicy: FileContext["followPolicy"];
  readonly regime: FileContext["regime"];
  readonly callbackAttempts: number;
  readonly linkagePolicy: FileContext["linkagePolicy"];
  /** The linkage tables to run on; absent = as shipped. A simulation passes altered ones to prove that it finds them. */
  readonly linkageRules?: FileContext["linkageRules"];
};

/** Everything a use case may need; `main` hands it in, the simulation hands in its own. */
export type Deps = {
  readonly node: NodeFacts;
  readonly rules: () => Rules;
  /**
   * What explains a verdict of another version than the one in force; null = this node does not have it (yet). `peer` = who judged by
   * it: it is asked for what is missing, and nobody waits for that. Absent = only the version in force is known.
   */
  readonly rulesBy?: (version: string, peer: NodeCode | null) => VersionRules | null;
  readonly peers: () => readonly PeerDesk[];
  /** Which desk serves which division; absent = the divisions the peers are configured with. */
  readonly routing?: FileContext["routing"];
  readonly store: CaseStore;
  readonly inbox: InboxStore;
  readonly queries: Queries;
  readonly readLog: ReadLog;
  readonly deadLetterDesk: DeadLetterDesk;
  readonly keys: Keys;
  readonly clock: Clock;
  /** Waits so many milliseconds; absent where time does not pass by itself. */
  readonly pause?: (ms: number) => Promise<void>;
  readonly ids: Ids;
  readonly requestNos: RequestNumbers;
  readonly wake: Wake;
  /** Rings where a number must be dialled; the red task stands whatever it answers. */
  readonly phone: Phone;
  /** Whether somebody on duty has a live screen now. */
  readonly seatOnDuty: () => Promise<boolean>;
  /** The operator's log: what broke without stopping a step, never a personal value. Absent where nobody keeps one. */
  readonly onFault?: (where: string, fault: unknown) => void;
};
